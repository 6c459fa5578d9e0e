"""Following and the other lists in time order: everything once, nothing skipped."""

import datetime

import pytest

from revue.accounts.contracts import VISITOR
from revue.feed.contracts import Source
from revue.feed.queries import page_for, video, videos_of_person, videos_with_sound, videos_with_tag
from revue.platform.errors import NotFound, SignInNeeded
from revue.platform.paging import BadCursor
from revue.social import actions as social
from revue.social.models import Follow
from revue.videos.contracts import Visibility
from revue.videos.models import Video
from tests.people import make_person, viewer_of
from tests.published import give_sound, publish, publish_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> int:
    return make_person("ana")


@pytest.fixture
def ben(ana) -> int:
    ben = make_person("ben")
    Follow.objects.create(follower_id=ana, followed_id=ben)
    return ben


def following(person_id: int, *, limit: int = 3) -> list[int]:
    found, cursor = [], ""
    while True:
        page = page_for(viewer_of(person_id), source=Source.FOLLOWING, cursor=cursor, limit=limit)
        found += [entry.video.card.id for entry in page.entries]
        if page.next_cursor is None:
            return found
        cursor = page.next_cursor


def test_a_sounds_videos_begin_with_the_one_it_comes_from() -> None:
    ana, ben = make_person(), make_person()
    origin = publish(ana)
    sound_id = give_sound(ana, origin)
    others = [publish(ben, sound_id=sound_id) for _ in range(3)]
    first = videos_with_sound(VISITOR, sound_id=sound_id, limit=2)
    assert [video.card.id for video in first.videos] == [origin, others[2], others[1]]
    rest = videos_with_sound(VISITOR, sound_id=sound_id, limit=2, cursor=first.next_cursor)
    assert [video.card.id for video in rest.videos] == [others[0]]
    Video.objects.filter(pk=origin).update(visibility=Visibility.UNLISTED.value)
    assert [video.card.id for video in videos_with_sound(VISITOR, sound_id=sound_id).videos] == others[::-1]


def test_a_visitor_is_asked_to_sign_in():
    with pytest.raises(SignInNeeded):
        page_for(VISITOR, source=Source.FOLLOWING)


def test_it_shows_the_videos_of_followed_people_newest_first(ana, ben):
    videos = publish_many([ben] * 8)
    publish_many([make_person(), ana])
    assert following(ana) == videos[::-1]


def test_videos_of_one_moment_are_neither_skipped_nor_repeated(ana, ben):
    moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    videos = [publish(ben, published_at=moment) for _ in range(7)]
    assert sorted(following(ana, limit=2)) == sorted(videos)


def test_hidden_and_deleted_videos_leave_no_hole(ana, ben):
    videos = publish_many([ben] * 9)
    first = page_for(viewer_of(ana), source=Source.FOLLOWING, limit=3)
    Video.objects.filter(id__in=videos[2:5]).update(visibility="only_me")
    Video.objects.filter(id=videos[6]).delete()  # the very video the cursor stands on
    rest = page_for(viewer_of(ana), source=Source.FOLLOWING, cursor=first.next_cursor, limit=3)
    assert [entry.video.card.id for entry in rest.entries] == [videos[5], videos[1], videos[0]]
    assert rest.next_cursor is None


def test_positions_count_on_and_the_reason_names_the_person(ana, ben):
    publish_many([ben] * 4)
    first = page_for(viewer_of(ana), source=Source.FOLLOWING, limit=3)
    second = page_for(viewer_of(ana), source=Source.FOLLOWING, cursor=first.next_cursor, limit=3)
    assert [entry.position for entry in first.entries + second.entries] == [0, 1, 2, 3]
    assert {entry.reason.text for entry in first.entries} == {"You follow @ben"}
    assert {entry.propensity for entry in first.entries} == {1.0}


def test_unlisted_videos_do_not_stand_in_it(ana, ben):
    publish(ben, visibility="unlisted")
    assert following(ana) == []


def test_videos_for_followers_stand_in_it_at_no_further_price(ana, ben, django_assert_num_queries):
    publish(ben)
    video_id = publish(ben, visibility="followers", tags=["dance"])
    with django_assert_num_queries(5):
        page = page_for(viewer_of(ana), source=Source.FOLLOWING)
    assert page.entries[0].video.card.id == video_id
    assert len(page.entries) == 2
    assert video_id in [video.card.id for video in videos_of_person(viewer_of(ana), handle="ben").videos]
    stranger = viewer_of(make_person())
    assert video_id not in [video.card.id for video in videos_of_person(stranger, handle="ben").videos]
    for viewer in (stranger, viewer_of(ana), viewer_of(ben)):
        assert video_id not in [entry.video.card.id for entry in page_for(viewer, source=Source.FORYOU).entries]
        assert videos_with_tag(viewer, tag="dance").videos == ()


def test_unfollowing_takes_them_out(ana, ben):
    publish(ben, visibility="followers")
    social.unfollow_person(viewer=viewer_of(ana), handle="ben")
    assert following(ana) == []


def test_a_person_sees_their_own_private_videos_and_others_do_not(ben):
    hidden, shown = publish(ben, visibility="only_me"), publish(ben)
    own = videos_of_person(viewer_of(ben), handle="Ben")
    others = videos_of_person(VISITOR, handle="ben")
    assert [video.card.id for video in own.videos] == [shown, hidden]
    assert [video.card.id for video in others.videos] == [shown]


def test_a_list_of_nobody_is_not_found():
    with pytest.raises(NotFound):
        videos_of_person(VISITOR, handle="nobody.here")


def test_videos_with_a_tag_are_found_in_any_case(ben):
    tagged = publish(ben, tags=["dance"])
    publish(ben)
    assert [video.card.id for video in videos_with_tag(VISITOR, tag="Dance").videos] == [tagged]


def test_a_cursor_of_one_tag_is_refused_by_another(ben):
    for _ in range(3):
        publish(ben, tags=["dance", "song"])
    cursor = videos_with_tag(VISITOR, tag="dance", limit=1).next_cursor
    with pytest.raises(BadCursor):
        videos_with_tag(VISITOR, tag="song", cursor=cursor)


def test_one_video_is_shown_to_those_who_may_watch_it(ben):
    hidden = publish(ben, visibility="only_me")
    assert video(viewer_of(ben), video_id=hidden).is_author
    with pytest.raises(NotFound):
        video(VISITOR, video_id=hidden)
