"""How a video follows what happens to its clips and its sound."""

from django.db.models import Q

from revue.media import actions as media
from revue.media import queries as media_queries
from revue.media.contracts import ClipState, ClipView
from revue.platform import clock
from revue.sounds import actions as sounds_actions
from revue.sounds import queries as sounds
from revue.videos import hooks, live, policy, queries, tasks
from revue.videos.actions import go_out
from revue.videos.contracts import VideoState
from revue.videos.models import Video


def follow_sound(*, clip_id: int, sound_id: int) -> None:
    """Let a video know its sound, which was found in its clip."""
    video_id = Video.objects.filter(clip_id=clip_id, uses_sound=False).values_list("pk", flat=True).first()
    if video_id is None:
        return
    is_its_own = Video.objects.filter(pk=video_id, uses_sound=False)
    if is_its_own.update(sound_id=sound_id, changed_at=clock.now()):
        for hear in hooks.remade():
            hear(video_id=video_id)


def follow_mute(*, sound_id: int, is_muted: bool) -> None:  # noqa: ARG001 - either way each video is looked at
    """Have every video with this sound made anew, by a job each."""
    for video_id in Video.objects.filter(sound_id=sound_id).order_by("pk").values_list("pk", flat=True):
        tasks.remake_sound.enqueue(video_id=video_id, once=f"sound:{video_id}")


def follow_clip(*, clip_id: int, view: ClipView) -> None:
    """Let a video follow its clips: published when one first plays, failed when it cannot be made.

    What nobody waits for takes its place only once all of it is there; failed, it leaves no trace.

    Called inside the transaction that changed the clip; only the state is written, so an edit is never lost.
    """
    video = Video.objects.select_for_update().filter(Q(clip_id=clip_id) | Q(next_clip_id=clip_id)).first()
    if video is None:
        return
    plays = view.state is ClipState.READY or (view.state is ClipState.PLAYABLE and view.is_urgent)
    if plays and video.next_clip_id == clip_id:
        _swap(video, clip_id)
    elif view.state is ClipState.FAILED and video.next_clip_id == clip_id:
        _miss(video, clip_id, is_wanted=view.is_urgent)
    if video.clip_id == clip_id:
        stand_as(video, view)
    live.state_changed(video.author_id, queries.status(video_id=video.pk))


def _miss(video: Video, clip_id: int, *, is_wanted: bool) -> None:
    """What was to take a video's place cannot be made: its author hears of what they want, the rest leaves no trace."""
    if is_wanted:
        _tell_failed(video)
        return
    video.next_clip_id = None
    video.save(update_fields=["next_clip"])
    media.delete_clip_later(clip_id=clip_id)


def stand_as(video: Video, view: ClipView) -> None:
    """Have a locked video be where its clip lets it be. What went out stays out, and the bin keeps what is in it."""
    if view.state in (ClipState.PLAYABLE, ClipState.READY):
        if video.state in (VideoState.PROCESSING.value, VideoState.FAILED.value):
            go_out.when_it_plays(video)
    elif view.state is ClipState.FAILED:
        if _move(video, VideoState.PROCESSING, VideoState.FAILED):
            _tell_failed(video)
    else:
        _move(video, VideoState.FAILED, VideoState.PROCESSING)


def _tell_failed(video: Video) -> None:
    for hear in hooks.failed():
        hear(video_id=video.pk)


def _swap(video: Video, new_id: int) -> None:
    """Let the awaited clip take its place. The old one's lock comes before ours, so a job deletes it."""
    old_id = video.clip_id
    is_same_file = media_queries.has_same_original(old_id, new_id)
    if video.last_clip_id is not None:
        media.delete_clip_later(clip_id=video.last_clip_id)
    video.clip_id, video.next_clip_id = new_id, None
    if video.state == VideoState.FAILED.value:
        video.state = VideoState.PROCESSING.value
    if not video.uses_sound and not is_same_file:
        video.sound = None  # it is heard anew
    is_muted = video.sound_id is not None and sounds.is_muted(video.sound_id)
    video.last_clip_id, video.changed_at = None if is_muted else old_id, clock.now()
    video.save(update_fields=["clip", "next_clip", "last_clip", "state", "sound", "changed_at"])
    if is_same_file:
        sounds_actions.move_sound(old_clip_id=old_id, new_clip_id=new_id)
    grace_s = 0 if is_muted else policy.KEEPS_PLAYING_FOR.total_seconds()
    media.delete_clip_later(clip_id=old_id, delay_s=grace_s)
    for hear in hooks.remade():
        hear(video_id=video.pk)


def _move(video: Video, old: VideoState, new: VideoState) -> bool:
    """Whether it stood there, and stands elsewhere now."""
    if video.state != old.value:
        return False
    video.state = new.value
    video.save(update_fields=["state"])
    return True
