"""Writing to people, and sending them videos. Twice at once is once: two people's conversation changes one by one."""

import uuid
from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.db.models import Max

from revue.accounts import actions as accounts
from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.events import actions as events
from revue.inbox.messages import live, policy, push, queries, sight
from revue.inbox.messages.contracts import ConversationState, Delivery, MessageView
from revue.inbox.messages.sight import Row
from revue.inbox.messages.views import message_views
from revue.inbox.models import Conversation, Message, Participant
from revue.platform import clock, ids, limits
from revue.platform.errors import NotFound, RevueError
from revue.social import actions as social
from revue.videos import queries as videos

MESSAGES_PER_MINUTE: Final = 60
REQUESTS_PER_DAY: Final = 20


def send_message(
    *, viewer: Viewer, handle: str, text: str = "", video_id: int | None = None, key: uuid.UUID | None = None
) -> MessageView:
    """Write to a person; both are told at once.

    To somebody who does not follow the viewer the first messages are a request, until they accept or answer it. What
    the viewer writes to somebody who has asked accepts that request.

    Args:
        viewer: who writes.
        handle: to whom.
        text: up to 1000 characters; it may be empty where there is a video.
        video_id: a video to send; who gets it sees it only while they may watch it.
        key: made up by the client: again with the same key gives the message that there is, as it is now.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: nobody has this handle, a block is between the two, or the viewer may not watch the video.
        NotYourself: it is the viewer's own handle.
        BadMessage: neither text nor video, or too long a text.
        TooYoungForMessages, MessagesOff, TakesNoMessages, RequestWaits: see `policy.why_not`.
        RateLimited: more than 60 in a minute, or 20 new requests in a day.
    """
    person_id_of(viewer)
    clean = policy.clean_message(text, has_video=video_id is not None)
    if video_id is not None:
        videos.card(viewer=viewer, video_id=video_id)
    message = _send(viewer, handle, clean, video_id, key)
    return message_views(viewer, [message], is_held=False)[0]


def send_video(
    *, viewer: Viewer, video_id: int, handles: Sequence[str], text: str = "", key: uuid.UUID | None = None
) -> list[Delivery]:
    """Send a video to several people, to each by itself; each that is new counts as a share.

    Args:
        viewer: who sends it.
        video_id: which.
        handles: to whom; the same person twice is once.
        text: what is said with it, perhaps nothing.
        key: as for `send_message`; the same for all.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: the viewer may not watch the video.
        BadMessage: too long a text.
    """
    person_id_of(viewer)
    clean = policy.clean_message(text, has_video=True)
    videos.card(viewer=viewer, video_id=video_id)
    return [_delivery(viewer, handle, clean, video_id, key) for handle in dict.fromkeys(map(str.lower, handles))]


def _delivery(viewer: Viewer, handle: str, text: str, video_id: int, key: uuid.UUID | None) -> Delivery:
    try:
        _send(viewer, handle, text, video_id, key)
    except RevueError as error:
        return Delivery(handle, error)
    return Delivery(handle)


@transaction.atomic
def _send(viewer: Viewer, handle: str, text: str, video_id: int | None, key: uuid.UUID | None) -> Message:
    person_id, other_id = person_id_of(viewer), queries.person_named(viewer=viewer, handle=handle)
    row = hold(person_id, other_id)
    known = _known(row, person_id, key)
    if known is not None:
        return known
    limits.check("message", key=str(person_id), per_minute=MESSAGES_PER_MINUTE)
    _require_may_write(row, person_id)
    message = _write(row, person_id, Message(author_id=person_id, text=text, video_id=video_id, key=key))
    if video_id is not None:
        events.hold_video(video_id=video_id)
        events.add_social(video_id=video_id, shares=1)
    return message


def hold(person_id: int, other_id: int) -> Row:
    """How a person stands with another; nobody else changes that, nor can either leave, until the transaction ends.

    Raises:
        NotFound: one of the two is not there, or a block is between them.
    """
    if len(accounts.hold_people([person_id, other_id])) == 2:  # noqa: PLR2004 - both
        social.hold_pairs(person_id, [other_id])
        for row in sight.rows_with(person_id, [other_id]):
            return row
    raise NotFound("There is nobody with this name.")


def _known(row: Row, person_id: int, key: uuid.UUID | None) -> Message | None:
    if key is None or row.conversation_id is None:
        return None
    return Message.objects.filter(conversation_id=row.conversation_id, author_id=person_id, key=key).first()


def _require_may_write(row: Row, person_id: int) -> None:
    why_not = policy.why_not(row.standing, today=clock.now().date())
    if why_not is not None:
        raise policy.ERROR_OF[why_not]
    if policy.is_request(row.standing) and row.standing.asked == 0:
        limits.check("message_request", key=str(person_id), per_day=REQUESTS_PER_DAY)


def _write(row: Row, person_id: int, message: Message) -> Message:
    """Insert a message, put the conversation where it belongs in the lists of both, and tell them."""
    is_request = policy.is_request(row.standing)
    message.conversation_id = row.conversation_id or _begin(person_id, row.other_id)
    before = Message.objects.filter(conversation_id=message.conversation_id).aggregate(last=Max("pk"))["last"] or 0
    message.pk = max(ids.new_id(), before + 1)  # in the order in which they were written, whoever's clock is late
    message.has_video = message.video_id is not None
    message.save(force_insert=True)
    mine, theirs = _two(message.conversation_id, person_id)
    mine.place = message.pk
    if not is_request:
        for one in (mine, theirs):
            one.state, one.declined_at = ConversationState.OPEN.value, None
    is_heard = _put_before(theirs, message.pk, before)
    mine.save(update_fields=["place", "state", "declined_at"])
    theirs.save(update_fields=["place", "state", "declined_at", "cleared_to"])
    live.message_sent(message, to=[person_id, row.other_id] if is_heard else [person_id])
    if is_heard and not is_request:
        push.plan(person_id=row.other_id, conversation_id=message.conversation_id)
    return message


def _begin(person_id: int, other_id: int) -> int:
    """The conversation of two who have not written to each other; whoever begins it asks, for now."""
    low, high = sorted((person_id, other_id))
    conversation = Conversation.objects.create(low_id=low, high_id=high)
    sides = {person_id: ConversationState.WAITING, other_id: ConversationState.REQUESTED}
    Participant.objects.bulk_create(
        Participant(conversation=conversation, person_id=one, other_id=low + high - one, state=sides[one].value)
        for one in (low, high)
    )
    return conversation.pk


def _two(conversation_id: int, person_id: int) -> tuple[Participant, Participant]:
    """The one who writes, and the other."""
    mine, theirs = sorted(
        Participant.objects.filter(conversation_id=conversation_id), key=lambda one: one.person_id != person_id
    )
    return mine, theirs


def _put_before(theirs: Participant, message_id: int, before: int) -> bool:
    """Have the other find a message; whether they do. Who has declined hears nothing until they may be asked again."""
    if theirs.declined_at is not None:
        if clock.now() - theirs.declined_at < policy.ASKS_AGAIN_AFTER:
            return False
        theirs.declined_at, theirs.cleared_to = None, before
    theirs.place = message_id
    return True
