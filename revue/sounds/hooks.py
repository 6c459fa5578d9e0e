"""Named points where apps above join in, registered in their `apps.py`."""

from collections.abc import Collection
from typing import Protocol


class SoundLinked(Protocol):
    """Hears which sound a clip turned out to have."""

    def __call__(self, *, clip_id: int, sound_id: int) -> None:
        """Follow it; called inside the transaction that says so."""


class SoundMuted(Protocol):
    """Hears of a sound that may not, or may again, be heard."""

    def __call__(self, *, sound_id: int, is_muted: bool) -> None:
        """Follow it; called inside the transaction that says so."""


class SoundChanged(Protocol):
    """Hears of a sound that is new, or called otherwise."""

    def __call__(self, *, sound_id: int) -> None:
        """Follow it; called inside the transaction that changed it."""


class ClipOpen(Protocol):
    """Knows who may hear a clip."""

    def __call__(self, *, clip_id: int) -> bool:
        """Whether everybody with a link may."""


class SoundsUsed(Protocol):
    """Knows which sounds something has."""

    def __call__(self, *, sound_ids: Collection[int]) -> set[int]:
        """Those among them that must stay."""


_linked: list[SoundLinked] = []
_muted: list[SoundMuted] = []
_changed: list[SoundChanged] = []
_open: list[ClipOpen] = []
_used: list[SoundsUsed] = []


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


def on_sound_changed(hear: SoundChanged) -> None:
    """Have `hear(sound_id=…)` called when a sound of the library is there, or what is said of a sound changes."""
    if hear not in _changed:
        _changed.append(hear)


def changed() -> tuple[SoundChanged, ...]:
    """Who wants to hear of sounds that are called otherwise."""
    return tuple(_changed)


def on_asked_whether_open(answer: ClipOpen) -> None:
    """Have `answer(clip_id=…)` asked before somebody else's sound is taken for that of a clip."""
    if answer not in _open:
        _open.append(answer)


def is_open(clip_id: int) -> bool:
    """Whether nobody objects to everybody hearing a clip."""
    return all(answer(clip_id=clip_id) for answer in _open)


def on_asked_whether_used(answer: SoundsUsed) -> None:
    """Have `answer(sound_ids=…)` asked before sounds without a file are deleted."""
    if answer not in _used:
        _used.append(answer)


def used(sound_ids: Collection[int]) -> set[int]:
    """Those among the sounds that somebody has."""
    return set().union(*(answer(sound_ids=sound_ids) for answer in _used))
