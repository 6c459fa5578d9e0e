"""What a ranking is asked for, and what is known of who asks."""

import dataclasses

import numpy as np

from revue.recommender.engine.catalogue import Flags, Floats, Ids
from revue.recommender.engine.learned import Reading

NO_IDS = np.empty(0, np.int64)


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """One viewer's wish for `count` videos."""

    count: int
    seed: int
    served: Ids  # in this session, oldest first; never again in it
    seen: Ids = dataclasses.field(default_factory=lambda: NO_IDS)  # ever
    followed: Ids = dataclasses.field(default_factory=lambda: NO_IDS)  # people
    watched: Ids = dataclasses.field(default_factory=lambda: NO_IDS)  # videos with a reward, oldest first
    rewards: Floats = dataclasses.field(default_factory=lambda: np.empty(0))  # what each says of liking, 0 … 1
    beside: Ids = dataclasses.field(default_factory=lambda: NO_IDS)  # videos that others watched who watched the same
    shared: Floats = dataclasses.field(default_factory=lambda: np.empty(0))  # how much in common, of each of those
    dials: tuple[tuple[int, float], ...] = ()  # (bit of a topic, so many steps of double or half)
    barred: Flags | None = None  # per video of the catalogue: what the viewer wants in none of their feeds
    model: Reading | None = None  # what the sequence model reads in the viewer's watches; None: it has no say
    position: int | None = None  # of the first slot in its session; None: behind everything served
