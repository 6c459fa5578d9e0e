"""What other apps see of sounds."""

import dataclasses
import enum

from revue.accounts.contracts import PersonCard


class Kind(enum.StrEnum):
    """Where a sound comes from."""

    ORIGINAL = "original"  # heard first in somebody's video
    STARTER = "starter"  # of the library that comes with the instance


@dataclasses.dataclass(frozen=True, slots=True)
class SoundCard:
    """A sound as pages and players show it."""

    id: int
    kind: Kind
    name: str  # empty: "original sound" of its owner
    owner: PersonCard | None  # None: the library's, or of someone who left
    origin_clip_id: int | None
    url: str | None  # None: it cannot be played any more
    length_ms: int
    peaks: tuple[int, ...]  # how loud each hundredth is, 0 to 255
    licence: str
    credit: str
    may_use: bool  # by whoever asked
    may_reuse: bool  # what its owner decided
    is_muted: bool
    muted_reason: str
    loops: bool
    mood: str
    tempo: int  # beats a minute; 0: unknown
    beats_ms: tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Heard:
    """What a sound file sounds like."""

    length_ms: int
    peaks: bytes  # how loud each hundredth is at its loudest, 0 to 255
    fingerprint: tuple[int, ...]  # chromaprint; empty where it could not be made


@dataclasses.dataclass(frozen=True, slots=True)
class SoundChoice:
    """A sound that somebody wants under a video."""

    sound_id: int
    start_ms: int = 0  # where in the sound the video begins
    sound_percent: int = 100
    own_percent: int = 0  # of what the video's own file sounds like
