"""What the two of a conversation are told at once, on the stream `me`. A hint each time: ids and counts, no words.

Counts are made after the commit of what changed them, as those of notices: see `notifications.live`.
"""

from collections.abc import Collection
from functools import partial
from typing import Final

from django.db import connection, transaction

from revue.inbox.messages import queries
from revue.inbox.models import Message
from revue.platform import bus, ids

_ONE_AT_A_TIME: Final = "SELECT pg_advisory_xact_lock(hashtext('messages'), hashtext(%s::text))"


def message_sent(message: Message, *, to: Collection[int]) -> None:
    """Tell of a message, its author's other pages too."""
    _tell_all(to, "message", _about(message))


def message_unsent(message: Message, *, to: Collection[int]) -> None:
    """Tell that nothing is left of a message."""
    _tell_all(to, "message_unsent", _about(message))


def messages_read(conversation_id: int, message_id: int, *, by: int) -> None:
    """Tell somebody's other pages up to where they have read."""
    _tell_all([by], "message_read", _read(conversation_id, message_id, by))


def read_by_other(conversation_id: int, message_id: int, *, by: int, to: int) -> None:
    """Tell the other up to where somebody has read."""
    bus.publish(_topic(to), "message_read", _read(conversation_id, message_id, by))


def conversation_changed(conversation_id: int, *, to: Collection[int]) -> None:
    """Tell that a conversation stands otherwise, or in another list."""
    _tell_all(to, "conversation", {"conversation_id": ids.to_short(conversation_id)})


def _tell_all(person_ids: Collection[int], event: str, data: dict[str, str]) -> None:
    for person_id in person_ids:
        transaction.on_commit(partial(_tell, person_id, event, data), robust=True)


def _tell(person_id: int, event: str, data: dict[str, str]) -> None:
    """One at a time for each person: whoever counts last has seen all that was committed before."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME, [person_id])
        counts = queries.unread(person_id=person_id)
        unread = {"messages": counts.messages, "requests": counts.requests}
        bus.publish(_topic(person_id), event, {**data, "unread": unread})


def _about(message: Message) -> dict[str, str]:
    return {
        "conversation_id": ids.to_short(message.conversation_id),
        "message_id": ids.to_short(message.pk),
        "by": ids.to_short(message.author_id),
    }


def _read(conversation_id: int, message_id: int, by: int) -> dict[str, str]:
    return {
        "conversation_id": ids.to_short(conversation_id),
        "message_id": ids.to_short(message_id),
        "by": ids.to_short(by),
    }


def _topic(person_id: int) -> str:
    return f"person:{ids.to_short(person_id)}"
