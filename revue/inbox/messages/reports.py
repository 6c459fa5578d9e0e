"""Messages that somebody reports."""

from revue.accounts.contracts import Viewer
from revue.inbox.messages.contracts import ReportReason


def report_message(*, viewer: Viewer, message_id: int, reason: ReportReason, text: str = "") -> bool:
    """Report what somebody wrote to the viewer; whether to offer them a block."""
    raise NotImplementedError
