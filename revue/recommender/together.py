"""What the same people watch long soon after each other, in this process's memory, read from the watches themselves.

Nothing of a person is kept here: pairs of videos and how often. It begins anew with each process, from the newest
watches.
"""

import datetime
import threading
import time
from typing import Final

import numpy as np
from django.db import connection

from revue.recommender.engine.catalogue import Floats, Ids
from revue.recommender.engine.covisit import CoVisits, Numbers

NUMBERS: Final = Numbers(neighbours=64)  # half a kilobyte for each video that anybody watched long
BEGIN_WITH: Final = 50_000  # newest long views, when a process starts …
AT_ONCE: Final = 300  # … so many at a time, so that no page waits for them
EACH_S: Final = 0.5
_COUNTS: Final = {"most": AT_ONCE, "before": NUMBERS.before}
_NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)

_BEGIN = "SELECT long_at FROM recommender_watch WHERE long_at IS NOT NULL ORDER BY long_at DESC OFFSET %s LIMIT 1"
# What is committed out of turn is left out now and then: one pair more or less, until the process starts again.
_NEW = """
SELECT w.video_id, w.viewer, w.long_at, ARRAY(
    SELECT b.video_id FROM recommender_watch AS b
    WHERE b.viewer = w.viewer AND b.long_at IS NOT NULL AND (b.long_at, b.video_id) < (w.long_at, w.video_id)
    ORDER BY b.long_at DESC, b.video_id DESC LIMIT %(before)s
)
FROM recommender_watch AS w
WHERE w.long_at IS NOT NULL AND (w.long_at, w.viewer, w.video_id) > (%(at)s, %(viewer)s, %(video)s)
ORDER BY w.long_at, w.viewer, w.video_id LIMIT %(most)s
"""


class Together:
    """Pairs of videos that the same people watched long, up to a second ago."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._due = 0.0  # by time.monotonic
        self._visits = CoVisits(NUMBERS)
        self._rows: dict[int, int] = {}  # of each video
        self._ids: list[int] = []  # of each row
        self._read: tuple[datetime.datetime, int, int] | None = None  # time, viewer and video of the newest one

    def near(self, positives: Ids) -> tuple[Ids, Floats]:
        """Videos that others watch long who watched these long, and how much in common; in no order.

        Args:
            positives: videos that somebody watched long, oldest first.
        """
        if not len(positives):
            return np.empty(0, np.int64), np.empty(0)
        if time.monotonic() >= self._due and self._lock.acquire(blocking=False):
            try:
                self._catch_up()
            finally:
                self._lock.release()
        with self._lock:
            known = [self._rows[video_id] for video_id in positives.tolist() if video_id in self._rows]
            rows, scores = self._visits.scores(np.array(known, np.int64))
            return np.array([self._ids[row] for row in rows], np.int64), scores

    def _catch_up(self) -> None:
        """Count what was watched long since the last time; the caller holds the lock."""
        with connection.cursor() as cursor:
            if self._read is None:
                cursor.execute(_BEGIN, [BEGIN_WITH])
                found = cursor.fetchone()
                self._read = (found[0] if found else _NEVER, 0, 0)
            at, viewer, video = self._read
            cursor.execute(_NEW, {"at": at, "viewer": viewer, "video": video, **_COUNTS})
            rows = cursor.fetchall()
        for video_id, viewer_key, long_at, newest_first in rows:
            before = [self._row(one) for one in reversed(newest_first)]
            self._visits.add(np.array(before, np.int64), self._row(video_id))
            self._read = (long_at, viewer_key, video_id)
        self._due = time.monotonic() + EACH_S

    def _row(self, video_id: int) -> int:
        row = self._rows.setdefault(video_id, len(self._ids))
        if row == len(self._ids):
            self._ids.append(video_id)
        return row


together = Together()
