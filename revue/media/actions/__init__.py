"""Everything that changes uploads and clips."""

from revue.media.actions.check import FilesReport, check_files
from revue.media.actions.clips import (
    AS_IT_IS,
    adopt_file,
    choose_poster,
    delete_clip,
    delete_clip_later,
    delete_poster,
    forget_person,
    hold_clip,
    make_clip,
    mix_of,
    remake_clip,
    retry_clip,
)
from revue.media.actions.direct import finish_direct, resume_direct, start_direct
from revue.media.actions.glance import glance_at
from revue.media.actions.photos import make_photo_clip
from revue.media.actions.posters import make_poster
from revue.media.actions.sweep import remove_leftovers, repair_clips
from revue.media.actions.transcode import transcode_clip
from revue.media.actions.uploads import (
    CHECKSUMS,
    append_bytes,
    cancel_upload,
    drop_uploads,
    finish_upload,
    forget_old_uploads,
    keep_uploads,
    resume_upload,
    start_upload,
)

__all__ = [
    "AS_IT_IS",
    "CHECKSUMS",
    "FilesReport",
    "adopt_file",
    "append_bytes",
    "cancel_upload",
    "check_files",
    "choose_poster",
    "delete_clip",
    "delete_clip_later",
    "delete_poster",
    "drop_uploads",
    "finish_direct",
    "finish_upload",
    "forget_old_uploads",
    "forget_person",
    "glance_at",
    "hold_clip",
    "keep_uploads",
    "make_clip",
    "make_photo_clip",
    "make_poster",
    "mix_of",
    "remake_clip",
    "remove_leftovers",
    "repair_clips",
    "resume_direct",
    "resume_upload",
    "retry_clip",
    "start_direct",
    "start_upload",
    "transcode_clip",
]
