"""The counting half of the engine: what the same people view, and what is viewed now, both up to the last event.

Videos are rows, 0 and up; who keeps the engine keeps the dictionary of ids. Nothing here is trained: an event changes
the counts it touches, in some dozens of microseconds, and the next request sees it. Times are in any one unit that
never runs backwards: seconds on a server, events in a replay.
"""

import dataclasses

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
_NOBODY = -1
_FULL = 1e200  # a running weight beyond this is scaled back


@dataclasses.dataclass(frozen=True)
class Numbers:
    """Every number of the counting models, with its reason."""

    before: int = 20  # positives before an event that are counted with it …
    near: float = 0.9  # … each weighing so much of the one after it
    history: int = 30  # newest positives that speak for a candidate …
    recent: float = 0.85  # … each so much of the one after it
    smooth: float = 3.0  # views assumed of every video, so that one shared view is not certainty
    neighbours: int = 256  # kept for each video; the weakest makes room
    floor: float = 1e-3  # of similarity in the blend, so that a video without any can still win by popularity
    least: float = 0.05  # of popularity in the blend, likewise
    fast: float = 1.0  # exponent of what is viewed now: what is shown to others now is likely to be shown here too
    slow: float = -0.5  # exponent of what has been viewed for long: only its growth counts


NUMBERS = Numbers()


class CoVisits:
    """Videos viewed by one person soon after each other: item-kNN with recency, learnt event by event."""

    def __init__(self, numbers: Numbers = NUMBERS) -> None:
        self.numbers = numbers
        self.views = np.zeros(0, np.float32)
        self._others = np.zeros((0, numbers.neighbours), np.int32)
        self._weights = np.zeros((0, numbers.neighbours), np.float32)
        self._near = (numbers.near ** np.arange(numbers.before)).astype(np.float32)
        self._recent = (numbers.recent ** np.arange(numbers.history)).astype(np.float32)

    def __len__(self) -> int:
        return len(self.views)

    def add(self, history: Rows, item: int) -> None:
        """Count a positive view of `item` after the positives in `history`, oldest first."""
        before = history[-self.numbers.before :][::-1]
        self._make_room(max(item, int(before.max(initial=0))) + 1)
        if len(before):
            others, places = np.unique(before, return_inverse=True)
            weights = np.bincount(places, weights=self._near[: len(before)]).astype(np.float32)
            self._join_many(item, others, weights)
            self._join_one(others[others != item], item, weights[others != item])
        self.views[item] += 1

    def scores(self, history: Rows) -> tuple[Rows, Scores]:
        """Candidates for someone with these positives, oldest first, in no order; what is in `history` may be there."""
        newest = history[-self.numbers.history :][::-1]
        fade = self._recent[: len(newest)]
        known = newest < len(self.views)
        newest, fade = newest[known], fade[known]
        speak = fade / np.sqrt(self.views[newest] + self.numbers.smooth)
        others, weights = self._others[newest], self._weights[newest] * speak[:, None]
        there = others != _NOBODY
        summed = np.bincount(others[there], weights=weights[there])
        rows = np.flatnonzero(summed)
        return rows, summed[rows] / np.sqrt(self.views[rows] + self.numbers.smooth)

    def _join_many(self, row: int, others: Rows, weights: npt.NDArray[np.float32]) -> None:
        """Add to the entries of one video; what has none takes the place of the weakest."""
        found = self._others[row] == others[:, None]
        has = found.any(axis=1)
        self._weights[row, found.argmax(axis=1)[has]] += weights[has]
        missing = min(int((~has).sum()), self.numbers.neighbours)
        weakest = np.argpartition(self._weights[row], missing - 1)[:missing]
        self._others[row, weakest] = others[~has][:missing]
        self._weights[row, weakest] = weights[~has][:missing]

    def _join_one(self, rows: Rows, other: int, weights: npt.NDArray[np.float32]) -> None:
        """Add to the entry of one video in the tables of many different ones."""
        found = self._others[rows] == other
        has = found.any(axis=1)
        places = np.where(has, found.argmax(axis=1), self._weights[rows].argmin(axis=1))
        self._weights[rows, places] = np.where(has, self._weights[rows, places], 0) + weights
        self._others[rows, places] = other

    def _make_room(self, count: int) -> None:
        if count <= len(self.views):
            return
        more = max(count, len(self.views) * 3 // 2) - len(self.views)
        self.views = np.pad(self.views, (0, more))
        self._others = np.pad(self._others, ((0, more), (0, 0)), constant_values=_NOBODY)
        self._weights = np.pad(self._weights, ((0, more), (0, 0)))


class Popularity:
    """How much each video is viewed lately: a view fades to 1/e in `span`."""

    def __init__(self, span: float) -> None:
        self.span = span
        self._sums = np.zeros(0)  # as of `_since`, so that an event touches one number
        self._since = 0.0

    def __len__(self) -> int:
        return len(self._sums)

    def add(self, item: int, time: float, weight: float = 1.0) -> None:
        """Count one view."""
        if item >= len(self._sums):
            self._sums = np.pad(self._sums, (0, max(item + 1, len(self._sums) * 3 // 2) - len(self._sums)))
        grown = np.exp((time - self._since) / self.span)
        if grown > _FULL:
            self._sums, self._since, grown = self._sums / grown, time, 1.0
        self._sums[item] += weight * grown

    def at(self, rows: Rows, time: float) -> Scores:
        """Faded views of these videos as of `time`; those never viewed have none."""
        known = rows < len(self._sums)
        found = np.zeros(len(rows))
        found[known] = self._sums[rows[known]] * np.exp((self._since - time) / self.span)
        return found


class Counting:
    """The cold engine: co-visits and two clocks of popularity, blended."""

    def __init__(self, *, fast_span: float, slow_span: float, numbers: Numbers = NUMBERS) -> None:
        self.numbers = numbers
        self.visits = CoVisits(numbers)
        self.fast, self.slow = Popularity(fast_span), Popularity(slow_span)

    def add(self, history: Rows, item: int, time: float) -> None:
        """One positive view of `item` at `time` by someone whose positives before were `history`, oldest first."""
        self.visits.add(history, item)
        self.fast.add(item, time)
        self.slow.add(item, time)

    def scores(self, history: Rows, time: float, among: Rows | None = None) -> tuple[Rows, Scores]:
        """Logarithms of how likely each candidate is the next positive, but for a constant.

        Args:
            history: positives, oldest first.
            time: now.
            among: the candidates; None = all videos that anybody viewed.
        """
        rows = np.arange(len(self.visits)) if among is None else among
        similar = np.zeros(max(len(self.visits), int(rows.max(initial=-1)) + 1))
        near, scores = self.visits.scores(history)
        similar[near] = scores
        numbers = self.numbers
        blended = np.log(similar[rows] + numbers.floor)
        blended += numbers.fast * np.log(self.fast.at(rows, time) + numbers.least)
        blended += numbers.slow * np.log(self.slow.at(rows, time) + numbers.least)
        return rows, blended
