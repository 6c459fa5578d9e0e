"""Named points where apps above join in, registered in their `apps.py`. All are called inside the transaction."""

from collections.abc import Iterator
from typing import Protocol


class VideoHook(Protocol):
    """Hears of a video."""

    def __call__(self, *, video_id: int) -> None:
        """Follow what happened; an error here undoes it."""


_published: list[VideoHook] = []
_edited: list[VideoHook] = []
_remade: list[VideoHook] = []
_deleted: list[VideoHook] = []
_failed: list[VideoHook] = []


def on_published(hear: VideoHook) -> None:
    """Have `hear(video_id=…)` called once, when a video plays for the first time."""
    if hear not in _published:
        _published.append(hear)


def on_edited(hear: VideoHook) -> None:
    """Have `hear(video_id=…)` called after a video's caption, audience or other words were changed."""
    if hear not in _edited:
        _edited.append(hear)


def on_remade(hear: VideoHook) -> None:
    """Have `hear(video_id=…)` called after another clip took the place of a video's, or its sound became known."""
    if hear not in _remade:
        _remade.append(hear)


def on_deleted(hear: VideoHook) -> None:
    """Have `hear(video_id=…)` called before a video's row goes. Whoever registered last is called first."""
    if hear not in _deleted:
        _deleted.append(hear)


def on_failed(hear: VideoHook) -> None:
    """Have `hear(video_id=…)` called when a video, or what its author wants in its place, cannot be made."""
    if hear not in _failed:
        _failed.append(hear)


def published() -> Iterator[VideoHook]:
    """What to call when a video is published, in order."""
    return iter(_published)


def edited() -> Iterator[VideoHook]:
    """What to call when a video is edited, in order."""
    return iter(_edited)


def remade() -> Iterator[VideoHook]:
    """What to call when a video shows or sounds like something else, in order."""
    return iter(_remade)


def deleted() -> Iterator[VideoHook]:
    """What to call when a video is deleted, in order."""
    return reversed(_deleted)


def failed() -> Iterator[VideoHook]:
    """What to call when a video cannot be made, in order."""
    return iter(_failed)
