"""The recommender's one door: what a viewer is shown next, and why."""

import datetime
import hashlib
import math
from collections.abc import Collection

import numpy as np
from django.db import transaction

from revue.accounts.contracts import Viewer
from revue.recommender import memory
from revue.recommender.contracts import Number, Pick, Ranking
from revue.recommender.controls.contracts import Controls
from revue.recommender.engine import formula, ranker, signals
from revue.recommender.engine.catalogue import Catalogue, Flags
from revue.recommender.engine.ranker import Request
from revue.recommender.engine.signals import Mark
from revue.recommender.memory import Memory
from revue.recommender.reach import reach
from revue.recommender.snapshot import snapshot
from revue.recommender.together import together

__all__ = ["MODEL_VERSION", "Memory", "catalogue_changed", "rank", "ranking", "ranking_file", "reach", "recall"]
MODEL_VERSION = ranker.MODEL_VERSION


def recall(*, viewer: Viewer, session: str, day: datetime.date, position: int, round_: int = 0) -> Memory:
    """What the ranker must know of this viewer and session to fill a place of it; one SELECT."""
    return memory.recall(viewer=viewer, session=session, day=day, position=position, round_=round_)


def rank(
    remembered: Memory, controls: Controls, *, seed: int, count: int, gone: frozenset[int] = frozenset()
) -> list[Pick]:
    """Up to `count` videos to show next, in order; fewer only when the catalogue has no more for this session.

    Args:
        remembered: the viewer, from `recall`.
        controls: what the viewer has set: what they want in none of their feeds is not ranked at all.
        seed: the session's; with the same catalogue and memory it gives the same answer.
        count: how many.
        gone: videos that turned out not to be watchable any more.

    When `count` cannot be filled, the catalogue is read afresh: the end of a feed is not told from old numbers.
    """
    generation = snapshot.generation
    catalogue = snapshot.current()
    picks = ranker.rank(catalogue, _request(catalogue, remembered, controls, seed, count, gone))
    if len(picks) < count and generation == snapshot.generation:
        catalogue = snapshot.renewed()
        picks = ranker.rank(catalogue, _request(catalogue, remembered, controls, seed, count, gone))
    return picks


def _request(
    catalogue: Catalogue, remembered: Memory, controls: Controls, seed: int, count: int, gone: frozenset[int]
) -> Request:
    served, watched = remembered.served, remembered.watched
    beside, shared = together.near(watched[(remembered.marks & Mark.LONG) != 0])
    liking = signals.worth(remembered.rewards, remembered.marks)
    liking[np.isin(watched, _array(controls.videos))] = 0.0  # said since: not interested
    return Request(
        count=count,
        seed=seed,
        served=np.concatenate([np.array(sorted(gone), np.int64), served]) if gone else served,
        seen=remembered.seen,
        followed=remembered.followed,
        watched=watched,
        rewards=liking,
        beside=beside,
        shared=shared,
        barred=_barred(catalogue, controls),
        dials=tuple((1 << topic, math.log2(factor)) for topic, factor in sorted(controls.factors.items())),
        position=len(served),
    )


def _barred(catalogue: Catalogue, controls: Controls) -> Flags | None:
    """What the viewer wants in none of their feeds, as far as the catalogue tells; words are looked at on the cards."""
    topics = sum(1 << topic for topic in controls.never | controls.topics)
    if not (topics or controls.creators or controls.sounds or controls.videos):
        return None
    barred: Flags = (catalogue.topics & topics) != 0
    barred[catalogue.by_author.places_of(_array(controls.creators))] = True
    if controls.sounds:
        barred |= np.isin(catalogue.sounds, _array(controls.sounds))
    return barred | catalogue.flags_of(_array(controls.videos))


def _array(ids: Collection[int]) -> "np.typing.NDArray[np.int64]":
    return np.array(sorted(ids), np.int64)


def ranking() -> Ranking:
    """The formula of For You and every number in it."""
    data = formula.published()
    numbers = tuple(Number(name, value, reason) for name, (value, reason) in data["numbers"].items())
    return Ranking(data["version"], data["formula"], numbers, hashlib.sha256(ranking_file()).hexdigest())


def ranking_file() -> bytes:
    """The file that the ranker reads."""
    return formula.FILE.read_bytes()


def catalogue_changed(*, video_id: int) -> None:  # noqa: ARG001 - the shape of a video hook
    """Something was published or deleted by this process: look again at the first page after the commit."""
    transaction.on_commit(snapshot.forget)
