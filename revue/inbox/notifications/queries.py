"""All reads of notices."""

import datetime
from collections.abc import Collection
from typing import Any, Final

import orjson
from django.db import connection

from revue.accounts import queries as accounts
from revue.accounts.contracts import PersonCard, SecurityEvent, Viewer
from revue.accounts.policy import person_id_of
from revue.inbox.models import Notice
from revue.inbox.notifications.contracts import (
    MOST_COUNTED,
    MOST_SHOWN,
    MOST_UNREAD,
    TOPIC_OF,
    NoticeKind,
    NoticePage,
    NoticeTopic,
    NoticeVideo,
    NoticeView,
)
from revue.inbox.notifications.sight import ACTORS, NOTICES
from revue.media import queries as media
from revue.platform import ids, paging

LONGEST_TEXT: Final = 200  # letters of a comment
_UNREAD: Final = f"""
SELECT count(*) FROM (SELECT 1 {NOTICES} AND n.read_at IS NULL LIMIT {MOST_UNREAD}) AS u
"""  # noqa: S608 - put together from constants
_COLUMNS: Final = f"""
SELECT n.place, n.kind, n.told_at, n.read_at IS NOT NULL, n.event, n.browser, n.video_id, w.handle,
    (SELECT json_build_array(k.poster_key, k.thumbhash)::text FROM media_clip AS k WHERE k.id = v.clip_id),
    coalesce(left(c.text, {LONGEST_TEXT}), ''),
    (SELECT coalesce(json_agg(s.actor_id), '[]')::text
        FROM (SELECT a.actor_id {ACTORS} ORDER BY a.id DESC LIMIT {MOST_SHOWN}) AS s),
    (SELECT count(*) FROM (SELECT 1 {ACTORS} LIMIT {MOST_COUNTED}) AS s),
    CASE WHEN n.kind = '{NoticeKind.FOLLOW.value}' THEN (SELECT coalesce(json_agg(f.followed_id), '[]')::text
        FROM social_follow AS f JOIN inbox_noticeactor AS a ON a.actor_id = f.followed_id
        WHERE f.follower_id = n.person_id AND a.notice_id = n.id) ELSE '[]' END,
    CASE WHEN n.kind = '{NoticeKind.FOLLOW.value}' THEN (SELECT coalesce(json_agg(r.asked_id), '[]')::text
        FROM social_followrequest AS r JOIN inbox_noticeactor AS a ON a.actor_id = r.asked_id
        WHERE r.asker_id = n.person_id AND a.notice_id = n.id) ELSE '[]' END
"""  # noqa: S608 - put together from constants
_PAGE: Final = f"""
{_COLUMNS} {NOTICES}
    AND n.kind = ANY (%(kinds)s) AND (%(before)s::bigint IS NULL OR n.place < %(before)s)
    AND (NOT %(only_unread)s OR n.read_at IS NULL)
ORDER BY n.place DESC LIMIT %(limit)s
"""
_ONE: Final = f"{_COLUMNS} {NOTICES} AND n.id = %(notice)s AND n.read_at IS NULL"
_ALL: Final = frozenset(NoticeTopic)


def unread(*, person_id: int) -> int:
    """How many notices a person may see and has not read, at most `MOST_UNREAD`. One SELECT."""
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD, {"viewer": person_id})
        row: tuple[int] = cursor.fetchone()
        return row[0]


def page(
    *,
    viewer: Viewer,
    topics: Collection[NoticeTopic] = _ALL,
    cursor: str = "",
    limit: int = 20,
    only_unread: bool = False,
) -> NoticePage:
    """The viewer's notices, newest first; two SELECTs.

    Args:
        viewer: whose.
        topics: only of these.
        cursor: `next_cursor` of the page before.
        limit: at most so many.
        only_unread: leave out what was read.

    Raises:
        SignInNeeded: the viewer is a visitor.
        BadCursor: the cursor is not ours or belongs to another list.
    """
    person_id, name = person_id_of(viewer), "inbox." + ".".join(sorted(topics))
    values: dict[str, Any] = {"viewer": person_id}
    values |= {"kinds": [kind.value for kind in NoticeKind if TOPIC_OF[kind] in topics]}
    values |= {"before": paging.read(name, cursor)["before"] if cursor else None, "only_unread": only_unread}
    with connection.cursor() as database:
        database.execute(_PAGE, {**values, "limit": limit + 1})
        rows = database.fetchall()
    next_cursor = paging.sign(name, {"before": rows[limit - 1][0]}) if len(rows) > limit else None
    return NoticePage(_views(rows[:limit]), next_cursor)


def one(*, person_id: int, notice_id: int) -> NoticeView | None:
    """A notice by its row's id, while its owner may see it and has not read it."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE, {"viewer": person_id, "notice": notice_id})
        views = _views(cursor.fetchall())
    return views[0] if views else None


def told(*, person_id: int) -> list[tuple[datetime.datetime, str]]:
    """(time, kind) of everything that a person was told and that is kept, for the copy of their data."""
    rows = Notice.objects.filter(person_id=person_id).order_by("place")
    return list(rows.values_list("told_at", "kind"))


def _views(rows: list[tuple[Any, ...]]) -> tuple[NoticeView, ...]:
    people = [orjson.loads(row[10]) for row in rows]
    cards = accounts.person_cards({person_id for found in people for person_id in found})
    return tuple(
        _view(row, [cards[one] for one in found if one in cards]) for row, found in zip(rows, people, strict=True)
    )


def _view(row: tuple[Any, ...], people: list[PersonCard]) -> NoticeView:  # the columns above, in their order
    place, kind, at, is_read, event, browser, video_id, handle, picture, text, _, count, followed, asked = row
    video = _video(video_id, handle, picture) if video_id is not None else None
    return NoticeView(
        id=place,
        kind=NoticeKind(kind),
        at=at,
        is_read=is_read,
        people=tuple(people),
        person_count=count,
        is_followed=bool(people) and people[0].id in orjson.loads(followed),
        is_requested=bool(people) and people[0].id in orjson.loads(asked),
        video=video,
        text=text,
        event=SecurityEvent(event) if event else None,
        browser=browser,
        path=_path(NoticeKind(kind), video, people),
    )


def _video(video_id: int, handle: str, picture: str | None) -> NoticeVideo:
    poster_key, thumbhash = orjson.loads(picture) if picture else ("", "")
    _, poster_url = media.poster_urls(poster_key)
    return NoticeVideo(video_id, handle, poster_url, thumbhash)


def _path(kind: NoticeKind, video: NoticeVideo | None, people: list[PersonCard]) -> str:
    """The page on which a person sees, or mends, what they are told of."""
    if video is not None:
        path = f"/@{video.handle}/{ids.to_short(video.id)}"
        return f"{path}/edit" if kind in (NoticeKind.VIDEO_FAILED, NoticeKind.SOUND_MUTED) else path
    if kind is NoticeKind.SECURITY:
        return "/settings/security"
    if kind is NoticeKind.FOLLOW_REQUEST:
        return "/settings/privacy"
    return f"/@{people[0].handle}" if len(people) == 1 else "/inbox"
