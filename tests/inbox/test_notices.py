"""Notices: made once, put together, taken back, and never about what their owner may not see."""

import datetime
import threading

import orjson
import psycopg
import pytest
from django.db import connection

from revue.accounts import actions as accounts
from revue.accounts.contracts import Circle, SecurityEvent, Viewer
from revue.accounts.models import Person
from revue.inbox.models import Notice, NoticeActor
from revue.inbox.notifications import actions, hear, preferences, queries
from revue.inbox.notifications.contracts import NoticeKind, NoticeTopic, NoticeView
from revue.inbox.notifications.sentences import sentence
from revue.platform import bus, clock, ids
from revue.platform.errors import SignInNeeded
from revue.platform.paging import BadCursor
from revue.social import actions as social
from revue.social import hooks
from revue.social.models import Block, Mute
from revue.videos import actions as videos
from revue.videos.contracts import Visibility
from revue.videos.models import Video
from tests.accounts.conftest import Browser
from tests.people import make_person, viewer_of
from tests.published import give_sound, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> int:
    return make_person("ana", name="Ana")


@pytest.fixture
def ben() -> int:
    return make_person("ben", name="Ben")


@pytest.fixture
def video(ana) -> int:
    return publish(ana)


def inbox(person_id: int, *topics: NoticeTopic) -> tuple[NoticeView, ...]:
    return queries.page(viewer=viewer_of(person_id), topics=topics or tuple(NoticeTopic), limit=50).notices


def told(person_id: int) -> list[str]:
    return [sentence(notice) for notice in inbox(person_id)]


def unread(person_id: int) -> int:
    return queries.unread(person_id=person_id)


def like(person_id: int, video_id: int) -> None:
    social.like_video(viewer=viewer_of(person_id), video_id=video_id)


def unlike(person_id: int, video_id: int) -> None:
    social.unlike_video(viewer=viewer_of(person_id), video_id=video_id)


def say(person_id: int, video_id: int, text: str) -> int:
    return social.write_comment(viewer=viewer_of(person_id), video_id=video_id, text=text).id


def read_all(person_id: int) -> None:
    actions.mark_read(viewer=viewer_of(person_id), up_to=inbox(person_id)[0].id)


def test_likes_of_one_video_are_one_notice_that_names_two_and_counts_the_rest(ana, video):
    for number in range(14):
        like(make_person(name=f"Fan {number}"), video)
    (notice,) = inbox(ana)
    assert sentence(notice) == "Fan 13, Fan 12 and 12 others liked your video."
    assert (notice.kind, notice.person_count, len(notice.people)) == (NoticeKind.LIKE, 14, 3)
    assert (notice.video.id, notice.path) == (video, f"/@ana/{ids.to_short(video)}")
    assert unread(ana) == 1


def test_a_like_that_is_done_undone_and_redone_is_one_like(ana, ben, video):
    for _ in range(2):
        like(ben, video)
        like(ben, video)
        unlike(ben, video)
    assert told(ana) == []
    assert Notice.objects.count() == 0
    like(ben, video)
    assert told(ana) == ["Ben liked your video."]


def test_what_was_read_stays_and_is_not_told_again_by_liking_anew(ana, ben, video):
    like(ben, video)
    read_all(ana)
    assert unread(ana) == 0
    unlike(ben, video)
    like(ben, video)
    assert (told(ana), unread(ana)) == (["Ben liked your video."], 0)
    like(make_person(name="Cleo"), video)
    assert (told(ana), unread(ana)) == (["Cleo liked your video.", "Ben liked your video."], 1)


def test_reading_up_to_a_notice_leaves_what_came_after_it(ana, ben, video):
    like(ben, video)
    seen = inbox(ana)[0].id
    like(make_person(), video)  # it joins: there is something in it that was not seen
    assert actions.mark_read(viewer=viewer_of(ana), up_to=seen) == 1
    assert actions.mark_read(viewer=viewer_of(ana), up_to=inbox(ana)[0].id) == 0
    with pytest.raises(SignInNeeded):
        actions.mark_read(viewer=Viewer(), up_to=seen)


def test_after_a_day_a_notice_takes_nobody_more(ana, ben, video):
    like(ben, video)
    assert actions.close_old() == 0
    Notice.objects.update(made_at=clock.now() - datetime.timedelta(hours=25))
    assert actions.close_old() == 1
    like(make_person(name="Cleo"), video)
    assert told(ana) == ["Cleo liked your video.", "Ben liked your video."]


def test_nobody_is_told_of_what_they_do_themselves(ana, video):
    like(ana, video)
    say(ana, video, "I am @ana")
    videos.edit_video(viewer=viewer_of(ana), video_id=video, caption="by @ana")
    assert told(ana) == []


def test_of_one_comment_everybody_is_told_once_and_says_it_until_it_is_deleted(ana, ben, video):
    cleo = make_person("cleo")
    comment = say(ben, video, "Hello\n@ana and @cleo and @nobody")
    assert told(ana) == ["Ben mentioned you: Hello @ana and @cleo and @nobody"]
    assert told(cleo) == told(ana)
    say(ben, video, "again")
    assert told(ana)[0] == "Ben commented on your video: again"
    social.delete_comment(viewer=viewer_of(ben), comment_id=comment)
    assert told(ana) == ["Ben commented on your video: again"]
    assert unread(cleo) == 0


def test_answers_likes_of_comments_and_requests_are_told_when_their_actions_say_so(ana, ben, video):
    about = {"actor_id": ben, "video_id": video, "comment_id": say(ana, video, "mine")}
    hooks.replied(person_id=ana, **about)
    hooks.commented(author_id=ana, **about)
    hooks.comment_liked(author_id=ana, **about)
    hooks.follow_requested(actor_id=ben, person_id=ana)
    hooks.request_accepted(actor_id=ben, person_id=ana)
    assert [notice.kind for notice in inbox(ana)] == [
        *(NoticeKind.REQUEST_ACCEPTED, NoticeKind.FOLLOW_REQUEST, NoticeKind.COMMENT_LIKE, NoticeKind.REPLY)
    ]
    hooks.request_ended(actor_id=ben, person_id=ana, is_answered=False)
    hooks.comment_unliked(author_id=ana, **about)
    assert [notice.kind for notice in inbox(ana)] == [NoticeKind.REQUEST_ACCEPTED, NoticeKind.REPLY]


def test_a_caption_names_people_once_however_often_it_is_edited(ana, ben):
    video = publish(ana, mentions=["ben"])
    hear.published(video_id=video)
    for caption in ("for @ben", "for @Ben, again"):
        videos.edit_video(viewer=viewer_of(ana), video_id=video, caption=caption)
    assert told(ben) == ["Ana mentioned you."]
    videos.edit_video(viewer=viewer_of(ana), video_id=video, visibility=Visibility.ONLY_ME)
    assert told(ben) == []


def test_who_asks_to_follow_is_told_of_until_it_is_answered_or_taken_back(ana, ben):
    accounts.change_privacy(viewer=viewer_of(ana), is_private=True)
    social.follow_person(viewer=viewer_of(ben), handle="ana")
    (notice,) = inbox(ana)
    assert (sentence(notice), notice.path) == ("Ben wants to follow you.", "/settings/privacy")
    social.unfollow_person(viewer=viewer_of(ben), handle="ana")
    assert (inbox(ana), unread(ana)) == ((), 0)
    social.follow_person(viewer=viewer_of(ben), handle="ana")
    social.approve_request(viewer=viewer_of(ana), handle="ben")
    assert told(ana) == ["Ben started following you."]
    assert told(ben) == ["Ana accepted your request to follow them."]
    social.block_person(viewer=viewer_of(ana), handle="ben")
    assert told(ana) == told(ben) == []


def test_who_asks_again_after_a_no_is_told_of_again_and_who_only_takes_it_back_is_not(ana, ben):
    accounts.change_privacy(viewer=viewer_of(ana), is_private=True)
    for _ in range(2):
        social.follow_person(viewer=viewer_of(ben), handle="ana")
        assert (told(ana), unread(ana)) == (["Ben wants to follow you."], 1)
        read_all(ana)
        social.decline_request(viewer=viewer_of(ana), handle="ben")
        assert told(ana) == []
    social.follow_person(viewer=viewer_of(ben), handle="ana")
    read_all(ana)
    for _ in range(3):
        social.unfollow_person(viewer=viewer_of(ben), handle="ana")
        social.follow_person(viewer=viewer_of(ben), handle="ana")
    assert (told(ana), unread(ana)) == (["Ben wants to follow you."], 0)


def test_reposts_of_one_video_are_one_notice_under_a_topic_of_their_own(ana, ben, video):
    for person in (ben, make_person(name="Cleo"), make_person(name="Dora"), make_person(name="Eva")):
        social.repost_video(viewer=viewer_of(person), video_id=video)
    social.repost_video(viewer=viewer_of(ben), video_id=video, note="Look!")
    assert told(ana) == ["Eva, Dora and 2 others reposted your video."]
    assert [(one.kind, one.video.id) for one in inbox(ana, NoticeTopic.REPOSTS)] == [(NoticeKind.REPOSTED, video)]
    social.unrepost_video(viewer=viewer_of(ben), video_id=video)
    assert told(ana) == ["Eva, Dora and 1 other reposted your video."]
    preferences.change(viewer=viewer_of(ana), hidden=[NoticeTopic.REPOSTS])
    social.repost_video(viewer=viewer_of(ben), video_id=publish(ana))
    assert len(inbox(ana)) == 1


def test_what_stands_below_somebody_apart_is_not_told(ana, ben):
    cleo, dora = make_person("cleo"), make_person(name="Dora")
    video = publish(dora)
    root = say(cleo, video, "First")
    social.write_comment(viewer=viewer_of(ben), video_id=video, text="Look @ana", reply_to=root)
    assert told(ana) == ["Ben mentioned you: Look @ana"]
    social.block_person(viewer=viewer_of(ana), handle="cleo")
    assert (told(ana), unread(ana)) == ([], 0)


def test_who_may_not_be_named_by_somebody_hears_nothing_of_it(ana, ben):
    cleo = make_person("cleo")
    accounts.change_privacy(viewer=viewer_of(ana), who_mentions=Circle.FOLLOWERS)
    video = publish(cleo, mentions=["ana"])
    social.tell_named(video_id=video)
    say(ben, video, "@ana look")
    assert told(ana) == []
    social.follow_person(viewer=viewer_of(ben), handle="ana")
    say(ben, video, "@ana look again")
    assert told(ana)[0] == "Ben mentioned you: @ana look again"


def test_followers_are_told_and_can_be_followed_back(ana, ben):
    social.follow_person(viewer=viewer_of(ben), handle="ana")
    (notice,) = inbox(ana)
    assert (sentence(notice), notice.path, notice.is_followed) == ("Ben started following you.", "/@ben", False)
    social.follow_person(viewer=viewer_of(ana), handle="ben")
    assert inbox(ana)[0].is_followed
    social.unfollow_person(viewer=viewer_of(ben), handle="ana")
    assert inbox(ana) == ()


def test_a_follower_whose_account_is_private_was_asked_until_they_answer(ana, ben):
    social.follow_person(viewer=viewer_of(ben), handle="ana")
    accounts.change_privacy(viewer=viewer_of(ben), is_private=True)
    social.follow_person(viewer=viewer_of(ana), handle="ben")
    (notice,) = inbox(ana)
    assert (notice.is_followed, notice.is_requested) == (False, True)
    social.approve_request(viewer=viewer_of(ben), handle="ana")
    notice = inbox(ana)[-1]
    assert (notice.is_followed, notice.is_requested) == (True, False)


@pytest.mark.parametrize(
    "hide",
    [
        lambda ana, ben, video: Block.objects.create(blocker_id=ana, blocked_id=ben),
        lambda ana, ben, video: Block.objects.create(blocker_id=ben, blocked_id=ana),
        lambda ana, ben, video: Mute.objects.create(muter_id=ana, muted_id=ben),
        lambda ana, ben, video: Person.objects.filter(pk=ben).update(is_active=False),
        lambda ana, ben, video: Video.objects.filter(pk=video).update(state="binned"),
    ],
    ids=["blocked", "blocked by", "muted", "left", "deleted video"],
)
def test_what_may_not_be_seen_any_more_is_neither_listed_nor_counted(ana, ben, video, hide):
    like(ben, video)
    say(ben, video, "hello")
    assert (len(inbox(ana)), unread(ana)) == (2, 2)
    hide(ana, ben, video)
    assert (inbox(ana), unread(ana)) == ((), 0)


def test_people_who_are_hidden_are_not_counted_among_others(ana, ben, video):
    for person in (ben, make_person(name="Cleo")):
        like(person, video)
    Block.objects.create(blocker_id=ben, blocked_id=ana)
    assert told(ana) == ["Cleo liked your video."]


def test_an_author_hears_what_becomes_of_their_video_and_whose_sound_was_used(ana, ben, video):
    sound = give_sound(ana, video)
    theirs = publish(ben, sound_id=sound, uses_sound=True)
    timed = publish(ana, place=ids.new_id())
    failed = publish(ana, state="failed")
    for video_id in (video, theirs, timed):
        hear.published(video_id=video_id)
        hear.remade(video_id=video_id)
    for _ in range(2):
        hear.failed(video_id=failed)
    assert told(ana) == [
        "Your video could not be made. See why.",
        "Your video went out at the time you set.",
        "Ben used your sound in a video.",
        "Your video is out.",
    ]
    assert inbox(ana)[0].path == f"/@ana/{ids.to_short(failed)}/edit"
    assert told(ben) == ["Your video is out."]


def test_the_author_of_a_video_hears_that_its_sound_was_muted(ana, ben, video):
    sound = give_sound(ben, publish(ben))
    Video.objects.filter(pk=video).update(sound_id=sound, uses_sound=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sounds_sound SET muted_at = now() WHERE id = %s", [sound])
    hear.remade(video_id=video)
    assert told(ana) == ["The sound of your video was muted."]


def test_new_browsers_and_changes_of_how_somebody_signs_in_are_told():
    first, second = Browser(headers={"User-Agent": "Firefox/140"}), Browser(headers={"User-Agent": "X Chrome/1 Edg/1"})
    first.sign_up("ana")
    ana = Person.objects.get(handle="ana").pk
    assert told(ana) == []
    second.sign_in(username="ana")
    second.send(
        "POST",
        "/_allauth/browser/v1/account/password/change",
        {"current_password": "a-long-enough-secret", "new_password": "another-long-secret"},
    )
    assert told(ana) == ["Your password was changed with Edge.", "New sign-in to your account with Edge."]
    assert {notice.event for notice in inbox(ana, NoticeTopic.SECURITY)} == {
        SecurityEvent.PASSWORD_CHANGED,
        SecurityEvent.SIGNED_IN,
    }
    second.sign_out()
    first.sign_out()


def test_topics_that_a_person_wants_nothing_of_are_not_told_and_security_always_is(ana, ben, video):
    preferences.change(viewer=viewer_of(ana), hidden=[NoticeTopic.LIKES, NoticeTopic.SECURITY])
    like(ben, video)
    hear.security(person_id=ana, event=SecurityEvent.CODES_MADE, user_agent="")
    say(ben, video, "hello")
    assert told(ana) == ["Ben commented on your video: hello", "New recovery codes were made for your account."]


def test_the_list_comes_in_pages_and_by_topic(ana, ben, video):
    said = [say(ben, video, str(number)) for number in range(5)]
    social.follow_person(viewer=viewer_of(ben), handle="ana")
    first = queries.page(viewer=viewer_of(ana), topics=[NoticeTopic.COMMENTS], limit=3)
    say(ben, video, "late")
    second = queries.page(viewer=viewer_of(ana), topics=[NoticeTopic.COMMENTS], limit=3, cursor=first.next_cursor)
    assert [notice.text for notice in (*first.notices, *second.notices)] == [str(n) for n in range(len(said))][::-1]
    assert second.next_cursor is None
    assert [notice.kind for notice in inbox(ana, NoticeTopic.FOLLOWERS)] == [NoticeKind.FOLLOW]
    with pytest.raises(BadCursor):
        queries.page(viewer=viewer_of(ana), topics=[NoticeTopic.LIKES], cursor=first.next_cursor)


def test_notices_are_kept_for_half_a_year(ana, ben, video):
    like(ben, video)
    say(ben, video, "hello")
    old = ids.first_at(clock.now() - datetime.timedelta(days=181))
    Notice.objects.filter(kind=NoticeKind.LIKE.value).update(place=old)
    assert actions.forget_old() == 1
    assert len(queries.told(person_id=ana)) == 1
    read_all(ana)
    NoticeActor.objects.all().delete()  # as when everybody has left
    assert actions.forget_old() == 1


@pytest.mark.django_db(transaction=True)
def test_however_many_act_at_once_each_is_counted_once_and_the_last_number_told_is_right():
    ana = make_person("ana")
    video, other = publish(ana), publish(ana)
    people = [make_person() for _ in range(6)]
    gate = threading.Barrier(len(people))

    def act(person: int) -> None:
        gate.wait()
        for _ in range(3):
            like(person, video)
            unlike(person, video)
        like(person, video)
        say(person, other, "hello")
        connection.close()

    hidden = ("cursor_factory", "context")
    parameters = {name: value for name, value in connection.get_connection_params().items() if name not in hidden}
    with psycopg.connect(**parameters, autocommit=True) as listening:
        listening.execute(f"LISTEN {bus.CHANNEL}")
        threads = [threading.Thread(target=act, args=[person]) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        numbers = [data["unread"] for topic, event, data in messages(listening) if event == "inbox"]

    assert [notice.person_count for notice in inbox(ana, NoticeTopic.LIKES)] == [len(people)]
    assert unread(ana) == numbers[-1] == 1 + len(people)


def messages(listening: psycopg.Connection) -> list[tuple[str, str, dict]]:
    return [orjson.loads(notice.payload) for notice in listening.notifies(timeout=0.5)]
