"""Named points where apps above join in, registered in their `apps.py`."""

from typing import Protocol

from revue.accounts.contracts import Viewer


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
