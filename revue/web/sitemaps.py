"""Where everything is that crawlers may read: public videos, and the people who have some.

Parts begin at an id, so that a part is one walk along an index however many there are. What is not to be indexed by
its own page (`pages.Page.may_index`) stands in none.
"""

import datetime
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from revue.platform import ids
from revue.videos import listings
from revue.videos.contracts import ListedPerson, ListedVideo
from revue.web import cards, views

PART: Final = 5_000
_KEPT_S: Final = 600
_TYPE: Final = "application/xml"
_TITLE_LETTERS: Final = 100
_DESCRIPTION_LETTERS: Final = 2048  # the format's limit
_LONGEST_S: Final = 28_800  # the format's limit


@require_safe
@cache_control(public=True, max_age=_KEPT_S)
def index(request: HttpRequest) -> HttpResponse:
    """The parts."""
    videos = [f"/sitemap/videos-{ids.to_short(first)}.xml" for first in listings.video_parts(size=PART)]
    people = [f"/sitemap/people-{ids.to_short(first)}.xml" for first in listings.people_parts(size=PART)]
    context = {"parts": [cards.absolute(path) for path in (*videos, *people)]}
    return render(request, "web/sitemap_index.xml", context, content_type=_TYPE)


@require_safe
@cache_control(public=True, max_age=_KEPT_S)
def videos(request: HttpRequest, first: str) -> HttpResponse:
    """Public videos from one id on."""
    return _part(request, first, "videos", lambda begin: [_video(v) for v in listings.videos_from(begin, limit=PART)])


@require_safe
@cache_control(public=True, max_age=_KEPT_S)
def people(request: HttpRequest, first: str) -> HttpResponse:
    """People with public videos, from one id on."""
    return _part(request, first, "people", lambda begin: [_person(p) for p in listings.people_from(begin, limit=PART)])


def _part(request: HttpRequest, first: str, kind: str, read: Callable[[int], list[object]]) -> HttpResponse:
    """What `read` finds from the id `first` on, in the words of its kind."""
    try:
        found = read(ids.from_short(first))
    except ids.NotAnId:
        return views.missing(request)
    return render(request, f"web/sitemap_{kind}.xml", {kind: found}, content_type=_TYPE)


def _person(person: ListedPerson) -> tuple[str, datetime.datetime]:
    return cards.absolute(cards.person_path(person.handle)), person.changed_at


def _video(video: ListedVideo) -> dict[str, object]:
    title = cards.title_of(video.caption, video.handle, letters=_TITLE_LETTERS)
    return {
        "url": cards.absolute(cards.video_path(video.handle, video.id)),
        "changed_at": video.changed_at,
        "published_at": video.published_at,
        "title": title,
        "description": video.caption[:_DESCRIPTION_LETTERS] or title,
        "thumbnail": cards.absolute(video.poster_url) if video.poster_url else None,
        "player": cards.embed_url(video.id),
        "seconds": min(_LONGEST_S, max(1, round(video.duration_ms / 1000))),
        "author": cards.name_of(video),
        "author_url": cards.absolute(cards.person_path(video.handle)),
    }
