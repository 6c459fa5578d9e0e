"""Where a watch stands among watches of videos as long as its own: what D2Q learns instead of seconds."""

from typing import Self

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

BUCKETS = 20  # of duration, equally many watches in each
_LEAST = 50  # watches of a bucket; with fewer in all, the share watched itself is the label


class Quantiles:
    """The spread of shares watched, by duration."""

    def __init__(self, edges: Floats, spreads: list[Floats]) -> None:
        """Ascending edges between buckets, and of each bucket the shares watched, ascending."""
        self._edges, self._spreads = edges, spreads

    @classmethod
    def fit(cls, durations: Floats, shares: Floats) -> Self:
        """From watches: how long their videos are, in any one unit, and what share of each was watched."""
        count = min(BUCKETS, len(shares) // _LEAST)
        if count < 1:
            return cls(np.empty(0), [])
        edges = np.quantile(durations, np.arange(1, count) / count)
        of = np.searchsorted(edges, durations, side="right")
        return cls(edges, [np.sort(shares[of == bucket]) for bucket in range(count)])

    def of(self, durations: Floats, shares: Floats) -> Floats:
        """The place of each watch in its bucket, 0 … 1; ties stand in their middle."""
        if not self._spreads:
            return np.clip(shares, 0.0, 1.0)
        told = np.empty(len(shares))
        buckets = np.searchsorted(self._edges, durations, side="right")
        for bucket in np.unique(buckets):
            its, spread = buckets == bucket, self._spreads[bucket]
            below, through = (np.searchsorted(spread, shares[its], side=side) for side in ("left", "right"))
            told[its] = (below + through) / (2 * max(len(spread), 1))
        return told
