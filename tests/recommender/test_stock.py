"""What the catalogue is made of: read as a whole or by what changed, with one result; kept on the disk and verified."""

import dataclasses
import fcntl
import os
import signal
import subprocess
import sys
import textwrap
import threading

import numpy as np
import pytest
from django.db import connection, transaction

from revue.accounts.models import Person
from revue.events.models import VideoCounts
from revue.platform import clock
from revue.recommender import rows, shelf, stock, vectors
from revue.recommender.disk import Disk
from revue.recommender.engine import clusters
from revue.recommender.engine.catalogue import Columns
from revue.recommender.engine.content.facts import DIMENSIONS
from revue.recommender.models import VideoTopic, VideoVector
from revue.recommender.rows import Moment
from revue.recommender.snapshot import Snapshot, _replaced
from revue.recommender.stock import Stock
from revue.videos.models import Video
from tests.people import make_person
from tests.published import publish, publish_many

apart = pytest.mark.django_db(transaction=True)  # every statement is committed, as in an instance


def vector(seed: int) -> np.ndarray:
    one = np.random.default_rng(seed).normal(size=DIMENSIONS)
    return (one / np.linalg.norm(one)).astype(np.float32)


def describe(video_id: int, seed: int) -> None:
    kept = vectors.to_bytes(vector(seed))
    VideoVector.objects.update_or_create(
        video_id=video_id, defaults={"means": vectors.model().means, "vector": kept, "made_at": clock.now()}
    )


def whole() -> Stock:
    now = rows.moment()
    return stock.whole(rows.everything(), vectors.model(), now, at_s=clock.now().timestamp())


def caught_up(held: Stock) -> Stock:
    """The same by what changed since, as a refresh goes on."""
    snapshot = Snapshot()
    snapshot._stock = held
    found = snapshot._changed(rows.moment(), is_first=True)
    assert found is not None
    return found


def assert_same(one: Stock, other: Stock) -> None:
    for field in dataclasses.fields(Columns):
        assert np.array_equal(getattr(one.columns, field.name), getattr(other.columns, field.name)), field.name
    again, of = one.shelf.placed(rows.everything().made, vectors.model())
    assert np.array_equal(one.vectors, again)
    assert np.array_equal(one.of, of)


@pytest.fixture
def videos(db, tmp_path, settings) -> list[int]:
    settings.DATA_ROOT = tmp_path
    found = publish_many([make_person() for _ in range(12)])
    for number, video_id in enumerate(found):
        describe(video_id, number)
    return found


def play(video_id: int) -> None:
    counts, _ = VideoCounts.objects.get_or_create(video_id=video_id)
    counts.plays, counts.recent_plays = counts.plays + 1, counts.recent_plays + 1
    counts.save()


def tag(video_id: int) -> None:
    VideoTopic.objects.create(video_id=video_id, topics=[2, 5], edition=1, made_at=clock.now())


CHANGES = {
    "a new video": lambda videos: publish(make_person()),
    "a new video with a vector": lambda videos: describe(publish(make_person()), 99),
    "played": lambda videos: play(videos[3]),
    "tagged": lambda videos: tag(videos[4]),
    "described anew": lambda videos: describe(videos[5], 77),
    "hidden": lambda videos: Video.objects.filter(pk=videos[6]).update(visibility="only_me"),
    "deleted": lambda videos: Video.objects.filter(pk=videos[7]).delete(),
    "its author's account closed": lambda videos: Person.objects.filter(
        pk=Video.objects.get(pk=videos[8]).author_id
    ).update(is_active=False),
    "one gone and one new at once": lambda videos: (
        Video.objects.filter(pk=videos[2]).delete(),
        publish(make_person()),
    ),
    "nothing": lambda videos: None,
}


@apart
@pytest.mark.parametrize("name", CHANGES)
def test_a_refresh_by_what_changed_is_a_reading_of_everything(videos, name):
    held = whole()
    CHANGES[name](videos)
    assert_same(caught_up(held), whole())


@apart
def test_whoever_is_back_is_in_the_catalogue_again(videos):
    author = Person.objects.filter(pk=Video.objects.get(pk=videos[8]).author_id)
    author.update(is_active=False)
    held = whole()
    author.update(is_active=True)
    found = caught_up(held)
    assert videos[8] in found.columns.ids
    assert_same(found, whole())


@apart
def test_what_is_committed_after_a_later_transaction_is_not_missed(videos):
    """The slow transaction wrote first, in a part of its own, and a reading lies between its writing and its end."""
    wrote, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                play(videos[0])
                with transaction.atomic():
                    publish(make_person())
                wrote.set()
                may_end.wait(30)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert wrote.wait(30)
    play(videos[1])
    held = caught_up(whole())
    assert len(held.columns.ids) == len(videos)
    may_end.set()
    thread.join()
    found = caught_up(held)
    assert len(found.columns.ids) == len(videos) + 1
    assert_same(found, whole())


@apart
def test_a_change_of_numbers_copies_no_vectors(videos):
    held = whole()
    play(videos[0])
    found = caught_up(held)
    assert found.vectors is held.vectors
    assert found.columns is not held.columns


@apart
def test_a_reading_is_whole_however_few_videos_one_statement_reads(videos, monkeypatch):
    expected = rows.everything()
    for at_once in (1, 5, 12, 13):
        monkeypatch.setattr(rows, "AT_ONCE", at_once)
        found = rows.everything()
        assert np.array_equal(found.columns.ids, expected.columns.ids)
        assert np.array_equal(found.made, expected.made)


class Broken:
    """A model of content that an instance brought and that fails."""

    means = "broken"

    def compared(self, made, among):
        raise ValueError("this cannot be compared")


class Wild(Broken):
    def compared(self, made, among):
        return np.where(np.arange(len(made))[:, None] % 2, made, np.nan).astype(np.float32)


def made(count: int) -> np.ndarray:
    return np.array([vector(seed) for seed in range(count)])


def test_clusters_that_cannot_be_found_leave_videos_without_them(caplog):
    found = shelf.fitted(made(20), Broken())
    assert len(found.centres) == 0
    assert "No clusters of videos could be found" in caplog.text
    _, of = found.placed(made(20), Broken())
    assert (of == clusters.NOWHERE).all()


def test_vectors_that_cannot_be_compared_count_as_none(caplog):
    held = shelf.Shelf(made(20), made(4), 20)
    placed, of = held.placed(made(5), Broken())
    assert not placed.any()
    assert (of == clusters.NOWHERE).all()
    assert "could not be compared" in caplog.text
    placed, of = held.placed(made(6), Wild())
    assert np.isfinite(placed).all()
    assert (of == clusters.NOWHERE).tolist() == [True, False] * 3


@pytest.mark.parametrize(("count", "is_outgrown"), [(100, False), (119, False), (121, True), (84, False), (83, True)])
def test_a_shelf_is_made_anew_when_there_is_a_fifth_more_or_less(count, is_outgrown):
    assert shelf.Shelf(made(4), made(2), 100).is_outgrown(count) is is_outgrown
    assert not shelf.EMPTY.is_outgrown(0)
    assert shelf.EMPTY.is_outgrown(1)


def some_stock(count: int = 30, *, since: int = 100, database: str = "one") -> Stock:
    rng = np.random.default_rng(3)
    columns = Columns(
        **{
            field.name: np.arange(1, count + 1) if field.name == "ids" else rng.integers(0, 9, count).astype(kind)
            for field, kind in zip(
                dataclasses.fields(Columns), ["i8"] * 3 + ["f8", "i8", "f8", "f8", "f8", "i8", "i8", "i8"], strict=True
            )
        }
    )
    held = shelf.Shelf(made(10), made(3), count)
    return Stock(columns, made(count), rng.integers(0, 3, count), held, Moment(since, database), 5.0)


NOW = Moment(200, "one")


def test_what_is_kept_comes_back_mapped_and_is_kept_once(tmp_path):
    disk = Disk(tmp_path / "kept", "means-1")
    held = some_stock()
    kept = disk.save(held)
    assert kept is not held
    found = Disk(tmp_path / "kept", "means-1").newer(NOW)
    assert found is not None
    for one in (kept, found):
        assert np.array_equal(one.vectors, held.vectors)
        assert not one.vectors.flags.owndata
        assert not one.vectors.flags.writeable
        assert dataclasses.replace(one.moment) == held.moment
    assert disk.newer(NOW) is None, "it has it already"


def test_of_many_only_the_newest_two_stay_and_half_written_ones_go(tmp_path):
    disk = Disk(tmp_path, "means-1")
    (tmp_path / "killed.part").write_bytes(b"half")
    for _ in range(4):
        disk.save(some_stock())
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "000000000003.whole.npz",
        "000000000004.whole.npz",
        "lock",
    ]


@pytest.mark.parametrize(
    ("means", "now"),
    [("means-2", NOW), ("means-1", Moment(200, "another")), ("means-1", Moment(99, "one"))],
    ids=["other means", "another database", "an older copy of the database"],
)
def test_what_was_kept_of_something_else_is_passed_over(tmp_path, means, now):
    Disk(tmp_path, "means-1").save(some_stock())
    other = Disk(tmp_path, means)
    assert other.newer(now) is None
    other.save(some_stock(5, since=now.since, database=now.database))
    found = Disk(tmp_path, means).newer(dataclasses.replace(now, since=now.since + 1))
    assert found is not None
    assert len(found.columns.ids) == 5


def test_a_damaged_file_is_told_once_and_the_one_before_serves(tmp_path, caplog):
    disk = Disk(tmp_path, "means-1")
    disk.save(some_stock(7))
    disk.save(some_stock(8))
    newest = tmp_path / "000000000002.whole.npz"
    newest.write_bytes(newest.read_bytes()[:-100])
    other = Disk(tmp_path, "means-1")
    found = other.newer(NOW)
    assert found is not None
    assert len(found.columns.ids) == 7
    assert other.newer(NOW) is None
    assert caplog.text.count("passed over") == 1


def test_while_another_process_writes_nobody_else_does(tmp_path):
    held = some_stock()
    handle = os.open(tmp_path / "lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    disk = Disk(tmp_path, "means-1")
    assert disk.save(held) is held
    os.close(handle)
    assert disk.save(held) is not held


def test_what_another_process_has_just_kept_is_taken_from_it(tmp_path):
    ours, theirs = Disk(tmp_path, "means-1"), Disk(tmp_path, "means-1")
    theirs.save(some_stock(9))
    held = some_stock(8)
    assert ours.save(held) is held
    found = ours.newer(NOW)
    assert found is not None
    assert len(found.columns.ids) == 9


def test_a_disk_that_takes_nothing_is_told_once_and_tried_again(tmp_path, caplog):
    caplog.set_level("INFO")
    folder = tmp_path / "kept"
    folder.write_bytes(b"a file stands where the folder should be")
    disk, held = Disk(folder, "means-1"), some_stock()
    assert disk.newer(NOW) is None
    assert disk.save(held) is held
    assert disk.save(held) is held
    assert caplog.text.count("cannot be kept") == 1
    folder.unlink()
    assert disk.save(held) is not held
    assert "is kept in" in caplog.text


KILLED = """
    import os, signal, sys
    import django
    django.setup()
    import pathlib
    from revue.recommender.disk import Disk
    from tests.recommender.test_stock import some_stock
    os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)  # all is written, nothing is renamed yet
    Disk(pathlib.Path(sys.argv[1]), "means-1").save(some_stock())
"""


@pytest.mark.fault
def test_a_writer_that_is_killed_leaves_nothing_to_believe_and_no_lock(tmp_path):
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert [path.suffix for path in tmp_path.iterdir() if path.name != "lock"] == [".part"]
    disk, held = Disk(tmp_path, "means-1"), some_stock()
    assert disk.newer(NOW) is None
    assert disk.save(held) is not held
    assert not list(tmp_path.glob("*.part"))


def test_replacing_needs_no_database_where_nothing_is_new():
    held = some_stock()
    found = _replaced(held, np.array([3, 4, 999]), np.empty(0, np.int64))
    assert len(found.columns.ids) == 28
