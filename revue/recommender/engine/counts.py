"""What is counted of videos and of their authors before an impression, as the heads take it.

Only watches that came before may be counted: a rate that holds its own outcome tells it.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Counts = npt.NDArray[np.floating]  # (N, 2): watches, and how many of them were long views

COUNTERS: Final = 4
USUAL: Final = 0.35  # the share of long views while nothing was watched
_PRIOR = 10.0  # so many watches at the usual rate are assumed of everybody


def counters(own: Counts, of_author: Counts, usual: float) -> Floats:
    """Rates and amounts of videos and of their authors, about -3 … 3; 0 where nothing was counted. (N, COUNTERS)."""
    columns = [column for counted in (own, of_author) for column in _told(counted, usual)]
    return np.stack(columns, axis=-1).astype(np.float32)


def _told(counted: Counts, usual: float) -> tuple[npt.NDArray[np.floating], npt.NDArray[np.floating]]:
    watches, long = counted[..., 0], counted[..., 1]
    rate = (long + _PRIOR * usual) / (watches + _PRIOR)
    return 4 * (rate - usual), np.log1p(watches) / 4


def usual(total: Counts) -> float:
    """The share of long views among all watches; `total` is (2,)."""
    return float((total[1] + _PRIOR * USUAL) / (total[0] + _PRIOR))


def before(keys: Ids, is_long: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """For each watch what was counted of its key by the watches before it, which stand in order of time. (N, 2)."""
    order = np.argsort(keys, kind="stable")
    ordered, long = keys[order], is_long[order].astype(np.float64)
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(keys) else np.empty(0, np.int64)
    lengths = np.diff(np.r_[starts, len(keys)])
    summed = np.r_[0.0, np.cumsum(long)]
    found = np.empty((len(keys), 2))
    found[order, 0] = np.arange(len(keys)) - np.repeat(starts, lengths)
    found[order, 1] = summed[:-1] - np.repeat(summed[starts], lengths)
    return found
