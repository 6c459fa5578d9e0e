"""What people are told, and what they write to each other."""

from revue.inbox.models.messages import Conversation, Message, MessageReport, Participant
from revue.inbox.models.notices import (
    LONGEST_LANGUAGE,
    Notice,
    NoticeActor,
    Preferences,
    Subscription,
    not_pushed_at_first,
)

__all__ = [
    "LONGEST_LANGUAGE",
    "Conversation",
    "Message",
    "MessageReport",
    "Notice",
    "NoticeActor",
    "Participant",
    "Preferences",
    "Subscription",
    "not_pushed_at_first",
]
