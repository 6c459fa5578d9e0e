"""What can go wrong with sounds, in words for whoever asks."""

from revue.platform.errors import BadInput, NotAllowed, NotFound


class SoundNotFound(NotFound):
    """No sound has this id, or it is not the asker's to change."""

    code = "sound_not_found"
    title = "This sound does not exist."


class SoundNotUsable(NotAllowed):
    """The sound's owner keeps it to themselves, or it is muted, or its file is gone."""

    code = "sound_not_usable"
    title = "This sound cannot be used in other videos."


class BadSound(BadInput):
    """A part of a sound's description, or of its use, is out of bounds; `data["fields"]` says which."""

    code = "bad_sound"
    title = "Something about this sound cannot be used."
