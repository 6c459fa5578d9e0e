"""The trainer against a real log: it begins with enough, learns minute by minute, and what it publishes is served."""

import dataclasses
import datetime
import os

import numpy as np
import pytest

pytest.importorskip("jax", reason="the extra `train` is not installed")
pytest.importorskip("optax", reason="the extra `train` is not installed")

from revue.accounts import actions as accounts
from revue.platform import clock
from revue.recommender import parameters, vectors
from revue.recommender.engine import gate, learned, weights
from revue.recommender.engine.content.facts import DIMENSIONS
from revue.recommender.engine.gate import Refused
from revue.recommender.engine.learned import About
from revue.recommender.engine.train import Config
from revue.recommender.engine.trainer import Trainer
from revue.recommender.engine.weights import Snapshot
from revue.recommender.models import TrainingStep, VideoVector, Watch
from revue.recommender.parameters import Held
from revue.recommender.training import learner, log, minute, process, refit, steps
from revue.recommender.training.learner import Learner
from revue.videos import actions as videos
from tests.people import make_person, viewer_of
from tests.published import publish_many

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]  # XLA compiles, and a busy machine gives it little
VIDEOS, VIEWERS = 60, 40
SMALL = Config(d=16, layers=1, feed=32, batch=16, negatives=64, rate=5e-3, mean_decay=0.9, dropout=0.0, replay=200)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory) -> None:
    learner.keep_compiled(tmp_path_factory.mktemp("compiled"))


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings, compiled, monkeypatch):
    settings.DATA_ROOT = tmp_path
    from revue.recommender import snapshot as module  # noqa: PLC0415

    fresh = module.Snapshot()
    for place in (module, minute, refit):
        monkeypatch.setattr(place, "snapshot", fresh)
    monkeypatch.setattr(refit, "EPOCHS", 1)
    monkeypatch.setattr(refit, "LEAST_BATCHES", 120)
    for place in (learner, refit):
        monkeypatch.setattr(place, "CONFIG", SMALL)
    return parameters.folder()


class Stage:
    """Videos of two kinds, viewers who each like one, and a clock that goes when it is told to."""

    def __init__(self, monkeypatch) -> None:
        self.ahead = datetime.timedelta()
        real = clock.now
        monkeypatch.setattr(clock, "now", lambda: real() + self.ahead)
        self.authors = [make_person() for _ in range(VIDEOS)]
        self.videos = publish_many(self.authors)
        self.rng = np.random.default_rng(3)
        for number, video_id in enumerate(self.videos):
            vector = self.rng.normal(0, 0.05, DIMENSIONS)
            vector[number % 2] += 1.0
            kept = vectors.to_bytes((vector / np.linalg.norm(vector)).astype(np.float32))
            VideoVector.objects.create(video_id=video_id, means=vectors.model().means, vector=kept)
        from revue.events.models import VideoCounts  # noqa: PLC0415

        VideoCounts.objects.bulk_create(VideoCounts(video_id=video, impressions=50) for video in self.videos)

    def watched(self, viewers: range, each: int, *, taste: bool = True) -> None:
        """Twenty minutes later: rows of the log as events leave them; viewer 1000 + n likes kind n % 2."""
        self.ahead += datetime.timedelta(minutes=20)
        until, rows = clock.now() - datetime.timedelta(seconds=5), []
        for viewer in viewers:
            for place, number in enumerate(self.rng.permutation(VIDEOS)[:each]):
                is_long = bool((number + viewer) % 2 == 0) if taste else bool(self.rng.random() < 0.5)
                rows.append(
                    Watch(
                        viewer=1000 + viewer, video_id=self.videos[number], reward=0.7 if is_long else 0.05,
                        at=until - datetime.timedelta(seconds=20.0 * (each - place)), is_long=is_long,
                        is_skip=not is_long, watch_ms=8000 if is_long else 500,
                    )
                )  # fmt: skip
        Watch.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["viewer", "video_id"],
            update_fields=["reward", "at", "is_long", "is_skip", "watch_ms"],
        )  # fmt: skip


@pytest.fixture
def stage(monkeypatch) -> Stage:
    return Stage(monkeypatch)


@pytest.fixture
def begun(stage, own_folder) -> Learner:
    """A learner after its first refit."""
    stage.watched(range(VIEWERS), 30)
    made = Learner(own_folder)
    step = refit.learn(made)
    assert step.refused == ""
    return made


def test_nothing_is_learnt_before_there_is_enough(stage, own_folder, monkeypatch):
    own_folder.mkdir()
    assert not process.refit_is_due(has_weights=False)
    monkeypatch.setattr(process, "LEAST_WATCHES", 100)
    stage.watched(range(4), 25)
    assert process.refit_is_due(has_weights=False)
    assert minute.learn(Learner(own_folder)) is None, "minutes begin with a refit"


def test_a_first_refit_is_published_without_any_trust_and_is_served(begun, own_folder):
    laid = Held().look(snapshot_now())
    assert laid.version == begun.served.version
    assert laid.about.trust == 0
    assert (laid.about.videos > 0).sum() == VIDEOS
    row = TrainingStep.objects.get()
    assert (row.kind, row.version, row.trust) == ("refit", laid.version, 0)
    assert row.auc > 0.6, "the kinds are told apart"


def snapshot_now():
    return minute.snapshot.renewed()


def test_minutes_are_predicted_learnt_and_published_as_deltas(begun, stage, own_folder):
    held = Held()
    first = held.look(snapshot_now()).version
    for viewers in (range(10), range(10, 20)):
        stage.watched(viewers, 8)
        step = minute.learn(begun)
        assert step.refused == ""
        assert step.events > 0
        assert step.loss is not None
        assert step.judged == step.events
        assert step.pairs > 0
        assert step.drift is not None
    laid = held.look(snapshot_now())
    assert laid.version == step.version > first
    assert laid.about.counts[0, 0] > VIEWERS * 30
    assert len(list(own_folder.glob("*.delta.npz"))) == 2
    assert minute.learn(begun) is None, "nothing was watched since"


def test_trust_is_earned_minute_by_minute_and_lost_again(begun, stage, monkeypatch):
    monkeypatch.setattr(steps, "JUDGED", 300)
    for number in range(6):
        stage.watched(range(100 + 20 * number, 120 + 20 * number), 20)
        earned = minute.learn(begun).trust
    assert earned > 0.5
    assert About.of(begun.served.arrays).trust == earned
    for number in range(3):
        first = 400 + 20 * number
        stage.watched(range(first, first + 20), 20, taste=False)
        lost = minute.learn(begun).trust
    assert lost < earned


def test_what_the_gate_refuses_is_rolled_back_and_said(begun, stage, monkeypatch):
    stage.watched(range(10), 8)
    before = learned.weights_of(begun.served.arrays)

    def refuse(*_args, **_more):
        raise Refused("only 0.10 of what canaries would see stays")

    with monkeypatch.context() as patched:
        patched.setattr(gate, "check", refuse)
        step = minute.learn(begun)
    assert (step.version, step.refused) == (None, "only 0.10 of what canaries would see stays")
    assert all(np.array_equal(array, begun.served.arrays[name]) for name, array in before.items())
    assert About.of(begun.served.arrays).trust == step.trust
    stage.watched(range(20, 30), 8)
    assert minute.learn(begun).refused == ""


def test_a_full_disk_is_said_and_the_next_minute_with_room_publishes(begun, stage, own_folder, monkeypatch):
    first = begun.served.version
    stage.watched(range(10), 8)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        step = minute.learn(begun)
    assert step.refused == "it could not be written: No space left on device"
    assert begun.served.version == weights.newest(own_folder).version == first
    stage.watched(range(20, 30), 8)
    assert minute.learn(begun).version == weights.newest(own_folder).version > first


def test_a_trainer_that_starts_again_goes_on_from_the_newest_version(begun, stage, own_folder):
    stage.watched(range(10), 8)
    minute.learn(begun)
    again = Learner(own_folder)
    assert again.served.version == begun.served.version
    assert again.since_s == About.of(begun.served.arrays).until_s
    stage.watched(range(20, 30), 8)
    assert minute.learn(again).version > begun.served.version


def test_what_is_deleted_is_in_no_file_and_is_not_replayed(begun, stage, own_folder):
    gone_video, gone_author = stage.videos[0], stage.authors[1]
    videos.erase_video(viewer=viewer_of(stage.authors[0]), video_id=gone_video)
    accounts.delete_person(person_id=gone_author)
    begun.tidy()
    for path in own_folder.glob("*.npz"):
        about = About.of(weights.load(path, mapped=False).arrays)
        assert gone_video not in about.videos
        assert gone_author not in about.authors
    Watch.objects.filter(viewer=1003).delete()
    replayed = begun.replayed(1000, clock.now())
    assert len(set(replayed.viewers.tolist())) == VIEWERS - 1
    assert gone_video not in replayed.videos


def test_a_refit_that_is_worse_than_the_champion_is_refused(begun, stage, own_folder, monkeypatch):
    stage.watched(range(200, 220), 20)
    monkeypatch.setattr(Trainer, "epoch", lambda *_: None)
    step = refit.learn(begun)
    assert step.refused.startswith("progressive validation fell")
    assert weights.newest(own_folder).version == begun.served.version
    told = np.array([0.0, 0.0, clock.now().timestamp() - refit.OLDEST_CHAMPION_S - 60, 0.9])
    old = dataclasses.replace(About.of(begun.served.arrays), told=told)
    begun.served = Snapshot(begun.served.version, None, {**begun.served.arrays, **old.arrays()})
    step = refit.learn(begun)
    assert step.refused == "", "whoever is too old goes: what was erased must be forgotten"
    assert About.of(begun.served.arrays).trust == 0


def test_what_was_counted_before_is_counted_by_time_not_by_viewer(stage):
    stage.watched(range(2), 30)
    found = log.newest(until=clock.now(), most=1000)
    assert len(found) == 60
    first = np.argmin(found.at_s)
    counters = log.counters_before(found, found.videos)
    assert np.abs(counters[first]).max() == 0


def test_the_nights_refit_is_done_once(begun, monkeypatch):
    monkeypatch.setattr(process, "LEAST_WATCHES", 100)
    tonight = clock.now().replace(hour=process.REFIT_HOUR, minute=1)
    TrainingStep.objects.update(at=tonight - datetime.timedelta(days=1))
    monkeypatch.setattr(clock, "now", lambda: tonight)
    assert process.refit_is_due(has_weights=True)
    TrainingStep.objects.update(at=tonight)
    monkeypatch.setattr(clock, "now", lambda: tonight + datetime.timedelta(hours=5))
    assert not process.refit_is_due(has_weights=True)
