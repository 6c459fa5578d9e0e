"""Named points where apps above join in, registered in their `apps.py`."""

from collections.abc import Sequence
from typing import Protocol

from revue.accounts.contracts import Viewer
from revue.events.contracts import Event


class AskWhetherTraced(Protocol):
    """Knows whether what a viewer watches may be written down under their name."""

    def __call__(self, viewer: Viewer, /) -> bool:
        """Whether it may."""


_asked: list[AskWhetherTraced] = []


def on_asked_whether_traced(ask: AskWhetherTraced) -> None:
    """Have `ask(viewer)` called, inside the transaction, whenever a viewer's events come in."""
    if ask not in _asked:
        _asked.append(ask)


def is_traced(viewer: Viewer) -> bool:
    """Whether a viewer's events may carry their name: nobody who was asked says no."""
    return all(ask(viewer) for ask in _asked)


class HearEvents(Protocol):
    """Hears what a viewer did."""

    def __call__(self, *, viewer: Viewer, events: Sequence[Event]) -> None:
        """Follow what happened, inside the transaction; each event comes once, an error here undoes the batch."""


_heard: list[HearEvents] = []


def on_recorded(hear: HearEvents) -> None:
    """Have `hear(viewer=…, events=…)` called with each batch of new events of somebody who leaves a trace."""
    if hear not in _heard:
        _heard.append(hear)


def tell(viewer: Viewer, events: Sequence[Event]) -> None:
    """Tell whoever wants to know."""
    for hear in _heard:
        hear(viewer=viewer, events=events)
