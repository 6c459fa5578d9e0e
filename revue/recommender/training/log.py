"""What was watched, as the trainer reads it: always anew from the database, so what was erased teaches nothing more."""

import dataclasses
import datetime
from collections.abc import Sequence
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
from django.db import connection

from revue.recommender.engine import counts, encoder, heads, learned
from revue.recommender.engine.counts import Ids
from revue.recommender.engine.quantiles import Quantiles
from revue.recommender.engine.signals import Mark
from revue.recommender.watches import MARKS

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

SPREAD: Final = 20_000  # newest watches that say what a usual watch is
_UNWANTED = 256  # above the bits of `Mark`
_SCORED_BEFORE = datetime.timedelta(hours=2)  # a watch comes at most so long after its place was served
_COLUMNS = f"""
w.viewer, w.video_id, extract(epoch FROM w.at)::float8, w.reward,
{MARKS} + 256 * EXISTS (SELECT 1 FROM recommender_notinterested AS n
        WHERE n.viewer = w.viewer AND n.kind = 'video' AND n.target = w.video_id::text)::int,
coalesce(c.duration_ms, 0)
"""  # noqa: S608 - put together from constants
_CLIPS = "LEFT JOIN videos_video AS v ON v.id = w.video_id LEFT JOIN media_clip AS c ON c.id = v.clip_id"
_WINDOWS = f"""
SELECT {_COLUMNS} FROM unnest(%(viewers)s::bigint[]) AS g (viewer)
CROSS JOIN LATERAL (
    SELECT * FROM recommender_watch AS r
    WHERE r.viewer = g.viewer AND r.reward IS NOT NULL AND r.at <= %(until)s ORDER BY r.at DESC LIMIT %(most)s
) AS w
{_CLIPS} ORDER BY w.viewer, w.at, w.video_id
"""  # noqa: S608 - likewise
_NEWEST = f"""
SELECT {_COLUMNS} FROM (
    SELECT * FROM recommender_watch WHERE reward IS NOT NULL AND viewer <> 0 AND at <= %(until)s
    ORDER BY at DESC LIMIT %(most)s
) AS w
{_CLIPS} ORDER BY w.viewer, w.at, w.video_id
"""  # noqa: S608 - likewise
_VIEWERS = """
SELECT viewer FROM recommender_watch WHERE at > %s AND at <= %s AND reward IS NOT NULL AND viewer <> 0
GROUP BY viewer ORDER BY max(at) DESC LIMIT %s
"""
_COUNT = "SELECT count(*) FROM (SELECT FROM recommender_watch WHERE reward IS NOT NULL AND viewer <> 0 LIMIT %s) AS w"
_SCORES = """
SELECT video_id, viewer, (data->>'score')::float8 - coalesce((data->'terms'->>'model')::float8, 0), at FROM events_event
WHERE kind = 'served' AND person_id = ANY (%(viewers)s) AND at BETWEEN %(since)s AND %(until)s AND data ? 'score'
UNION ALL
SELECT video_id, viewer, (data->>'score')::float8 - coalesce((data->'terms'->>'model')::float8, 0), at FROM events_event
WHERE kind = 'served' AND viewer < 0 AND viewer = ANY (%(viewers)s) AND at BETWEEN %(since)s AND %(until)s
    AND data ? 'score'
ORDER BY at
"""


@dataclasses.dataclass(frozen=True)
class Watches:
    """Columns of one length, by viewer and then by time."""

    viewers: Ids
    videos: Ids
    at_s: Floats  # seconds since 1970
    shares: Floats  # `Watch.reward`
    marks: Ids  # `Mark` bits, and one for "not interested"
    durations: Floats  # of the videos, in milliseconds; 0: gone

    def __len__(self) -> int:
        return len(self.viewers)

    def of(self, kept: Flags) -> Self:
        """Some of them."""
        return type(self)(*(getattr(self, field.name)[kept] for field in dataclasses.fields(self)))

    @property
    def is_long(self) -> Flags:
        """Which were long views."""
        return (self.marks & Mark.LONG) > 0


def windows(viewers: Sequence[int], *, until: datetime.datetime) -> Watches:
    """The newest watches of each of these viewers."""
    return _read(_WINDOWS, {"viewers": [*viewers], "until": until, "most": encoder.EVENTS})


def newest(*, until: datetime.datetime, most: int) -> Watches:
    """The newest watches of everybody."""
    return _read(_NEWEST, {"until": until, "most": most})


def viewers_between(since: datetime.datetime, until: datetime.datetime, *, most: int) -> list[int]:
    """Who has watched something since then; those who did last, where there are more than `most`."""
    with connection.cursor() as cursor:
        cursor.execute(_VIEWERS, [since, until, most])
        return [row[0] for row in cursor.fetchall()]


def has(count: int) -> bool:
    """Whether so many watches can be learnt from."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [count])
        found: int = cursor.fetchone()[0]
    return found >= count


def scores(watches: Watches, *, until: datetime.datetime) -> Floats:
    """The score of each watched video as it stood when it was served, without the model's term; NaN: it had none."""
    values: dict[str, Any] = {
        "viewers": sorted(set(watches.viewers.tolist())),
        "since": until - _SCORED_BEFORE,
        "until": until,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SCORES, values)
        told = {(video, viewer): score for video, viewer, score, _ in cursor.fetchall()}
    pairs = zip(watches.videos.tolist(), watches.viewers.tolist(), strict=True)
    return np.array([told.get(pair, np.nan) for pair in pairs])


def labels(watches: Watches, quantiles: Quantiles) -> npt.NDArray[np.float32]:
    """What each watch says, in the order of `heads.TASKS`; NaN where nobody knows."""
    told = np.full((len(watches), len(heads.TASKS)), np.nan, np.float32)
    told[:, heads.WATCH] = quantiles.of(watches.durations, watches.shares)
    for task, mark in (
        ("long", Mark.LONG),
        ("skip", Mark.SKIPPED),
        ("like", Mark.LIKED),
        ("share", Mark.SHARED),
        ("comment", Mark.COMMENTED),
        ("follow", Mark.FOLLOWED),
        ("not_interested", _UNWANTED),
    ):
        told[:, heads.TASKS.index(task)] = (watches.marks & mark) > 0
    return told


def counters_before(watches: Watches, authors: Ids) -> npt.NDArray[np.float32]:
    """What had been counted of each watch's video and author by the watches before it; see `counts.counters`."""
    order = np.argsort(watches.at_s, kind="stable")
    long = watches.is_long[order]
    found = np.empty((len(watches), counts.COUNTERS), np.float32)
    own, theirs = (counts.before(keys[order], long) for keys in (watches.videos, authors))
    theirs[authors[order] == 0] = 0.0  # of nobody known nothing is counted
    total = np.array([len(long), long.sum()], np.float64)
    found[order] = counts.counters(own, theirs, counts.usual(total))
    return found


def quantiles(*, until: datetime.datetime) -> Quantiles:
    """How long videos of each length are usually watched."""
    found = newest(until=until, most=SPREAD)
    return Quantiles.fit(found.durations, found.shares)


def actions(watches: Watches) -> npt.NDArray[np.int32]:
    """As the encoder reads them."""
    return learned.action_codes(watches.shares, watches.marks).astype(np.int32)


def _read(statement: str, values: dict[str, Any]) -> Watches:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    viewers, videos, at_s, shares, marks, durations = zip(*rows, strict=True) if rows else [()] * 6
    return Watches(
        np.array(viewers, np.int64),
        np.array(videos, np.int64),
        np.array(at_s, np.float64),
        np.array(shares, np.float64),
        np.array(marks, np.int64),
        np.array(durations, np.float64),
    )
