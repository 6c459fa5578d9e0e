"""What a viewer has just done counts in the next pick: taste from watches, and places ranked anew."""

import datetime
import uuid

import numpy as np
import pytest

from revue.events import actions as events
from revue.events import queries as log
from revue.events.contracts import Event, Kind
from revue.feed.cursors import place_of
from revue.feed.queries import page_for
from revue.platform import clock
from revue.platform.paging import BadCursor
from revue.recommender import vectors
from revue.recommender.contracts import Why
from revue.recommender.engine.content.facts import DIMENSIONS
from revue.recommender.models import VideoVector, Watch
from tests.people import make_person, viewer_of
from tests.published import publish_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return viewer_of(make_person("ana"))


@pytest.fixture
def kinds() -> tuple[list[int], list[int]]:
    """Videos of two kinds by many authors, all old and finished alike."""
    found = publish_many([make_person() for _ in range(40)])
    rng = np.random.default_rng(1)
    for number, video_id in enumerate(found):
        vector = rng.normal(0, 0.02, DIMENSIONS)
        vector[number % 2] += 1.0
        kept = vectors.to_bytes((vector / np.linalg.norm(vector)).astype(np.float32))
        VideoVector.objects.create(video_id=video_id, means=vectors.model().means, vector=kept)
    return found[::2], found[1::2]


def watch(viewer, video_id: int, watch_ms: int, *kinds: Kind) -> None:
    now_ms = int(clock.now().timestamp() * 1000)
    batch = [Event(id=uuid.uuid4(), kind=kind, video_id=video_id, at_ms=now_ms) for kind in (Kind.IMPRESSION, *kinds)]
    batch.append(Event(id=uuid.uuid4(), kind=Kind.WATCH_MS, video_id=video_id, at_ms=now_ms, watch_ms=watch_ms))
    events.record_events(viewer=viewer, events=batch)


def test_a_watch_becomes_a_label_in_the_transaction_that_reports_it(ana, kinds):
    video_id = kinds[0][0]  # eight seconds long
    watch(ana, video_id, 6000, Kind.PLAY_START, Kind.LIKE)
    row = Watch.objects.get(viewer=ana.person_id, video_id=video_id)
    assert (row.watch_ms, row.reward, row.is_long, row.is_skip, row.is_liked) == (6000, 0.5, False, False, True)
    watch(ana, video_id, 8000, Kind.COMPLETE)
    row.refresh_from_db()
    assert (row.watch_ms, row.is_long, row.is_skip) == (14_000, True, False)
    assert row.reward == pytest.approx(8 / 12)


def test_a_skip_is_a_label_too_and_a_repeat_adds_nothing(ana, kinds):
    now_ms = int(clock.now().timestamp() * 1000)
    batch = [
        Event(id=uuid.uuid4(), kind=Kind.SKIP, video_id=kinds[0][0], at_ms=now_ms),
        Event(id=uuid.uuid4(), kind=Kind.WATCH_MS, video_id=kinds[0][0], at_ms=now_ms, watch_ms=800),
    ]
    for _ in range(2):
        events.record_events(viewer=ana, events=batch)
    row = Watch.objects.get()
    assert (row.watch_ms, row.is_skip, row.is_long) == (800, True, False)
    assert row.reward == pytest.approx(0.1 / 1.5)


def test_a_person_who_leaves_takes_their_watches_along(ana, kinds):
    from revue.accounts import actions as accounts  # noqa: PLC0415 - beside its one use

    watch(ana, kinds[0][0], 8000)
    accounts.delete_person(person_id=ana.person_id)
    assert not Watch.objects.exists()


def test_after_three_long_watches_of_a_kind_the_next_videos_are_of_it(ana, kinds):
    liked, other = kinds
    for video_id in liked[:3]:
        watch(ana, video_id, 12_000, Kind.COMPLETE)
    for video_id in other[:3]:
        watch(ana, video_id, 400, Kind.SKIP)
    shown = [entry for _ in range(5) for entry in page_for(ana, limit=4).entries if not entry.reason.is_explorer]
    of_the_kind = [entry for entry in shown if entry.video.card.id in liked]
    assert len(of_the_kind) > 0.9 * len(shown)
    assert {entry.reason.code for entry in of_the_kind} == {Why.TASTE}


def test_terms_add_up_to_the_score_and_are_kept_with_what_was_served(ana, kinds):
    for video_id in kinds[0][:3]:
        watch(ana, video_id, 12_000)
    page = page_for(ana, limit=10)
    for entry in page.entries:
        assert entry.reason.score == pytest.approx(sum(term.value for term in entry.reason.terms), abs=1e-5)
        assert entry.reason.found
    place = place_of(page.next_cursor or "")
    rows = log.served(session=place.session, day=place.day, first=0, limit=10)
    assert [row.detail["score"] for row in rows] == [entry.reason.score for entry in page.entries]


def test_places_that_were_not_come_to_are_ranked_anew(ana, kinds):
    liked, _ = kinds
    first = page_for(ana, limit=6)
    for entry in first.entries[:2]:
        watch(ana, entry.video.card.id, 12_000 if entry.video.card.id in liked else 300)
    again = page_for(ana, cursor=first.next_cursor, limit=3, again_from=3)
    assert [entry.position for entry in again.entries] == [3, 4, 5]
    held = {entry.video.card.id for entry in first.entries[:3]}
    assert held.isdisjoint(entry.video.card.id for entry in again.entries)
    assert place_of(again.next_cursor or "").position == 6

    onward = page_for(ana, cursor=again.next_cursor, limit=3)
    shown = [*first.entries[:3], *again.entries, *onward.entries]
    assert len({entry.video.card.id for entry in shown}) == 9
    assert [entry.position for entry in shown] == list(range(9))


def test_asking_to_rank_anew_twice_gives_one_answer(ana, kinds):
    first = page_for(ana, limit=6)
    answers = [page_for(ana, cursor=first.next_cursor, limit=3, again_from=2) for _ in range(2)]
    assert answers[0] == answers[1]


def test_what_was_ranked_anew_and_came_too_late_counts_as_not_served(ana, kinds):
    every = {*kinds[0], *kinds[1]}
    first = page_for(ana, limit=6)
    late = [
        page_for(ana, cursor=first.next_cursor, limit=3, again_from=3, untaken=number).entries for number in range(2)
    ]
    assert [entry.position for entry in late[1]] == [3, 4, 5]
    shown, cursor, untaken = list(first.entries), first.next_cursor, 2
    while cursor:
        page = page_for(ana, cursor=cursor, limit=4, untaken=untaken)
        shown += page.entries
        cursor, untaken = page.next_cursor, 0
    ids = [entry.video.card.id for entry in shown]
    assert len(ids) == len(set(ids))
    assert set(ids) == every
    assert [entry.position for entry in shown] == list(range(len(every)))


def test_a_place_at_or_behind_the_cursor_is_the_cursor(ana, kinds):
    first = page_for(ana, limit=4)
    page = page_for(ana, cursor=first.next_cursor, limit=2, again_from=9)
    assert [entry.position for entry in page.entries] == [4, 5]


def test_nobody_else_s_cursor_ranks_anything_anew(ana, kinds):
    with pytest.raises(BadCursor):
        page_for(ana, cursor="nonsense", limit=3, again_from=0)


def test_old_watches_are_dropped(ana, kinds):
    from revue.recommender import watches  # noqa: PLC0415 - beside its one use

    watch(ana, kinds[0][0], 8000)
    watch(ana, kinds[0][1], 8000)
    long_ago = clock.now() - datetime.timedelta(days=watches.KEPT_DAYS + 1)
    Watch.objects.filter(viewer=ana.person_id, video_id=kinds[0][0]).update(at=long_ago)
    watches.forget_old()
    assert list(Watch.objects.values_list("video_id", flat=True)) == [kinds[0][1]]
