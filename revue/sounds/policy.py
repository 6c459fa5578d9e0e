"""Who may do what with a sound, and what may be said of it."""

import datetime
import unicodedata
from typing import Protocol

from revue.accounts.contracts import Viewer
from revue.sounds.contracts import Kind, SoundChoice
from revue.sounds.errors import BadSound

LONGEST_NAME = 100
LONGEST_CREDIT = 200
LONGEST_LICENCE = 60
LONGEST_REASON = 300
MOST_PERCENT = 200


class Owned(Protocol):
    """What the questions need to know of a sound."""

    kind: str
    may_reuse: bool

    @property
    def owner_id(self) -> int | None:
        """Whose it is."""

    @property
    def clip_id(self) -> int | None:
        """Where it comes from."""

    @property
    def muted_at(self) -> datetime.datetime | None:
        """Since when it may not be heard."""


def is_owner(viewer: Viewer, sound: Owned) -> bool:
    """Whether the sound is the viewer's own."""
    return viewer.person_id is not None and viewer.person_id == sound.owner_id


def has_file(sound: Owned) -> bool:
    """Whether it can still be played."""
    return sound.kind == Kind.STARTER.value or sound.clip_id is not None


def may_use(viewer: Viewer, sound: Owned) -> bool:
    """Whether the viewer may lay the sound under a video of theirs."""
    return (
        viewer.is_signed_in
        and sound.muted_at is None
        and has_file(sound)
        and (sound.may_reuse or is_owner(viewer, sound))
    )


def check_choice(choice: SoundChoice, *, length_ms: int) -> None:
    """See that a choice is possible.

    Raises:
        BadSound: it begins behind the sound's end, or a volume is out of bounds.
    """
    fields = {}
    if not 0 <= choice.start_ms < max(1, length_ms):
        fields["start_ms"] = "Begin before the sound ends."
    for name in ("sound_percent", "own_percent"):
        if not 0 <= getattr(choice, name) <= MOST_PERCENT:
            fields[name] = f"Use 0 to {MOST_PERCENT} percent."
    if fields:
        raise BadSound(fields=fields)


def clean(field: str, text: str, most: int) -> str:
    """A line of words as it is stored.

    Raises:
        BadSound: it is too long.
    """
    plain = "".join(letter for letter in unicodedata.normalize("NFC", text) if letter.isprintable()).strip()
    if len(plain) > most:
        raise BadSound(fields={field: f"Use at most {most} letters."})
    return plain


def starter_keys(slug: str) -> tuple[str, str]:
    """Where a piece of the library lies: what plays, and what is laid under videos."""
    return f"starter/{slug}.m4a", f"starter/{slug}.webm"
