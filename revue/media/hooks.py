"""Named points where apps above join in, registered in their `apps.py`."""

from typing import Protocol

from revue.media.contracts import ClipView


class ClipChanged(Protocol):
    """Hears of a clip."""

    def __call__(self, *, clip_id: int, view: ClipView) -> None:
        """Follow the clip's new state; called inside the transaction that changed it."""


_clip_changed: list[ClipChanged] = []


def on_clip_changed(listen: ClipChanged) -> None:
    """Have `listen(clip_id=…, view=…)` called whenever a clip's state or progress changes."""
    if listen not in _clip_changed:
        _clip_changed.append(listen)


def clip_changed() -> tuple[ClipChanged, ...]:
    """Who wants to hear of clips."""
    return tuple(_clip_changed)
