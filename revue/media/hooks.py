"""Named points where apps above join in, registered in their `apps.py`."""

from typing import Protocol

from revue.media.contracts import ClipView, SoundMade


class ClipChanged(Protocol):
    """Hears of a clip."""

    def __call__(self, *, clip_id: int, view: ClipView) -> None:
        """Follow the clip's new state; called inside the transaction that changed it."""


class SoundHeard(Protocol):
    """Hears of a clip's own sound."""

    def __call__(self, *, clip_id: int, sound: SoundMade) -> None:
        """Follow it; called inside the transaction that keeps it, once or, after a kill, again."""


_clip_changed: list[ClipChanged] = []


def on_clip_changed(listen: ClipChanged) -> None:
    """Have `listen(clip_id=…, view=…)` called whenever a clip's state or progress changes."""
    if listen not in _clip_changed:
        _clip_changed.append(listen)


def clip_changed() -> tuple[ClipChanged, ...]:
    """Who wants to hear of clips."""
    return tuple(_clip_changed)


_sound_made: list[SoundHeard] = []


def on_sound_made(hear: SoundHeard) -> None:
    """Have `hear(clip_id=…, sound=…)` called when a clip's own sound is there."""
    if hear not in _sound_made:
        _sound_made.append(hear)


def sound_made() -> tuple[SoundHeard, ...]:
    """Who wants to hear of sounds."""
    return tuple(_sound_made)
