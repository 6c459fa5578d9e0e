"""Public videos as a stranger may list them: for pages without scripts, news feeds and sitemaps.

Sitemaps name nobody who does not want to be found by search engines.
"""

import datetime
from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import Max, Q
from django.db.models.functions import Greatest

from revue.accounts.contracts import VISITOR, Viewer
from revue.media import queries as media
from revue.videos import policy, queries
from revue.videos.cards import cards
from revue.videos.contracts import ListedPerson, ListedVideo, VideoCard, VideoState, Visibility
from revue.videos.models import Video

# Where each part of a list of ids begins: every n-th of them. Whatever is deleted meanwhile, a part holds at least what
# it held, for it is as long as the parts are and may reach into the next.
_PARTS = f"""
SELECT first FROM (
    SELECT DISTINCT ON (v.{{column}}) v.{{column}} AS first, dense_rank() OVER (ORDER BY v.{{column}}) AS place
    FROM videos_video AS v
    JOIN accounts_person AS p ON p.id = v.author_id AND p.is_active AND p.is_indexed
    WHERE v.state = '{VideoState.PUBLISHED.value}' AND v.visibility = '{Visibility.EVERYONE.value}'
) AS places WHERE place %% %(size)s = 1 ORDER BY first
"""  # noqa: S608 - put together from constants
_VIDEO_PARTS, _PEOPLE_PARTS = _PARTS.format(column="id"), _PARTS.format(column="author_id")
_CHANGED = Greatest("changed_at", "published_at")
_LINE = ("id", "author__handle", "author__name", "caption", "published_at", _CHANGED)
_CLIP = ("clip__duration_ms", "clip__poster_key")


def newest_by(author_id: int, *, limit: int, viewer: Viewer = VISITOR) -> list[VideoCard]:
    """A person's newest public videos, as far as the viewer may watch them. Two SELECTs."""
    return _cards(queries.ids_by_author(viewer=VISITOR, author_id=author_id, limit=limit), viewer)


def newest_with(tag: str, *, limit: int, viewer: Viewer = VISITOR) -> list[VideoCard]:
    """The newest public videos with a tag, as far as the viewer may watch them. Two SELECTs."""
    return _cards(queries.ids_by_tag(tag=tag, limit=limit), viewer)


def changed_at(video_ids: Collection[int]) -> dict[int, datetime.datetime]:
    """Video → when something was last changed about it, its publication included."""
    return dict(Video.objects.filter(pk__in=video_ids).values_list("pk", _CHANGED))


def video_parts(*, size: int) -> list[int]:
    """The first id of each part of the list of public videos, oldest first."""
    return _parts(_VIDEO_PARTS, size)


def people_parts(*, size: int) -> list[int]:
    """The first id of each part of the list of people who have public videos."""
    return _parts(_PEOPLE_PARTS, size)


def videos_from(first: int, *, limit: int) -> list[ListedVideo]:
    """Public videos for search engines from an id on, oldest first. One SELECT."""
    found = Video.objects.filter(_indexed(), pk__gte=first).order_by("pk")
    return [_line(*row) for row in found.values_list(*_LINE, *_CLIP)[:limit]]


def people_from(first: int, *, limit: int) -> list[ListedPerson]:
    """People with public videos for search engines, from an id on. Who has none stands in no list. One SELECT."""
    found = Video.objects.filter(_indexed(), author_id__gte=first)
    rows = found.order_by("author_id").values_list("author_id", "author__handle").annotate(newest=Max(_CHANGED))
    return [ListedPerson(handle, newest) for _, handle, newest in rows[:limit]]


def _indexed() -> Q:
    return policy.listed() & Q(author__is_active=True, author__is_indexed=True)


def _cards(video_ids: Collection[int], viewer: Viewer) -> list[VideoCard]:
    found = cards(viewer=viewer, video_ids=video_ids)
    return [found[video_id] for video_id in video_ids if video_id in found]


def _line(*row: Any) -> ListedVideo:  # the columns above, in their order
    video_id, handle, name, caption, published_at, changed, duration_ms, poster_key = row
    poster_url, _ = media.poster_urls(poster_key)
    return ListedVideo(video_id, handle, name, caption, published_at, changed, duration_ms, poster_url)


def _parts(statement: str, size: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"size": size})
        return [row[0] for row in cursor.fetchall()]
