"""Weights for tests that do not learn: of the right shapes, and as good as they are told to be."""

import dataclasses

import numpy as np

from revue.recommender.engine import dictionary, encoder, heads
from revue.recommender.engine.counts import COUNTERS
from revue.recommender.engine.learned import About

D = 16
LONG = heads.LONG


def about(videos=(), authors=(), *, trust: float = 1.0, made_s: float = 0.0) -> About:
    """Rows for these videos and people."""
    found = dictionary.given(
        dictionary.empty(made_s), np.array([*videos], np.int64), np.array([*authors], np.int64), now_s=made_s
    )
    base = np.full(len(heads.TASKS), np.nan, np.float32)
    base[[heads.WATCH, LONG]] = 0.5
    return dataclasses.replace(found, base=base, told=np.array([made_s, made_s, made_s, trust]))


def random(told: About, *, content: int = 64, seed: int = 1, scale: float = 0.2) -> dict[str, np.ndarray]:
    """Weights that mean nothing."""
    rng = np.random.default_rng(seed)
    shapes = encoder.shapes(
        videos=len(told.videos), authors=len(told.authors), content=content, d=D, layers=1, feed=16
    ) | heads.shapes(d=D, counters=COUNTERS)
    return {name: rng.normal(0, scale, shape).astype(np.float32) for name, shape in shapes.items()}


def liking(told: About, axis: int, *, content: int = 64) -> dict[str, np.ndarray]:
    """Weights that expect a long view of whatever lies along one axis of the content vectors, and of nothing else."""
    made = {name: np.zeros_like(array) for name, array in random(told, content=content).items()}
    made["content"][axis, 0] = 1.0
    made["norm"][:] = 1.0
    made["heads.in"][D, 0] = 12.0  # the candidate's first number
    made["heads.in_bias"][0] = -6.0
    made["heads.out"][0, LONG] = 2.0
    made["heads.out_bias"][LONG] = -6.0
    return made
