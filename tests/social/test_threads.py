"""Replies, likes, pins, edits and what creators hold back: who sees what, in which order, and how it is counted."""

import threading
import uuid
from typing import Any

import pytest
from django.db import connection, transaction

from revue.accounts import actions as accounts
from revue.accounts.contracts import VISITOR, Viewer
from revue.events import queries as events
from revue.platform import bus
from revue.platform.errors import NotAllowed, NotFound
from revue.social import actions, hooks, policy, queries
from revue.social.contracts import CommentBulk, CommentOrder, CommentView, Hold
from revue.social.errors import (
    BadFilterWord,
    CommentHeld,
    CommentsOff,
    TooManyFilterWords,
    TooManyPinnedComments,
)
from revue.social.models import Block, Comment, CommentLike, Restriction
from tests.people import make_person, viewer_of
from tests.published import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Viewer:
    return viewer_of(make_person("ana"))


@pytest.fixture
def ben() -> Viewer:
    """The creator."""
    return viewer_of(make_person("ben"))


@pytest.fixture
def cleo() -> Viewer:
    return viewer_of(make_person("cleo"))


@pytest.fixture
def video(ben: Viewer) -> int:
    return publish(ben.person_id)


def say(viewer: Viewer, video_id: int, text: str = "hello", **more: Any) -> int:
    return actions.write_comment(viewer=viewer, video_id=video_id, text=text, **more).id


def shown(viewer: Viewer, video_id: int, **more: Any) -> tuple[CommentView, ...]:
    return queries.comments(viewer=viewer, video_id=video_id, **more).page.comments


def shown_ids(viewer: Viewer, video_id: int, **more: Any) -> list[int]:
    return [view.id for view in shown(viewer, video_id, **more)]


def replies(viewer: Viewer, comment_id: int) -> list[int]:
    return [view.id for view in queries.replies(viewer=viewer, comment_id=comment_id, limit=50).comments]


def count(video_id: int) -> int:
    return events.counts_of([video_id])[video_id].comments


def assert_counted(video_id: int) -> None:
    """The counters say what a recount finds."""
    before = count(video_id), list(Comment.objects.order_by("pk").values_list("pk", "likes", "replies"))
    actions.recount()
    assert (count(video_id), list(Comment.objects.order_by("pk").values_list("pk", "likes", "replies"))) == before


def test_a_thread_has_two_levels_and_comes_in_parts_oldest_first(ana, ben, cleo, video):
    root = say(ana, video)
    first = say(ben, video, "one", reply_to=root)
    deeper = say(cleo, video, "two", reply_to=first)
    own = say(cleo, video, "three", reply_to=deeper)
    named = say(ana, video, "@Cleo four", reply_to=own)
    assert shown_ids(VISITOR, video) == [root]
    page = queries.replies(viewer=VISITOR, comment_id=root)
    assert [(view.id, view.text, view.thread_id) for view in page.comments] == [
        (first, "one", root),
        (deeper, "@ben two", root),
        (own, "three", root),
    ]
    rest = queries.replies(viewer=VISITOR, comment_id=root, cursor=page.next_cursor)
    assert [(view.id, view.text, view.mentions) for view in rest.comments] == [(named, "@Cleo four", ("cleo",))]
    assert rest.next_cursor is None
    assert (shown(VISITOR, video)[0].reply_count, count(video)) == (4, 5)
    assert [view.is_by_creator for view in page.comments] == [True, False, False]
    with pytest.raises(NotFound):
        say(ana, publish(ben.person_id), reply_to=root)
    with pytest.raises(NotFound):
        queries.replies(viewer=VISITOR, comment_id=first)


def test_a_deleted_comment_stands_as_long_as_there_are_replies(ana, ben, video):
    root = say(ana, video, "secret")
    reply = say(ben, video, reply_to=root)
    actions.like_comment(viewer=ben, comment_id=root)
    actions.delete_comment(viewer=ana, comment_id=root)
    (view,) = shown(VISITOR, video)
    assert (view.is_deleted, view.author, view.text, view.like_count, view.reply_count) == (True, None, "", 0, 1)
    assert (count(video), CommentLike.objects.count(), replies(VISITOR, root)) == (1, 0, [reply])
    say(ana, video, "still here", reply_to=reply)
    with pytest.raises(NotFound):
        say(ana, video, reply_to=root)
    assert_counted(video)
    for one in replies(VISITOR, root):
        actions.delete_comment(viewer=ben, comment_id=one)
    assert (shown(VISITOR, video), count(video)) == ((), 0)


def test_threads_that_a_person_began_outlive_their_account_without_a_name(ana, ben, video):
    root, alone = say(ana, video, "secret"), say(ana, video, "alone")
    own = say(ana, video, "mine", reply_to=root)
    reply = say(ben, video, reply_to=root)
    accounts.delete_person(person_id=ana.person_id)
    assert list(Comment.objects.order_by("pk").values_list("pk", "author", "text")) == [
        (root, None, ""),
        (reply, ben.person_id, "hello"),
    ]
    assert not Comment.objects.filter(pk__in=[alone, own]).exists()
    actions.recount()
    assert (count(video), shown(VISITOR, video)[0].reply_count) == (1, 1)


def test_a_request_that_is_sent_again_makes_one_comment(ana, ben, video):
    key = uuid.uuid4()
    first = say(ana, video, "once", key=key)
    assert say(ana, video, "once", key=key) == first
    assert say(ben, video, "mine", key=key) != first
    assert count(video) == 2
    actions.delete_comment(viewer=ana, comment_id=first)
    assert say(ana, video, "once", key=key) == first
    assert count(video) == 1


def test_likes_count_once_and_the_creators_is_marked(ana, ben, video):
    comment = say(ana, video)
    for viewer, likes in ((ben, 1), (ben, 1), (ana, 2)):
        assert actions.like_comment(viewer=viewer, comment_id=comment).like_count == likes
    (view,) = shown(ana, video)
    assert (view.like_count, view.is_liked, view.is_liked_by_creator) == (2, True, True)
    for _ in range(2):
        assert actions.unlike_comment(viewer=ben, comment_id=comment).like_count == 1
    (view,) = shown(VISITOR, video)
    assert (view.is_liked, view.is_liked_by_creator) == (False, False)
    assert_counted(video)


def test_relevance_puts_what_people_like_and_answer_first_and_its_pages_stand_still(ana, ben, cleo, video):
    plain, liked, answered, newest = (say(ana, video, str(number)) for number in range(4))
    actions.like_comment(viewer=ben, comment_id=liked)
    say(cleo, video, reply_to=answered)
    first = queries.comments(viewer=VISITOR, video_id=video, limit=1).page
    actions.like_comment(viewer=ana, comment_id=newest)
    actions.like_comment(viewer=ben, comment_id=newest)
    actions.like_comment(viewer=cleo, comment_id=newest)
    late = say(ana, video, "late")
    seen, page = [view.id for view in first.comments], first
    while page.next_cursor:
        page = queries.comments(viewer=VISITOR, video_id=video, limit=1, cursor=page.next_cursor).page
        seen += [view.id for view in page.comments]
    assert seen == [answered, liked, newest, plain]
    assert shown_ids(VISITOR, video) == [newest, answered, liked, late, plain]


def test_what_comes_after_the_ranked_ones_is_newest_first_and_its_cursor_fits_into_an_address(
    ana, ben, video, monkeypatch
):
    Comment.objects.bulk_create(
        Comment(author_id=ana.person_id, video_id=video, text="x") for _ in range(policy.RANKED)
    )
    monkeypatch.setattr(policy, "RANKED", 98)
    pinned = say(ana, video, "pinned")
    actions.pin_comment(viewer=ben, comment_id=pinned)
    seen, cursor = list[int](), ""
    while cursor is not None:
        page = queries.comments(viewer=VISITOR, video_id=video, limit=49, cursor=cursor).page
        seen, cursor = seen + [view.id for view in page.comments], page.next_cursor
        assert len(cursor or "") < 2000
    assert seen == [pinned, *Comment.objects.exclude(pk=pinned).order_by("-pk").values_list("pk", flat=True)]


def test_three_are_pinned_by_the_creator_alone(ana, ben, video):
    said = [say(ana, video, str(number)) for number in range(5)]
    for one in said[:3] + said[:1]:
        actions.pin_comment(viewer=ben, comment_id=one)
    with pytest.raises(TooManyPinnedComments):
        actions.pin_comment(viewer=ben, comment_id=said[3])
    with pytest.raises(NotAllowed):
        actions.pin_comment(viewer=ana, comment_id=said[3])
    with pytest.raises(NotAllowed):
        actions.pin_comment(viewer=ben, comment_id=say(ana, video, reply_to=said[0]))
    order = [said[2], said[1], said[0]]
    assert shown_ids(VISITOR, video, order=CommentOrder.NEWEST) == [*order, said[4], said[3]]
    actions.unpin_comment(viewer=ben, comment_id=said[2])
    assert shown_ids(VISITOR, video, order=CommentOrder.NEWEST) == [said[1], said[0], said[4], said[3], said[2]]


def test_an_edit_says_what_it_was_before_to_whoever_may_read_it(ana, ben, video):
    comment = say(ana, video, "one")
    for text in ("two", " two ", "three"):
        actions.edit_comment(viewer=ana, comment_id=comment, text=text)
    with pytest.raises(NotAllowed):
        actions.edit_comment(viewer=ben, comment_id=comment, text="no")
    (view,) = shown(VISITOR, video)
    assert (view.text, view.edited_at is not None) == ("three", True)
    assert [former.text for former in queries.former_texts(viewer=VISITOR, comment_id=comment)] == ["two", "one"]
    actions.delete_comment(viewer=ana, comment_id=comment)
    with pytest.raises(NotFound):
        queries.former_texts(viewer=VISITOR, comment_id=comment)


def test_who_may_comment_hangs_on_the_videos_rule_and_on_follows(ana, ben):
    for commenters, allowed in (("everyone", 0), ("followers", 1), ("friends", 2), ("no_one", 3)):
        video = publish(ben.person_id, commenters=commenters)
        for tie in range(3):
            if tie == 1:
                actions.follow_person(viewer=ana, handle="ben")
            if tie == 2:
                actions.follow_person(viewer=ben, handle="ana")
            assert queries.comments(viewer=ana, video_id=video).may_comment is (tie >= allowed)
            if tie >= allowed:
                say(ana, video)
            else:
                with pytest.raises(CommentsOff):
                    say(ana, video)
        assert queries.comments(viewer=ben, video_id=video).may_comment is (commenters != "no_one")
        actions.unfollow_person(viewer=ana, handle="ben")
        actions.unfollow_person(viewer=ben, handle="ana")


def test_what_waits_is_seen_by_two_people_and_counted_once_it_is_approved(ana, ben, cleo, video, monkeypatch):
    told = list[tuple[str, str]]()
    real = bus.publish
    monkeypatch.setattr(
        bus, "publish", lambda topic, event, data: (told.append((topic, event)), real(topic, event, data))
    )
    heard = list[hooks.Happening]()
    monkeypatch.setattr(hooks, "_happened", [heard.append])
    actions.add_filter_words(viewer=ben, words=["Spam", "casino night"])
    root = say(cleo, video)
    told.clear()
    heard.clear()
    comment = say(ana, video, "S.P.A.M for @cleo", reply_to=root)
    assert [(event, topic.partition(":")[0]) for topic, event in told] == [("comment.held", "person")]
    assert (count(video), heard) == (1, [])
    for viewer, found in ((VISITOR, []), (cleo, []), (ana, [comment]), (ben, [comment])):
        assert replies(viewer, root) == found
        assert shown(viewer, video)[0].reply_count == len(found)
    with pytest.raises(CommentHeld):
        actions.like_comment(viewer=ben, comment_id=comment)
    with pytest.raises(NotFound):
        actions.like_comment(viewer=cleo, comment_id=comment)
    with pytest.raises(NotAllowed):
        actions.approve_comment(viewer=ana, comment_id=comment)
    (waiting,) = queries.held_comments(viewer=ben).items
    assert (waiting.comment.id, waiting.comment.held_for, waiting.video.id) == (comment, Hold.WORD, video)
    assert_counted(video)
    told.clear()
    for _ in range(2):
        actions.approve_comment(viewer=ben, comment_id=comment)
    assert [event for _, event in told] == ["comment.changed", "counts", "comment.created"]
    assert {(one.what.value, one.person_id) for one in heard} == {
        ("mentioned", cleo.person_id),
        ("replied", cleo.person_id),
        ("commented", ben.person_id),
    }
    assert (count(video), replies(VISITOR, root), queries.held_comments(viewer=ben).items) == (2, [comment], ())
    assert_counted(video)


def test_an_edit_cannot_slip_past_the_filter_and_takes_its_thread_along(ana, ben, video):
    actions.add_filter_words(viewer=ben, words=["spam"])
    root = say(ana, video)
    reply = say(ben, video, reply_to=root)
    actions.edit_comment(viewer=ana, comment_id=root, text="spam")
    assert (shown(VISITOR, video), count(video)) == ((), 0)
    with pytest.raises(NotFound):
        queries.replies(viewer=VISITOR, comment_id=root)
    assert replies(ben, root) == [reply]
    assert_counted(video)
    actions.edit_comment(viewer=ana, comment_id=root, text="no more")
    assert (shown_ids(VISITOR, video), count(video)) == ([root], 2)
    assert_counted(video)


def test_a_creator_may_read_all_comments_first_but_for_their_own(ana, ben, video):
    actions.set_approves_first(viewer=ben, approves_first=True)
    held, own = say(ana, video), say(ben, video)
    assert shown_ids(VISITOR, video) == [own]
    actions.set_approves_first(viewer=ben, approves_first=False)
    assert shown_ids(VISITOR, video) == [own]
    outcomes = actions.change_comments(viewer=ben, comment_ids=[held, 5, own], change=CommentBulk.APPROVE)
    assert [outcome.error and outcome.error.code for outcome in outcomes] == [None, "not_found", None]
    assert set(shown_ids(VISITOR, video)) == {held, own}


def test_several_are_deleted_at_once_and_what_refuses_holds_up_none(ana, ben, cleo, video):
    theirs = say(ana, publish(cleo.person_id))
    said = [say(ana, video, str(number)) for number in range(3)]
    outcomes = actions.change_comments(viewer=ben, comment_ids=[*said, theirs], change=CommentBulk.DELETE)
    assert [outcome.error and outcome.error.code for outcome in outcomes] == [None, None, None, "not_allowed"]
    assert (count(video), shown(VISITOR, video)) == (0, ())


def test_the_filter_takes_two_hundred_words_each_once(ana):
    words = [f"word{number}" for number in range(policy.MOST_WORDS)]
    actions.add_filter_words(viewer=ana, words=words)
    assert actions.add_filter_words(viewer=ana, words=["WORD1", "wörd2"]).words == tuple(words)
    with pytest.raises(TooManyFilterWords):
        actions.add_filter_words(viewer=ana, words=["another"])
    for bad in ("", "!!", "x" * 61):
        with pytest.raises(BadFilterWord):
            actions.add_filter_words(viewer=ana, words=[bad])
    for _ in range(2):
        assert len(actions.remove_filter_word(viewer=ana, word="Word1").words) == policy.MOST_WORDS - 1
    assert queries.comment_rules(viewer=ana).words == tuple(word for word in words if word != "word1")


def test_those_who_are_apart_find_nothing_of_each_others(ana, ben, cleo, video):
    root = say(ana, video, "@cleo hello")
    under = say(ana, video, reply_to=say(ben, video))
    Block.objects.create(blocker_id=cleo.person_id, blocked_id=ana.person_id)
    for viewer, is_apart in ((cleo, True), (ben, False), (VISITOR, False)):
        assert (root in shown_ids(viewer, video)) is not is_apart
        assert (under in replies(viewer, Comment.objects.get(pk=under).thread_id)) is not is_apart
    with pytest.raises(NotFound):
        say(cleo, video, reply_to=under)
    with pytest.raises(NotFound):
        actions.like_comment(viewer=cleo, comment_id=root)
    assert shown(ana, video)[-1].mentions == ()


def test_one_who_is_restricted_is_not_told_that_others_do_not_see_it(ana, ben, cleo, video):
    Restriction.objects.create(restricter_id=ben.person_id, restricted_id=ana.person_id)
    comment = say(ana, video)
    assert [(view.id, view.held_for) for view in shown(ana, video)] == [(comment, None)]
    assert [(view.id, view.held_for) for view in shown(ben, video)] == [(comment, Hold.RESTRICTED)]
    assert shown(cleo, video) == ()


@pytest.mark.django_db(transaction=True)
def test_counters_are_right_however_many_speak_like_and_delete_at_once():
    ben = viewer_of(make_person("ben"))
    people = [viewer_of(make_person()) for _ in range(6)]
    video = publish(ben.person_id)
    root = say(ben, video)
    key, failures = uuid.uuid4(), list[BaseException]()

    def act(viewer: Viewer) -> None:
        try:
            reply = say(viewer, video, reply_to=root)
            say(ben, video, "once", key=key)
            actions.like_comment(viewer=viewer, comment_id=root)
            actions.like_comment(viewer=viewer, comment_id=reply)
            if viewer in people[:2]:
                actions.delete_comment(viewer=viewer, comment_id=reply)
            actions.unlike_comment(viewer=viewer, comment_id=root)
        except BaseException as problem:  # noqa: BLE001 - told below
            failures.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(viewer,)) for viewer in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    view = next(one for one in shown(VISITOR, video) if one.id == root)
    assert (view.reply_count, view.like_count, count(video)) == (4, 0, 6)
    with transaction.atomic():
        assert_counted(video)
