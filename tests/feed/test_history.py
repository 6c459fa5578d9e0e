"""What a viewer has watched: theirs to read, to search, to take away and not to be kept at all."""

import datetime
import uuid

import pytest

from revue.accounts.contracts import VISITOR, Viewer
from revue.events import actions as events
from revue.events import queries as log
from revue.events.contracts import Event, Kind
from revue.events.models import Event as Row
from revue.events.models import Seen
from revue.events.policy import viewer_key
from revue.feed import queries
from revue.platform import clock
from revue.platform.errors import SignInNeeded
from revue.platform.paging import BadCursor
from revue.recommender import controls, history
from revue.recommender.models import Watch
from revue.videos.models import Video
from tests.people import make_person, viewer_of
from tests.published import publish, publish_many

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def ana() -> Viewer:
    return viewer_of(make_person("ana"))


def watch(viewer: Viewer, video_id: int, *, ago: datetime.timedelta = HOUR) -> None:
    """Let somebody have watched a video, in every table that says so."""
    at = clock.now() - ago
    report = [
        Event(id=uuid.uuid4(), kind=kind, video_id=video_id, at_ms=int(clock.now().timestamp() * 1000), session="visit")
        for kind in (Kind.IMPRESSION, Kind.PLAY_START)
    ]
    events.record_events(viewer=viewer, events=report)
    Row.objects.filter(viewer=viewer_key(viewer), video_id=video_id).exclude(kind="served").update(at=at)
    Seen.objects.filter(viewer=viewer_key(viewer), video_id=video_id).update(seen_at=at)
    Watch.objects.update_or_create(viewer=viewer_key(viewer), video_id=video_id, defaults={"at": at, "watch_ms": 500})


def listed(viewer: Viewer, *, search: str = "", limit: int = 2) -> list[int]:
    found, cursor = [], ""
    while cursor is not None:
        page = queries.watched(viewer, search=search, cursor=cursor, limit=limit)
        found += [line.video.card.id for line in page.entries]
        cursor = page.next_cursor
    return found


def traces(viewer: Viewer) -> set[int]:
    """The videos that any table ties to a viewer, but for what was served."""
    key = viewer_key(viewer)
    return {
        *Watch.objects.filter(viewer=key).values_list("video_id", flat=True),
        *Seen.objects.filter(viewer=key).values_list("video_id", flat=True),
        *Row.objects.filter(viewer=key).values_list("video_id", flat=True),
    }


def test_it_lists_what_was_watched_newest_first_page_by_page(ana):
    videos = publish_many([make_person()] * 5)
    for number, video_id in enumerate(videos):
        watch(ana, video_id, ago=HOUR * number)
    assert listed(ana) == videos
    assert queries.watched(ana).entries[0].watch_ms == 500
    assert listed(viewer_of(make_person())) == listed(VISITOR) == []


def test_what_cannot_be_watched_any_more_is_passed_over(ana):
    videos = publish_many([make_person()] * 6)
    for number, video_id in enumerate(videos):
        watch(ana, video_id, ago=HOUR * number)
    Video.objects.filter(pk__in=videos[:3]).update(visibility="only_me")
    assert listed(ana) == videos[3:]


@pytest.mark.parametrize("search", ["PERCENT", "100%", "ben", "Benjamin", "b_n"])
def test_it_is_searched_by_caption_and_author(ana, search):
    ben = make_person("ben.b_n", name="Benjamin")
    wanted, other = publish(ben, caption="100% percent"), publish(make_person(), caption="100 bon")
    for video_id in (wanted, other):
        watch(ana, video_id)
    assert listed(ana, search=search) == [wanted]
    assert listed(ana, search="nothing like it") == []


def test_a_cursor_of_one_search_is_refused_by_another(ana):
    for video_id in publish_many([make_person()] * 3):
        watch(ana, video_id)
    cursor = queries.watched(ana, limit=1).next_cursor
    with pytest.raises(BadCursor):
        queries.watched(ana, search="x", cursor=cursor)


def test_one_line_is_taken_away_with_every_trace(ana):
    one, two = publish_many([make_person()] * 2)
    ben = viewer_of(make_person())
    for viewer in (ana, ben):
        for video_id in (one, two):
            watch(viewer, video_id)
    for _ in range(2):
        history.forget_video(viewer=ana, video_id=one)
    assert listed(ana) == [two]
    assert traces(ana) == {two}
    assert traces(ben) == {one, two}
    assert log.counts_of([one])[one].plays == 2, "videos stay counted"


def test_the_last_day_is_taken_away_and_what_was_before_stays(ana):
    old, new = publish_many([make_person()] * 2)
    watch(ana, old, ago=HOUR * 30)
    watch(ana, new, ago=HOUR * 20)
    history.forget_last_day(viewer=ana)
    assert listed(ana) == [old]
    assert traces(ana) == {old}


@pytest.mark.parametrize("is_visitor", [False, True])
def test_everything_is_taken_away_and_the_visit_goes_on_without_repeats(ana, is_visitor):
    videos = publish_many([make_person() for _ in range(9)])
    viewer = Viewer(session_key="a visitor") if is_visitor else ana
    first = queries.page_for(viewer, limit=3)
    for video_id in videos[:5]:
        watch(viewer, video_id)
    controls.settle(viewer=viewer, most_minutes=30)
    for _ in range(2):
        history.forget_all(viewer=viewer)
    assert listed(viewer) == []
    assert traces(viewer) == set()
    rest = queries.page_for(viewer, cursor=first.next_cursor, limit=9)
    shown = [entry.video.card.id for page in (first, rest) for entry in page.entries]
    assert sorted(shown) == videos
    assert controls.controls_of(viewer).most_minutes == 30, "what was set stays"


def test_nobody_in_particular_has_nothing_to_take_away():
    with pytest.raises(SignInNeeded):
        history.forget_all(viewer=VISITOR)


@pytest.mark.parametrize("is_visitor", [False, True])
def test_while_it_is_paused_videos_are_counted_and_nothing_says_who_watched(ana, is_visitor):
    viewer = Viewer(session_key="a visitor") if is_visitor else ana
    video_id = publish(make_person())
    controls.settle(viewer=viewer, is_history_paused=True)
    now_ms = int(clock.now().timestamp() * 1000)
    event = Event(id=uuid.uuid4(), kind=Kind.PLAY_START, video_id=video_id, at_ms=now_ms, session="visit")
    receipt = events.record_events(viewer=viewer, events=[event])
    assert receipt.accepted == 1
    assert events.record_events(viewer=viewer, events=[event]).repeated == 1
    assert log.counts_of([video_id])[video_id].plays == 1
    assert not Seen.objects.exists()
    assert not Watch.objects.exists()
    assert Row.objects.values_list("person_id", "viewer", "session").get() == (None, 0, "")
    controls.settle(viewer=viewer, is_history_paused=False)
    events.record_events(viewer=viewer, events=[Event(uuid.uuid4(), Kind.PLAY_START, video_id, now_ms)])
    assert Seen.objects.get().viewer == viewer_key(viewer)
