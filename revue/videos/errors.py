"""What can go wrong with videos, in words for the person it happens to."""

from revue.platform.errors import BadInput, Conflict, NotFound


class VideoNotFound(NotFound):
    """No video has this id, or the viewer may not know that it is there."""

    code = "video_not_found"
    title = "This video does not exist, or is not for you."


class BadCaption(BadInput):
    """The caption is too long."""

    code = "bad_caption"
    title = "This caption is too long."


class BadTime(BadInput):
    """The time is too near or too far for a video to go out at it."""

    code = "bad_time"
    title = "A video goes out between 15 minutes and 30 days from now."


class VideoInBin(Conflict):
    """What lies in the bin is taken out of it before anything else is done with it."""

    code = "video_in_bin"
    title = "This video is in the bin. Restore it first."


class AlreadyOut(Conflict):
    """A video goes out once; what people have seen cannot be put off."""

    code = "already_out"
    title = "This video has gone out already."


class TooManyPins(Conflict):
    """An author's page begins with so many videos of their choice and no more."""

    code = "too_many_pins"
    title = "Three videos are pinned already. Unpin one of them first."


class TooLateToReplace(Conflict):
    """A video's pictures can be replaced only for a day, so that what people liked stays what they liked."""

    code = "too_late_to_replace"
    title = "A video can be replaced within 24 hours after it was posted. Post a new one instead."
