"""Which video and which author has which row of the tables: no two share one, and rows that are free are given again.

Tables grow by doubling, because XLA compiles for each size anew. Everything here takes what travels beside the weights
(`learned.About`) and gives another; nothing is changed in place.
"""

import dataclasses
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from revue.recommender.engine import counts, heads
from revue.recommender.engine.counts import Ids
from revue.recommender.engine.learned import About, rows_of

Floats = npt.NDArray[np.float64]

LEAST_ROWS: Final = 1024
IMPRESSIONS: Final = 5  # before a video gets a row of its own; until then it is where its content is
UNSEEN_S: Final = 30 * 86_400  # after so long without a watch its row is free again


def empty(now_s: float) -> About:
    """Nothing known yet."""
    return About(
        videos=np.zeros(LEAST_ROWS, np.int64),
        authors=np.zeros(LEAST_ROWS, np.int64),
        counts=np.zeros((LEAST_ROWS, 2), np.float32),
        author_counts=np.zeros((LEAST_ROWS, 2), np.float32),
        seen=np.zeros(LEAST_ROWS),
        base=np.full(len(heads.TASKS), np.nan, np.float32),
        told=np.array([now_s, 0.0, now_s, 0.0]),
    )


def size_for(rows: int) -> int:
    """The table that holds so many rows."""
    size = LEAST_ROWS
    while size < rows:
        size *= 2
    return size


def kept(about: About, videos: Ids, authors: Ids, *, now_s: float) -> About:
    """Only rows of these videos and people, and of videos that were watched lately."""
    is_seen = np.isin(about.videos, videos) & (about.seen > now_s - UNSEEN_S)
    return _cut(about, is_seen, np.isin(about.authors, authors))


def without(about: About, videos: Ids, authors: Ids) -> About:
    """No row of these videos and people."""
    return _cut(about, ~np.isin(about.videos, videos), ~np.isin(about.authors, authors))


def _cut(about: About, has_video: npt.NDArray[np.bool_], has_author: npt.NDArray[np.bool_]) -> About:
    has_video, has_author = has_video & (about.videos > 0), has_author & (about.authors > 0)
    everything = np.arange(len(about.videos)) == 0
    return dataclasses.replace(
        about,
        videos=np.where(has_video, about.videos, 0),
        authors=np.where(has_author, about.authors, 0),
        counts=np.where((has_video | everything)[:, None], about.counts, np.float32(0)),
        author_counts=np.where(has_author[:, None], about.author_counts, np.float32(0)),
        seen=np.where(has_video, about.seen, 0.0),
    )


def freed(before: About, after: About) -> tuple[Ids, Ids]:
    """Rows of ids and of authors that were somebody's and are not any more, or are another's."""
    videos, authors = (
        np.flatnonzero((old > 0) & (old != new[: len(old)]))
        for old, new in ((before.videos, after.videos), (before.authors, after.authors))
    )
    return videos, authors


def given(about: About, videos: Ids, authors: Ids, *, now_s: float) -> About:
    """Rows for these videos and people too, where they have none."""
    placed = _placed(about.videos, videos)
    people = _placed(about.authors, authors)
    seen = _grown(about.seen, len(placed))
    is_new = placed != _grown(about.videos, len(placed))
    return dataclasses.replace(
        about,
        videos=placed,
        authors=people,
        counts=_grown(about.counts, len(placed)),
        author_counts=_grown(about.author_counts, len(people)),
        seen=np.where(is_new, now_s, seen),
    )


def _placed(keys: Ids, wanted: Ids) -> Ids:
    missing = np.setdiff1d(wanted, keys)
    held = int((keys > 0).sum())
    made = _grown(keys, max(len(keys), size_for(held + len(missing) + 1)))
    free = np.flatnonzero(made == 0)[1:]  # row 0 is nobody's
    made[free[: len(missing)]] = missing
    return made


def _grown(array: npt.NDArray[Any], size: int) -> npt.NDArray[Any]:
    return np.pad(array, [(0, size - len(array))] + [(0, 0)] * (array.ndim - 1))


def counted(about: About, videos: Ids, authors: Ids, is_long: npt.NDArray[np.bool_], at_s: Floats) -> About:
    """With these watches counted too; all arrays have one length."""
    rows, people = rows_of(about.videos, videos), rows_of(about.authors, authors)
    told = np.stack([np.ones(len(rows)), is_long], axis=1).astype(np.float32)
    own, theirs, seen = about.counts.copy(), about.author_counts.copy(), about.seen.copy()
    np.add.at(own, rows[rows > 0], told[rows > 0])
    np.add.at(theirs, people[people > 0], told[people > 0])
    np.maximum.at(seen, rows[rows > 0], at_s[rows > 0])
    own[0] += told.sum(axis=0)
    return dataclasses.replace(about, counts=own, author_counts=theirs, seen=seen)


def usual(about: About) -> float:
    """The share of long views among all watches that were counted."""
    return counts.usual(about.counts[0])
