"""What one of the two does with a conversation, besides writing. Each is safe to repeat and to run beside itself."""

from typing import Final

from django.db import transaction
from django.db.models import Max, Min

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.inbox.messages import live, queries, sight
from revue.inbox.messages.contracts import ConversationState, UnreadMessages
from revue.inbox.messages.sending import hold
from revue.inbox.models import Message, Participant
from revue.platform import clock, limits
from revue.platform.errors import NotAllowed

CHANGES_PER_MINUTE: Final = 240


@transaction.atomic
def mark_read(*, viewer: Viewer, conversation_id: int, message_id: int) -> UnreadMessages:
    """Mark a conversation as read up to a message; how much is unread in all of them then.

    The other is told where both show what they have read, and neither asks the other.

    Raises:
        SignInNeeded: the viewer is a visitor.
        ConversationNotFound: it is not theirs, a block is between the two, or the other's account is closed.
        RateLimited: too many changes in a minute.
    """
    person_id = _changing(viewer)
    place = sight.place_of(viewer=viewer, conversation_id=conversation_id)
    read_to = min(message_id, place.newest or 0)
    own = Participant.objects.filter(conversation_id=conversation_id, person_id=person_id, read_to__lt=read_to)
    if own.update(read_to=read_to):
        live.messages_read(conversation_id, read_to, by=person_id)
        theirs = sight.place_of(viewer=Viewer(person_id=place.other_id), conversation_id=conversation_id)
        if theirs.read_up_to is not None:
            live.read_by_other(conversation_id, theirs.read_up_to, by=person_id, to=place.other_id)
    return queries.unread(person_id=person_id)


@transaction.atomic
def accept_request(*, viewer: Viewer, conversation_id: int) -> None:
    """Let somebody who asks write on; nothing changes where nobody asks.

    Raises:
        SignInNeeded: the viewer is a visitor.
        ConversationNotFound: it is not theirs, a block is between the two, or the other's account is closed.
        RateLimited: too many changes in a minute.
    """
    own, other_id = _held(viewer, conversation_id)
    if own.state != ConversationState.REQUESTED.value:
        return
    both = Participant.objects.filter(conversation_id=conversation_id)
    both.update(state=ConversationState.OPEN.value, declined_at=None)
    live.conversation_changed(conversation_id, to=[own.person_id, other_id])


@transaction.atomic
def mute_conversation(*, viewer: Viewer, conversation_id: int, is_muted: bool) -> None:
    """Have what is new in a conversation neither pushed nor counted, or both again.

    Raises:
        SignInNeeded: the viewer is a visitor.
        ConversationNotFound: it is not theirs, a block is between the two, or the other's account is closed.
        RateLimited: too many changes in a minute.
    """
    person_id = _changing(viewer)
    sight.place_of(viewer=viewer, conversation_id=conversation_id)
    own = Participant.objects.filter(conversation_id=conversation_id, person_id=person_id)
    if own.exclude(is_muted=is_muted).update(is_muted=is_muted):
        live.conversation_changed(conversation_id, to=[person_id])


@transaction.atomic
def delete_conversation(*, viewer: Viewer, conversation_id: int) -> None:
    """Delete all that is in a conversation, for the viewer alone; what both have deleted is erased.

    A request is declined by this: whoever asks is not told, and may ask again after 30 days.

    Raises:
        SignInNeeded: the viewer is a visitor.
        ConversationNotFound: it is not theirs, a block is between the two, or the other's account is closed.
        RateLimited: too many changes in a minute.
    """
    own, _ = _held(viewer, conversation_id)
    if own.place is None:
        return
    if own.state == ConversationState.REQUESTED.value:
        own.declined_at = clock.now()
    newest = Message.objects.filter(conversation_id=conversation_id).aggregate(last=Max("pk"))["last"]
    own.place, own.cleared_to = None, newest or own.cleared_to
    own.save(update_fields=["place", "cleared_to", "declined_at"])
    _erase(conversation_id)
    live.conversation_changed(conversation_id, to=[own.person_id])


@transaction.atomic
def unsend_message(*, viewer: Viewer, message_id: int) -> None:
    """Take back what the viewer has written: text and video go for both, and that there was something stays.

    Raises:
        SignInNeeded: the viewer is a visitor.
        MessageNotFound: there is no such message in a conversation of theirs.
        NotAllowed: the other wrote it.
        RateLimited: too many changes in a minute.
    """
    person_id = _changing(viewer)
    message, place = queries.message_found(viewer=viewer, message_id=message_id)
    if message.author_id != person_id:
        raise NotAllowed("This message is not yours to take back.")
    unsent = {"text": "", "has_video": False, "video": None, "unsent_at": clock.now()}
    if Message.objects.filter(pk=message_id, unsent_at=None).update(**unsent):
        theirs = Participant.objects.filter(conversation_id=place.conversation_id, person_id=place.other_id)
        is_found = theirs.filter(cleared_to__lt=message_id, place__gte=message_id).exists()
        live.message_unsent(message, to=[person_id, place.other_id] if is_found else [person_id])


def _changing(viewer: Viewer) -> int:
    person_id = person_id_of(viewer)
    limits.check("conversation", key=str(person_id), per_minute=CHANGES_PER_MINUTE)
    return person_id


def _held(viewer: Viewer, conversation_id: int) -> tuple[Participant, int]:
    """The viewer's side of a conversation that nobody else changes until the transaction ends, and the other."""
    person_id = _changing(viewer)
    other_id = sight.place_of(viewer=viewer, conversation_id=conversation_id).other_id
    hold(person_id, other_id)
    return Participant.objects.get(conversation_id=conversation_id, person_id=person_id), other_id


def _erase(conversation_id: int) -> None:
    """Erase what neither of the two finds any more."""
    sides = Participant.objects.filter(conversation_id=conversation_id)
    cleared_to = sides.aggregate(both=Min("cleared_to"))["both"]
    Message.objects.filter(conversation_id=conversation_id, pk__lte=cleared_to).delete()
