"""What one of the two does with a conversation, besides writing."""

from revue.accounts.contracts import Viewer
from revue.inbox.messages.contracts import UnreadMessages


def mark_read(*, viewer: Viewer, conversation_id: int, message_id: int) -> UnreadMessages:
    """Mark a conversation as read up to a message; how much is unread then."""
    raise NotImplementedError


def accept_request(*, viewer: Viewer, conversation_id: int) -> None:
    """Let somebody who asks write on."""
    raise NotImplementedError


def mute_conversation(*, viewer: Viewer, conversation_id: int, is_muted: bool) -> None:
    """Have what is new neither pushed nor counted, or both again."""
    raise NotImplementedError


def delete_conversation(*, viewer: Viewer, conversation_id: int) -> None:
    """Delete a conversation for the viewer alone; a request is declined by this."""
    raise NotImplementedError


def unsend_message(*, viewer: Viewer, message_id: int) -> None:
    """Take back what the viewer has written, for both."""
    raise NotImplementedError
