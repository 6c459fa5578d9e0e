"""What say the sequence model has earned: how it, and the score without it, told long views from others beforehand.

Compared is within each viewer, because a feed orders videos for one viewer: who watches everything for long says
nothing about order. A video that nobody scored when it was shown is judged by how many people finish it.
"""

import dataclasses
import math
from typing import Self

import numpy as np
import numpy.typing as npt

from revue.recommender.engine.formula import FORMULA, Formula

Numbers = npt.NDArray[np.floating]


@dataclasses.dataclass(frozen=True, slots=True)
class Tally:
    """Judged labels, and the pairs of a long view and another watch by one viewer; ties are won by half."""

    labels: int = 0
    long: int = 0  # of them long views
    pairs: int = 0
    model_wins: float = 0.0
    score_wins: float = 0.0

    def __add__(self, other: Self) -> "Tally":
        """Both together."""
        summed = [getattr(self, field.name) + getattr(other, field.name) for field in dataclasses.fields(self)]
        return Tally(*summed)


def tally(viewers: npt.NDArray[np.int64], is_long: npt.NDArray[np.bool_], model: Numbers, score: Numbers) -> Tally:
    """Count one batch of labels; all arrays have one length."""
    found = Tally(len(is_long), int(is_long.sum()))
    for viewer in np.unique(viewers):
        theirs = viewers == viewer
        long, other = theirs & is_long, theirs & ~is_long
        wins = [_wins(told[long], told[other]) for told in (model, score)]
        found += Tally(0, 0, int(long.sum() * other.sum()), *wins)
    return found


def _wins(higher: Numbers, lower: Numbers) -> float:
    apart = np.sign(higher[:, None] - lower[None, :])
    return float((apart + 1).sum() / 2)


def earned(judged: Tally, formula: Formula = FORMULA) -> float:
    """Trust, 0 … 1: nothing until enough was judged and the lead over the score is more than its standard error."""
    rarer = min(judged.long, judged.labels - judged.long)
    if judged.labels < formula.model_labels or not judged.pairs or not rarer:
        return 0.0
    score = judged.score_wins / judged.pairs
    noise = math.sqrt(max(score * (1 - score), 0.01) / rarer)
    lead = judged.model_wins / judged.pairs - score - noise
    return min(max(lead / formula.model_lead, 0.0), 1.0)
