"""The way of a new video: a pool of impressions for everyone's, and the next pool for what is watched.

The first pool is given, whoever made the video. Into the next one comes what is, by the Beta posterior of its
completions, probably better than half of all that is being judged.
"""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt

from revue.recommender.engine.formula import FORMULA, Formula

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

DONE: Final = -1  # of no pool: it has passed all, or it failed one
_PRIOR = (1.0, 2.0)  # completions and other plays assumed of every video


@dataclasses.dataclass(frozen=True)
class Standing:
    """Where each video stands."""

    pool: Counts  # 0 … 3, or DONE
    need: Floats  # impressions missing until its pool is full, as a weight in 0 … 1; 0 without a pool
    better: Floats  # the chance that more people watch it to its end than half of all


def standing(impressions: Counts, plays: Counts, completions: Counts, formula: Formula = FORMULA) -> Standing:
    """Which pool each video is in and how much it still needs; all arrays have one length."""
    ends = np.array(formula.pools, np.int64)
    full = np.searchsorted(ends, impressions, side="right")  # how many pools are full
    better = chance(plays, completions)
    passed = better >= formula.pool_passes
    # A video with its first pool full goes on only while it passes; what has filled all is known.
    is_in = (full == 0) | ((full < len(ends)) & passed)
    pool = np.where(is_in, full, DONE).astype(np.int64)
    begins = np.concatenate([[0], ends])
    sizes = np.diff(begins)
    at = np.clip(full, 0, len(ends) - 1)
    missing = (ends[at] - impressions) / sizes[at]
    need = np.where(is_in, np.clip(missing, 0.05, 1.0), 0.0)
    return Standing(pool, need, better)


def chance(plays: Counts, completions: Counts) -> Floats:
    """The chance that a video's completion rate is better than the median of all."""
    if not len(plays):
        return np.empty(0)
    done = np.minimum(completions, plays)
    alpha, beta = done + _PRIOR[0], plays - done + _PRIOR[1]
    median = float(np.median(alpha / (alpha + beta)))
    # The posterior's normal form: close enough from a few plays on, and the same in every process.
    mean = alpha / (alpha + beta)
    deviation = np.sqrt(mean * (1 - mean) / (alpha + beta + 1))
    return _normal_above(median, mean, deviation)


def _normal_above(limit: float, mean: Floats, deviation: Floats) -> Floats:
    """The chance that a normal variable lies above `limit`."""
    x = (limit - mean) / np.maximum(deviation, 1e-9)
    # Abramowitz and Stegun 26.2.17, absolute error below 7.5e-8.
    t = 1 / (1 + 0.2316419 * np.abs(x))
    poly = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    tail = np.exp(-x * x / 2) / np.sqrt(2 * np.pi) * poly
    above: Floats = np.where(x >= 0, tail, 1 - tail)
    return above
