"""Named points where apps above join in, registered in their `apps.py`."""

from typing import Protocol


class SoundLinked(Protocol):
    """Hears which sound a clip turned out to have."""

    def __call__(self, *, clip_id: int, sound_id: int) -> None:
        """Follow it; called inside the transaction that says so."""


class SoundMuted(Protocol):
    """Hears of a sound that may not, or may again, be heard."""

    def __call__(self, *, sound_id: int, is_muted: bool) -> None:
        """Follow it; called inside the transaction that says so."""


_linked: list[SoundLinked] = []
_muted: list[SoundMuted] = []


def on_sound_linked(hear: SoundLinked) -> None:
    """Have `hear(clip_id=…, sound_id=…)` called when a clip's sound is known."""
    if hear not in _linked:
        _linked.append(hear)


def on_sound_muted(hear: SoundMuted) -> None:
    """Have `hear(sound_id=…, is_muted=…)` called when a sound is muted or let go again."""
    if hear not in _muted:
        _muted.append(hear)


def linked() -> tuple[SoundLinked, ...]:
    """Who wants to know which sound a clip has."""
    return tuple(_linked)


def muted() -> tuple[SoundMuted, ...]:
    """Who wants to hear of muted sounds."""
    return tuple(_muted)
