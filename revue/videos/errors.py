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


class TooManyPins(Conflict):
    """An author's page begins with so many videos of their choice and no more."""

    code = "too_many_pins"
    title = "Three videos are pinned already. Unpin one of them first."


class TooLateToReplace(Conflict):
    """A video's pictures can be replaced only for a day, so that what people liked stays what they liked."""

    code = "too_late_to_replace"
    title = "A video can be replaced within 24 hours after it was posted. Post a new one instead."
