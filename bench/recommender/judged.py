"""How well cosines tell videos of one kind from others."""

import dataclasses

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]


@dataclasses.dataclass(frozen=True)
class Judged:
    """What some vectors are worth; pairs of different videos only."""

    same: float  # mean cosine of two videos of one kind
    other: float  # … of two kinds
    auc: float  # share of (pair of one kind, pair of two kinds) in which the first is nearer; ties count half
    purity: float  # share of videos whose nearest other video is of their kind

    def __str__(self) -> str:
        return f"{self.same:6.2f} {self.other:6.2f}  {self.auc:.3f}   {self.purity:4.2f}"


def judged(vectors: npt.NDArray[np.floating], kinds: list[str]) -> Judged:
    """How near videos of one kind are.

    Args:
        vectors: of length 1, one row for each video.
        kinds: of each video; a kind of only one video takes part as an other.
    """
    names = np.array(kinds)
    cosines = vectors.astype(np.float64) @ vectors.astype(np.float64).T
    is_same = names[:, None] == names
    upper = np.triu_indices(len(names), 1)
    one_kind, two_kinds = cosines[upper][is_same[upper]], cosines[upper][~is_same[upper]]
    np.fill_diagonal(cosines, -np.inf)
    has_kin = is_same.sum(axis=1) > 1
    nearest = names[cosines.argmax(axis=1)] == names
    return Judged(one_kind.mean(), two_kinds.mean(), _auc(one_kind, two_kinds), nearest[has_kin].mean())


def _auc(above: Matrix, below: Matrix) -> float:
    order = np.sort(below)
    left, right = np.searchsorted(order, above, "left"), np.searchsorted(order, above, "right")
    return float((left + right).mean() / 2 / len(below))
