"""Reposts: in Following by time, each video once, and on the page of whoever passed it on."""

import pytest

from revue.accounts.contracts import VISITOR
from revue.feed import kept
from revue.feed.contracts import FeedEntry, Source
from revue.feed.queries import page_for, video
from revue.platform.errors import NotFound, SignInNeeded
from revue.recommender.controls import Hidden, hide
from revue.social import actions as social
from revue.social.contracts import RepostState
from revue.social.errors import BadNote, MayNotRepost
from revue.social.models import Block, Follow, Mute, Repost
from revue.videos.models import Video
from tests.people import make_person, viewer_of
from tests.published import publish, publish_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> int:
    return make_person("ana")


def followed_by(person_id: int, handle: str, name: str = "") -> int:
    other = make_person(handle, name=name)
    Follow.objects.create(follower_id=person_id, followed_id=other)
    return other


def pass_on(person_id: int, video_id: int, note: str = "") -> RepostState:
    return social.repost_video(viewer=viewer_of(person_id), video_id=video_id, note=note)


def walk(person_id: int, *, limit: int = 2) -> list[FeedEntry]:
    found, cursor = list[FeedEntry](), ""
    while True:
        page = page_for(viewer_of(person_id), source=Source.FOLLOWING, cursor=cursor, limit=limit)
        found += page.entries
        if page.next_cursor is None:
            return found
        cursor = page.next_cursor


def ids_of(entries: list[FeedEntry]) -> list[int]:
    return [entry.video.card.id for entry in entries]


def test_a_repost_stands_among_what_people_posted_by_time_and_says_who_passed_it_on(ana, django_assert_num_queries):
    ben, stranger = followed_by(ana, "ben", "Ben B."), make_person()
    theirs = publish(stranger)
    first = publish(ben)
    pass_on(ben, theirs, " look\nat this ")
    last = publish(ben)
    with django_assert_num_queries(5):
        entries = page_for(viewer_of(ana), source=Source.FOLLOWING).entries
    assert [entry.video.card.id for entry in entries] == [last, theirs, first]
    repost = entries[1].repost
    assert repost is not None
    assert (repost.person.handle, repost.note, entries[1].reason.text) == ("ben", "look at this", "Reposted by Ben B.")
    assert entries[0].repost is None
    assert [entry.position for entry in walk(ana)] == [0, 1, 2]
    social.unrepost_video(viewer=viewer_of(ben), video_id=theirs)
    assert ids_of(walk(ana)) == [last, first]


def test_a_video_stands_once_however_many_pass_it_on(ana):
    ben, cleo = followed_by(ana, "ben"), followed_by(ana, "cleo")
    old, theirs = publish(ben), publish(make_person())
    pass_on(ben, theirs)
    publish(cleo)
    pass_on(cleo, theirs, "second")
    pass_on(cleo, old)
    publish_many([ben] * 3)
    for limit in (1, 2, 3, 20):
        entries = walk(ana, limit=limit)
        assert len(entries) == len(set(ids_of(entries))) == 6
    assert {entry.repost.note for entry in entries if entry.repost and entry.video.card.id == theirs} == {"second"}
    assert ids_of(entries)[3] == old  # where it was passed on last, not where it went out


def test_what_is_passed_on_during_a_walk_neither_repeats_nor_hides_a_video(ana):
    ben = followed_by(ana, "ben")
    videos, theirs = publish_many([ben] * 4), publish(make_person())
    cleo = followed_by(ana, "cleo")
    first = page_for(viewer_of(ana), source=Source.FOLLOWING, limit=2)
    for video_id in (*videos, theirs):
        pass_on(cleo, video_id)
    second = page_for(viewer_of(ana), source=Source.FOLLOWING, limit=9, cursor=first.next_cursor)
    assert [entry.video.card.id for entry in (*first.entries, *second.entries)] == videos[::-1]
    assert ids_of(walk(ana)) == [theirs, *videos[::-1]]


def test_who_is_muted_blocked_unwanted_or_gone_carries_nothing(ana):
    ben, theirs = followed_by(ana, "ben"), publish(make_person())
    pass_on(ben, theirs)
    assert ids_of(walk(ana)) == [theirs]
    for row in (
        Mute(muter_id=ana, muted_id=ben),
        Block(blocker_id=ana, blocked_id=ben),
        Block(blocker_id=ben, blocked_id=ana),
    ):
        row.save()
        assert walk(ana) == []
        row.delete()
    hide(viewer=viewer_of(ana), kind=Hidden.CREATOR, target=ben)
    assert walk(ana) == []


def test_only_what_others_show_to_everybody_may_be_passed_on_and_stays_only_as_long(ana):
    ben = followed_by(ana, "ben")
    author = make_person("cleo")
    Follow.objects.create(follower_id=ben, followed_id=author)
    for video_id in (publish(ben), publish(author, visibility="unlisted"), publish(author, visibility="followers")):
        with pytest.raises(MayNotRepost):
            pass_on(ben, video_id)
    with pytest.raises(NotFound):
        pass_on(ben, publish(author, visibility="only_me"))
    with pytest.raises(SignInNeeded):
        social.repost_video(viewer=VISITOR, video_id=publish(author))
    video_id = publish(author)
    with pytest.raises(BadNote):
        pass_on(ben, video_id, "x" * 151)
    assert not Repost.objects.exists()
    pass_on(ben, video_id)
    assert video_id in ids_of(walk(ana))
    Video.objects.filter(pk=video_id).update(visibility="unlisted")
    assert video_id not in ids_of(walk(ana))
    assert kept.reposts(VISITOR, handle="ben").videos == ()


def test_a_repost_counts_once_its_note_can_be_changed_and_it_can_be_taken_back(ana):
    ben, video_id = make_person("ben"), publish(ana)
    assert pass_on(ben, video_id, "one") == pass_on(ben, video_id, "two") == RepostState(reposted=True, repost_count=1)
    page = kept.reposts(VISITOR, handle="ben")
    assert [(one.card.id, page.reposts[one.card.id].note) for one in page.videos] == [(video_id, "two")]
    seen = video(viewer_of(ben), video_id=video_id)
    assert (seen.reposted, seen.reposts) == (True, 1)
    for _ in range(2):
        assert social.unrepost_video(viewer=viewer_of(ben), video_id=video_id) == RepostState(False, 0)


def test_videos_for_friends_stand_in_following_until_either_stops_to_follow(ana):
    ben = followed_by(ana, "ben")
    video_id = publish(ben, visibility="friends")
    assert walk(ana) == []
    Follow.objects.create(follower_id=ben, followed_id=ana)
    assert ids_of(walk(ana)) == [video_id]
