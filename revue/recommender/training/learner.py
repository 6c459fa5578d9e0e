"""One trainer process's memory: what is served, the state that learns, and whose watches may be replayed.

What is served decides. It is judged before it learns, what the gate refuses is rolled back to it, and after a kill at
any line the next process goes on from its files. Needs the extra `train`.
"""

import dataclasses
import datetime
import pathlib
from typing import Any, Final

import jax
import numpy as np
import numpy.typing as npt
import structlog

from revue.recommender.engine import dictionary, learned, train, weights
from revue.recommender.engine.content.facts import DIMENSIONS
from revue.recommender.engine.counts import COUNTERS
from revue.recommender.engine.learned import About
from revue.recommender.engine.quantiles import Quantiles
from revue.recommender.engine.train import Config
from revue.recommender.engine.trainer import Reservoir, Trainer
from revue.recommender.engine.weights import BadWeights, Snapshot
from revue.recommender.training import log, published
from revue.recommender.training.gone import Gone, taken_out
from revue.recommender.training.log import Watches

# One shape of everything, because XLA compiles for each; small batches, because a minute of a small instance is small.
CONFIG: Final = Config(batch=32, negatives=512, rate=1e-3, mean_decay=0.98, replay=5000)
SETTLED_S: Final = 3.0  # watches younger than this may still be on their way into the database
BASE_MEMORY: Final = 2000.0  # watches after which what is usual has half forgotten
SEED: Final = 1
LATELY: Final = datetime.timedelta(days=7)  # who was here since then may be replayed when a process starts
Arrays = dict[str, npt.NDArray[Any]]
_log = structlog.get_logger(__name__)


class Learner:
    """What lives from minute to minute; all of it can be made again from files and database."""

    def __init__(self, folder: pathlib.Path) -> None:
        """Go on from the newest version in `folder`."""
        self.folder = folder
        self.served = _usable(folder)
        self.since_s = About.of(self.served.arrays).until_s if self.served else 0.0
        self._reservoir: Reservoir[int] = Reservoir(CONFIG.replay, np.random.default_rng(SEED))
        self._quantiles: Quantiles | None = None
        self._trainer: Trainer | None = None

    def publish(self, arrays: Arrays, about: About, gone: Gone, *, is_new: bool = False) -> Snapshot:
        """Make a version the served one, and give it; whoever is gone is in no file afterwards.

        Raises:
            OSError: there is no room. What was served is served on, and what was learnt since is forgotten.
        """
        about = dictionary.without(about, gone.videos, gone.people)
        try:
            self.served = published.publish(self.folder, self.served, arrays, about, is_whole=is_new or bool(gone))
            if gone:
                published.forget(self.folder, gone.videos, gone.people)
        except OSError as error:
            _log.warning("weights_not_written", error=str(error))
            self.roll_back()
            raise
        if is_new:
            self._quantiles = None
            self.roll_back()
        return self.served

    def tidy(self) -> None:
        """Take out of all files who is gone; for hours in which nothing is watched.

        Raises:
            OSError: there is no room; it is done the next time.
        """
        if self.served is not None:
            self.served = taken_out(self.folder, self.served)

    def learning(self, before: About, about: About) -> Trainer:
        """The state that learns, with the tables of `about`; it was made for those of `before`."""
        if self.served is None:
            raise RuntimeError("nothing is served: begin with a refit")
        if self._trainer is None:
            self._trainer = Trainer(CONFIG, learned.weights_of(self.served.arrays), SEED)
        sizes = {"ids": len(about.videos), "authors": len(about.authors)}
        self._trainer.state = train.grown(self._trainer.state, sizes)
        videos, people = dictionary.freed(before, about)
        if len(videos) or len(people):
            self._trainer.state = train.cleared(self._trainer.state, {"ids": videos, "authors": people})
        return self._trainer

    def roll_back(self) -> None:
        """Forget what was learnt since the last publication."""
        self._trainer = None

    def quantiles(self, until: datetime.datetime) -> Quantiles:
        """What is usual, as of the start or the last refit."""
        if self._quantiles is None:
            self._quantiles = log.quantiles(until=until)
        return self._quantiles

    def offer(self, viewers: list[int]) -> None:
        """Let these be replayed."""
        for viewer in viewers:
            self._reservoir.add(viewer)

    def replayed(self, count: int, until: datetime.datetime) -> Watches:
        """Watches of some who were here before, read anew: what was erased is not among them."""
        if not self._reservoir.held:
            self.offer(log.viewers_between(until - LATELY, until, most=CONFIG.replay))
        return log.windows(sorted(set(self._reservoir.draw(count))), until=until)


def _usable(folder: pathlib.Path) -> Snapshot | None:
    """The newest version that fits; arrays in memory of our own."""
    folder.mkdir(parents=True, exist_ok=True)
    found = weights.newest(folder, mapped=False)
    try:
        if found is not None:
            learned.check(found, content=DIMENSIONS)
    except BadWeights as error:
        _log.warning("weights_unusable", error=str(error))
        return None
    return found


def counted(about: About, watches: Watches, authors: npt.NDArray[np.int64], labels: npt.NDArray[np.float32]) -> About:
    """With these watches counted too, and what is usual moved by them."""
    more = dictionary.counted(about, watches.videos, authors, watches.is_long, watches.at_s)
    return dataclasses.replace(more, base=usual(about.base, labels))


def usual(base: npt.NDArray[np.float32], labels: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """How often each label is true, with these counted too; NaN stays where nobody ever told."""
    known = ~np.isnan(labels)
    count = known.sum(axis=0)
    mean = np.where(known, labels, 0.0).sum(axis=0) / np.maximum(count, 1)
    moved = base + count / (count + BASE_MEMORY) * (mean - base)
    first = np.where(count > 0, mean, np.nan)
    return np.where(np.isnan(base), first, moved).astype(np.float32)


def first_weights(about: About) -> Arrays:
    """Weights that have learnt nothing but how usual each label is."""
    made = train.fresh_weights(
        CONFIG, videos=len(about.videos), authors=len(about.authors), content=DIMENSIONS, counters=COUNTERS, seed=SEED
    )
    chance = np.clip(np.nan_to_num(about.base, nan=0.5), 1e-4, 1 - 1e-4)
    return {**made, "heads.out_bias": np.log(chance / (1 - chance)).astype(np.float32)}


def keep_compiled(folder: pathlib.Path) -> None:
    """Have what XLA compiles kept there: the next process need not compile it again."""
    folder.mkdir(parents=True, exist_ok=True)
    jax.config.update("jax_compilation_cache_dir", str(folder))
