"""Why a file cannot become a clip, in words for the person who sent it."""

import errno

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)


class MediaError(Exception):
    """A file that cannot be used. `code` is documented; the text is one plain sentence for its owner.

    `may_retry` tells whether the same file could pass another time, `tries` how often it is worth trying by itself,
    `pause_s` how many seconds to wait before that, times the runs so far.
    """

    code = "media_error"
    may_retry = False
    tries = 1
    pause_s = 10.0  # before the second run; the third waits twice as long

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail  # for the log, not for the owner


class NotAVideo(MediaError):
    """The bytes are of no container we read."""

    code = "not_a_video"

    def __init__(self) -> None:
        super().__init__("This file is not a video we can read. Export it as MP4, MOV or WebM and upload it again.")


class NoPicture(MediaError):
    """A container without a moving picture."""

    code = "no_picture"

    def __init__(self) -> None:
        super().__init__("This file has no moving picture, only sound or nothing at all.")


class TooLong(MediaError):
    """Longer than this instance takes."""

    code = "too_long"

    def __init__(self, limit_s: int) -> None:
        super().__init__(
            f"This video is longer than {limit_s} seconds, the longest this instance takes. Trim it first."
        )


class TooLarge(MediaError):
    """More pixels than we decode."""

    code = "too_many_pixels"

    def __init__(self, limit: int) -> None:
        megapixels = limit / 1_000_000
        super().__init__(
            f"This video has more pixels than the {megapixels:.1f} million this instance takes. Export it smaller."
        )


class TooFast(MediaError):
    """More pictures a second than this instance takes."""

    code = "too_many_frames"

    def __init__(self, limit: int) -> None:
        super().__init__(f"This video has more than {limit} pictures a second. Export it with 60 or fewer.")


class CodecRefused(MediaError):
    """A codec outside the allow-list."""

    code = "codec_refused"

    def __init__(self) -> None:
        super().__init__("This video uses an encoding we do not read. Export it as H.264, HEVC, VP9 or AV1.")


class Damaged(MediaError):
    """The container or most of the picture cannot be decoded."""

    code = "damaged"

    def __init__(self) -> None:
        super().__init__("This file is damaged or incomplete. Upload the original once more.")


class NotAPhoto(MediaError):
    """The bytes are of no kind of picture that we read."""

    code = "not_a_photo"

    def __init__(self, number: int) -> None:
        super().__init__(f"Photo {number} is not a picture we can read. Save it as JPEG, PNG, WebP or HEIC.")


class MovingPhoto(MediaError):
    """An animation among photos."""

    code = "moving_photo"

    def __init__(self, number: int) -> None:
        super().__init__(f"Photo {number} moves. Post it as a video, or save a single picture of it.")


class PhotoTooLarge(MediaError):
    """A photo of more pixels than we decode."""

    code = "photo_too_large"

    def __init__(self, number: int, limit: int) -> None:
        megapixels = limit / 1_000_000
        super().__init__(
            f"Photo {number} has more than the {megapixels:.0f} million pixels this instance takes. Save it smaller."
        )


class PhotoDamaged(MediaError):
    """A picture that cannot be decoded."""

    code = "photo_damaged"

    def __init__(self, number: int) -> None:
        super().__init__(f"Photo {number} is damaged or incomplete. Upload it once more.")


class TookTooLong(MediaError):
    """The work hit its time or processor limit."""

    code = "took_too_long"
    may_retry = True
    tries = 2

    def __init__(self) -> None:
        super().__init__("Preparing this video took too long and was stopped. Try again, or upload a smaller version.")


class Interrupted(MediaError):
    """Somebody ended ffmpeg: the kernel where memory ran out, or a person."""

    code = "interrupted"
    may_retry = True
    tries = 20
    pause_s = 1.0

    def __init__(self) -> None:
        super().__init__("Preparing this video was stopped again and again on our side. Try again later.")


class StorageTrouble(MediaError):
    """Where files are kept does not do its part for now; no fault of the clip."""

    may_retry = True
    tries = 20


class DiskFull(StorageTrouble):
    """There is no room for what we make."""

    code = "disk_full"

    def __init__(self) -> None:
        super().__init__("This instance had no room left to prepare this video. Try again later.")


class StorageReadOnly(StorageTrouble):
    """The folder of media takes no writing."""

    code = "storage_read_only"

    def __init__(self, detail: str = "") -> None:
        super().__init__("This instance could not write its files. Nothing of yours is lost. Try again later.", detail)


class StorageAway(StorageTrouble):
    """The object store does not answer."""

    code = "storage_away"

    def __init__(self, detail: str = "") -> None:
        super().__init__("The files of this instance could not be reached for a long time. Try again later.", detail)


class OriginalLost(MediaError):
    """The uploaded bytes are nowhere."""

    code = "original_lost"

    def __init__(self) -> None:
        super().__init__("The uploaded file is no longer here. Upload it again.")


class EncoderFailed(MediaError):
    """ffmpeg ended for a reason of ours, not of the file's."""

    code = "encoder_failed"
    may_retry = True
    tries = 3

    def __init__(self, detail: str = "") -> None:
        super().__init__("Preparing this video failed on our side. Try again.", detail)
