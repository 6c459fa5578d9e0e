"""Somebody's own videos in any state, with what people did with them: the page on which they keep them in order."""

from typing import Final

from django.db import connection

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.events import queries as events
from revue.feed.contracts import OwnOrder, OwnPage, OwnVideo
from revue.platform import paging
from revue.videos import policy
from revue.videos import queries as videos
from revue.videos.contracts import Show

_PLACE: Final = "coalesce(v.place, v.id)"
_KEYS: Final = {
    OwnOrder.NEWEST: (_PLACE, "DESC", "<"),
    OwnOrder.OLDEST: (_PLACE, "ASC", ">"),
    OwnOrder.VIEWS: ("coalesce(c.plays, 0)", "DESC", "<"),
    OwnOrder.LIKES: ("coalesce(c.likes, 0)", "DESC", "<"),
    OwnOrder.COMMENTS: ("coalesce(c.comments, 0)", "DESC", "<"),
}
# A number may change while somebody leafs: what it lifts over the place they have come to is not read twice.
_PAGE: Final = """
SELECT v.id, {key} FROM videos_video AS v LEFT JOIN events_videocounts AS c ON c.video_id = v.id
WHERE v.author_id = %(author)s AND {shown} AND (%(id)s::bigint IS NULL OR ({key}, v.id) {goes_on} (%(key)s, %(id)s))
ORDER BY {key} {way}, v.id {way} LIMIT %(limit)s
"""
_SUMS: Final = ", ".join(f"count(*) FILTER (WHERE {policy.SHOWN_AS[show]})" for show in Show)
_TOTALS: Final = f"SELECT {_SUMS} FROM videos_video AS v WHERE v.author_id = %s"  # noqa: S608 - from constants


def page(
    viewer: Viewer, *, show: Show = Show.ALL, order: OwnOrder = OwnOrder.NEWEST, cursor: str = "", limit: int
) -> OwnPage:
    """One page of the viewer's own videos. Four SELECTs, one more where a video resembles another.

    Args:
        viewer: who asks.
        show: which of them.
        order: the newest first, or by what people did.
        cursor: `next_cursor` of the page before.
        limit: at most so many videos.

    Raises:
        SignInNeeded: the viewer is a visitor.
        BadCursor: the cursor is not ours, or belongs to another list.
    """
    author_id, name = person_id_of(viewer), f"feed.own.{show}.{order}"
    last = paging.read(name, cursor) if cursor else {"k": None, "i": None}
    rows = _rows(author_id, show, order, key=last["k"], id_=last["i"], limit=limit + 1)
    found = [video_id for video_id, _ in rows[:limit]]
    counts = events.counts_of(found)
    statuses = videos.own_statuses_of(viewer=viewer, video_ids=found)
    next_cursor = None
    if len(rows) > limit:
        video_id, key = rows[limit - 1]
        next_cursor = paging.sign(name, {"k": key, "i": video_id})
    return OwnPage(tuple(OwnVideo(status, counts[status.id]) for status in statuses), next_cursor, _totals(author_id))


def _rows(
    author_id: int, show: Show, order: OwnOrder, *, key: int | None, id_: int | None, limit: int
) -> list[tuple[int, int]]:
    """(id, what it is ordered by) of a page."""
    column, way, goes_on = _KEYS[order]
    statement = _PAGE.format(key=column, shown=policy.SHOWN_AS[show], way=way, goes_on=goes_on)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"author": author_id, "key": key, "id": id_, "limit": limit})
        return list(cursor.fetchall())


def _totals(author_id: int) -> dict[Show, int]:
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, [author_id])
        return dict(zip(Show, cursor.fetchone(), strict=True))
