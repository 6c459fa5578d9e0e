"""Up to three videos that their author puts first, and the orders in which a page shows the others."""

import concurrent.futures
import contextlib

import pytest
from django.db import connection, transaction

from revue.accounts.contracts import VISITOR
from revue.events.models import VideoCounts
from revue.feed import queries
from revue.feed.contracts import Order, VideoPage
from revue.platform.errors import SignInNeeded
from revue.videos import actions
from revue.videos import queries as videos
from revue.videos.contracts import Visibility
from revue.videos.errors import TooManyPins, VideoNotFound
from tests.people import make_person, viewer_of
from tests.published import publish, publish_many

pytestmark = pytest.mark.django_db


def page(handle: str, viewer=VISITOR, **asked) -> VideoPage:
    return queries.videos_of_person(viewer, handle=handle, **asked)


def ids_of(found: VideoPage) -> list[int]:
    return [shown.card.id for shown in found.videos]


def handle_of(person_id: int) -> str:
    return videos.card(viewer=viewer_of(person_id), video_id=publish(person_id, visibility="only_me")).author.handle


def all_of(handle: str, limit: int, **asked) -> list[int]:
    found, cursor = list[int](), ""
    while True:
        part = page(handle, cursor=cursor, limit=limit, **asked)
        found += ids_of(part)
        if part.next_cursor is None:
            return found
        cursor = part.next_cursor


def test_pinned_videos_come_first_once_and_the_newest_pin_before_all() -> None:
    ana = make_person()
    handle, made = handle_of(ana), publish_many([ana] * 6)
    for video_id in (made[1], made[4], made[1]):
        actions.pin_video(viewer=viewer_of(ana), video_id=video_id)
    first = page(handle, limit=2)
    assert ids_of(first) == [made[4], made[1], made[5], made[3]]
    assert first.pinned == (made[4], made[1])
    for limit in (1, 2, 5, 20):
        assert all_of(handle, limit) == [made[4], made[1], made[5], made[3], made[2], made[0]]
    actions.unpin_video(viewer=viewer_of(ana), video_id=made[4])
    actions.unpin_video(viewer=viewer_of(ana), video_id=made[4])
    assert all_of(handle, 2) == [made[1], made[5], made[4], made[3], made[2], made[0]]


def test_a_pin_shows_nobody_what_they_may_not_see() -> None:
    ana = make_person()
    handle, secret = handle_of(ana), publish(ana, visibility=Visibility.ONLY_ME.value)
    actions.pin_video(viewer=viewer_of(ana), video_id=secret)
    assert page(handle).pinned == ()
    assert page(handle, viewer_of(ana)).pinned == (secret,)


def test_only_the_author_pins_and_only_three() -> None:
    ana, other = make_person(), make_person()
    made = publish_many([ana] * 4)
    for viewer, error in ((VISITOR, SignInNeeded), (viewer_of(other), VideoNotFound)):
        for act in (actions.pin_video, actions.unpin_video):
            with pytest.raises(error):
                act(viewer=viewer, video_id=made[0])
    for video_id in made[:3]:
        actions.pin_video(viewer=viewer_of(ana), video_id=video_id)
    with pytest.raises(TooManyPins), transaction.atomic():
        actions.pin_video(viewer=viewer_of(ana), video_id=made[3])
    actions.pin_video(viewer=viewer_of(ana), video_id=made[0])
    actions.unpin_video(viewer=viewer_of(ana), video_id=made[0])
    actions.pin_video(viewer=viewer_of(ana), video_id=made[3])


@pytest.mark.django_db(transaction=True)
def test_eight_pins_at_once_are_three() -> None:
    ana = make_person()
    made = publish_many([ana] * 8)

    def pin(video_id: int) -> None:
        with contextlib.suppress(TooManyPins):
            actions.pin_video(viewer=viewer_of(ana), video_id=video_id)
        connection.close()

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(pin, made))
    assert len(videos.pinned_ids(viewer=VISITOR, author_id=ana)) == 3


def test_the_oldest_first_and_the_most_played_first() -> None:
    ana = make_person()
    handle, made = handle_of(ana), publish_many([ana] * 4)
    actions.pin_video(viewer=viewer_of(ana), video_id=made[2])
    for video_id, plays in ((made[1], 9), (made[3], 2)):
        VideoCounts.objects.update_or_create(video_id=video_id, defaults={"plays": plays})
    assert all_of(handle, 3, order=Order.OLDEST) == made
    found = page(handle, order=Order.POPULAR, limit=3)
    assert (ids_of(found), found.next_cursor, found.pinned) == ([made[1], made[3], made[2]], None, ())
