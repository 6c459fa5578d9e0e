"""What new weights must pass before they are served: finite, not far from the ones before, and no worse."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from revue.recommender.engine.weights import Snapshot

_TINY = 1e-9


class Refused(Exception):
    """The new weights are not to be served; `reason` says which test they failed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclasses.dataclass(frozen=True)
class Limits:
    """Every number of the gate, with its reason."""

    sigmas: float = 3.0  # a change of norm beyond what earlier publications show …
    least: float = 0.02  # … but never refused for less than 2 %, or a calm week would forbid every step
    first: float = 0.5  # while fewer than `enough` changes are known
    enough: int = 5
    overlap: float = 0.5  # of the canaries' best, or people would meet another feed from one swipe to the next
    canary_top: int = 50
    worse: float = 0.9  # of the older weights' progressive validation; below 1 for the noise of one minute


LIMITS = Limits()


def drift(old: Snapshot, new: Snapshot) -> float:
    """The largest relative change of norm among the arrays."""
    changes = [
        abs(float(np.linalg.norm(array)) / max(float(np.linalg.norm(old.arrays[name])), _TINY) - 1)
        for name, array in new.arrays.items()
        if np.any(old.arrays[name])
    ]
    return max(changes, default=0.0)


def overlap(before: npt.NDArray[np.floating], after: npt.NDArray[np.floating], top: int) -> float:
    """Mean share of the `top` best of each canary that stay among them; both are (viewers, videos) scores."""
    videos = before.shape[1]
    if videos <= top:
        return 1.0
    best = [np.argpartition(scores, -top, axis=1)[:, -top:] for scores in (before, after)]
    shared = [len(np.intersect1d(one, other)) for one, other in zip(*best, strict=True)]
    return float(np.mean(shared)) / top


def check(
    old: Snapshot,
    new: Snapshot,
    *,
    drifts: Sequence[float],
    canaries: tuple[npt.NDArray[np.floating], npt.NDArray[np.floating]],
    validated: tuple[float, float],
    limits: Limits = LIMITS,
) -> float:
    """Let `new` pass, and give its drift, to be kept for the next time.

    Args:
        old: what is served.
        new: what would be.
        drifts: of earlier publications.
        canaries: (viewers, videos) scores by the old and by the new weights, for the same viewers and videos.
        validated: progressive validation of the old and the new weights on the same events; more is better.
        limits: when to refuse.

    Raises:
        Refused: with the first test that failed.
    """
    for name, array in new.arrays.items():
        if not np.isfinite(array).all():
            raise Refused(f"{name} is not finite")
    moved, most = drift(old, new), _most(drifts, limits)
    if moved > most:
        raise Refused(f"a norm changed by {moved:.3f}, which is more than {most:.3f}")
    stayed = overlap(*canaries, limits.canary_top)
    if stayed <= limits.overlap:
        raise Refused(f"only {stayed:.2f} of what canaries would see stays")
    if validated[1] < limits.worse * validated[0]:
        raise Refused(f"progressive validation fell from {validated[0]:.4f} to {validated[1]:.4f}")
    return moved


def _most(drifts: Sequence[float], limits: Limits) -> float:
    if len(drifts) < limits.enough:
        return limits.first
    return max(float(np.mean(drifts) + limits.sigmas * np.std(drifts)), limits.least)
