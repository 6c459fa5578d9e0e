"""The refit: a challenger learnt from the log alone, against the champion as it was some hours ago.

Both are judged on what was watched since then, which neither has learnt. Needs the extra `train`.
"""

import dataclasses
import datetime
from typing import Final

import numpy as np
import structlog

from revue.platform import clock
from revue.recommender.engine import dictionary, gate, learned, trainer, weights
from revue.recommender.engine.content.facts import DIMENSIONS
from revue.recommender.engine.gate import Refused
from revue.recommender.engine.learned import About
from revue.recommender.engine.train import Videos, Window
from revue.recommender.engine.trainer import Judged, Trainer
from revue.recommender.engine.weights import BadWeights, Snapshot
from revue.recommender.models import TrainingStep
from revue.recommender.snapshot import snapshot
from revue.recommender.training import log, shelf, steps
from revue.recommender.training.gone import gone
from revue.recommender.training.learner import CONFIG, SEED, SETTLED_S, Learner, counted, first_weights
from revue.recommender.training.log import Flags
from revue.recommender.training.steps import Kind

MOST_WATCHES: Final = 300_000  # the newest
EPOCHS: Final = 12  # as many as that, as far as this is so many batches and no more:
LEAST_BATCHES: Final = 300
MOST_BATCHES: Final = 3000  # about ten minutes of one core
HELD_OUT: Final = 0.1  # of the watches, where no older base is there to compare with
LEAST_HELD: Final = 50  # watches that are worth comparing on
MOST_JUDGED: Final = 5000  # events
OLDEST_CHAMPION_S: Final = 7 * 86_400  # then the challenger follows whatever was measured: so erasure reaches weights
LIMITS: Final = dataclasses.replace(gate.LIMITS, first=np.inf, overlap=-1.0, worse=1.0)  # other weights, and no worse
_log = structlog.get_logger(__name__)


def learn(learner: Learner) -> TrainingStep | None:
    """Learn everything anew from the log, and publish it unless what is served predicts better.

    None: there is nothing to learn from.
    """
    until_s = clock.now().timestamp() - SETTLED_S
    watches = log.newest(until=datetime.datetime.fromtimestamp(until_s, datetime.UTC), most=MOST_WATCHES)
    if not len(watches):
        return None
    step = _Refit(learner, watches, until_s).run()
    steps.keep(step)
    return step


class _Refit:
    """One refit on its way."""

    def __init__(self, learner: Learner, watches: log.Watches, until_s: float) -> None:
        self.learner, self.watches, self.until_s = learner, watches, until_s
        self.catalogue = snapshot.renewed()
        self.authors = shelf.authors_of(self.catalogue, watches.videos)
        until = datetime.datetime.fromtimestamp(until_s, datetime.UTC)
        self.labels = log.labels(watches, log.quantiles(until=until))
        self.counters = log.counters_before(watches, self.authors)

    def run(self) -> TrainingStep:
        """Learn, compare, publish."""
        champion, cut_s = self._champion()
        is_held = self.watches.at_s > cut_s
        about = self._about(~is_held)
        challenger, videos = Trainer(CONFIG, first_weights(about), SEED), shelf.videos_of(self.catalogue, about)
        step = TrainingStep(kind=Kind.REFIT, events=len(self.watches))
        step.loss = self._learn(challenger, self._windows(~is_held), videos)
        held = self._windows(is_held)
        judged = trainer.judge(held, videos, challenger.weights(), MOST_JUDGED)
        step.ndcg, step.auc, step.judged = judged.ndcg, judged.auc, len(judged.windows)
        try:
            self._compare(champion, held, judged, challenger)
            step.trust = self._trust() if champion else 0.0
        except Refused as refused:
            if champion is None or self._is_young():
                step.refused = refused.reason
                return step
        challenger.epoch(held, videos)
        self._publish(challenger, self._counted(about, is_held), step)
        return step

    def _champion(self) -> tuple[Snapshot | None, float]:
        """The oldest base that is kept, and the newest moment it has learnt; or nobody, and where to hold out."""
        for path in sorted(self.learner.folder.glob("*.whole.npz")):
            try:
                found = weights.load(path, mapped=False)
                if isinstance(found, Snapshot):
                    learned.check(found, content=DIMENSIONS)
                    since_s = About.of(found.arrays).until_s
                    if (self.watches.at_s > since_s).sum() >= LEAST_HELD:
                        return found, since_s
            except BadWeights as error:
                _log.warning("weights_unusable", file=path.name, error=str(error))
        return None, float(np.quantile(self.watches.at_s, 1 - HELD_OUT))

    def _about(self, learnt: Flags) -> About:
        """A dictionary of what was watched in the part that is learnt."""
        about = dictionary.empty(self.until_s)
        about = shelf.known(about, self.catalogue, self.watches.videos[learnt], now_s=self.until_s)
        return self._counted(about, learnt)

    def _counted(self, about: About, some: Flags) -> About:
        return counted(about, self.watches.of(some), self.authors[some], self.labels[some])

    def _windows(self, fresh: Flags) -> list[Window]:
        return shelf.windows_of(self.watches, self.catalogue, self.counters, fresh, self.labels)

    def _learn(self, learning: Trainer, windows: list[Window], videos: Videos) -> float | None:
        """Some epochs; the loss of the last one."""
        each = max(-(-len(windows) // CONFIG.batch), 1)
        loss = None
        for _ in range(max(min(max(EPOCHS, LEAST_BATCHES // each), MOST_BATCHES // each), 1)):
            loss = learning.epoch(windows, videos)
        return loss

    def _compare(self, champion: Snapshot | None, held: list[Window], judged: Judged, challenger: Trainer) -> None:
        """Let the challenger pass only when it is sound, and no worse than the champion was.

        Raises:
            Refused: it is not.
        """
        new = challenger.weights()
        old, validated = {name: np.zeros_like(array) for name, array in new.items()}, (0.0, 0.0)
        if champion is not None:
            old = learned.weights_of(champion.arrays)
            videos = shelf.videos_of(self.catalogue, About.of(champion.arrays))
            validated = _quality(trainer.judge(held, videos, old, MOST_JUDGED)), _quality(judged)
        nobody = np.zeros((1, 1))
        gate.check(
            Snapshot(0, None, old),
            Snapshot(1, 0, new),
            drifts=(),
            canaries=(nobody, nobody),
            validated=validated,
            limits=LIMITS,
        )

    def _is_young(self) -> bool:
        """Whether what is served may stay although it may hold what was erased since it was born."""
        served = self.learner.served
        return served is not None and self.until_s - About.of(served.arrays).born_s < OLDEST_CHAMPION_S

    def _trust(self) -> float:
        """Who beats the champion inherits its trust; anybody else has to earn it."""
        return About.of(self.learner.served.arrays).trust if self.learner.served else 0.0

    def _publish(self, challenger: Trainer, about: About, step: TrainingStep) -> None:
        told = np.array([0.0, self.until_s, self.until_s, step.trust])
        about = dataclasses.replace(about, told=told)
        try:
            published = self.learner.publish(challenger.weights(), about, gone(about), is_new=True)
        except OSError as error:
            step.refused = f"it could not be written: {error.strerror}"
            return
        self.learner.since_s, step.version = self.until_s, published.version


def _quality(judged: Judged) -> float:
    """One number: how well long views are told, and how well the next video is found."""
    return (judged.auc or 0.0) + (judged.ndcg or 0.0)
