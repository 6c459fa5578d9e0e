"""What the people whom a viewer follows have posted and passed on, in the order of time: one statement.

A video stands once, where it was passed on last, or else where it went out. What is passed on after a walk has begun
is not in that walk: it would lift videos over the place that the viewer has come to, and they would miss them.
"""

import dataclasses
import datetime
from collections.abc import Collection
from typing import Any, Final

from django.db import connection

from revue.accounts import queries as accounts
from revue.accounts.contracts import PersonCard
from revue.feed.contracts import Repost
from revue.feed.cursors import Keyset
from revue.videos import policy

_LINES: Final = f"""
WITH carriers AS (
    SELECT p.id, p.handle, p.name, p.avatar_key FROM accounts_person AS p
    WHERE p.id = ANY (%(people)s::bigint[]) AND p.is_active AND p.id <> ALL (%(unwanted)s::bigint[])
    AND NOT EXISTS (SELECT 1 FROM social_mute AS m WHERE m.muter_id = %(viewer)s AND m.muted_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM social_block AS b WHERE b.blocker_id = %(viewer)s AND b.blocked_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM social_block AS b WHERE b.blocker_id = p.id AND b.blocked_id = %(viewer)s)
)
SELECT * FROM (
    SELECT posted.*, NULL, NULL::timestamptz, NULL::bigint, NULL, NULL, NULL
    FROM unnest(%(people)s::bigint[]) AS author (id)
    CROSS JOIN LATERAL (
        SELECT v.id, coalesce(v.place, v.id) AS place FROM videos_video AS v
        WHERE v.author_id = author.id AND {policy.LISTED_TO_FOLLOWER}
        AND (%(before)s::bigint IS NULL OR coalesce(v.place, v.id) < %(before)s)
        AND NOT ({policy.LISTED} AND EXISTS (
            SELECT 1 FROM social_repost AS n JOIN carriers AS k ON k.id = n.person_id
            WHERE n.video_id = v.id AND n.id > coalesce(v.place, v.id) AND n.id <= %(top)s
        ))
        ORDER BY coalesce(v.place, v.id) DESC LIMIT %(limit)s
    ) AS posted
    UNION ALL
    SELECT passed.*, c.id, c.handle, c.name, c.avatar_key FROM carriers AS c
    CROSS JOIN LATERAL (
        SELECT v.id, r.id AS place, r.note, r.made_at
        FROM social_repost AS r JOIN videos_video AS v ON v.id = r.video_id
        WHERE r.person_id = c.id AND r.id <= %(top)s AND (%(before)s::bigint IS NULL OR r.id < %(before)s)
        AND {policy.LISTED} AND v.author_id <> %(viewer)s
        AND NOT (v.author_id = ANY (%(people)s::bigint[]) AND coalesce(v.place, v.id) > r.id)
        AND NOT EXISTS (
            SELECT 1 FROM social_repost AS n JOIN carriers AS k ON k.id = n.person_id
            WHERE n.video_id = v.id AND n.id > r.id AND n.id <= %(top)s
        )
        ORDER BY r.id DESC LIMIT %(limit)s
    ) AS passed
) AS lines (video_id, place, note, made_at, person_id, handle, name, avatar_key)
ORDER BY place DESC LIMIT %(limit)s
"""  # noqa: S608 - put together from constants


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A video at its place in the order of time."""

    video_id: int
    place: Keyset  # an id of the moment at which it went out or was passed on
    repost: Repost | None


def lines(
    viewer_id: int,
    *,
    people: Collection[int],
    unwanted: Collection[int],
    top: Keyset,
    before: Keyset | None,
    limit: int,
) -> list[Line]:
    """Some lines, newest first.

    Args:
        viewer_id: who follows.
        people: whom.
        unwanted: those of them who pass nothing on to this viewer.
        top: where the walk began.
        before: only what lies behind this place.
        limit: at most so many.
    """
    values: dict[str, Any] = {"viewer": viewer_id, "people": [*people], "unwanted": [*unwanted]}
    with connection.cursor() as cursor:
        cursor.execute(_LINES, {**values, "top": top, "before": before, "limit": limit})
        return [Line(row[0], row[1], _repost(*row[2:])) for row in cursor.fetchall()]


def _repost(
    note: str, made_at: datetime.datetime, person_id: int | None, handle: str, name: str, avatar_key: str
) -> Repost | None:
    if person_id is None:
        return None
    return Repost(PersonCard(person_id, handle, name, accounts.avatar_url(avatar_key)), note, made_at)
