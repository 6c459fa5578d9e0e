"""To whom somebody may want to send something."""

from revue.accounts.contracts import Viewer
from revue.inbox.messages.contracts import Recipient


def recipients(*, viewer: Viewer, prefix: str = "") -> list[Recipient]:
    """People to whom the viewer can write."""
    raise NotImplementedError
