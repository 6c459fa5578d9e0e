"""Everything that changes uploads and clips."""

from revue.media.actions.clips import adopt_file, delete_clip, forget_person, hold_clip, make_clip, retry_clip
from revue.media.actions.sweep import remove_leftovers, repair_clips
from revue.media.actions.transcode import transcode_clip
from revue.media.actions.uploads import (
    CHECKSUMS,
    append_bytes,
    cancel_upload,
    finish_upload,
    forget_old_uploads,
    resume_upload,
    start_upload,
)

__all__ = [
    "CHECKSUMS",
    "adopt_file",
    "append_bytes",
    "cancel_upload",
    "delete_clip",
    "finish_upload",
    "forget_old_uploads",
    "forget_person",
    "hold_clip",
    "make_clip",
    "remove_leftovers",
    "repair_clips",
    "resume_upload",
    "retry_clip",
    "start_upload",
    "transcode_clip",
]
