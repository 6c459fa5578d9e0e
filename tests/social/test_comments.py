"""Comments: who may say and delete what, what is stored, and who is told."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revue.accounts.contracts import VISITOR, Role, Viewer
from revue.events import queries as events
from revue.platform import bus, clock, ids
from revue.platform.errors import NotAllowed, NotFound, RateLimited, SignInNeeded
from revue.platform.paging import BadCursor
from revue.social import actions, policy, queries
from revue.social.contracts import CommentOrder, CommentView
from revue.social.errors import BadComment, CommentsOff
from revue.social.models import Comment
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


def say(person_id: int, video_id: int, text: str = "hello", **more: Any) -> int:
    return actions.write_comment(viewer=viewer_of(person_id), video_id=video_id, text=text, **more).id


def shown(viewer: Viewer, video_id: int, **more: Any) -> tuple[CommentView, ...]:
    return queries.comments(viewer=viewer, video_id=video_id, **more).page.comments


def count(video_id: int) -> int:
    return events.counts_of([video_id])[video_id].comments


def test_a_comment_is_shown_newest_first_and_counted(ana, ben, video):
    first, second = say(ana, video, "one"), say(ben, video, "two")
    page = queries.comments(viewer=VISITOR, video_id=video, order=CommentOrder.NEWEST).page
    assert [(view.id, view.text) for view in page.comments] == [(second, "two"), (first, "one")]
    assert page.next_cursor is None
    assert count(video) == 2


def test_comments_come_in_pages_without_gaps_while_new_ones_arrive(ana, video):
    said = [say(ana, video, str(number)) for number in range(7)]
    asked: dict[str, Any] = {"viewer": VISITOR, "video_id": video, "limit": 3, "order": CommentOrder.NEWEST}
    first = queries.comments(**asked).page
    say(ana, video, "late")
    second = queries.comments(**asked, cursor=first.next_cursor).page
    third = queries.comments(**asked, cursor=second.next_cursor).page
    assert [view.id for page in (first, second, third) for view in page.comments] == said[::-1]
    assert third.next_cursor is None


def test_a_cursor_of_another_video_is_refused(ana, ben, video):
    for _ in range(2):
        say(ana, video)
    cursor = queries.comments(viewer=VISITOR, video_id=video, limit=1).page.next_cursor
    with pytest.raises(BadCursor):
        queries.comments(viewer=VISITOR, video_id=publish(ben), cursor=cursor)


@pytest.mark.parametrize("text", ["", "   \n ", "\u0007", "x" * 501])
def test_an_empty_or_long_comment_is_refused(ana, video, text):
    with pytest.raises(BadComment):
        say(ana, video, text)
    assert not Comment.objects.exists()


def test_five_hundred_letters_of_any_script_are_told_live_in_full(ana, video, monkeypatch):
    told = []
    real = bus.publish
    monkeypatch.setattr(bus, "publish", lambda *message: (told.append(message), real(*message)))
    comment = say(ana, video, "\U0001f483" * 500)
    topic, event, data = told[1]
    assert (topic, event) == (f"video:{ids.to_short(video)}", "comment.created")
    assert data["comment"]["id"] == ids.to_short(comment)
    assert data["comment"]["text"] == "\U0001f483" * 500
    assert data["comment"]["author"]["handle"] == "ana"
    assert told[0] == (topic, "counts", {"like_count": 0, "comment_count": 1})


def test_spaces_control_letters_and_towers_of_lines_are_taken_out(ana, video):
    actions.write_comment(viewer=viewer_of(ana), video_id=video, text="  a\u0000b\u0007\n\n\n\nc \t")
    assert Comment.objects.get().text == "ab\n\nc"


def test_who_may_not_watch_may_not_talk(ana, ben, video):
    hidden = publish(ben, visibility="only_me")
    with pytest.raises(NotFound):
        say(ana, hidden)
    with pytest.raises(SignInNeeded):
        actions.write_comment(viewer=VISITOR, video_id=video, text="hello")
    with pytest.raises(CommentsOff):
        say(ana, publish(ben, commenters="no_one"))
    assert not Comment.objects.exists()


def test_twenty_in_a_minute_are_enough(ana, video, monkeypatch):
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    for _ in range(20):
        say(ana, video)
    with pytest.raises(RateLimited) as refused:
        say(ana, video)
    assert refused.value.data["retry_after_s"] > 0
    assert count(video) == 20
    monkeypatch.setattr(clock, "now", lambda: moment + datetime.timedelta(minutes=1))
    say(ana, video)


@pytest.mark.parametrize("who", ["author", "owner", "moderator", "admin"])
def test_author_owner_and_moderators_may_delete(who, ana, ben, video):
    comment = say(ana, video, "secret")
    viewer = {
        "author": viewer_of(ana),
        "owner": viewer_of(ben),
        "moderator": viewer_of(make_person(), role=Role.MODERATOR),
        "admin": viewer_of(make_person(), role=Role.ADMIN),
    }[who]
    assert shown(viewer, video)[0].may_delete
    actions.delete_comment(viewer=viewer, comment_id=comment)
    assert shown(viewer, video) == ()
    assert count(video) == 0
    assert Comment.objects.get().text == ""


def test_others_may_not_delete_and_nothing_changes(ana, video):
    comment = say(ana, video)
    other = viewer_of(make_person())
    assert not shown(other, video)[0].may_delete
    with pytest.raises(NotAllowed):
        actions.delete_comment(viewer=other, comment_id=comment)
    with pytest.raises(SignInNeeded):
        actions.delete_comment(viewer=VISITOR, comment_id=comment)
    assert Comment.objects.get().text == "hello"
    assert count(video) == 1


def test_a_comment_is_deleted_once(ana, video):
    comment = say(ana, video)
    actions.delete_comment(viewer=viewer_of(ana), comment_id=comment)
    with pytest.raises(NotFound):
        actions.delete_comment(viewer=viewer_of(ana), comment_id=comment)
    assert count(video) == 0


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("thanks @Ben and @ana.b, and @ben again", ("ben", "ana.b")),
        ("write to ben@example.org or @ab", ()),
        ("(@ben)!", ("ben",)),
        ("see /@ben/4k and https://x.org/@ben", ()),
        ("end @ben.", ("ben",)),
        ("@" + "x" * 31, ()),
    ],
)
def test_mentions_are_found(text, handles):
    assert policy.mentions_in(text) == handles


@given(st.text(max_size=600))
def test_what_is_stored_is_clean_or_refused(text):
    try:
        clean = policy.clean_comment(text)
    except BadComment:
        return
    assert 1 <= len(clean) <= policy.LONGEST_COMMENT
    assert policy.clean_comment(clean) == clean
    assert "\0" not in clean
    clean.encode()
