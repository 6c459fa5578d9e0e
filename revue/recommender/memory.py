"""What the ranker must know of one viewer, read in one statement and held for one page."""

import dataclasses
import datetime

import numpy as np
from django.db import connection

from revue.accounts.contracts import Viewer
from revue.events.policy import viewer_key
from revue.recommender.engine.catalogue import Ids

_MEMORY = """
SELECT
    (SELECT string_agg(int8send(video_id), ''::bytea) FROM events_seen WHERE viewer = %(viewer)s),
    (SELECT string_agg(int8send(video_id), ''::bytea ORDER BY position) FROM events_event
        WHERE day = %(day)s AND session = %(session)s AND kind = 'served'),
    (SELECT string_agg(int8send(followed_id), ''::bytea) FROM social_follow WHERE follower_id = %(person)s)
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Memory:
    """A viewer at one moment of one session."""

    seen: Ids  # videos, ever
    served: Ids  # videos, in this session, oldest first
    followed: Ids  # people

    def follows(self, person_id: int) -> bool:
        """Whether the viewer follows someone."""
        return bool((self.followed == person_id).any())

    @property
    def served_count(self) -> int:
        """How many videos this session was given so far."""
        return len(self.served)


def recall(*, viewer: Viewer, session: str, day: datetime.date) -> Memory:
    """Read what a viewer has seen and was served, and whom they follow. `day` is that of the session's start."""
    with connection.cursor() as cursor:
        cursor.execute(
            _MEMORY,
            {"viewer": viewer_key(viewer), "day": day, "session": session, "person": viewer.person_id},
        )
        packed = cursor.fetchone()
    return Memory(*(np.frombuffer(column or b"", dtype=">i8").astype(np.int64) for column in packed))
