"""Pages: each reads what the address is about, and renders the shell around it."""

import dataclasses
import urllib.parse
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from revue.accounts import actions as accounts_actions
from revue.api.schemas import feed as schemas
from revue.feed import queries
from revue.feed.contracts import Source
from revue.platform import ids
from revue.platform.errors import NotFound
from revue.recommender import queries as transparency
from revue.social import queries as social
from revue.videos import captions, listings, soundtracks
from revue.videos import queries as videos
from revue.web import assets, cards, languages, pages
from revue.web.pages import Page

FIRST_PAGE = 5  # enough to swipe on while the rest is asked for
LISTED = 24  # videos of a list that are in its HTML, for those who run no scripts


def shell(request: HttpRequest, page: Page, status: int = 200) -> HttpResponse:
    """The one document of the app, with this page's head, data and first video."""
    language = languages.of(request)
    context = {
        "page": page,
        "scripts": assets.scripts(language=language.code),
        "preloads": assets.preloads(language.code, page.part),
        "styles": assets.styles(part=page.part),
    }
    response = document(request, "web/shell.html", context, status)
    if not page.may_index:
        response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


def document(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page that looks as its viewer's device has it from the first paint on, by the one script in its HTML."""
    language = languages.of(request)

    def drawn(request: HttpRequest) -> HttpResponse:
        around = {"language": language, "early": assets.early(), "instance": settings.INSTANCE_NAME}
        return render(request, template, {**around, "styles": assets.styles(), **context}, status=status)

    named = csp_update({"script-src": assets.early_sources()})
    response: HttpResponse = named(drawn)(request)  # type: ignore[assignment] # its types know HttpResponseBase only
    response["Content-Language"] = language.code
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
@ensure_csrf_cookie
def home(request: HttpRequest) -> HttpResponse:
    """For You, playing."""
    viewer = accounts_actions.recognise_visitor(request)
    page = queries.page_for(viewer, source=Source.FORYOU, limit=FIRST_PAGE, locale=request.LANGUAGE_CODE)
    return shell(request, pages.feed("/", {"kind": "foryou", "page": schemas.feed_page(page)}, page))


@require_safe
@ensure_csrf_cookie
def following(request: HttpRequest) -> HttpResponse:
    """Following; visitors are asked to sign in by the app."""
    viewer = accounts_actions.recognise_visitor(request)
    if not viewer.is_signed_in:
        return shell(request, pages.plain("/following", _("Following")))
    page = queries.page_for(viewer, source=Source.FOLLOWING, limit=FIRST_PAGE)
    return shell(request, pages.feed("/following", {"kind": "following", "page": schemas.feed_page(page)}, page))


@require_safe
@ensure_csrf_cookie
def video(request: HttpRequest, handle: str, video: str) -> HttpResponse:
    """One video, playing. Whoever has an address with its author's former handle is led on."""
    viewer = accounts_actions.recognise_visitor(request)
    try:
        video_id = ids.from_short(video)
        shown = queries.video(viewer, video_id=video_id)
    except ids.NotAnId:
        return missing(request)
    except NotFound:
        return gone(request) if videos.is_gone(video_id=video_id) else missing(request)
    card = shown.card
    if card.author.handle != handle:  # not for good: handles change, and may change back
        return led_on(request, cards.video_path(card.author.handle, card.id), is_for_good=False)
    return shell(request, pages.video(shown, {"kind": "video", "video": schemas.video(shown)}))


@require_safe
@ensure_csrf_cookie
def profile(request: HttpRequest, handle: str) -> HttpResponse:
    """Somebody's page."""
    if handle != handle.lower():
        return led_on(request, cards.person_path(handle.lower()))
    viewer = accounts_actions.recognise_visitor(request)
    try:
        page = social.person_page(viewer=viewer, handle=handle)
    except NotFound:
        return missing(request)
    newest = listings.newest_by(page.profile.id, limit=LISTED, viewer=viewer)
    return shell(request, pages.profile(page.profile, newest, may_see_videos=page.may_see_videos))


@require_safe
@ensure_csrf_cookie
def tag(request: HttpRequest, tag: str) -> HttpResponse:
    """Everything with one tag."""
    name = captions.plain_tag(tag)
    if not name.isprintable() or not name:
        return missing(request)
    if name != tag:
        return led_on(request, cards.tag_path(name))
    viewer = accounts_actions.recognise_visitor(request)
    return shell(request, pages.tag(name, listings.newest_with(name, limit=LISTED, viewer=viewer)))


@require_safe
@ensure_csrf_cookie
def sound(request: HttpRequest, sound: str) -> HttpResponse:
    """A sound and the videos that have it."""
    viewer = accounts_actions.recognise_visitor(request)
    try:
        return shell(request, pages.sound(soundtracks.sound_page(viewer=viewer, sound_id=ids.from_short(sound))))
    except (NotFound, ids.NotAnId):
        return missing(request)


@require_safe
@ensure_csrf_cookie
def plain(request: HttpRequest, title: str, part: str = "") -> HttpResponse:
    """A page that is all app."""
    accounts_actions.recognise_visitor(request)
    return shell(request, pages.plain(request.path, str(title), part))


@require_safe
@cache_control(max_age=60, public=True)
def ranking(request: HttpRequest) -> HttpResponse:
    """The formula of For You and every number in it, for people."""
    context = {"ranking": transparency.ranking(), "engine": transparency.engine()}
    return document(request, "web/ranking.html", context)


@require_safe
@cache_control(max_age=60, public=True)
def ranking_file(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The file that the ranker reads, byte for byte."""
    return HttpResponse(transparency.ranking_file(), content_type="application/json")


@require_safe
@cache_control(max_age=5, public=True)
def engine(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Which engine ranks For You, for programs."""
    return JsonResponse(dataclasses.asdict(transparency.engine()))


@require_safe
def without_slash(request: HttpRequest, path: str) -> HttpResponse:
    """A page's address with a slash behind it."""
    return led_on(request, f"/{urllib.parse.quote(path, safe='/@')}")


def led_on(request: HttpRequest, path: str, *, is_for_good: bool = True) -> HttpResponse:
    """To the one address of a page of ours; what was asked for behind the question mark stays."""
    asked = request.META.get("QUERY_STRING", "")
    return redirect(f"{path}?{asked}" if asked else path, permanent=is_for_good)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """There is nothing at this address, or nothing for this viewer: both look the same."""
    return document(request, "web/error.html", _error(404), 404)


def gone(request: HttpRequest) -> HttpResponse:
    """Everybody could watch what was here, until its author deleted it."""
    return document(request, "web/error.html", _error(410), 410)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed on our side."""
    return document(request, "web/error.html", _error(500), 500)


def _error(status: int) -> dict[str, object]:
    words = {
        404: (_("Nothing on this stage"), _("This page does not exist, or it is not for you.")),
        410: (_("The curtain has fallen"), _("This video was deleted.")),
        500: (_("The lights went out"), _("Something went wrong on our side. Try again in a moment.")),
    }
    heading, text = words[status]
    return {"heading": heading, "text": text}


@require_safe
@cache_control(public=True, max_age=3600)
def robots(_: HttpRequest) -> HttpResponse:
    """What crawlers may read: pages, not programs."""
    lines = ["User-agent: *", "Disallow: /api/", "Disallow: /_allauth/", "Disallow: /admin/", "Disallow: /settings/"]
    lines += ["", f"Sitemap: {cards.absolute('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")
