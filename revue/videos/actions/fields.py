"""What a video's words and its sound are as fields of its row."""

import dataclasses
from typing import Any

from revue.sounds.contracts import SoundChoice
from revue.videos import captions
from revue.videos.contracts import Allows
from revue.videos.errors import BadCaption


def sound_fields(sound: SoundChoice | None) -> dict[str, Any]:
    """A choice as fields of a video; without one the video's sound is what its file brings."""
    if sound is None:
        return {"sound_id": None, "uses_sound": False, "sound_start_ms": 0, "sound_percent": 100, "own_percent": 100}
    return {
        "sound_id": sound.sound_id,
        "uses_sound": True,
        "sound_start_ms": sound.start_ms,
        "sound_percent": sound.sound_percent,
        "own_percent": sound.own_percent,
    }


def fields_of(allows: Allows) -> dict[str, Any]:
    """What others may do, as fields of a video or a draft."""
    return {**dataclasses.asdict(allows), "commenters": allows.commenters.value}


def words_of(caption: str) -> dict[str, Any]:
    """A caption and what it says, as fields.

    Raises:
        BadCaption: it is too long.
    """
    text = captions.clean(caption)
    if len(text) > captions.LONGEST_CAPTION:
        raise BadCaption(fields={"caption": f"Use at most {captions.LONGEST_CAPTION} letters."})
    return {"caption": text, "tags": captions.tags(text), "mentions": captions.mentions(text)}
