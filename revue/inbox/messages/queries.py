"""All reads of conversations and messages."""

from revue.accounts.contracts import Viewer
from revue.inbox.messages.contracts import ConversationPage, ConversationView, Folder, MessagePage, UnreadMessages


def unread(*, person_id: int) -> UnreadMessages:
    """How many of a person's conversations have something new; muted ones are not counted. One SELECT."""
    raise NotImplementedError


def conversations(
    *, viewer: Viewer, folder: Folder = Folder.INBOX, cursor: str = "", limit: int = 20
) -> ConversationPage:
    """The viewer's conversations, the one with the newest message first; three SELECTs."""
    raise NotImplementedError


def conversation(*, viewer: Viewer, conversation_id: int) -> ConversationView:
    """One of the viewer's conversations."""
    raise NotImplementedError


def conversation_with(*, viewer: Viewer, handle: str) -> ConversationView:
    """The conversation with a person, begun or not."""
    raise NotImplementedError


def messages(*, viewer: Viewer, conversation_id: int, cursor: str = "", limit: int = 30) -> MessagePage:
    """What the two have written, newest first."""
    raise NotImplementedError
