"""The trainer's process: looks each minute whether there is something to learn, and does nothing else in between.

JAX is imported only once there is enough to learn from: an instance that nobody uses yet pays for a sleeping Python.
"""

import contextlib
import datetime
import pathlib
import signal
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import structlog
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections

from revue.platform import clock
from revue.platform.lock import AlreadyRunning, FolderLock
from revue.recommender import parameters
from revue.recommender.engine import weights
from revue.recommender.engine.learned import About
from revue.recommender.models import TrainingStep
from revue.recommender.training import gone, log, steps
from revue.recommender.training.steps import Kind

if TYPE_CHECKING:
    from revue.recommender.training.learner import Learner

EACH_S: Final = 60.0
TIDY_S: Final = 3600.0
LEAST_WATCHES: Final = 1000  # before anything is learnt: a model of fewer knows nothing that the counters do not know
REFIT_HOUR: Final = 3  # UTC, of the first minute from then on
_log = structlog.get_logger(__name__)


class TrainerRuns(RuntimeError):
    """Another trainer works on these weights."""


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the weights of this instance.

    Raises:
        TrainerRuns: another process holds them.
    """
    try:
        lock = FolderLock(parameters.folder())
    except AlreadyRunning as error:
        raise TrainerRuns(f"Another trainer works in {parameters.folder()}. Stop it first.") from error
    try:
        yield
    finally:
        lock.release()


def run() -> None:
    """Work until SIGTERM or SIGINT, which end it in the middle of whatever it does: files are whole or not there."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    with alone():
        _log.info("trainer_ready")
        clockwork = Clockwork()
        while True:
            time.sleep(clockwork.pause_s())
            clockwork.tick()


def _stop(*_: object) -> None:
    _log.info("trainer_stopped")
    raise SystemExit(0)


class Clockwork:
    """Three clocks: a minute, an hour, a night."""

    def __init__(self) -> None:
        self._learner: Learner | None = None
        self._due = 0.0  # all by time.monotonic
        self._tidy_due = time.monotonic() + TIDY_S

    def pause_s(self) -> float:
        """Seconds until the next minute."""
        return max(self._due - time.monotonic(), 0.0)

    def tick(self) -> None:
        """Do what is due. A database or a disk that is away now is there again in a later minute."""
        self._due = time.monotonic() + EACH_S
        close_old_connections()
        try:
            self._work()
        except (DatabaseError, OSError) as error:
            _log.warning("minute_left_out", error=str(error).strip())
            self._learner = None
        finally:
            close_old_connections()

    def _work(self) -> None:
        if refit_is_due(has_weights=self._has_weights()):
            told(refit(self._made()))
        elif self._learner is not None or has_news():
            told(minute(self._made()))
        if time.monotonic() >= self._tidy_due:
            self._tidy_due = time.monotonic() + TIDY_S
            steps.forget_old()
            if self._learner is None:
                gone.tidy(parameters.folder())
            else:
                self._learner.tidy()

    def _has_weights(self) -> bool:
        """Whether there are any to go on from; damaged ones count only until they were read."""
        if self._learner is not None:
            return self._learner.served is not None
        return any(parameters.folder().glob("*.npz"))

    def _made(self) -> "Learner":
        self._learner = self._learner or make()
        return self._learner


def has_news() -> bool:
    """Whether anything was watched since the newest weights, or these must be looked at more closely."""
    if not any(parameters.folder().glob("*.npz")):
        return False
    found = weights.newest(parameters.folder())
    if found is None or "about.told" not in found.arrays:
        return True
    since = datetime.datetime.fromtimestamp(About.of(found.arrays).until_s, datetime.UTC)
    return bool(log.viewers_between(since, clock.now(), most=1))


def refit_is_due(*, has_weights: bool) -> bool:
    """Whether everything is to be learnt anew: tonight's is missing, or there are no weights and there is enough."""
    last = steps.newest(Kind.REFIT)
    now = clock.now()
    if not has_weights:
        # A first one that failed is not tried again each minute.
        was_tried = last is not None and now - last.at < datetime.timedelta(seconds=TIDY_S) and bool(last.refused)
        return not was_tried and log.has(LEAST_WATCHES)
    night = now.replace(hour=REFIT_HOUR, minute=0, second=0, microsecond=0)
    return now >= night and (last is None or last.at < night) and log.has(LEAST_WATCHES)


def make() -> "Learner":
    """A learner that goes on from the newest weights."""
    from revue.recommender.training import learner  # noqa: PLC0415 - imports JAX

    learner.keep_compiled(pathlib.Path(settings.DATA_ROOT) / "run" / "compiled")
    return learner.Learner(parameters.folder())


def minute(learner: "Learner") -> TrainingStep | None:
    """Learn what was watched since the last time."""
    from revue.recommender.training import minute as one  # noqa: PLC0415 - imports JAX

    return one.learn(learner)


def refit(learner: "Learner") -> TrainingStep | None:
    """Learn everything anew."""
    from revue.recommender.training import refit as anew  # noqa: PLC0415 - imports JAX

    return anew.learn(learner)


def told(step: TrainingStep | None) -> None:
    """One line of log for a step that was made."""
    if step is None:
        return
    _log.info("trained", step=step.told())
