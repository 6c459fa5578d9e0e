"""What can go wrong with videos, in words for the person it happens to."""

from revue.platform.errors import BadInput, Conflict, NotAllowed, NotFound


class VideoNotFound(NotFound):
    """No video has this id, or the viewer may not know that it is there."""

    code = "video_not_found"
    title = "This video does not exist, or is not for you."


class DownloadsOff(NotAllowed):
    """The video's author lets nobody keep a copy."""

    code = "downloads_off"
    title = "The author of this video does not let others save it."


class BadCaption(BadInput):
    """The caption is too long."""

    code = "bad_caption"
    title = "This caption is too long."


class DraftNotFound(NotFound):
    """No draft has this id, or it is somebody else's."""

    code = "draft_not_found"
    title = "This draft does not exist. It may have been posted or deleted on another device."


class DraftPosted(Conflict):
    """Files of the draft have become a video: there is nothing left to be kept."""

    code = "draft_posted"
    title = "This draft has been posted already. You find it among your videos."


class TooManyDrafts(Conflict):
    """So many drafts of each person are kept, and no more; `data["max_drafts"]` says how many."""

    code = "too_many_drafts"
    title = "You have as many drafts as this instance keeps for each person. Post or delete one first."


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


class BadSubtitles(BadInput):
    """They are no subtitles, or in no language; the detail says what is wrong."""

    code = "bad_subtitles"
    title = "These are no subtitles in WebVTT or SRT."


class SubtitlesNotFound(NotFound):
    """The video has none in this language."""

    code = "subtitles_not_found"
    title = "This video has no subtitles in that language."


class TooManySubtitles(Conflict):
    """A video has subtitles in so many languages and no more."""

    code = "too_many_subtitles"
    title = "A video has subtitles in up to 20 languages. Remove one first."


class TooLateToReplace(Conflict):
    """A video's pictures can be replaced only for a day, so that what people liked stays what they liked."""

    code = "too_late_to_replace"
    title = "A video can be replaced within 24 hours after it was posted. Post a new one instead."
