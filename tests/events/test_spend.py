"""What is watched a lot gets more renditions, as long as it is watched."""

import datetime

import pytest

from revue.events import actions, tasks
from revue.events.contracts import Kind
from revue.events.models import VideoCounts
from revue.media.models import Clip, Wish
from revue.platform import clock
from revue.videos.models import Video
from tests.events.test_record import event
from tests.people import make_person, viewer_of
from tests.published import publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def from_three_plays(settings: object) -> None:
    settings.FULL_HD_AFTER_VIEWS, settings.AV1_AFTER_VIEWS = 3, 0  # type: ignore[attr-defined]


@pytest.fixture
def ana() -> int:
    return make_person()


def published(ana: int, *, size: tuple[int, int] = (1080, 1920)) -> int:
    video_id = publish(ana)
    Clip.objects.filter(pk=Video.objects.get(pk=video_id).clip_id).update(width=size[0], height=size[1])
    return video_id


def play(ana: int, video_id: int, times: int) -> None:
    viewer = viewer_of(ana)
    actions.record_events(viewer=viewer, events=[event(video_id, Kind.PLAY_START) for _ in range(times)])


def test_a_threshold_is_crossed_once(ana: int) -> None:
    video_id, small = published(ana), published(ana, size=(720, 1280))
    for one in (video_id, small):
        play(ana, one, 2)
    assert actions.spend_on_watched() == 0
    play(ana, video_id, 1)
    play(ana, small, 1)
    tasks.spend_on_watched()
    wish = Wish.objects.get()
    assert (wish.name, wish.clip_id) == ("1080", Video.objects.get(pk=video_id).clip_id)
    assert actions.spend_on_watched() == 0


def test_what_nobody_watches_any_more_and_what_was_taken_down_get_nothing(ana: int) -> None:
    old, removed = published(ana), published(ana)
    for one in (old, removed):
        play(ana, one, 5)
    VideoCounts.objects.filter(video=old).update(recent_at=clock.now() - datetime.timedelta(days=3))
    Video.objects.filter(pk=removed).update(state="removed")
    assert actions.spend_on_watched() == 0
    play(ana, old, 1)
    assert actions.spend_on_watched() == 1


def test_many_are_told_in_batches(ana: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "_WATCHED_AT_ONCE", 2)
    for _ in range(5):
        play(ana, published(ana), 3)
    assert actions.spend_on_watched() == 5


def test_an_instance_that_wants_nothing_asks_nothing(ana: int, settings: object) -> None:
    play(ana, published(ana), 5)
    settings.FULL_HD_AFTER_VIEWS = 0  # type: ignore[attr-defined]
    assert actions.spend_on_watched() == 0
    assert not Wish.objects.exists()
