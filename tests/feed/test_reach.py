"""What a creator is told of a video's way through its pools."""

import pytest

from revue.events.models import VideoCounts
from revue.recommender.contracts import Stage
from revue.recommender.queries import reach, snapshot
from revue.videos import actions as videos
from revue.videos.contracts import Visibility
from tests.people import make_person, viewer_of
from tests.published import publish, publish_many

pytestmark = pytest.mark.django_db


def played(video_id: int, impressions: int, plays: int, completions: int) -> None:
    numbers = {"impressions": impressions, "plays": plays, "completions": completions}
    VideoCounts.objects.update_or_create(video_id=video_id, defaults=numbers)
    snapshot.forget()


@pytest.fixture
def others() -> None:
    for video_id in publish_many([make_person() for _ in range(20)]):
        played(video_id, 2000, 1000, 300)


@pytest.fixture
def video_id(others: None) -> int:
    return publish(make_person("ana"))


def test_a_new_video_is_in_its_first_pool_whoever_made_it(video_id):
    told = reach(video_id=video_id)
    assert (told.stage, told.pool, told.impressions, told.better) == (Stage.IN_POOL, 1, 0, None)
    assert told.pools == (30, 100, 300, 1000)


def test_what_people_finish_goes_on_and_what_they_leave_stops(video_id):
    played(video_id, 40, 40, 30)
    told = reach(video_id=video_id)
    assert (told.stage, told.pool) == (Stage.IN_POOL, 2)
    assert told.better is not None
    assert told.better > told.passes
    played(video_id, 40, 40, 2)
    told = reach(video_id=video_id)
    assert (told.stage, told.pool) == (Stage.STOPPED, 1)
    assert told.better is not None
    assert told.better < told.passes


def test_what_has_filled_all_pools_is_through(video_id):
    played(video_id, 1500, 1000, 10)
    assert (reach(video_id=video_id).stage, reach(video_id=video_id).pool) == (Stage.THROUGH, 4)


def test_what_is_not_for_everyone_is_in_no_pool(video_id):
    from revue.videos.models import Video  # noqa: PLC0415 - after Django is set up

    author = Video.objects.get(pk=video_id).author_id
    videos.edit_video(viewer=viewer_of(author), video_id=video_id, visibility=Visibility.UNLISTED)
    snapshot.forget()
    assert reach(video_id=video_id).stage is Stage.NOT_LISTED
