"""Writing to people, and sending them videos."""

import uuid
from collections.abc import Sequence

from revue.accounts.contracts import Viewer
from revue.inbox.messages.contracts import Delivery, MessageView


def send_message(
    *, viewer: Viewer, handle: str, text: str = "", video_id: int | None = None, key: uuid.UUID | None = None
) -> MessageView:
    """Write to a person."""
    raise NotImplementedError


def send_video(
    *, viewer: Viewer, video_id: int, handles: Sequence[str], text: str = "", key: uuid.UUID | None = None
) -> list[Delivery]:
    """Send a video to several people, to each by itself."""
    raise NotImplementedError
