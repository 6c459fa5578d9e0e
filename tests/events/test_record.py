"""Watch events: counted once however often and however oddly they arrive."""

import datetime
import threading
import uuid

import pytest
from django.db import DatabaseError, connection

from revue.accounts.contracts import VISITOR, Viewer
from revue.events import actions, partitions, policy, queries
from revue.events.contracts import Counts, Event, Kind
from revue.events.models import Event as Row
from revue.events.models import LooseKey, Seen
from revue.platform import clock, ids
from tests.people import make_person, viewer_of
from tests.published import publish

pytestmark = pytest.mark.django_db


def now_ms() -> int:
    return int(clock.now().timestamp() * 1000)


def id_at(at_ms: int) -> uuid.UUID:
    """A version 7 id that carries this time."""
    noise = uuid.uuid4().int
    return uuid.UUID(int=(at_ms << 80) | (7 << 76) | (noise & (0xFFF << 64)) | (2 << 62) | (noise & (2**62 - 1)))


def event(video_id: int, kind: Kind = Kind.IMPRESSION, **fields) -> Event:
    at_ms = fields.pop("at_ms", now_ms())
    return Event(fields.pop("id", id_at(at_ms)), kind, video_id, at_ms, **fields)


@pytest.fixture
def ana() -> Viewer:
    return viewer_of(make_person("ana"))


@pytest.fixture
def video(ana) -> int:
    return publish(ana.person_id)


def counts(video_id: int) -> Counts:
    return queries.counts_of([video_id])[video_id]


def test_each_kind_adds_to_its_counter(ana, video):
    batch = [
        event(video, Kind.IMPRESSION),
        event(video, Kind.PLAY_START),
        event(video, Kind.PROGRESS),
        event(video, Kind.COMPLETE),
        event(video, Kind.LOOPS, loops=1),
        event(video, Kind.WATCH_MS, watch_ms=9000, loops=2, max_pos_ms=8000),
        event(video, Kind.SKIP),
        event(video, Kind.LIKE),
    ]
    receipt = actions.record_events(viewer=ana, events=batch)
    assert (receipt.accepted, receipt.repeated, receipt.ignored) == (8, 0, 0)
    assert counts(video) == Counts(impressions=1, plays=1, completions=1, loops=2, watch_ms=9000, skips=1)
    assert Row.objects.count() == 8


@pytest.mark.parametrize("version", [4, 7])
def test_a_repeat_changes_nothing(ana, video, version):
    key = uuid.uuid4() if version == 4 else id_at(now_ms())
    one = event(video, Kind.PLAY_START, id=key)
    actions.record_events(viewer=ana, events=[one])
    receipt = actions.record_events(viewer=ana, events=[one, one])
    assert (receipt.accepted, receipt.repeated) == (0, 2)
    assert counts(video).plays == 1


@pytest.mark.parametrize("version", [4, 7])
def test_a_repeat_that_names_another_time_changes_nothing(ana, video, version):
    key = uuid.uuid4() if version == 4 else id_at(now_ms())
    for days in (0, 1, 3):
        at_ms = now_ms() - days * 86_400_000
        actions.record_events(viewer=ana, events=[event(video, Kind.PLAY_START, id=key, at_ms=at_ms)])
    assert counts(video).plays == 1


@pytest.mark.parametrize("version", [4, 7])
def test_a_repeat_on_another_day_changes_nothing(ana, video, version, monkeypatch):
    key = uuid.uuid4() if version == 4 else id_at(now_ms())
    one = event(video, Kind.PLAY_START, id=key)
    actions.record_events(viewer=ana, events=[one])
    for days in (1, 5, 8, 40):
        later = datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda later=later: later)
        actions.keep_log(keep_days=10)
        actions.record_events(viewer=ana, events=[one])
    assert counts(video).plays == 1


@pytest.mark.parametrize("days", [-8, 2, 400, 20_000])
def test_an_event_from_a_time_nobody_can_believe_is_ignored(ana, video, days):
    at_ms = now_ms() + days * 86_400_000
    for key in (uuid.uuid4(), id_at(at_ms)):
        receipt = actions.record_events(viewer=ana, events=[event(video, id=key, at_ms=max(at_ms, 0))])
        assert (receipt.accepted, receipt.ignored) == (0, 1)
    assert counts(video) == Counts()


def test_an_id_beyond_the_calendar_is_ignored(ana, video):
    for key in (id_at(2**48 - 1), uuid.uuid4()):
        receipt = actions.record_events(viewer=ana, events=[event(video, id=key, at_ms=2**48 - 1)])
        assert receipt.ignored == 1


def test_unknown_and_unpublished_videos_are_ignored_and_the_rest_counts(ana, video):
    hidden = publish(ana.person_id, state="processing")
    receipt = actions.record_events(viewer=ana, events=[event(0), event(ids.new_id()), event(hidden), event(video)])
    assert (receipt.accepted, receipt.ignored) == (1, 3)
    assert counts(video).impressions == 1


def test_numbers_are_kept_within_sense(ana, video):
    batch = [event(video, Kind.WATCH_MS, watch_ms=2**31 - 1, loops=2**31 - 1, max_pos_ms=2**31 - 1)]
    actions.record_events(viewer=ana, events=batch)
    assert counts(video).watch_ms == policy.MOST_WATCH_MS
    assert counts(video).loops == policy.MOST_LOOPS


def test_what_was_seen_is_remembered_for_people_and_for_visitors_with_a_session(ana, video):
    visitor = Viewer(session_key="someone")
    for viewer in (ana, visitor, VISITOR):
        actions.record_events(viewer=viewer, events=[event(video), event(video, Kind.WATCH_MS, watch_ms=1)])
    assert set(Seen.objects.values_list("viewer", flat=True)) == {ana.person_id, policy.viewer_key(visitor)}
    assert policy.viewer_key(visitor) < 0


def test_the_time_stored_never_lies_ahead_of_ours(ana, video):
    actions.record_events(viewer=ana, events=[event(video, at_ms=now_ms() + 3_600_000)])
    row = Row.objects.get()
    assert row.at <= clock.now()


def test_a_person_who_leaves_takes_their_events_along(ana, video):
    actions.record_events(viewer=ana, events=[event(video)])
    actions.forget_person(person_id=ana.person_id)
    assert not Row.objects.exists()
    assert not Seen.objects.exists()
    assert counts(video).impressions == 1


def test_events_wait_in_the_default_partition_until_their_day_has_its_own(ana, video):
    actions.record_events(viewer=ana, events=[event(video)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ONLY events_event_default")
        assert cursor.fetchone() == (1,)
    day = Row.objects.get().day
    assert partitions.make(day, days=1) == [day]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ONLY {partitions.name_of(day)}")
        assert cursor.fetchone() == (1,)
    assert partitions.make(day, days=1) == []
    assert Row.objects.count() == 1


def test_upkeep_makes_days_ahead_and_drops_old_ones(ana, video):
    today = clock.now().date()
    old = today - datetime.timedelta(days=30)
    partitions.make(old, days=1)
    actions.keep_log(keep_days=10)
    days = partitions.existing()
    assert old not in days
    assert all(today + datetime.timedelta(days=ahead) in days for ahead in range(partitions.DAYS_AHEAD + 1))


def test_keys_without_a_time_are_forgotten_when_no_repeat_would_be_taken_any_more(ana, video, monkeypatch):
    actions.record_events(viewer=ana, events=[event(video, id=uuid.uuid4())])
    assert LooseKey.objects.count() == 1
    later = clock.now() + policy.LOOSE_KEYS_FOR + datetime.timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    actions.keep_log(keep_days=400)
    assert LooseKey.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_same_batches_at_the_same_moment_count_once_and_never_lock_each_other_out():
    ana = viewer_of(make_person("ana"))
    video_ids = [publish(ana.person_id) for _ in range(5)]
    batch = [
        event(video_id, Kind.PLAY_START, id=uuid.uuid4() if number % 2 else id_at(now_ms()))
        for number in range(20)
        for video_id in video_ids
    ]
    receipts, errors = [], []

    def send(order: int) -> None:
        try:
            for part in range(4):
                events = batch[part * 25 : part * 25 + 50]
                receipts.append(actions.record_events(viewer=ana, events=events[::order]))
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(1 if number % 2 else -1,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sum(receipt.accepted for receipt in receipts) == len(batch)
    assert [counts(video_id).plays for video_id in video_ids] == [20] * 5
