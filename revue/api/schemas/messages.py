"""What two people write to each other."""

import datetime
import uuid
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from revue.api.schemas.people import Author, author
from revue.inbox.messages.contracts import (
    LONGEST_MESSAGE,
    MOST_ASKED,
    MOST_RECIPIENTS,
    MOST_UNREAD,
    ConversationPage,
    ConversationState,
    ConversationView,
    Delivery,
    LastMessage,
    MessageKind,
    MessagePage,
    MessageVideo,
    MessageView,
    Recipient,
    ReportReason,
    SentVideo,
    SentVideoState,
    UnreadMessages,
    WhyNot,
)
from revue.inbox.messages.policy import LONGEST_REPORT
from revue.platform import ids

_KEY = "made up by the client: again with the same key gives the message that there is"
_TEXT = f"up to {LONGEST_MESSAGE} characters once spaces at both ends are taken off"


class UnreadMessagesOut(Schema):
    """How many conversations have something that the viewer has not read; muted ones are not counted."""

    messages: int = Field(description=f"{MOST_UNREAD} means so many or more")
    requests: int = Field(description="of people who ask")


class LastMessageOut(Schema):
    """The newest message of a conversation, in a line."""

    kind: MessageKind
    text: str
    at: datetime.datetime
    mine: bool


class ConversationOut(Schema):
    """What the viewer and another write to each other."""

    id: str | None = Field(description="null: neither has written")
    person: Author = Field(description="the other")
    state: ConversationState = Field(description="requested: they ask the viewer; waiting: the viewer has asked")
    can_write: bool
    why_not: WhyNot | None
    asks_left: int | None = Field(
        description=f"of a request's {MOST_ASKED} messages; null: what the viewer writes is no request"
    )
    unread: int = Field(description=f"messages; {MOST_UNREAD} means so many or more")
    last: LastMessageOut | None
    muted: bool


class ConversationPageOut(Schema):
    """Conversations, the one with the newest message first; `next_cursor` is null at the end."""

    items: list[ConversationOut]
    next_cursor: str | None


class SentVideoOut(Schema):
    """A video as it stands in a message."""

    id: str
    url: str = Field(description="address of its page, without the host")
    author: Author
    caption: str
    poster_small_url: str | None
    thumbhash: str
    duration_ms: int


class MessageVideoOut(Schema):
    """What a message shows of its video now."""

    state: SentVideoState = Field(
        description="gone: not there, or not for the viewer; held: of a request, until accepted"
    )
    card: SentVideoOut | None = Field(description="there while the state is shown")


class MessageOut(Schema):
    """What one of the two has written."""

    id: str
    mine: bool
    text: str
    video: MessageVideoOut | None
    at: datetime.datetime
    unsent: bool = Field(description="nothing else is left of it")
    key: uuid.UUID | None = Field(description="of one's own")


class MessagePageOut(Schema):
    """Messages, newest first; `next_cursor` is null at the end."""

    items: list[MessageOut]
    next_cursor: str | None
    read_up_to: str | None = Field(description="the last one that the other has read, where both show it")


class NewMessage(Schema):
    """What to write."""

    text: str = Field(default="", description=_TEXT, max_length=4000)
    video_id: str | None = Field(default=None, description="a video that the viewer may watch", max_length=11)
    key: uuid.UUID | None = Field(default=None, description=_KEY)


class VideoToSend(Schema):
    """To whom to send a video, and what to say with it."""

    to: list[Annotated[str, Field(max_length=30)]] = Field(
        description="handles, without @", min_length=1, max_length=MOST_RECIPIENTS
    )
    text: str = Field(default="", description=_TEXT, max_length=4000)
    key: uuid.UUID | None = Field(default=None, description=_KEY)


class NotSentOut(Schema):
    """To whom something was not sent, and why."""

    handle: str
    code: str
    detail: str


class DeliveriesOut(Schema):
    """To whom something was sent, in the order in which they were named."""

    sent: list[str]
    refused: list[NotSentOut]


class RecipientOut(Schema):
    """Somebody to whom the viewer can write."""

    person: Author
    conversation_id: str | None
    is_friend: bool


class RecipientsOut(Schema):
    """People to whom the viewer can write, those they have written with before first."""

    items: list[RecipientOut]


class ReadTo(Schema):
    """Up to where the viewer has read."""

    message_id: str = Field(max_length=11)


class NewMessageReport(Schema):
    """What is wrong with a message."""

    reason: ReportReason
    text: str = Field(default="", description=f"up to {LONGEST_REPORT} characters", max_length=2000)


def unread(counts: UnreadMessages) -> dict[str, int]:
    """An `UnreadMessagesOut` as a plain dict."""
    return {"messages": counts.messages, "requests": counts.requests}


def conversations(page: ConversationPage) -> dict[str, Any]:
    """A `ConversationPageOut` as a plain dict."""
    return {"items": [conversation(view) for view in page.conversations], "next_cursor": page.next_cursor}


def conversation(view: ConversationView) -> dict[str, Any]:
    """A `ConversationOut` as a plain dict."""
    return {
        "id": _short(view.id),
        "person": author(view.person),
        "state": view.state,
        "can_write": view.why_not is None,
        "why_not": view.why_not,
        "asks_left": view.asks_left,
        "unread": view.unread,
        "last": view.last and _last(view.last),
        "muted": view.is_muted,
    }


def messages(page: MessagePage) -> dict[str, Any]:
    """A `MessagePageOut` as a plain dict."""
    items = [message(view) for view in page.messages]
    return {"items": items, "next_cursor": page.next_cursor, "read_up_to": _short(page.read_up_to)}


def message(view: MessageView) -> dict[str, Any]:
    """A `MessageOut` as a plain dict."""
    return {
        "id": ids.to_short(view.id),
        "mine": view.is_mine,
        "text": view.text,
        "video": view.video and _video(view.video),
        "at": view.at,
        "unsent": view.is_unsent,
        "key": view.key,
    }


def deliveries(found: list[Delivery]) -> dict[str, Any]:
    """A `DeliveriesOut` as a plain dict."""
    return {
        "sent": [one.handle for one in found if one.error is None],
        "refused": [
            {"handle": one.handle, "code": one.error.code, "detail": one.error.detail}
            for one in found
            if one.error is not None
        ],
    }


def recipients(found: list[Recipient]) -> dict[str, Any]:
    """A `RecipientsOut` as a plain dict."""
    return {
        "items": [
            {"person": author(one.card), "conversation_id": _short(one.conversation_id), "is_friend": one.is_friend}
            for one in found
        ]
    }


def _last(last: LastMessage) -> dict[str, Any]:
    return {"kind": last.kind, "text": last.text, "at": last.at, "mine": last.is_mine}


def _video(video: MessageVideo) -> dict[str, Any]:
    return {"state": video.state, "card": video.card and _card(video.card)}


def _card(card: SentVideo) -> dict[str, Any]:
    short = ids.to_short(card.id)
    return {
        "id": short,
        "url": f"/@{card.author.handle}/{short}",
        "author": author(card.author),
        "caption": card.caption,
        "poster_small_url": card.poster_url,
        "thumbhash": card.thumbhash,
        "duration_ms": card.duration_ms,
    }


def _short(number: int | None) -> str | None:
    return None if number is None else ids.to_short(number)
