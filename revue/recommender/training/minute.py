"""One minute: predict what was watched, learn it with as much from before, ask the gate, publish.

Needs the extra `train`.
"""

import dataclasses
import datetime
from typing import Final

import numpy as np

from revue.platform import clock
from revue.recommender.engine import dictionary, gate, learned, trainer, trust
from revue.recommender.engine.catalogue import Catalogue
from revue.recommender.engine.counts import COUNTERS
from revue.recommender.engine.formula import FORMULA
from revue.recommender.engine.gate import Refused
from revue.recommender.engine.learned import About
from revue.recommender.engine.train import Window
from revue.recommender.engine.trainer import Judged
from revue.recommender.engine.trust import Tally
from revue.recommender.engine.weights import Snapshot
from revue.recommender.models import TrainingStep
from revue.recommender.snapshot import snapshot
from revue.recommender.training import log, shelf, steps
from revue.recommender.training.gone import gone
from revue.recommender.training.learner import SETTLED_S, Arrays, Learner, counted
from revue.recommender.training.log import Watches
from revue.recommender.training.steps import Kind

MOST_VIEWERS: Final = 512  # of one minute; what more did is left to the refit
MOST_JUDGED: Final = 1000  # events of one minute
CANARIES: Final = 32  # viewers whose best must mostly stay
LEAST_JUDGED: Final = 50  # labels before the gate listens to them


def learn(learner: Learner) -> TrainingStep | None:
    """Learn what was watched since the last time; None: nothing was, or nothing is served yet."""
    until_s = clock.now().timestamp() - SETTLED_S
    since, until = (datetime.datetime.fromtimestamp(at_s, datetime.UTC) for at_s in (learner.since_s, until_s))
    viewers = log.viewers_between(since, until, most=MOST_VIEWERS)
    if learner.served is None or not viewers:
        return None
    learner.since_s = until_s
    step = _Minute(learner, learner.served, snapshot.renewed(), log.windows(viewers, until=until), since, until).run()
    learner.offer(viewers)
    steps.keep(step)
    return step


class _Minute:
    """One minute on its way."""

    def __init__(
        self,
        learner: Learner,
        served: Snapshot,
        catalogue: Catalogue,
        watches: Watches,
        since: datetime.datetime,
        until: datetime.datetime,
    ) -> None:
        self.learner, self.served, self.catalogue, self.until = learner, served, catalogue, until
        self.about = About.of(served.arrays)
        self.gone = gone(self.about)
        fresh = watches.at_s > since.timestamp()
        labels = log.labels(watches, learner.quantiles(until))
        self.new, self.labels = watches.of(fresh), labels[fresh]
        self.authors = shelf.authors_of(catalogue, self.new.videos)
        counters = shelf.counters_now(self.about, catalogue, watches)
        self.windows = shelf.windows_of(watches, catalogue, counters, fresh, labels)
        self.before = shelf.videos_of(catalogue, self.about)
        self.weights = learned.weights_of(served.arrays)
        self.told = np.array([0.0, until.timestamp(), self.about.born_s, 0.0])

    def run(self) -> TrainingStep:
        """Predict, learn, publish; what the gate refuses is rolled back and said."""
        judged = trainer.judge(self.windows, self.before, self.weights, MOST_JUDGED)
        tally = self._tally(judged)
        self.told[3] = trust.earned(steps.judged_lately() + tally)
        step = TrainingStep(
            kind=Kind.MINUTE, events=len(self.new), ndcg=judged.ndcg, auc=judged.auc, judged=tally.labels,
            long=tally.long, pairs=tally.pairs, model_wins=tally.model_wins, score_wins=tally.score_wins,
            trust=self.told[3],
        )  # fmt: skip
        try:
            about, arrays = self._learnt(judged, step)
            step.version = self._published(about, arrays)
        except Refused as refused:
            step.refused = refused.reason
            self.learner.roll_back()
            step.refused = self._trust_alone() or step.refused
        except OSError as error:
            step.refused = f"it could not be written: {error.strerror}"
        return step

    def _learnt(self, judged: Judged, step: TrainingStep) -> tuple[About, Arrays]:
        """What was learnt, and the dictionary that goes with it.

        Raises:
            Refused: the gate lets it not pass.
        """
        about = dictionary.without(self.about, self.gone.videos, self.gone.people)
        about = shelf.known(about, self.catalogue, self.new.videos, now_s=self.until.timestamp())
        learning = self.learner.learning(self.about, about)
        videos = shelf.videos_of(self.catalogue, about)
        step.loss = learning.minute(self.windows, videos, self._replay()).loss
        arrays, few = learning.weights(), self.windows[:CANARIES]
        step.drift = gate.check(
            Snapshot(0, None, self.weights),
            Snapshot(1, 0, arrays),
            drifts=steps.drifts(),
            canaries=(trainer.orders(few, self.before, self.weights), trainer.orders(few, videos, arrays)),
            validated=_validated(judged, trainer.judge(self.windows, videos, arrays, MOST_JUDGED)),
        )
        return about, arrays

    def _published(self, about: About, arrays: Arrays) -> int:
        about = counted(about, self.new, self.authors, self.labels)
        return self.learner.publish(arrays, dataclasses.replace(about, told=self.told), self.gone).version

    def _trust_alone(self) -> str:
        """The weights stay; what they have earned is published all the same. What stood in the way, or nothing."""
        try:
            self._published(self.about, self.weights)
        except OSError as error:
            return f"it could not be written: {error.strerror}"
        return ""

    def _replay(self) -> list[Window]:
        """As many windows from before. What was counted up to now knows their outcome, so it says nothing there."""
        older = self.learner.replayed(len(self.windows), self.until)
        older = older.of(~np.isin(older.viewers, self.new.viewers))
        nothing = np.zeros((len(older), COUNTERS), np.float32)
        labels = log.labels(older, self.learner.quantiles(self.until))
        return shelf.windows_of(older, self.catalogue, nothing, np.ones(len(older), np.bool_), labels)

    def _tally(self, judged: Judged) -> Tally:
        """How the model, and the score that stood, told these events apart before they were learnt."""
        new = self.new.of(np.arange(len(self.new)) < len(judged.windows))  # windows keep the order of watches
        if not len(new):
            return Tally()
        at = shelf.places(self.catalogue, new.videos)
        finish = FORMULA.finished * np.concatenate([[self.catalogue.rate], self.catalogue.finish])[at]
        scores = log.scores(new, until=self.until)
        model = learned.value(judged.chances, self.about.base)
        return trust.tally(new.viewers, new.is_long, model, np.where(np.isnan(scores), finish, scores))


def _validated(before: Judged, after: Judged) -> tuple[float, float]:
    """The AUC of both, where there is enough to tell."""
    if len(before.windows) < LEAST_JUDGED or before.auc is None or after.auc is None:
        return 0.0, 0.0
    return before.auc, after.auc
