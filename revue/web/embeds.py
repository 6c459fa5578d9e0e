"""Videos on other sites: the player that they frame, and the answer to how it is framed (oEmbed).

Both show what everybody may see and nothing else. They neither read nor set a cookie: whoever watches on another site
is nobody here, and what may not be seen looks the same for all, its author included.
"""

import re
import urllib.parse
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from revue.accounts.contracts import VISITOR
from revue.api.errors import BadRequest, problem
from revue.platform import ids
from revue.platform.errors import NotFound, RevueError
from revue.videos import policy, queries
from revue.videos.contracts import VideoCard
from revue.videos.errors import VideoNotFound
from revue.web import assets, cards, languages
from revue.web.errors import FormatNotOffered

_KEPT_S = 60  # how long an answer may stay in caches: so long does a deleted video play on
_ANY_SITE = {
    "frame-ancestors": ["*"],
    "form-action": ["'none'"],
    "connect-src": ["'none'"],
}
_ANY = 10**9  # pixels: nobody asked for less
_WHOLE = re.compile(r"0*[1-9][0-9]{0,8}", re.ASCII)


@require_safe
@cache_control(public=True, max_age=_KEPT_S)
@xframe_options_exempt
@csp_replace(_ANY_SITE)  # type: ignore[arg-type] # its types know no views with parts of the address
def embed(request: HttpRequest, video: str) -> HttpResponse:
    """The player of one public video, for any site to frame."""
    try:
        video_id = ids.from_short(video)
        card = _public(video_id)
    except ids.NotAnId:
        return _none(request)
    except NotFound:
        return _none(request, is_gone=queries.is_gone(video_id=video_id))
    files = cards.plain_files(card)
    context = {
        **_look(request),
        "card": card,
        "name": cards.name_of(card.author),
        "title": cards.title_of(card.caption, card.author.handle),
        "page": cards.absolute(cards.video_path(card.author.handle, card.id)),
        "short": ids.to_short(card.id),
        "source": files[-1].url if files else "",
        "scripts": assets.scripts(assets.EMBED),
    }
    response = render(request, "web/embed.html", context)
    if not card.may_index:
        response["X-Robots-Tag"] = "noindex"
    return response


def _none(request: HttpRequest, *, is_gone: bool = False) -> HttpResponse:
    return render(
        request, "web/embed_none.html", {**_look(request), "is_gone": is_gone}, status=410 if is_gone else 404
    )


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """How another site shows the video at an address of ours, by oEmbed 1.0."""
    try:
        response: HttpResponse = JsonResponse(_answer(request.GET))
        response["Cache-Control"] = f"public, max-age={_KEPT_S}"
    except RevueError as error:
        response = problem(error)
    response["Access-Control-Allow-Origin"] = "*"  # it is the same for everybody
    return response


def _answer(asked: QueryDict) -> dict[str, Any]:
    if (form := asked.get("format", "json")) != "json":
        raise FormatNotOffered if form == "xml" else BadRequest("A format is json or xml.")
    widest, highest = _pixels(asked, "maxwidth"), _pixels(asked, "maxheight")
    card = _public(_id_in(asked.get("url", "")))
    width, height = cards.player_size(card.width, card.height, widest, highest)
    title = cards.title_of(card.caption, card.author.handle)
    answer = {
        "version": "1.0",
        "type": "video",
        "title": title,
        "author_name": cards.name_of(card.author),
        "author_url": cards.absolute(cards.person_path(card.author.handle)),
        "provider_name": settings.INSTANCE_NAME,
        "provider_url": settings.BASE_URL,
        "cache_age": _KEPT_S,
        "width": width,
        "height": height,
        "html": frame(card.id, title, width, height),
    }
    return answer | _thumbnail(card, widest, highest)


def frame(video_id: int, title: str, width: int, height: int) -> str:
    """The HTML that shows a video on another site; the player is told nothing of the page around it."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" frameborder="0" loading="lazy"'
        ' allow="autoplay; fullscreen; picture-in-picture" referrerpolicy="no-referrer"></iframe>',
        *(cards.embed_url(video_id), title, width, height),
    )


def _thumbnail(card: VideoCard, widest: int, highest: int) -> dict[str, Any]:
    """The poster, where it is no larger than what was asked for."""
    width, height = cards.poster_size(card)
    if card.poster_url is None or width > widest or height > highest:
        return {}
    return {
        "thumbnail_url": cards.absolute(card.poster_url),
        "thumbnail_width": width,
        "thumbnail_height": height,
    }


def _look(request: HttpRequest) -> dict[str, Any]:
    around = {"language": languages.of(request), "styles": assets.styles(assets.EMBED)}
    return {**around, "instance": settings.INSTANCE_NAME, "home": settings.BASE_URL}


def _public(video_id: int) -> VideoCard:
    """A video that everybody may see.

    Raises:
        VideoNotFound: there is none, or it is not for everybody.
    """
    card = queries.card(viewer=VISITOR, video_id=video_id)
    if not policy.may_embed(card.visibility):
        raise VideoNotFound  # word for word what is said of none
    return card


def _id_in(url: str) -> int:
    """The id of the video that an address of ours shows, whether it is there or not.

    Raises:
        BadRequest: it is no address.
        NotFound: it is not one of ours, or of no video.
    """
    try:
        asked = urllib.parse.urlsplit(url)
        host = asked.netloc.lower()
    except ValueError as error:
        raise BadRequest("“url” is no address.") from error
    if asked.scheme not in ("http", "https") or not host:
        raise BadRequest("“url” is the whole address of a video's page.")
    if host != urllib.parse.urlsplit(settings.BASE_URL).netloc.lower():
        raise NotFound
    return _id_at(asked.path.rstrip("/"))


def _id_at(path: str) -> int:
    first, _, short = path.removeprefix("/").partition("/")
    if not first.startswith("@") and first != "embed":
        raise NotFound
    try:
        return ids.from_short(short)
    except ids.NotAnId as error:
        raise NotFound from error


def _pixels(asked: QueryDict, name: str) -> int:
    """The longest that a side may be, in pixels.

    Raises:
        BadRequest: it is no whole number of pixels above 0.
    """
    text = asked.get(name, "")
    if not text:
        return _ANY
    if not _WHOLE.fullmatch(text):
        raise BadRequest(f"“{name}” is a whole number of pixels.")
    return int(text)
