"""Atom feeds of public videos: one for each person and one for each tag, the same for everybody who asks."""

import datetime
import hashlib
import urllib.parse
from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.html import format_html, linebreaks
from django.utils.http import http_date, quote_etag
from django.utils.safestring import mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from revue.accounts import queries as accounts
from revue.accounts.contracts import VISITOR
from revue.platform import ids
from revue.platform.errors import NotFound
from revue.videos import captions, listings
from revue.videos.contracts import VideoCard
from revue.web import cards, views

MOST: Final = 30
_KEPT_S: Final = 300
_NEVER: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class _VideoFeed(Atom1Feed):
    """Atom with a picture for each entry, as Media RSS writes it."""

    def root_attributes(self) -> dict[str, str]:
        """Those of Atom, and the name of Media RSS."""
        return {**super().root_attributes(), "xmlns:media": "http://search.yahoo.com/mrss/"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """An entry and its picture."""
        super().add_item_elements(handler, item)
        if item["thumbnail"]:
            handler.addQuickElement("media:thumbnail", "", item["thumbnail"])

    def latest_post_date(self) -> datetime.datetime:
        """When an entry was last changed; of an empty feed always the same, or each answer would be a new one."""
        return super().latest_post_date() if self.items else _NEVER


@require_safe
@cache_control(public=True, max_age=_KEPT_S)
def of_person(request: HttpRequest, handle: str) -> HttpResponseBase:
    """Somebody's newest public videos."""
    if handle != handle.lower():
        return views.led_on(request, f"{cards.person_path(handle.lower())}/feed.atom")
    try:
        person = accounts.profile(viewer=VISITOR, handle=handle)
    except NotFound:
        return views.missing(request)
    name = person.name or person.handle
    title = f"{name} (@{person.handle}) · {settings.INSTANCE_NAME}"
    newest = listings.newest_by(person.id, limit=MOST)
    response = _answer(request, cards.person_path(person.handle), title, newest, author=name)
    if not person.is_indexed:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@cache_control(public=True, max_age=_KEPT_S)
def of_tag(request: HttpRequest, tag: str) -> HttpResponseBase:
    """The newest public videos with a tag; nobody may have used it yet."""
    name = captions.plain_tag(tag)
    if not name.isprintable() or not name:
        return views.missing(request)
    if name != tag:
        return views.led_on(request, f"{cards.tag_path(name)}/feed.atom")
    newest = listings.newest_with(name, limit=MOST)
    return _answer(request, cards.tag_path(name), f"#{name} · {settings.INSTANCE_NAME}", newest)


def _answer(
    request: HttpRequest, path: str, title: str, newest: Sequence[VideoCard], author: str = ""
) -> HttpResponseBase:
    """The feed, or 304 to a reader who has it as it is now."""
    changed = listings.changed_at([card.id for card in newest])
    feed = _VideoFeed(
        title=title,
        link=cards.absolute(path),
        description="",
        feed_url=cards.absolute(f"{path}/feed.atom"),
        author_name=author or settings.INSTANCE_NAME,
    )
    for card in newest:
        feed.add_item(**_entry(card, changed.get(card.id, card.published_at)))
    text = feed.writeString("utf-8").encode()
    etag = quote_etag(hashlib.sha256(text).hexdigest()[:32])
    last = int(feed.latest_post_date().timestamp())
    headers = {"ETag": etag, "Last-Modified": http_date(last)}
    response = HttpResponse(text, content_type=_VideoFeed.content_type, headers=headers)
    return get_conditional_response(request, etag=etag, last_modified=last, response=response) or response


def _entry(card: VideoCard, changed: datetime.datetime) -> dict[str, Any]:
    """A video as `add_item` takes it. What names it outlives a change of handle."""
    page = cards.absolute(cards.video_path(card.author.handle, card.id))
    host = urllib.parse.urlsplit(settings.BASE_URL).hostname
    return {
        "title": cards.title_of(card.caption, card.author.handle),
        "link": page,
        "description": _words(card, page),
        "author_name": cards.name_of(card.author),
        "author_link": cards.absolute(cards.person_path(card.author.handle)),
        "pubdate": card.published_at,
        "updateddate": changed,
        "unique_id": f"tag:{host},{card.published_at:%Y-%m-%d}:{ids.to_short(card.id)}",
        "categories": card.tags,
        "enclosures": [
            Enclosure(cards.absolute(file.url), str(file.bytes), "video/mp4") for file in cards.plain_files(card)[-1:]
        ],
        "thumbnail": _thumbnail(card),
    }


def _words(card: VideoCard, page: str) -> str:
    """The caption below the poster, as HTML."""
    if card.poster_url is None:
        return linebreaks(card.caption, autoescape=True)
    width, height = cards.poster_size(card)
    picture = '<p><a href="{}"><img src="{}" alt="" width="{}" height="{}"></a></p>{}'
    words = mark_safe(linebreaks(card.caption, autoescape=True))  # noqa: S308 - escaped
    return format_html(picture, page, cards.absolute(card.poster_url), width, height, words)


def _thumbnail(card: VideoCard) -> dict[str, str] | None:
    if card.poster_url is None:
        return None
    width, height = cards.poster_size(card)
    return {"url": cards.absolute(card.poster_url), "width": str(width), "height": str(height)}
