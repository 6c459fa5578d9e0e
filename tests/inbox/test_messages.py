"""Direct messages: who may write, what each of the two finds, and what twice, at once, and blocks do to it."""

import datetime
import threading
import uuid

import psycopg
import pytest
from django.db import connection

from revue.accounts import actions as accounts
from revue.accounts import queries as people
from revue.accounts.contracts import Circle, Viewer
from revue.inbox import hooks
from revue.inbox.messages import actions, queries, recipients, reports, sending
from revue.inbox.messages.contracts import (
    ConversationState,
    ConversationView,
    Folder,
    MessageKind,
    ReportReason,
    SentVideoState,
    WhyNot,
)
from revue.inbox.messages.errors import (
    BadMessage,
    ConversationNotFound,
    MessageNotFound,
    MessagesOff,
    RequestWaits,
    TakesNoMessages,
    TooYoungForMessages,
)
from revue.inbox.models import Conversation, Message, MessageReport
from revue.platform import bus, clock
from revue.platform.errors import NotAllowed, NotFound, RateLimited, SignInNeeded
from revue.social import actions as social
from revue.social.errors import NotYourself
from revue.videos.models import Video
from tests.inbox.test_notices import messages as bus_messages
from tests.people import make_person, viewer_of
from tests.published import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> int:
    return make_person("ana", name="Ana")


@pytest.fixture
def ben() -> int:
    return make_person("ben", name="Ben")


@pytest.fixture
def friends(ana, ben) -> tuple[int, int]:
    befriend(ana, ben)
    return ana, ben


def befriend(one: int, other: int) -> None:
    follow(one, other)
    follow(other, one)


def follow(one: int, other: int) -> None:
    social.follow_person(viewer=viewer_of(one), handle=handle_of(other))


def handle_of(person: int) -> str:
    return people.person_cards([person])[person].handle


def send(one: int, other: int, text: str = "hello", **more) -> int:
    return sending.send_message(viewer=viewer_of(one), handle=handle_of(other), text=text, **more).id


def talk(one: int, other: int) -> ConversationView:
    """The conversation as `one` sees it."""
    return queries.conversation_with(viewer=viewer_of(one), handle=handle_of(other))


def listed(person: int, folder: Folder = Folder.INBOX) -> list[ConversationView]:
    return list(queries.conversations(viewer=viewer_of(person), folder=folder).conversations)


def texts(one: int, other: int) -> list[str]:
    """What `one` finds of what the two have written, oldest first."""
    page = queries.messages(viewer=viewer_of(one), conversation_id=talk(one, other).id)
    return [message.text for message in reversed(page.messages)]


def unread(person: int) -> tuple[int, int]:
    counts = queries.unread(person_id=person)
    return counts.messages, counts.requests


def read(one: int, other: int, message: int) -> None:
    actions.mark_read(viewer=viewer_of(one), conversation_id=talk(one, other).id, message_id=message)


def read_up_to(one: int, other: int) -> int | None:
    return queries.messages(viewer=viewer_of(one), conversation_id=talk(one, other).id).read_up_to


def delete(one: int, other: int) -> None:
    actions.delete_conversation(viewer=viewer_of(one), conversation_id=talk(one, other).id)


def later(monkeypatch, **delta) -> None:
    now = clock.now() + datetime.timedelta(**delta)
    monkeypatch.setattr(clock, "now", lambda: now)


def test_friends_write_straight_into_the_inbox_and_read_what_they_wrote(friends):
    ana, ben = friends
    assert talk(ana, ben).state is ConversationState.NEW
    assert talk(ana, ben).asks_left is None
    first = send(ana, ben, " hello \x07\n ")
    second = send(ben, ana, "you")
    assert texts(ana, ben) == texts(ben, ana) == ["hello", "you"]
    (view,) = listed(ana)
    assert (view.person.handle, view.state, view.unread, view.why_not) == ("ben", ConversationState.OPEN, 1, None)
    assert (view.last.kind, view.last.text, view.last.is_mine) == (MessageKind.TEXT, "you", False)
    assert (unread(ana), unread(ben)) == ((1, 0), (1, 0))
    read(ana, ben, second)
    read(ana, ben, first)  # nobody reads backwards
    assert (unread(ana), unread(ben)) == ((0, 0), (1, 0))
    assert (read_up_to(ben, ana), read_up_to(ana, ben)) == (second, None)


def test_only_the_two_read_and_change_a_conversation(friends):
    ana, ben = friends
    message = send(ana, ben)
    found, cleo = talk(ana, ben).id, viewer_of(make_person())
    for act in (queries.conversation, queries.messages, actions.accept_request, actions.delete_conversation):
        with pytest.raises(ConversationNotFound):
            act(viewer=cleo, conversation_id=found)
        with pytest.raises(SignInNeeded):
            act(viewer=Viewer(), conversation_id=found)
    with pytest.raises(MessageNotFound):
        actions.unsend_message(viewer=cleo, message_id=message)
    with pytest.raises(NotAllowed):
        actions.unsend_message(viewer=viewer_of(ben), message_id=message)
    with pytest.raises(NotYourself):
        send(ana, ana)
    assert texts(ana, ben) == ["hello"]


def test_a_message_is_text_or_a_video_that_its_sender_may_watch(friends):
    ana, ben = friends
    hidden = publish(ben, visibility="only_me")
    for text in ("", " \n ", "x" * 1001):
        with pytest.raises(BadMessage):
            send(ana, ben, text)
    with pytest.raises(NotFound):
        send(ana, ben, "", video_id=hidden)
    assert listed(ben) == []


def test_sent_twice_with_one_key_it_is_one_message(friends):
    ana, ben = friends
    key, video = uuid.uuid4(), publish(ana)
    assert send(ana, ben, "once", key=key) == send(ana, ben, "twice", key=key)
    assert texts(ben, ana) == ["once"]
    for _ in range(2):
        found = sending.send_video(viewer=viewer_of(ana), video_id=video, handles=["ben", "Ben"], key=uuid.UUID(int=1))
        assert [(one.handle, one.error) for one in found] == [("ben", None)]
    assert texts(ben, ana) == ["once", ""]


def test_a_stranger_asks_with_three_messages_and_no_pictures_until_they_are_answered(ana, ben):
    video = publish(ana)
    send(ana, ben, "1")
    send(ana, ben, "2", video_id=video)
    assert talk(ana, ben).asks_left == 1
    last = send(ana, ben, "3")
    with pytest.raises(RequestWaits):
        send(ana, ben, "4")
    assert (listed(ben), unread(ben)) == ([], (0, 1))
    (view,) = listed(ben, Folder.REQUESTS)
    assert (view.state, view.unread, view.why_not) == (ConversationState.REQUESTED, 3, None)
    (own,) = listed(ana)
    assert (own.state, own.why_not, own.asks_left) == (ConversationState.WAITING, WhyNot.WAITING, 0)
    assert videos_in(ben, ana) == [None, SentVideoState.HELD, None]
    assert videos_in(ana, ben) == [None, SentVideoState.SHOWN, None]
    read(ben, ana, last)
    assert read_up_to(ana, ben) is None  # who is asked may look without saying so
    actions.accept_request(viewer=viewer_of(ben), conversation_id=view.id)
    assert videos_in(ben, ana) == [None, SentVideoState.SHOWN, None]
    assert (listed(ben, Folder.REQUESTS), [view.state for view in listed(ben)]) == ([], [ConversationState.OPEN])
    assert (read_up_to(ana, ben), talk(ana, ben).why_not) == (last, None)


def videos_in(one: int, other: int) -> list[SentVideoState | None]:
    page = queries.messages(viewer=viewer_of(one), conversation_id=talk(one, other).id)
    return [message.video and message.video.state for message in reversed(page.messages)]


def test_an_answer_accepts_and_so_does_asking_each_other(ana, ben):
    send(ana, ben, "hello?")
    send(ben, ana, "yes")
    assert [view.state for view in (*listed(ana), *listed(ben))] == [ConversationState.OPEN] * 2
    assert talk(ana, ben).asks_left is None


def test_whom_one_follows_need_not_ask(ana, ben):
    follow(ben, ana)
    send(ana, ben)
    assert (unread(ben), [view.state for view in listed(ben)]) == ((1, 0), [ConversationState.OPEN])


def test_who_is_declined_is_not_told_and_is_heard_again_after_thirty_days(ana, ben):
    send(ana, ben, "please")
    delete(ben, ana)
    delete(ben, ana)
    ignored = make_person()
    send(ana, ignored, "please")
    send(ana, ben, "please!")
    send(ana, ignored, "please!")
    assert (listed(ben, Folder.REQUESTS), unread(ben), texts(ben, ana)) == ([], (0, 0), [])
    mine, other = talk(ana, ben), talk(ana, ignored)
    assert (mine.state, mine.why_not, mine.asks_left) == (other.state, other.why_not, other.asks_left)
    assert texts(ana, ben) == texts(ana, ignored)


def test_a_month_later_one_may_ask_again(ana, ben, monkeypatch):
    for number in range(3):
        send(ana, ben, str(number))
    delete(ben, ana)
    later(monkeypatch, days=29)
    with pytest.raises(RequestWaits):
        send(ana, ben, "again")
    later(monkeypatch, days=2)
    send(ana, ben, "again")
    assert (unread(ben), texts(ben, ana)) == ((0, 1), ["again"])
    send(ben, ana, "no")
    assert texts(ben, ana) == ["again", "no"]


def test_twenty_strangers_a_day_are_enough(ana):
    *asked, last = [make_person() for _ in range(sending.REQUESTS_PER_DAY + 1)]
    for person in asked:
        send(ana, person)
    with pytest.raises(RateLimited):
        send(ana, last)
    send(ana, asked[0], "still")
    follow(last, ana)
    send(ana, last)


@pytest.mark.parametrize("circle", [Circle.FRIENDS, Circle.FOLLOWERS, Circle.NOBODY])
def test_people_choose_who_writes_to_them(ana, ben, circle):
    accounts.change_privacy(viewer=viewer_of(ana), who_messages=circle)
    assert talk(ben, ana).why_not is WhyNot.NOBODY
    with pytest.raises(TakesNoMessages):
        send(ben, ana)
    if circle is Circle.NOBODY:
        with pytest.raises(MessagesOff):
            send(ana, ben)
        return
    befriend(ana, ben)
    send(ben, ana)
    social.unfollow_person(viewer=viewer_of(ben), handle="ana")
    with pytest.raises(TakesNoMessages):
        send(ben, ana)
    send(ana, ben, "what is it?")
    send(ben, ana, "whoever was written to may answer")
    assert len(texts(ana, ben)) == 3


def test_nobody_under_sixteen_writes_or_is_written_to_and_their_age_is_not_told(ana):
    today = clock.now().date()
    make_person("kid", birth_date=today.replace(year=today.year - 16) + datetime.timedelta(days=1))
    make_person("teen", birth_date=today.replace(year=today.year - 16))
    kid, teen = (people.person_ids(["kid", "teen"])[name] for name in ("kid", "teen"))
    befriend(ana, kid)
    befriend(ana, teen)
    assert (talk(ana, kid).why_not, talk(kid, ana).why_not) == (WhyNot.NOBODY, WhyNot.YOUNG)
    with pytest.raises(TakesNoMessages):
        send(ana, kid)
    with pytest.raises(TooYoungForMessages):
        send(kid, ana)
    send(ana, teen)
    send(teen, ana)


def test_a_block_hides_a_conversation_from_both_and_its_end_brings_it_back(friends):
    ana, ben = friends
    message = send(ana, ben)
    found = talk(ana, ben).id
    social.block_person(viewer=viewer_of(ben), handle="ana")
    for person, other in ((ana, "ben"), (ben, "ana")):
        assert (listed(person), unread(person)) == ([], (0, 0))
        assert recipients.recipients(viewer=viewer_of(person), prefix=other) == []
        with pytest.raises(ConversationNotFound):
            queries.messages(viewer=viewer_of(person), conversation_id=found)
        for act in (queries.conversation_with, sending.send_message):
            with pytest.raises(NotFound):
                act(viewer=viewer_of(person), handle=other, **({"text": "x"} if act is sending.send_message else {}))
    with pytest.raises(MessageNotFound):
        reports.report_message(viewer=viewer_of(ben), message_id=message, reason=ReportReason.SPAM)
    social.unblock_person(viewer=viewer_of(ben), handle="ana")
    assert (unread(ben), texts(ana, ben)) == ((1, 0), ["hello"])


def test_whom_one_restricts_writes_into_the_requests_without_a_notice(friends):
    ana, ben = friends
    first = send(ana, ben)
    social.restrict_person(viewer=viewer_of(ben), handle="ana")
    send(ana, ben, "there?")
    assert (listed(ben), unread(ben), len(listed(ben, Folder.REQUESTS))) == ([], (0, 0), 1)
    assert not queries.rings(person_id=ben, conversation_id=talk(ben, ana).id)
    read(ben, ana, first)
    assert read_up_to(ana, ben) is None
    social.unrestrict_person(viewer=viewer_of(ben), handle="ana")
    assert (len(listed(ben)), read_up_to(ana, ben)) == (1, first)


def test_who_does_not_show_what_they_read_sees_it_of_nobody(friends):
    ana, ben = friends
    message = send(ana, ben)
    answer = send(ben, ana)
    read(ben, ana, message)
    read(ana, ben, answer)
    accounts.change_privacy(viewer=viewer_of(ana), shows_read=False)
    assert (read_up_to(ana, ben), read_up_to(ben, ana)) == (None, None)
    accounts.change_privacy(viewer=viewer_of(ana), shows_read=True)
    assert (read_up_to(ana, ben), read_up_to(ben, ana)) == (message, answer)


def test_what_is_taken_back_is_gone_for_both_and_counts_no_more(friends):
    ana, ben = friends
    message = send(ana, ben, "oops", video_id=publish(ana))
    for _ in range(2):
        actions.unsend_message(viewer=viewer_of(ana), message_id=message)
    (view,) = queries.messages(viewer=viewer_of(ben), conversation_id=talk(ben, ana).id).messages
    assert (view.text, view.video, view.is_unsent) == ("", None, True)
    assert (unread(ben), listed(ben)[0].last.kind) == ((0, 0), MessageKind.UNSENT)
    assert not Message.objects.exclude(text="", video=None).exists()


def test_a_video_that_went_or_is_for_fewer_now_is_gone_from_the_message(friends):
    ana, ben = friends
    cleo = make_person("cleo")
    video, other = publish(cleo), publish(cleo)
    send(ana, ben, "look", video_id=video)
    send(ana, ben, video_id=other)
    assert videos_in(ben, ana) == [SentVideoState.SHOWN] * 2
    Video.objects.filter(pk=video).update(visibility="only_me")
    Video.objects.filter(pk=other).delete()
    assert videos_in(ben, ana) == [SentVideoState.GONE] * 2
    Video.objects.filter(pk=video).update(visibility="everyone")
    social.block_person(viewer=viewer_of(cleo), handle="ben")
    assert (videos_in(ben, ana)[0], videos_in(ana, ben)[0]) == (SentVideoState.GONE, SentVideoState.SHOWN)


def test_what_one_deletes_the_other_keeps_and_what_both_delete_is_erased(friends):
    ana, ben = friends
    send(ana, ben, "old")
    delete(ana, ben)
    assert (listed(ana), texts(ana, ben), texts(ben, ana)) == ([], [], ["old"])
    send(ben, ana, "new")
    assert (texts(ana, ben), texts(ben, ana)) == (["new"], ["old", "new"])
    delete(ben, ana)
    assert [message.text for message in Message.objects.all()] == ["new"]
    delete(ana, ben)
    assert Message.objects.count() == 0
    send(ana, ben, "again")
    assert texts(ben, ana) == ["again"]


def test_a_muted_conversation_neither_counts_nor_rings(friends):
    ana, ben = friends
    send(ana, ben)
    found = talk(ben, ana).id
    assert queries.rings(person_id=ben, conversation_id=found)
    for is_muted, count in ((True, 0), (False, 1)):
        actions.mute_conversation(viewer=viewer_of(ben), conversation_id=found, is_muted=is_muted)
        assert (unread(ben), talk(ben, ana).is_muted, listed(ben)[0].unread) == ((count, 0), is_muted, 1)
        assert queries.rings(person_id=ben, conversation_id=found) is not is_muted


def test_with_one_of_the_two_goes_all_that_they_wrote(friends):
    ana, ben = friends
    message = send(ana, ben, "mine")
    send(ben, ana, "yours")
    reports.report_message(viewer=viewer_of(ben), message_id=message, reason=ReportReason.OTHER)
    assert [(mine, who, text) for _, mine, who, text in queries.written(person_id=ana)] == [
        (True, "ben", "mine"),
        (False, "ben", "yours"),
    ]
    accounts.delete_person(person_id=ana)
    assert (listed(ben), unread(ben)) == ([], (0, 0))
    assert not any(rows.objects.exists() for rows in (Conversation, Message, MessageReport))


def test_a_report_keeps_what_was_said_and_is_told_to_the_moderation_once(friends, monkeypatch):
    ana, ben = friends
    heard = []
    monkeypatch.setattr(hooks, "_message_reported", [heard.append])
    sent = [send(ana, ben, str(number)) for number in range(8)]
    for _ in range(2):
        reports.report_message(viewer=viewer_of(ben), message_id=sent[6], reason=ReportReason.HATE, text=" bad ")
    actions.unsend_message(viewer=viewer_of(ana), message_id=sent[6])
    (reported,) = heard
    assert (reported.reporter_id, reported.reported_id, reported.reason, reported.text) == (ben, ana, "hate", "bad")
    assert [said.text for said in reported.said] == ["1", "2", "3", "4", "5", "6"]
    assert MessageReport.objects.get().said[-1]["text"] == "6"
    with pytest.raises(MessageNotFound):
        reports.report_message(viewer=viewer_of(ben), message_id=sent[6], reason=ReportReason.HATE)
    with pytest.raises(NotAllowed):
        reports.report_message(viewer=viewer_of(ana), message_id=sent[0], reason=ReportReason.HATE)
    later(monkeypatch, days=181)
    assert (reports.forget_old(), MessageReport.objects.count()) == (1, 0)


def test_recipients_are_whom_one_writes_with_then_friends_then_who_is_called_so(friends):
    ana, ben = friends
    cleo, shy = make_person("cleo"), make_person("bella")
    make_person("bert")
    befriend(ana, cleo)
    accounts.change_privacy(viewer=viewer_of(shy), is_suggested=False)
    send(ana, ben)
    assert handles(ana) == ["ben", "cleo"]
    assert handles(ana, "@be") == ["ben", "bert"]
    accounts.change_privacy(viewer=viewer_of(ben), who_messages=Circle.NOBODY)
    assert handles(ana) == ["cleo"]


def handles(person: int, prefix: str = "") -> list[str]:
    return [one.card.handle for one in recipients.recipients(viewer=viewer_of(person), prefix=prefix)]


def test_a_video_is_sent_to_each_by_itself_and_counts_as_shares(friends):
    ana, ben = friends
    closed = make_person("closed")
    accounts.change_privacy(viewer=viewer_of(closed), who_messages=Circle.NOBODY)
    video = publish(ben)
    found = sending.send_video(viewer=viewer_of(ana), video_id=video, handles=["ben", "closed", "nobody.here"])
    codes = [one.error and one.error.code for one in found]
    assert codes == [None, "takes_no_messages", "not_found"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT shares FROM events_videocounts WHERE video_id = %s", [video])
        assert cursor.fetchone() == (1,)


def test_lists_cost_as_many_statements_however_long_they_are(ana, django_assert_num_queries):
    video = publish(ana)
    for number in range(6):
        befriend(ana, person := make_person())
        for _ in range(number + 1):
            send(person, ana, video_id=video)
    last = listed(ana)[0]
    for limit in (1, 5):
        with django_assert_num_queries(2):
            queries.conversations(viewer=viewer_of(ana), limit=limit)
        with django_assert_num_queries(3):
            queries.messages(viewer=viewer_of(ana), conversation_id=last.id, limit=limit)
    with django_assert_num_queries(1):
        assert unread(ana) == (6, 0)


def test_pages_go_on_where_they_ended(ana, ben):
    befriend(ana, ben)
    sent = [send(ana, ben, str(number)) for number in range(5)]
    found, cursor, conversation = [], "", talk(ana, ben).id
    while True:
        page = queries.messages(viewer=viewer_of(ben), conversation_id=conversation, cursor=cursor, limit=2)
        found += [message.id for message in page.messages]
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    assert found == sent[::-1]


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_once_have_one_conversation_and_both_are_told(ana, ben):
    gate = threading.Barrier(4)

    def act(one: int, other: int, key: uuid.UUID) -> None:
        gate.wait()
        send(one, other, key=key)
        connection.close()

    keys = {ana: uuid.uuid4(), ben: uuid.uuid4()}
    pairs = [(ana, ben), (ben, ana)] * 2  # each sends it twice
    threads = [threading.Thread(target=act, args=[one, other, keys[one]]) for one, other in pairs]
    hidden = ("cursor_factory", "context")
    parameters = {name: value for name, value in connection.get_connection_params().items() if name not in hidden}
    with psycopg.connect(**parameters, autocommit=True) as listening:
        listening.execute(f"LISTEN {bus.CHANNEL}")
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        told = [(topic, data) for topic, event, data in bus_messages(listening) if event == "message"]

    assert (Conversation.objects.count(), Message.objects.count()) == (1, 2)
    assert [view.state for view in (*listed(ana), *listed(ben))] == [ConversationState.OPEN] * 2
    assert len({(topic, data["message_id"]) for topic, data in told}) == len(told) == 4  # both hear of both
