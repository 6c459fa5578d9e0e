"""Weights in a process that serves: the newest sound ones, whatever lies in the folder; and nobody gone in any file."""

import datetime
import errno
import os
import pathlib

import numpy as np
import pytest

from revue.platform import clock
from revue.recommender import parameters
from revue.recommender.engine import dictionary, weights
from revue.recommender.engine.learned import About, weights_of
from revue.recommender.engine.weights import Snapshot
from revue.recommender.parameters import Held
from revue.recommender.training import published
from tests.recommender import models_made as made
from tests.recommender.test_learned import CONTENT, videos


@pytest.fixture
def folder(tmp_path, settings) -> pathlib.Path:
    settings.DATA_ROOT = tmp_path
    return parameters.folder()


@pytest.fixture
def shelf():
    return videos()


def publish(folder, served=None, *, seed=1, told=None, **more) -> Snapshot:
    told = told or made.about((1, 2, 3), (1001, 1002), trust=0.5)
    return published.publish(folder, served, made.random(told, content=CONTENT, seed=seed), told, **more)


def step(folder, served: Snapshot) -> Snapshot:
    """The next version: one row of one table has changed."""
    arrays = {name: np.array(array) for name, array in weights_of(served.arrays).items()}
    arrays["ids"][1] += 0.1
    return published.publish(folder, served, arrays, About.of(served.arrays))


def test_without_any_weights_there_is_no_model(folder, shelf):
    assert Held().look(shelf) is None
    folder.mkdir()
    assert Held().look(shelf) is None


def test_what_is_published_is_served_and_newer_versions_take_its_place(folder, shelf):
    held = Held()
    first = publish(folder)
    assert held.look(shelf).version == first.version
    second = step(folder, first)
    laid = held.look(shelf)
    assert laid.version == second.version
    assert laid.about.trust == 0.5
    assert {path.name.split(".")[1] for path in folder.iterdir()} == {"whole", "delta"}


def test_an_answer_never_waits_for_the_next_version(folder, shelf):
    held = Held()
    publish(folder)
    with held._renewing:
        assert held.current(shelf) is None
    assert held.look(shelf) is held.current(shelf)


def test_a_new_catalogue_is_laid_out_anew_and_the_same_one_is_not(folder, shelf):
    held = Held()
    publish(folder)
    laid = held.look(shelf)
    assert held.look(shelf) is laid
    assert len(held.look(videos(50)).ids) == 51


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-9], lambda data: b"", lambda data: data[:99] + b"x" + data[100:]]
)
def test_a_damaged_version_leaves_the_one_before_and_the_next_one_mends_it(folder, shelf, damage):
    held, fresh = Held(), Held()
    first = publish(folder)
    second = step(folder, first)
    held.look(shelf)
    newest = folder / f"{second.version:012d}.delta.npz"
    newest.write_bytes(damage(newest.read_bytes()))
    assert held.look(shelf).version == second.version
    assert fresh.look(shelf).version == first.version
    third = step(folder, second)
    assert held.look(shelf).version == fresh.look(shelf).version == third.version
    assert weights.newest(folder).version == third.version


def test_a_damaged_base_leaves_what_is_served_and_the_next_publication_is_a_base(folder, shelf):
    held = Held()
    first = publish(folder)
    assert held.look(shelf)
    (base,) = folder.iterdir()
    base.write_bytes(b"nonsense")
    os.utime(folder, ns=(1, 1))
    assert held.look(shelf).version == first.version
    assert Held().look(shelf) is None
    second = step(folder, first)
    assert Held().look(shelf).version == second.version


def test_a_base_that_is_cut_off_while_it_is_served_harms_nobody(folder, shelf):
    """A mapped file would take the process along."""
    held = Held()
    publish(folder)
    laid = held.look(shelf)
    os.truncate(next(folder.iterdir()), 0)
    total = laid.vectors.sum() + laid.counters.sum() + sum(array.sum() for array in laid.weights.values())
    assert np.isfinite(total)


def test_weights_of_other_shapes_leave_the_version_before_and_are_logged_once(folder, shelf, caplog):
    held = Held()
    first = publish(folder)
    held.look(shelf)
    told = made.about((1,), (1001,))
    odd = Snapshot(first.version + 9, None, {**made.random(told, content=CONTENT + 1), **told.arrays()})
    weights.save(folder, odd)
    for moment in (1, 2):
        os.utime(folder, ns=(moment, moment))
        assert held.look(shelf).version == first.version
    assert caplog.text.count("weights_unusable") == 1


def test_when_all_weights_are_taken_away_there_is_no_model(folder, shelf):
    held = Held()
    publish(folder)
    held.look(shelf)
    weights.remove_all(folder)
    assert held.look(shelf) is None


def test_weights_that_no_trainer_touches_any_more_are_removed(folder, monkeypatch):
    publish(folder)
    parameters.forget_old()
    assert weights.newest(folder)
    later = clock.now() + datetime.timedelta(seconds=parameters.OLDEST_S + 5)
    monkeypatch.setattr(clock, "now", lambda: later)
    parameters.forget_old()
    assert not list(folder.iterdir())


def test_a_model_whose_trainer_is_long_gone_has_no_say(folder, shelf, monkeypatch):
    publish(folder)
    laid = Held().look(shelf)
    assert parameters.is_fresh(laid)
    later = clock.now().timestamp() + parameters.OLDEST_S + 1
    monkeypatch.setattr(clock, "now", lambda: datetime.datetime.fromtimestamp(later, datetime.UTC))
    assert not parameters.is_fresh(laid)


def test_each_hour_a_whole_base_is_published_and_old_files_go(folder, monkeypatch):
    served, now_s = None, 1_700_000_000.0
    for minute in range(published.BASES * 60 + 120):
        if minute % 20 == 0:
            at = now_s + minute * 60
            monkeypatch.setattr(clock, "now", lambda at=at: datetime.datetime.fromtimestamp(at, datetime.UTC))
            served = step(folder, served) if served else publish(folder)
    names = sorted(path.name for path in folder.iterdir())
    assert sum("whole" in name for name in names) == published.BASES
    assert sum("delta" in name for name in names) == 2 * published.BASES
    assert weights.newest(folder).version == served.version


def test_a_full_disk_leaves_what_is_served_and_is_over_when_there_is_room(folder, shelf, monkeypatch):
    held = Held()
    first = publish(folder)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "No space left on device")))
        with pytest.raises(OSError, match="No space left"):
            step(folder, first)
    assert held.look(shelf).version == first.version
    assert not list(folder.glob("*.part"))
    second = step(folder, first)
    assert held.look(shelf).version == second.version


def test_who_is_gone_is_in_no_file(folder):
    gone, stays = 77_000_123, 77_000_124
    told = made.about((gone, stays), (gone + 1000, stays + 1000))
    served = publish(folder, told=told)
    served = step(folder, served)
    ids, people = np.array([gone]), np.array([gone + 1000])
    without = dictionary.without(About.of(served.arrays), ids, people)
    served = published.publish(folder, served, weights_of(served.arrays), without, is_whole=True)
    published.forget(folder, ids, people)
    held = [path.read_bytes() for path in folder.iterdir()]
    assert len(held) == 2
    for number in (gone, gone + 1000):
        assert not any(number.to_bytes(8, "little") in data for data in held)
    assert all(stays.to_bytes(8, "little") in data for data in held)
    assert weights.newest(folder).version == served.version
