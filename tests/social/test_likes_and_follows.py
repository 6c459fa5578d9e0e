"""Likes, follows and shares: once each, and the counts are right however many act at once."""

import threading
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection

from revue.accounts.contracts import VISITOR
from revue.events import queries as events
from revue.platform import bus, ids
from revue.platform.errors import NotFound, SignInNeeded
from revue.social import actions, queries
from revue.social.contracts import FollowState, LikeState
from revue.social.errors import NotYourself
from revue.social.models import Follow, Like
from tests.people import make_person, viewer_of
from tests.published import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> int:
    return make_person("ana")


@pytest.fixture
def ben() -> int:
    return make_person("ben")


@pytest.fixture
def video(ben) -> int:
    return publish(ben)


@pytest.fixture
def told(monkeypatch) -> list[tuple[str, str, dict]]:
    """What was published on the bus."""
    messages: list[tuple[str, str, dict]] = []
    real = bus.publish

    def publish_and_keep(topic, event, data):
        messages.append((topic, event, data))
        real(topic, event, data)

    monkeypatch.setattr(bus, "publish", publish_and_keep)
    return messages


def at_once(*calls: Callable[[], object]) -> list[Exception]:
    """Run every call in a thread of its own, all starting together; what they raised."""
    errors: list[Exception] = []
    gate = threading.Barrier(len(calls))

    def run(call: Callable[[], object]) -> None:
        try:
            gate.wait()
            call()
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_a_like_counts_once_and_can_be_taken_back(ana, video):
    viewer = viewer_of(ana)
    assert actions.like_video(viewer=viewer, video_id=video) == LikeState(liked=True, like_count=1)
    assert actions.like_video(viewer=viewer, video_id=video) == LikeState(liked=True, like_count=1)
    assert actions.unlike_video(viewer=viewer, video_id=video) == LikeState(liked=False, like_count=0)
    assert actions.unlike_video(viewer=viewer, video_id=video) == LikeState(liked=False, like_count=0)
    assert not Like.objects.exists()


def test_everyone_who_has_the_video_open_is_told_the_new_counts_once(ana, video, told):
    for _ in range(2):
        actions.like_video(viewer=viewer_of(ana), video_id=video)
    assert told == [(f"video:{ids.to_short(video)}", "counts", {"like_count": 1, "comment_count": 0})]


@pytest.mark.parametrize("action", [actions.like_video, actions.unlike_video])
def test_liking_needs_an_account_and_a_video_one_may_watch(ana, ben, action):
    hidden = publish(ben, visibility="only_me")
    with pytest.raises(SignInNeeded):
        action(viewer=VISITOR, video_id=hidden)
    with pytest.raises(NotFound):
        action(viewer=viewer_of(ana), video_id=hidden)
    with pytest.raises(NotFound):
        action(viewer=viewer_of(ana), video_id=ids.new_id())
    assert not Like.objects.exists()


def test_a_follow_counts_once_and_can_be_taken_back(ana, ben):
    viewer = viewer_of(ana)
    assert actions.follow_person(viewer=viewer, handle="Ben") == FollowState(following=True, follower_count=1)
    assert actions.follow_person(viewer=viewer, handle="ben") == FollowState(following=True, follower_count=1)
    assert queries.is_following(viewer=viewer, person_id=ben)
    assert actions.unfollow_person(viewer=viewer, handle="ben") == FollowState(following=False, follower_count=0)
    assert actions.unfollow_person(viewer=viewer, handle="ben") == FollowState(following=False, follower_count=0)


def test_nobody_follows_themselves_or_nobody(ana):
    with pytest.raises(NotYourself):
        actions.follow_person(viewer=viewer_of(ana), handle="ana")
    with pytest.raises(NotFound):
        actions.follow_person(viewer=viewer_of(ana), handle="no.such.one")
    with pytest.raises(SignInNeeded):
        actions.follow_person(viewer=VISITOR, handle="ana")
    assert not Follow.objects.exists()


def test_a_share_gives_the_link_and_counts(video, settings):
    link = actions.share_video(viewer=VISITOR, video_id=video)
    assert link == f"{settings.BASE_URL}/@ben/{ids.to_short(video)}"
    assert events.counts_of([video])[video].shares == 1


def test_a_profile_counts_followers_followed_public_videos_and_their_likes(ana, ben, video):
    hidden = publish(ben, visibility="only_me")
    actions.like_video(viewer=viewer_of(ana), video_id=video)
    actions.like_video(viewer=viewer_of(ben), video_id=hidden)
    actions.follow_person(viewer=viewer_of(ana), handle="ben")
    page = queries.person_page(viewer=viewer_of(ana), handle="ben")
    counts = page.counts
    assert (counts.followers, counts.following, counts.videos, counts.likes) == (1, 0, 1, 1)
    assert page.is_followed
    assert not page.is_follower
    assert queries.person_page(viewer=viewer_of(ben), handle="ana").is_follower
    assert not queries.person_page(viewer=VISITOR, handle="ben").is_followed


def test_counters_that_went_wrong_are_mended(ana, ben, video):
    actions.like_video(viewer=viewer_of(ana), video_id=video)
    actions.write_comment(viewer=viewer_of(ana), video_id=video, text="hello")
    Like.objects.all().delete()
    other = publish(ben)
    actions.like_video(viewer=viewer_of(ben), video_id=other)
    actions.recount()
    counts = events.counts_of([video, other])
    assert (counts[video].likes, counts[video].comments) == (0, 1)
    assert (counts[other].likes, counts[other].comments) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_many_people_liking_at_once_are_all_counted():
    video = publish(make_person())
    viewers = [viewer_of(make_person()) for _ in range(8)]
    errors = at_once(*(lambda v=v: actions.like_video(viewer=v, video_id=video) for v in viewers))
    assert errors == []
    assert events.counts_of([video])[video].likes == Like.objects.count() == 8


@pytest.mark.django_db(transaction=True)
def test_one_person_liking_many_times_at_once_is_counted_once():
    video, viewer = publish(make_person()), viewer_of(make_person())
    assert at_once(*[lambda: actions.like_video(viewer=viewer, video_id=video)] * 8) == []
    assert events.counts_of([video])[video].likes == Like.objects.count() == 1
    assert at_once(*[lambda: actions.unlike_video(viewer=viewer, video_id=video)] * 8) == []
    assert events.counts_of([video])[video].likes == Like.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_liking_and_unliking_at_once_leaves_count_and_rows_agreeing():
    videos, viewers = [publish(make_person()) for _ in range(2)], [viewer_of(make_person()) for _ in range(3)]
    calls = [
        lambda v=viewer, i=video, a=action: a(viewer=v, video_id=i)
        for viewer in viewers
        for video in videos
        for action in (actions.like_video, actions.unlike_video)
    ]
    assert at_once(*calls) == []
    for video in videos:
        assert events.counts_of([video])[video].likes == Like.objects.filter(video_id=video).count()


@pytest.mark.django_db(transaction=True)
def test_following_many_times_at_once_is_one_follow():
    make_person("ben")
    viewer = viewer_of(make_person("ana"))
    assert at_once(*[lambda: actions.follow_person(viewer=viewer, handle="ben")] * 6) == []
    assert Follow.objects.count() == 1
