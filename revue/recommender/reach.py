"""What a creator is told of a video's way through its pools: the very numbers that send it on or stop it."""

import numpy as np

from revue.events import queries as events
from revue.recommender.contracts import Reach, Stage
from revue.recommender.engine import pools
from revue.recommender.engine.formula import FORMULA
from revue.recommender.snapshot import snapshot


def reach(*, video_id: int) -> Reach:
    """Where a video stands now, by counters of this moment and a catalogue that is at most some seconds old."""
    counts, catalogue = events.counts_of([video_id])[video_id], snapshot.current()
    places = catalogue.places_of(np.array([video_id]))
    ends = FORMULA.pools
    full = sum(counts.impressions >= end for end in ends)
    if not len(places):
        stage, better = Stage.NOT_LISTED, None
    else:
        better = float(catalogue.better[places[0]])
        stage = _stage(full, is_in=bool(catalogue.pool[places[0]] != pools.DONE))
    return Reach(
        stage=stage,
        pool=min(full + (stage is Stage.IN_POOL), len(ends)) or 1,
        pools=ends,
        impressions=counts.impressions,
        plays=counts.plays,
        completions=counts.completions,
        better=better if counts.plays else None,
        passes=FORMULA.pool_passes,
    )


def _stage(full: int, *, is_in: bool) -> Stage:
    if full >= len(FORMULA.pools):
        return Stage.THROUGH
    return Stage.IN_POOL if is_in or not full else Stage.STOPPED
