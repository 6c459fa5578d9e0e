"""The catalogue of one process: first pages, refreshes beside the requests, and what happens when they fail."""

import threading

import numpy as np
import pytest
from django.db import OperationalError

from revue.platform import clock
from revue.recommender import rows, snapshot, vectors
from revue.recommender.engine import clusters
from revue.recommender.engine.content.facts import DIMENSIONS
from revue.recommender.engine.ranker import rank
from revue.recommender.engine.request import Request
from revue.recommender.models import VideoVector
from revue.recommender.snapshot import Snapshot
from tests.people import make_person
from tests.published import publish, publish_many

apart = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.DATA_ROOT = tmp_path
    return tmp_path / snapshot.FOLDER


def some_videos(count: int) -> list[int]:
    """Videos with vectors."""
    found = publish_many([make_person() for _ in range(count)])
    rng = np.random.default_rng(1)
    for video_id in found:
        describe(video_id, rng.normal(size=DIMENSIONS))
    return found


def describe(video_id: int, vector: np.ndarray) -> None:
    kept = vectors.to_bytes((vector / np.linalg.norm(vector)).astype(np.float32))
    VideoVector.objects.create(video_id=video_id, means=vectors.model().means, vector=kept, made_at=clock.now())


def refreshed(held: Snapshot) -> Snapshot:
    """Ask when it is due, and wait for the thread that reads."""
    held.forget()
    held.current()
    for thread in threading.enumerate():
        if thread.name == "catalogue":
            thread.join(60)
    return held


@apart
def test_a_page_never_waits_for_a_refresh_and_the_next_has_what_is_new(monkeypatch):
    some_videos(6)
    held = Snapshot()
    first = held.current()
    new = publish(make_person())
    may_read, real = threading.Event(), rows.changed

    def slow(since):
        assert may_read.wait(60)
        return real(since)

    monkeypatch.setattr(rows, "changed", slow)
    held.forget()
    began = held.generation
    assert held.current() is first
    assert held.current() is first
    assert held.generation == began
    may_read.set()
    assert new in refreshed(held).current().ids


@apart
def test_a_refresh_that_fails_leaves_the_catalogue_and_is_told_once(monkeypatch, caplog):
    caplog.set_level("INFO")
    some_videos(6)
    held = Snapshot()
    first = held.current()

    def away(since):
        raise OperationalError("the database is away")

    with monkeypatch.context() as broken:
        broken.setattr(rows, "changed", away)
        refreshed(held)
        refreshed(held)
    assert held.current() is first
    assert caplog.text.count("could not be read") == 1
    new = publish(make_person())
    assert new in refreshed(held).current().ids
    assert "is read again" in caplog.text


@apart
def test_where_nothing_is_kept_the_newest_come_first_and_the_rest_beside_the_requests(monkeypatch):
    videos = some_videos(12)
    monkeypatch.setattr(snapshot, "FIRST", 5)
    held = Snapshot()
    assert held.current().ids.tolist() == videos[-5:]
    assert not held.is_whole
    refreshed(held)
    assert held.is_whole
    assert held.current().ids.tolist() == videos
    assert len(held.current().clusters)


@apart
def test_a_second_process_goes_on_from_what_the_first_has_kept(folder, monkeypatch):
    some_videos(8)
    one = refreshed(refreshed(_started()))
    assert list(folder.glob("*.whole.npz"))
    new = publish(make_person())

    def read_everything(*_):
        raise AssertionError("it is kept")

    monkeypatch.setattr(rows, "newest", read_everything)
    monkeypatch.setattr(rows, "everything", read_everything)
    other = _started()
    assert new in other.current().ids
    assert np.array_equal(other.current().vectors[:-1], one.current().vectors)
    assert np.array_equal(other.current().clusters.centres, one.current().clusters.centres)


@apart
def test_what_another_process_has_kept_meanwhile_is_on_the_next_page(monkeypatch):
    some_videos(8)
    one, other = refreshed(_started()), _started()
    new = publish(make_person())
    monkeypatch.setattr(one, "_keep_at", 0.0)
    assert new in refreshed(one).current().ids
    assert new in refreshed(other).current().ids
    assert not other.current().vectors.flags.owndata, "it is mapped, not held again"


def _started() -> Snapshot:
    held = Snapshot()
    held.current()
    return held


@apart
def test_nothing_is_built_anew_while_nothing_changes():
    some_videos(6)
    held = refreshed(_started())
    before = held.current()
    assert refreshed(held).current() is before


@apart
def test_vectors_come_late_and_clusters_with_them():
    videos = publish_many([make_person() for _ in range(8)])
    held = _started()
    assert len(held.current().clusters) == 0
    assert len(rank(held.current(), Request(3, 1, np.empty(0, np.int64)))) == 3
    rng = np.random.default_rng(2)
    for video_id in videos:
        describe(video_id, rng.normal(size=DIMENSIONS))
    assert len(refreshed(held).current().clusters)


@pytest.mark.django_db
def test_within_a_transaction_its_own_writing_counts_at_once(folder):
    held = _started()
    new = publish(make_person())
    held.forget()
    assert held.current().ids.tolist() == [new]
    assert not held.is_whole
    assert not folder.exists()


@apart
def test_vectors_that_are_no_numbers_empty_no_page():
    videos = some_videos(20)
    VideoVector.objects.filter(video_id__in=videos[::2]).update(
        vector=vectors.to_bytes(np.full(DIMENSIONS, np.nan, np.float32))
    )
    videos_now = _started().current()
    assert np.isfinite(videos_now.vectors).all()
    watched = Request(10, 1, np.empty(0, np.int64), watched=np.array(videos[:4]), rewards=np.full(4, 0.7))
    assert len(rank(videos_now, watched)) == 10


@apart
def test_a_clustering_that_fails_empties_no_page(monkeypatch):
    videos = some_videos(20)

    def fail(*_, **__):
        raise np.linalg.LinAlgError("it does not converge")

    monkeypatch.setattr(clusters, "fit", fail)
    held = _started()
    assert held.current().ids.tolist() == videos
    assert len(rank(held.current(), Request(10, 1, np.empty(0, np.int64)))) == 10
