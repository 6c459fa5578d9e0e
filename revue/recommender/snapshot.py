"""The catalogue in this process's memory: read in one statement, swapped whole, at most a few seconds old.

The database packs each column into one value of bytes, so that ten thousand videos cost this process next to nothing.
"""

import threading
import time

import numpy as np
from django.db import connection

from revue.events.policy import HALF_LIFE_S
from revue.platform import clock
from revue.recommender import vectors
from revue.recommender.engine import catalogue
from revue.recommender.engine.catalogue import Catalogue, Columns
from revue.recommender.shelf import Shelf

OLDEST_S = 2.0  # a page ranks by numbers at most this old …
COST_SHARE = 0.02  # … or older, where reading them more often would take more than this share of the time

_COLUMNS = """
SELECT
    string_agg(int8send(v.id), ''::bytea),
    string_agg(int8send(v.author_id), ''::bytea),
    string_agg(int8send(coalesce(v.sound_id, 0)), ''::bytea),
    string_agg(float8send(extract(epoch FROM v.published_at)::float8), ''::bytea),
    string_agg(int8send(coalesce(c.impressions, 0)), ''::bytea),
    string_agg(float8send(coalesce(c.recent_plays, 0)), ''::bytea),
    string_agg(float8send(coalesce(c.recent_completions, 0)), ''::bytea),
    string_agg(float8send(extract(epoch FROM coalesce(c.recent_at, v.published_at))::float8), ''::bytea),
    string_agg(int8send(coalesce(c.plays, 0)), ''::bytea),
    string_agg(int8send(coalesce(c.completions, 0)), ''::bytea),
    string_agg(int8send(topics.mask), ''::bytea),
    (SELECT count(*) || ' ' || coalesce(max(made_at)::text, '') FROM recommender_videovector WHERE means = %(means)s)
FROM videos_video AS v
JOIN accounts_person AS p ON p.id = v.author_id AND p.is_active
LEFT JOIN events_videocounts AS c ON c.video_id = v.id
LEFT JOIN LATERAL (
    SELECT coalesce(bit_or(1::bigint << topic), 0) AS mask
    FROM recommender_videotopic AS t, unnest(t.topics) AS topic WHERE t.video_id = v.id
) AS topics ON true
WHERE v.state = 'published' AND v.visibility = 'everyone' AND v.published_at IS NOT NULL
"""


class Snapshot:
    """Holds the newest catalogue; readers never wait for a refresh unless there is nothing yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._catalogue: Catalogue | None = None
        self._due = 0.0  # by time.monotonic
        self._shelf = Shelf()
        self.generation = 0

    def current(self) -> Catalogue:
        """The catalogue, read again when it is due; while one thread reads, others use the one before."""
        held = self._catalogue
        if held is not None and time.monotonic() < self._due:
            return held
        if held is not None and not self._lock.acquire(blocking=False):
            return held
        if held is None:
            self._lock.acquire()
        try:
            return self._read()
        finally:
            self._lock.release()

    def renewed(self) -> Catalogue:
        """The catalogue as it is now, for decisions that an old one would get wrong, such as "this is the end"."""
        with self._lock:
            return self._read()

    def forget(self) -> None:
        """Read again at the next page: something was published or deleted in this process."""
        self._due = 0.0

    def _read(self) -> Catalogue:
        """Read and swap; the caller holds the lock."""
        started = time.monotonic()
        with connection.cursor() as cursor:
            cursor.execute(_COLUMNS, {"means": vectors.model().means})
            *packed, stand = cursor.fetchone()
        columns = _unpacked(packed)
        rows = self._shelf.vectors_of(columns.ids, stand)
        fresh = catalogue.build(
            columns,
            now_s=clock.now().timestamp(),
            half_life_s=HALF_LIFE_S,
            vectors=rows,
            centres=self._shelf.centres(rows),
            before=self._catalogue,
        )
        ended = time.monotonic()
        self._catalogue = fresh
        self._due = ended + max(OLDEST_S, (ended - started) / COST_SHARE)
        self.generation += 1
        return fresh


def _unpacked(packed: list[bytes | memoryview | None]) -> Columns:
    """The columns as arrays of this machine's byte order; the database sends the high byte first."""
    kinds = (">i8", ">i8", ">i8", ">f8", ">i8", ">f8", ">f8", ">f8", ">i8", ">i8", ">i8")
    arrays = [
        np.frombuffer(column or b"", dtype=kind).astype(kind.replace(">", "="))
        for column, kind in zip(packed, kinds, strict=True)
    ]
    return Columns(*arrays)


snapshot = Snapshot()
