"""What other apps see of messages."""

import dataclasses
import datetime
import enum
import uuid
from typing import Final

from revue.accounts.contracts import PersonCard
from revue.platform.errors import RevueError

LONGEST_MESSAGE: Final = 1000  # letters
MOST_ASKED: Final = 3  # messages of a request
MOST_RECIPIENTS: Final = 10  # of one video, in one call
MOST_UNREAD: Final = 100  # of one conversation, and conversations; more are told as so many


class Folder(enum.StrEnum):
    """Where a conversation stands."""

    INBOX = "inbox"
    REQUESTS = "requests"  # of strangers, and of people whom one restricts


class ConversationState(enum.StrEnum):
    """How a conversation stands for one of the two."""

    NEW = "new"  # neither has written
    OPEN = "open"
    REQUESTED = "requested"  # the other asks
    WAITING = "waiting"  # they have asked, and the other has not answered; nor do they hear of a refusal


class WhyNot(enum.StrEnum):
    """Why somebody cannot write to another now."""

    YOUNG = "young"  # they are too young themselves; of the other's age they hear nothing
    OFF = "off"  # they have switched messages off
    NOBODY = "nobody"  # the other takes none from them
    WAITING = "waiting"  # their request has as many messages as it may


class MessageKind(enum.StrEnum):
    """What a message is, in a line."""

    TEXT = "text"
    VIDEO = "video"
    UNSENT = "unsent"


class SentVideoState(enum.StrEnum):
    """What the viewer finds of a video that was sent."""

    SHOWN = "shown"
    GONE = "gone"  # deleted, or not for the viewer
    HELD = "held"  # of a request, until it is accepted


class ReportReason(enum.StrEnum):
    """What is wrong with a message."""

    VIOLENCE = "violence"
    HATE = "hate"
    HARASSMENT = "harassment"
    SELF_HARM = "self_harm"
    SEXUAL = "sexual"
    CHILD_SAFETY = "child_safety"
    SPAM = "spam"
    FRAUD = "fraud"
    PRIVATE_INFORMATION = "private_information"
    ILLEGAL_GOODS = "illegal_goods"
    OTHER = "other"


@dataclasses.dataclass(frozen=True, slots=True)
class UnreadMessages:
    """How many conversations have something that a person has not read, each at most `MOST_UNREAD`."""

    messages: int
    requests: int


@dataclasses.dataclass(frozen=True, slots=True)
class LastMessage:
    """The newest message of a conversation that the viewer finds there."""

    kind: MessageKind
    text: str
    at: datetime.datetime
    is_mine: bool


@dataclasses.dataclass(frozen=True, slots=True)
class ConversationView:
    """A conversation as one of the two sees it."""

    id: int | None  # None: neither has written
    person: PersonCard  # the other
    state: ConversationState
    why_not: WhyNot | None  # None: the viewer can write
    asks_left: int | None  # how many messages of a request are left; None: what they write is none
    unread: int
    last: LastMessage | None
    is_muted: bool


@dataclasses.dataclass(frozen=True, slots=True)
class ConversationPage:
    """Conversations, the one with the newest message first; `next_cursor` is None at the end."""

    conversations: tuple[ConversationView, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class SentVideo:
    """A video as it stands in a message."""

    id: int
    author: PersonCard
    caption: str
    poster_url: str | None  # the small one
    thumbhash: str
    duration_ms: int


@dataclasses.dataclass(frozen=True, slots=True)
class MessageVideo:
    """What a message shows of its video."""

    state: SentVideoState
    card: SentVideo | None  # there while it is shown


@dataclasses.dataclass(frozen=True, slots=True)
class MessageView:
    """A message as one of the two sees it."""

    id: int
    is_mine: bool
    text: str
    video: MessageVideo | None
    at: datetime.datetime
    is_unsent: bool  # nothing else is left of it
    key: uuid.UUID | None  # of one's own


@dataclasses.dataclass(frozen=True, slots=True)
class MessagePage:
    """Messages, newest first; `next_cursor` is None at the end."""

    messages: tuple[MessageView, ...]
    next_cursor: str | None
    read_up_to: int | None  # what the other has read of it; None: nothing, or they do not show it


@dataclasses.dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to whom the viewer can write."""

    card: PersonCard
    conversation_id: int | None
    is_friend: bool


@dataclasses.dataclass(frozen=True, slots=True)
class SaidMessage:
    """A message as it was when it was reported."""

    id: int
    author_id: int
    text: str
    video_id: int | None
    made_at: str  # ISO 8601


@dataclasses.dataclass(frozen=True, slots=True)
class ReportedMessage:
    """Somebody reported what another wrote to them."""

    report_id: int
    reporter_id: int
    reported_id: int
    reason: ReportReason
    text: str  # what the reporter says beside it
    said: tuple[SaidMessage, ...]  # oldest first, the reported message last


@dataclasses.dataclass(frozen=True, slots=True)
class Delivery:
    """What became of something that was sent to one of several people."""

    handle: str
    error: RevueError | None = None  # None: it is there
