"""The recommender's one door: what a viewer is shown next, and why."""

import datetime
import hashlib
import math
from collections.abc import Collection

import numpy as np
from django.db import transaction

from revue.accounts.contracts import Viewer
from revue.platform import clock
from revue.recommender import memory, parameters
from revue.recommender.contracts import Engine, Number, Pick, Ranking
from revue.recommender.controls.contracts import Controls
from revue.recommender.engine import formula, ranker, signals
from revue.recommender.engine.catalogue import Catalogue, Flags
from revue.recommender.engine.learned import Reading
from revue.recommender.engine.request import Request
from revue.recommender.engine.signals import Mark
from revue.recommender.memory import Memory
from revue.recommender.reach import reach
from revue.recommender.snapshot import snapshot
from revue.recommender.together import together
from revue.recommender.training import steps

__all__ = [
    "MODEL_VERSION",
    "Memory",
    "catalogue_changed",
    "engine",
    "rank",
    "ranking",
    "ranking_file",
    "reach",
    "recall",
]
MODEL_VERSION = ranker.MODEL_VERSION


def recall(
    *, viewer: Viewer, session: str, day: datetime.date, position: int, round_: int = 0, untaken: Collection[int] = ()
) -> Memory:
    """What the ranker must know of this viewer and session to fill a place of it; one SELECT. See `memory.recall`."""
    return memory.recall(viewer=viewer, session=session, day=day, position=position, round_=round_, untaken=untaken)


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
        model=_reading(catalogue, remembered),
        position=len(served),
    )


def _reading(catalogue: Catalogue, remembered: Memory) -> Reading | None:
    """What the sequence model reads in a viewer's watches; None where there is none that has earned a say."""
    laid = parameters.held.current(catalogue)
    if laid is None or not laid.is_trusted or not len(remembered.watched) or not parameters.is_fresh(laid):
        return None
    return Reading(laid, remembered.watched, remembered.rewards, remembered.marks, remembered.times)


def _barred(catalogue: Catalogue, controls: Controls) -> Flags | None:
    """What the viewer wants in none of their feeds, as far as the catalogue tells; words are looked at on the cards."""
    topics = sum(1 << topic for topic in controls.never | controls.topics)
    authors = controls.creators | controls.people
    if not (topics or authors or controls.sounds or controls.videos):
        return None
    barred: Flags = (catalogue.topics & topics) != 0
    barred[catalogue.by_author.places_of(_array(authors))] = True
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


def engine() -> Engine:
    """Which engine ranks in this process, and how the trainer fared lately."""
    laid = parameters.held.current(snapshot.current())
    judged, newest, now_s = steps.newest_judged(), steps.newest(), clock.now().timestamp()
    has_say = laid is not None and laid.is_trusted and parameters.is_fresh(laid)
    return Engine(
        name="taste + sequence model" if has_say else "taste",
        version=MODEL_VERSION,
        model_version=laid.version if laid else None,
        model_age_s=now_s - laid.about.made_s if laid else None,
        learnt_to_s=now_s - laid.about.until_s if laid else None,
        trust=laid.about.trust if laid and has_say else 0.0,
        steps=steps.of_the_last_day(),
        judged_at=judged.at if judged else None,
        ndcg=judged.ndcg if judged else None,
        auc=judged.auc if judged else None,
        refused=newest.refused if newest else "",
    )


def catalogue_changed(*, video_id: int) -> None:  # noqa: ARG001 - the shape of a video hook
    """Something was published or deleted by this process: look again at the first page after the commit."""
    transaction.on_commit(snapshot.forget)
