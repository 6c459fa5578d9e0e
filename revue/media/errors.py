"""What can go wrong with uploads, in words for the person who sends the file.

What can go wrong with the film itself stands in `ffmpeg/errors.py`.
"""

from revue.platform.errors import Conflict, NotFound, RevueError


class UploadNotFound(NotFound):
    """No upload has this id, or it is somebody else's."""

    code = "upload_not_found"
    title = "This upload does not exist. Start it again."


class UploadExpired(RevueError):
    """Nothing came for too long, and what had come is gone."""

    code = "upload_expired"
    status = 410
    title = "This upload waited too long and was removed. Start it again."


class NoDirectUploads(NotFound):
    """Bytes of uploads, or of this one, come to the instance itself, by tus."""

    code = "no_direct_uploads"
    title = "This instance takes uploads itself."


class UploadTooLarge(RevueError):
    """The file, or the part, is longer than it may be; `data["max_bytes"]` says how long that is."""

    code = "upload_too_large"
    status = 413
    title = "This file is larger than this instance takes."


class QuotaReached(RevueError):
    """With this file the person would have more than this instance gives to each; `data` says how much in bytes."""

    code = "quota_reached"
    status = 413
    title = "Your videos fill the room that this instance gives to each person. Delete one first."


class OffsetMismatch(Conflict):
    """The part does not begin where the last one ended; `data["offset"]` says where that is."""

    code = "offset_mismatch"
    title = "This part does not continue the file. Ask where to go on."


class UploadBusy(Conflict):
    """Another request is sending a part of the same upload right now."""

    code = "upload_busy"
    status = 423
    title = "Another part of this upload is just arriving. Try again shortly."


class UploadUnfinished(Conflict):
    """The upload's last byte has not arrived."""

    code = "upload_unfinished"
    title = "The upload has not arrived whole yet."


class TooManyUploads(RevueError):
    """The person has too many unfinished uploads."""

    code = "too_many_uploads"
    status = 429
    title = "You have too many unfinished uploads. Finish or cancel some first."


class ChecksumMismatch(RevueError):
    """The part is not what its sender meant; nothing of it was kept."""

    code = "checksum_mismatch"
    status = 460  # the tus protocol's own number
    title = "This part was damaged on its way. Send it again."


class DiskFull(RevueError):
    """The instance has no room left for this file."""

    code = "disk_full"
    status = 507
    title = "This instance has no room left. Tell whoever runs it."


class StorageReadOnly(RevueError):
    """The instance's folder takes no writing; what has arrived is kept."""

    code = "storage_read_only"
    status = 507
    title = "This instance cannot write files right now. What has arrived is kept: go on later."


class CannotRetry(Conflict):
    """The clip has not failed, or failed for a reason that another try cannot mend."""

    code = "cannot_retry"
    title = "Trying again cannot help here."


class ClipBusy(Conflict):
    """The clip's original is still on its way to its place."""

    code = "clip_busy"
    title = "This video is still being prepared. Try again when it plays."


class BadHashList(RevueError):
    """A list of known pictures has a line that is neither a hash nor one of vPDQ's; the text names it."""

    code = "bad_hash_list"
    status = 422
    title = "A line is neither a PDQ hash of 64 hexadecimal digits nor a line of vPDQ."

    def __init__(self, line: int) -> None:
        super().__init__(f"Line {line} is neither a PDQ hash of 64 hexadecimal digits nor a line of vPDQ.", line=line)
