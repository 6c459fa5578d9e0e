"""Leave-last-one-out with full ranking: the last event of each user is the test, the one before it validates.

All items are scored, those already taken are excluded, and an item that ties with others stands at their mean rank.
"""

import dataclasses
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from bench.recommender.data import Ints, Sequences

Scores = npt.NDArray[np.float32]
Scorer = Callable[[list[Ints]], Scores]  # histories of some users → (users, items)
TOP = 10


@dataclasses.dataclass(frozen=True)
class Quality:
    """Means over users, with the standard error of NDCG; `each` holds every user's NDCG."""

    hits: float
    ndcg: float
    error: float
    each: npt.NDArray[np.float64]

    def __str__(self) -> str:
        return f"HR@10 {self.hits:.4f}  NDCG@10 {self.ndcg:.4f} ± {self.error:.4f}"


def without_last(whole: Sequences, left_out: int) -> Sequences:
    """What is known before the last `left_out` events of each user."""
    lengths = np.diff(whole.starts)
    kept = np.arange(len(whole.items)) < np.repeat(whole.starts[1:] - left_out, lengths)
    starts = np.concatenate([[0], np.cumsum(lengths - left_out)]).astype(np.int64)
    times = None if whole.times is None else whole.times[kept]
    return Sequences(whole.name, whole.items[kept], starts, whole.n_items, times)


def evaluate(whole: Sequences, scorer: Scorer, *, left_out: int = 1, most: int = 0, chunk: int = 256) -> Quality:
    """Rank the event that is `left_out` from the end of each user's, given all before it.

    Args:
        whole: users with at least three events each.
        scorer: gives scores of all items from histories.
        left_out: 1 = the test, 2 = the validation.
        most: so many users only, evenly spread; 0 = all.
        chunk: users at a time.
    """
    users = np.arange(len(whole))
    if most and most < len(users):
        users = users[np.linspace(0, len(users) - 1, most).astype(int)]
    ranks = [
        rank
        for begin in range(0, len(users), chunk)
        for rank in _ranks([whole.of(user) for user in users[begin : begin + chunk]], scorer, left_out)
    ]
    return quality(np.array(ranks))


def quality(ranks: npt.NDArray[np.float64]) -> Quality:
    """The figures of 0-based ranks."""
    gains = gain(ranks)
    return Quality(float((ranks < TOP).mean()), float(gains.mean()), float(gains.std() / len(gains) ** 0.5), gains)


def gain(ranks: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """What each rank adds to NDCG@10."""
    return np.where(ranks < TOP, 1 / np.log2(ranks + 2), 0.0)


def rank_of(scores: npt.NDArray[np.floating], target: int) -> float:
    """0-based rank of one item among scores; ties share their mean."""
    own = scores[target]
    return float((scores > own).sum() + ((scores == own).sum() - 1) / 2)


def _ranks(sequences: list[Ints], scorer: Scorer, left_out: int) -> list[float]:
    histories = [sequence[: len(sequence) - left_out] for sequence in sequences]
    scores = scorer(histories)
    made = []
    for row, (history, sequence) in enumerate(zip(histories, sequences, strict=True)):
        target = int(sequence[-left_out])
        kept = scores[row, target]
        scores[row, history] = -np.inf
        scores[row, target] = kept  # taken before, and taken again: still the right answer
        made.append(rank_of(scores[row], target))
    return made
