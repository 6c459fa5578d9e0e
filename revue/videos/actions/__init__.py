"""Everything that changes a video. One transaction each; the clip's row is always locked before the video's."""

from revue.videos.actions.audience import follow_private
from revue.videos.actions.bin import delete_video, empty_bins, erase_video, forget_gone, forget_person, restore_video
from revue.videos.actions.bulk import change_videos
from revue.videos.actions.drafts import delete_draft, save_draft
from revue.videos.actions.edit import edit_video, remember_looks, retry_video
from revue.videos.actions.follow import follow_clip, follow_mute, follow_sound
from revue.videos.actions.go_out import publish_due, publish_video, schedule_video, unschedule_video
from revue.videos.actions.pin import pin_video, unpin_video
from revue.videos.actions.post import create_from_file, create_photo_post, create_video
from revue.videos.actions.replace import remake_sound, remake_video, replace_sound, replace_upload
from revue.videos.actions.subtitles import delete_subtitles, put_subtitles

__all__ = [
    "change_videos",
    "create_from_file",
    "create_photo_post",
    "create_video",
    "delete_draft",
    "delete_subtitles",
    "delete_video",
    "edit_video",
    "empty_bins",
    "erase_video",
    "follow_clip",
    "follow_mute",
    "follow_private",
    "follow_sound",
    "forget_gone",
    "forget_person",
    "pin_video",
    "publish_due",
    "publish_video",
    "put_subtitles",
    "remake_sound",
    "remake_video",
    "remember_looks",
    "replace_sound",
    "replace_upload",
    "restore_video",
    "retry_video",
    "save_draft",
    "schedule_video",
    "unpin_video",
    "unschedule_video",
]
