"""All that changes notices. Each is safe to repeat and to run beside itself, inside the transaction of its caller."""

import datetime
from functools import partial
from typing import Any, Final

from django.db import connection, transaction

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.inbox.models import Notice
from revue.inbox.notifications import live, queries
from revue.inbox.notifications.contracts import TOPIC_OF, NoticeKind
from revue.inbox.notifications.sight import BY_NOBODY
from revue.inbox.push import actions as push
from revue.platform import clock, ids

JOIN_FOR: Final = datetime.timedelta(days=1)  # how long others may join a notice that is not read
KEPT_FOR: Final = datetime.timedelta(days=180)
# A person who leaves is waited for: their notice would stay without them. Who did this once already joins no more.
_TELL: Final = """
WITH person AS (
    SELECT p.id FROM accounts_person AS p
    WHERE p.id = %(person)s AND p.is_active
        AND NOT EXISTS (SELECT 1 FROM inbox_preferences AS s WHERE s.person_id = p.id AND %(topic)s = ANY (s.hidden))
        AND NOT EXISTS (SELECT 1 FROM inbox_noticeactor AS a WHERE a.actor_id = %(actor)s AND a.key = %(key)s)
    FOR KEY SHARE OF p
), notice AS (
    INSERT INTO inbox_notice AS n (
        id, person_id, kind, key, place, video_id, comment_id, event, browser, made_at, told_at, is_open
    )
    SELECT %(id)s, p.id, %(kind)s, %(key)s, %(id)s, %(video)s::bigint, %(comment)s::bigint, %(event)s, %(browser)s,
        %(now)s, %(now)s, true
    FROM person AS p
    ON CONFLICT (key) WHERE is_open DO UPDATE SET place = excluded.place, told_at = excluded.told_at
    RETURNING n.id
), actor AS (
    INSERT INTO inbox_noticeactor (id, notice_id, actor_id, key)
    SELECT %(id)s, n.id, %(actor)s, %(key)s FROM notice AS n WHERE %(actor)s::bigint IS NOT NULL
    ON CONFLICT DO NOTHING
)
SELECT id FROM notice
"""
# Held first: somebody who joins meanwhile is waited for, and waits.
_HOLD: Final = """
SELECT n.id FROM inbox_notice AS n
WHERE (n.read_at IS NULL OR %(even_read)s)
    AND n.id IN (SELECT a.notice_id FROM inbox_noticeactor AS a WHERE a.actor_id = %(actor)s AND a.key = %(key)s)
FOR UPDATE OF n
"""
_LEAVE: Final = "DELETE FROM inbox_noticeactor WHERE notice_id = %(notice)s AND actor_id = %(actor)s"
_DROP_EMPTY: Final = """
DELETE FROM inbox_notice AS n
WHERE n.id = %(notice)s AND NOT EXISTS (SELECT 1 FROM inbox_noticeactor AS a WHERE a.notice_id = n.id)
"""
_DROP_LEFT: Final = f"""
DELETE FROM inbox_notice AS n
WHERE NOT n.is_open AND n.kind NOT IN {BY_NOBODY}
    AND NOT EXISTS (SELECT 1 FROM inbox_noticeactor AS a WHERE a.notice_id = n.id)
"""  # noqa: S608 - put together from constants


def tell(
    kind: NoticeKind,
    *,
    person_id: int,
    key: str,
    actor_id: int | None = None,
    video_id: int | None = None,
    comment_id: int | None = None,
    event: str = "",
    browser: str = "",
) -> None:
    """Tell somebody something, unless they do not want to hear of it; equal things are one notice while it is open.

    Args:
        kind: what it is.
        person_id: who is told.
        key: what it is about and whose it is, the same for all that are told together.
        actor_id: who did it; each is told of once for a key. None: nobody in particular.
        video_id: the video it is about.
        comment_id: the comment it is about.
        event: a `SecurityEvent`.
        browser: the name of the browser that did that.
    """
    notice_id = ids.new_id()
    values: dict[str, Any] = {
        "person": person_id,
        "actor": actor_id,
        "video": video_id,
        "comment": comment_id,
        "event": event,
    }
    values |= {"id": notice_id, "kind": kind.value, "topic": TOPIC_OF[kind].value, "key": key, "browser": browser}
    with connection.cursor() as cursor:
        cursor.execute(_TELL, {**values, "now": clock.now()})
        row = cursor.fetchone()
    if row is not None and row[0] == notice_id:  # a new one; who only joins changes no number
        push.plan(notice_id=notice_id, person_id=person_id, topic=TOPIC_OF[kind])
        _count_anew(person_id)


def untell(*, person_id: int, key: str, actor_id: int, even_read: bool = False) -> None:
    """Take somebody out of a notice that is not read yet, and the notice with the last of them.

    What was read stays as it was read, and doing it once more tells nothing again; but not with `even_read`.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, {"actor": actor_id, "key": key, "even_read": even_read})
        for (notice_id,) in cursor.fetchall():
            cursor.execute(_LEAVE, {"notice": notice_id, "actor": actor_id})
            cursor.execute(_DROP_EMPTY, {"notice": notice_id})
            if cursor.rowcount:
                _count_anew(person_id)


def forget_comment(*, comment_id: int) -> None:
    """Take back what was told of a comment."""
    notices = Notice.objects.filter(comment_id=comment_id)
    people = sorted(set(notices.values_list("person_id", flat=True)))
    notices.delete()
    for person_id in people:
        _count_anew(person_id)


@transaction.atomic
def mark_read(*, viewer: Viewer, up_to: int) -> int:
    """Mark the viewer's notices as read, from the oldest to `up_to` (a `NoticeView.id`); how many are unread then.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    person_id = person_id_of(viewer)
    unread = Notice.objects.filter(person_id=person_id, read_at=None, place__lte=up_to)
    if unread.update(read_at=clock.now(), is_open=False):
        _count_anew(person_id)
    return queries.unread(person_id=person_id)


def close_old() -> int:
    """Let nobody join what is a day old; returns how many were closed."""
    old = Notice.objects.filter(is_open=True, made_at__lt=clock.now() - JOIN_FOR)
    return old.update(is_open=False)


def forget_old() -> int:
    """Erase notices past their time, and those whose people have all left; returns how many."""
    _, gone = Notice.objects.filter(place__lt=ids.first_at(clock.now() - KEPT_FOR)).delete()
    with connection.cursor() as cursor:
        cursor.execute(_DROP_LEFT)
        return gone.get("inbox.Notice", 0) + int(cursor.rowcount)


def _count_anew(person_id: int) -> None:
    """Tell the person's open pages how many are unread, once all of this holds."""
    transaction.on_commit(partial(live.unread_changed, person_id), robust=True)
