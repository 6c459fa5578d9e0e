"""The recommender's one door: what a viewer is shown next, and why."""

import datetime

import numpy as np
from django.db import transaction

from revue.accounts.contracts import Viewer
from revue.recommender import memory
from revue.recommender.contracts import Pick
from revue.recommender.engine import ranker
from revue.recommender.engine.ranker import Request
from revue.recommender.memory import Memory
from revue.recommender.snapshot import snapshot

__all__ = ["MODEL_VERSION", "Memory", "catalogue_changed", "rank", "recall"]
MODEL_VERSION = ranker.MODEL_VERSION


def recall(*, viewer: Viewer, session: str, day: datetime.date) -> Memory:
    """What the ranker must know of this viewer and session; one SELECT."""
    return memory.recall(viewer=viewer, session=session, day=day)


def rank(remembered: Memory, *, seed: int, count: int, gone: frozenset[int] = frozenset()) -> list[Pick]:
    """Up to `count` videos to show next, in order; fewer only when the catalogue has no more for this session.

    Args:
        remembered: the viewer, from `recall`.
        seed: the session's; with the same catalogue and memory it gives the same answer.
        count: how many.
        gone: videos that turned out not to be watchable any more. Then, and when `count` cannot be filled, the
            catalogue is read afresh: the end of a feed is not told from old numbers.
    """
    request = Request(
        count=count,
        seed=seed,
        served=np.concatenate([np.array(sorted(gone), np.int64), remembered.served]) if gone else remembered.served,
        seen=remembered.seen,
        followed=remembered.followed,
    )
    generation = snapshot.generation
    catalogue = snapshot.renewed() if gone else snapshot.current()
    picks = ranker.rank(catalogue, request)
    if len(picks) < count and generation == snapshot.generation:
        picks = ranker.rank(snapshot.renewed(), request)
    return picks


def catalogue_changed(*, video_id: int) -> None:  # noqa: ARG001 - the shape of a video hook
    """Something was published or deleted by this process: look again at the first page after the commit."""
    transaction.on_commit(snapshot.forget)
