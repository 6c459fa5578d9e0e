"""What the ranker must know of one viewer, read in one statement and held for one page."""

import dataclasses
import datetime
from collections.abc import Collection
from typing import Final

import numpy as np
from django.db import connection

from revue.accounts.contracts import Viewer
from revue.events.policy import viewer_key
from revue.recommender.engine.catalogue import Floats, Ids
from revue.recommender.watches import MARKS

_MEMORY = f"""
SELECT
    (SELECT string_agg(int8send(video_id), ''::bytea) FROM events_seen WHERE viewer = %(viewer)s),
    (SELECT string_agg(int8send(video_id), ''::bytea ORDER BY position) FROM (
        SELECT DISTINCT ON (position) position, video_id FROM events_event
        WHERE day = %(day)s AND session = %(session)s AND kind = 'served' AND position < %(position)s
            AND coalesce((data->>'round')::int, 0) <> ALL(%(untaken)s)
        ORDER BY position, coalesce((data->>'round')::int, 0) DESC
    ) AS before),
    EXISTS (SELECT 1 FROM events_event WHERE day = %(day)s AND session = %(session)s AND kind = 'served'
        AND position = %(position)s AND coalesce((data->>'round')::int, 0) = %(round)s),
    (SELECT string_agg(int8send(followed_id), ''::bytea) FROM social_follow WHERE follower_id = %(person)s),
    w.videos, w.rewards, w.marks, w.times
FROM (
    SELECT string_agg(int8send(video_id), ''::bytea ORDER BY at, video_id) AS videos,
        string_agg(float8send(reward), ''::bytea ORDER BY at, video_id) AS rewards,
        string_agg(int2send(marks), ''::bytea ORDER BY at, video_id) AS marks,
        string_agg(float8send(extract(epoch FROM at)::float8), ''::bytea ORDER BY at, video_id) AS times
    FROM (
        SELECT video_id, at, reward, {MARKS}::smallint AS marks
        FROM recommender_watch
        WHERE viewer = %(viewer)s AND %(viewer)s <> 0 AND reward IS NOT NULL ORDER BY at DESC LIMIT %(most)s
    ) AS newest
) AS w
"""  # noqa: S608 - put together from constants
MOST_WATCHES: Final = 300  # the newest; what came before says little of today


@dataclasses.dataclass(frozen=True, slots=True)
class Memory:
    """A viewer at one moment of one session."""

    seen: Ids  # videos, ever
    served: Ids  # videos, in this session before the place that is to be filled, oldest first
    is_filled: bool  # whether that place is filled already
    followed: Ids  # people
    watched: Ids  # videos, oldest first
    rewards: Floats  # share of each that was watched, 0 … 1
    marks: Ids  # what else was done with each: `engine.signals.Mark`
    times: Floats  # of each; seconds since 1970

    def follows(self, person_id: int) -> bool:
        """Whether the viewer follows someone."""
        return bool((self.followed == person_id).any())

    @property
    def served_count(self) -> int:
        """How many videos this session was given so far."""
        return len(self.served)


def recall(
    *, viewer: Viewer, session: str, day: datetime.date, position: int, round_: int, untaken: Collection[int] = ()
) -> Memory:
    """Read what a viewer has seen, watched and was served, and whom they follow.

    Args:
        viewer: who.
        session: of the feed.
        day: of the session's start.
        position: the place of the session that is to be filled.
        round_: how often places of the session were filled again.
        untaken: rounds that were served and not shown.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _MEMORY,
            {
                "viewer": viewer_key(viewer),
                "day": day,
                "position": position,
                "round": round_,
                "untaken": list(untaken),
                "session": session,
                "person": viewer.person_id,
                "most": MOST_WATCHES,
            },
        )
        packed = cursor.fetchone()
    seen, served, is_filled, followed, watched, rewards, marks, times = packed
    return Memory(
        seen=_ids(seen),
        served=_ids(served),
        is_filled=is_filled,
        followed=_ids(followed),
        watched=_ids(watched),
        rewards=_floats(rewards),
        marks=np.frombuffer(marks or b"", dtype=">i2").astype(np.int64),
        times=_floats(times),
    )


def _ids(packed: bytes | None) -> Ids:
    """Ids as the database packs them, the high byte first."""
    return np.frombuffer(packed or b"", dtype=">i8").astype(np.int64)


def _floats(packed: bytes | None) -> Floats:
    return np.frombuffer(packed or b"", dtype=">f8").astype(np.float64)
