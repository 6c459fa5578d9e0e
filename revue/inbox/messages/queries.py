"""All reads of conversations and messages. Each answers one of the two alone."""

import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.inbox.messages import sight
from revue.inbox.messages.contracts import (
    MOST_UNREAD,
    ConversationPage,
    ConversationState,
    ConversationView,
    Folder,
    MessagePage,
    UnreadMessages,
)
from revue.inbox.messages.errors import ConversationNotFound, MessageNotFound
from revue.inbox.messages.sight import Place
from revue.inbox.messages.views import conversation_views, message_views
from revue.inbox.models import Message
from revue.platform import paging
from revue.platform.errors import NotFound
from revue.social.errors import NotYourself

_PAGE: Final = f"""
{sight.COLUMNS} {sight.LISTED}
    AND {{folder}} AND (%(before)s::bigint IS NULL OR c.place < %(before)s)
ORDER BY c.place DESC LIMIT %(limit)s
"""
_COUNT: Final = f"""(SELECT count(*) FROM (
    SELECT 1 {sight.LISTED} AND NOT c.is_muted AND NOT {sight.RESTRICTED} AND {sight.HAS_UNREAD}
        AND (c.state = '{ConversationState.REQUESTED.value}') = {{are_requests}}
    LIMIT {MOST_UNREAD}
) AS u)"""  # noqa: S608 - put together from constants
_UNREAD: Final = f"SELECT {_COUNT.format(are_requests='false')}, {_COUNT.format(are_requests='true')}"
_RINGS: Final = f"""
SELECT 1 {sight.LISTED} AND c.conversation_id = %(conversation)s AND NOT c.is_muted AND NOT {sight.RESTRICTED}
    AND c.state = '{ConversationState.OPEN.value}' AND {sight.HAS_UNREAD}
"""
_WRITTEN: Final = """
SELECT m.made_at, m.author_id = c.person_id, o.handle, m.text
FROM inbox_participant AS c
JOIN inbox_message AS m ON m.conversation_id = c.conversation_id
JOIN accounts_person AS o ON o.id = c.other_id
WHERE c.person_id = %(viewer)s AND m.unsent_at IS NULL
    AND (m.author_id = c.person_id OR (m.id > c.cleared_to AND m.id <= c.place))
ORDER BY m.id
"""


def unread(*, person_id: int) -> UnreadMessages:
    """How many of a person's conversations have something new. One SELECT.

    Neither counts what they have muted, nor what people write whom they restrict.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD, {"viewer": person_id})
        return UnreadMessages(*cursor.fetchone())


def rings(*, person_id: int, conversation_id: int) -> bool:
    """Whether a person is to be disturbed for what is new in a conversation. One SELECT."""
    with connection.cursor() as cursor:
        cursor.execute(_RINGS, {"viewer": person_id, "conversation": conversation_id})
        return cursor.fetchone() is not None


def conversations(
    *, viewer: Viewer, folder: Folder = Folder.INBOX, cursor: str = "", limit: int = 20
) -> ConversationPage:
    """The viewer's conversations, the one with the newest message first; two SELECTs.

    Args:
        viewer: whose.
        folder: only of this one.
        cursor: `next_cursor` of the page before.
        limit: at most so many.

    Raises:
        SignInNeeded: the viewer is a visitor.
        BadCursor: the cursor is not ours or belongs to another list.
    """
    name = f"conversations.{folder.value}"
    values: dict[str, Any] = {"viewer": person_id_of(viewer), "limit": limit + 1}
    values["before"] = paging.read(name, cursor)["before"] if cursor else None
    found = sight.rows(_PAGE.format(folder=sight.IN_FOLDER[folder]), values)
    more = paging.sign(name, {"before": found[limit - 1].place}) if len(found) > limit else None
    return ConversationPage(conversation_views(found[:limit]), more)


def conversation(*, viewer: Viewer, conversation_id: int) -> ConversationView:
    """One of the viewer's conversations, whether or not it stands in their lists; three SELECTs.

    Raises:
        SignInNeeded: the viewer is a visitor.
        ConversationNotFound: it is not theirs, a block is between the two, or the other's account is closed.
    """
    return _with(person_id_of(viewer), sight.place_of(viewer=viewer, conversation_id=conversation_id).other_id)


def conversation_with(*, viewer: Viewer, handle: str) -> ConversationView:
    """The conversation with a person, begun or not; three SELECTs.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotYourself: it is the viewer's own handle.
        NotFound: nobody has this handle, or a block is between the two.
    """
    return _with(person_id_of(viewer), person_named(viewer=viewer, handle=handle))


def messages(*, viewer: Viewer, conversation_id: int, cursor: str = "", limit: int = 30) -> MessagePage:
    """What the two have written, newest first, without what the viewer has deleted; three SELECTs.

    Args:
        viewer: one of the two.
        conversation_id: which.
        cursor: `next_cursor` of the page before.
        limit: at most so many.

    Raises:
        SignInNeeded: the viewer is a visitor.
        ConversationNotFound: it is not theirs, a block is between the two, or the other's account is closed.
        BadCursor: the cursor is not ours or belongs to another list.
    """
    place, name = sight.place_of(viewer=viewer, conversation_id=conversation_id), f"messages.{conversation_id}"
    rows = messages_at(place)
    if cursor:
        rows = rows.filter(pk__lt=paging.read(name, cursor)["before"])
    found = list(rows.order_by("-pk")[: limit + 1])
    more = paging.sign(name, {"before": found[limit - 1].pk}) if len(found) > limit else None
    views = message_views(viewer, found[:limit], is_held=place.state is ConversationState.REQUESTED)
    return MessagePage(views, more, place.read_up_to)


def written(*, person_id: int) -> list[tuple[datetime.datetime, bool, str, str]]:
    """(time, whether it is theirs, the other's handle, text) of a person's messages, for the copy of their data."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, {"viewer": person_id})
        return list(cursor.fetchall())


def messages_at(place: Place) -> "QuerySet[Message]":
    """The messages that somebody finds in a conversation."""
    rows = Message.objects.filter(conversation_id=place.conversation_id, pk__gt=place.cleared_to)
    return rows.filter(pk__lte=place.newest) if place.newest is not None else rows.none()


def message_found(*, viewer: Viewer, message_id: int) -> tuple[Message, Place]:
    """A message that the viewer finds in a conversation of theirs, and where that stands.

    Raises:
        SignInNeeded: the viewer is a visitor.
        MessageNotFound: there is none.
    """
    person_id_of(viewer)
    conversation_id = Message.objects.filter(pk=message_id).values_list("conversation_id", flat=True).first()
    try:
        place = sight.place_of(viewer=viewer, conversation_id=conversation_id or 0)
    except ConversationNotFound as error:
        raise MessageNotFound from error
    message = messages_at(place).filter(pk=message_id).first()
    if message is None:
        raise MessageNotFound
    return message, place


def person_named(*, viewer: Viewer, handle: str) -> int:
    """Somebody else, by their handle; blocks are not asked. One SELECT.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotYourself: it is the viewer's own handle.
        NotFound: nobody has it.
    """
    person_id = person_id_of(viewer)
    other_id = accounts.person_ids([handle]).get(handle.lower())
    if other_id is None:
        raise NotFound("There is nobody with this name.")
    if other_id == person_id:
        raise NotYourself
    return other_id


def _with(person_id: int, other_id: int) -> ConversationView:
    views = conversation_views(sight.rows_with(person_id, [other_id]))
    if not views:
        raise NotFound("There is nobody with this name.")
    return views[0]
