"""Named points where apps above join in, registered in their `apps.py`. All are called inside the transaction."""

from typing import Protocol

from revue.inbox.messages.contracts import ReportedMessage


class MessageReported(Protocol):
    """Hears of a message that somebody reported."""

    def __call__(self, reported: ReportedMessage) -> None:
        """Follow it; an error here undoes the report."""


_message_reported: list[MessageReported] = []


def on_message_reported(hear: MessageReported) -> None:
    """Have `hear(reported)` called when somebody reported a message, once for each who did."""
    if hear not in _message_reported:
        _message_reported.append(hear)


def message_reported(reported: ReportedMessage) -> None:
    """Say that somebody reported a message; the action that stores it calls it."""
    for hear in _message_reported:
        hear(reported)
