"""Everything that changes a video. One transaction each; the clip's row is always locked before the video's."""

import pathlib
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.media import actions as media
from revue.media import queries as media_queries
from revue.media.contracts import ClipState, ClipView, Mix
from revue.media.errors import UploadNotFound
from revue.platform import clock, limits
from revue.sounds import actions as sounds_actions
from revue.sounds import queries as sounds
from revue.sounds.contracts import SoundChoice
from revue.videos import captions, hooks, live, policy, queries, soundtracks, tasks
from revue.videos.contracts import VideoState, Visibility
from revue.videos.errors import BadCaption, TooLateToReplace, VideoNotFound
from revue.videos.models import Video


def create_video(
    *,
    viewer: Viewer,
    upload_id: int,
    caption: str = "",
    visibility: Visibility = Visibility.EVERYONE,
    may_comment: bool = True,
    sound: SoundChoice | None = None,
) -> int:
    """Post a finished upload, with a sound under it if one was chosen. A worker begins on commit.

    Posting the same upload again gives the same video.

    Raises:
        SignInNeeded: the viewer is a visitor.
        RateLimited: too many in an hour.
        BadCaption: it is too long.
        UploadNotFound, UploadUnfinished: see their words.
        SoundNotFound, SoundNotUsable, BadSound: see their words.
    """
    author_id = person_id_of(viewer)
    limits.check("video", key=str(author_id), per_hour=100)
    words = _words(caption) | _sound_fields(sound)
    mix = soundtracks.mix(viewer=viewer, choice=sound) if sound else media.AS_IT_IS
    with transaction.atomic():
        clip_id = media.make_clip(owner_id=author_id, upload_id=upload_id, mix=mix)
        return _video_of(clip_id) or _insert(
            author_id, clip_id, visibility=visibility, may_comment=may_comment, words=words
        )


def create_photo_post(
    *,
    viewer: Viewer,
    upload_ids: Sequence[int],
    caption: str = "",
    visibility: Visibility = Visibility.EVERYONE,
    may_comment: bool = True,
    sound: SoundChoice | None = None,
) -> int:
    """Post finished uploads, each a photo, in their order: a video whose pictures can be looked at one by one.

    Posting the same uploads again gives the same video.

    Raises:
        SignInNeeded: the viewer is a visitor.
        RateLimited: too many in an hour.
        BadCaption: it is too long.
        UploadNotFound, UploadUnfinished: see their words.
        SoundNotFound, SoundNotUsable, BadSound: see their words.
    """
    author_id = person_id_of(viewer)
    limits.check("video", key=str(author_id), per_hour=100)
    words = _words(caption) | _sound_fields(sound)
    mix = soundtracks.mix(viewer=viewer, choice=sound) if sound else media.AS_IT_IS
    with transaction.atomic():
        clip_id = media.make_photo_clip(owner_id=author_id, upload_ids=upload_ids, mix=mix)
        return _video_of(clip_id) or _insert(
            author_id, clip_id, visibility=visibility, may_comment=may_comment, words=words
        )


def _video_of(clip_id: int) -> int | None:
    """The video that has, or awaits, a clip."""
    return Video.objects.filter(Q(clip_id=clip_id) | Q(next_clip_id=clip_id)).values_list("pk", flat=True).first()


def create_from_file(
    *,
    author_id: int,
    path: pathlib.Path,
    caption: str = "",
    visibility: Visibility = Visibility.EVERYONE,
    may_comment: bool = True,
) -> int:
    """Post a file of ours, which is moved in: the same pipeline as for uploads. A worker begins on commit.

    Raises:
        BadCaption: it is too long.
    """
    words = _words(caption)
    with transaction.atomic():
        clip_id = media.adopt_file(owner_id=author_id, path=path)
        return _insert(author_id, clip_id, visibility=visibility, may_comment=may_comment, words=words)


def edit_video(
    *,
    viewer: Viewer,
    video_id: int,
    caption: str | None = None,
    visibility: Visibility | None = None,
    may_comment: bool | None = None,
    poster_at_ms: int | None = None,
) -> None:
    """Change the viewer's own video, at any time of its life; None leaves a part as it is.

    Args:
        viewer: who asks.
        video_id: which.
        caption: what it says.
        visibility: who may watch.
        may_comment: whether others may.
        poster_at_ms: the moment that its poster shows.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        BadCaption: it is too long.
    """
    if poster_at_ms is not None:
        video = _own(viewer, video_id)
        media.choose_poster(clip_id=video.clip_id, at_ms=poster_at_ms)
        if video.next_clip_id and media_queries.has_same_original(video.clip_id, video.next_clip_id):
            media.choose_poster(clip_id=video.next_clip_id, at_ms=poster_at_ms)
    changes: dict[str, Any] = {"changed_at": clock.now()}
    if caption is not None:
        changes.update(_words(caption))
    if visibility is not None:
        changes["visibility"] = visibility.value
    if may_comment is not None:
        changes["may_comment"] = may_comment
    with transaction.atomic():
        if not Video.objects.filter(pk=video_id, author_id=person_id_of(viewer)).update(**changes):
            raise VideoNotFound
        if visibility is not None and visibility.value not in policy.OPEN:
            live.audience_changed(video_id)


def delete_video(*, viewer: Viewer, video_id: int) -> None:
    """Delete the viewer's own video with all its files, at any time of its life; again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is somebody else's.
    """
    author_id = Video.objects.filter(pk=video_id).values_list("author_id", flat=True).first()
    if author_id not in (None, person_id_of(viewer)):
        raise VideoNotFound
    _remove(video_id)


def retry_video(*, viewer: Viewer, video_id: int) -> None:
    """Make the viewer's own failed video once more from its original.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        CannotRetry: it has not failed, or trying again cannot help.
    """
    media.retry_clip(clip_id=_own(viewer, video_id).clip_id)


def forget_person(*, person_id: int) -> None:
    """Delete every video of a person who leaves."""
    for video_id in queries.video_ids_of(author_id=person_id):
        _remove(video_id)


def replace_upload(*, viewer: Viewer, video_id: int, upload_id: int) -> None:
    """Put another file in the place of the viewer's own video, within a day of its posting.

    The old one plays until the new one does. Address, words, likes and comments stay. Again is the same.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        TooLateToReplace: the day is over.
        UploadNotFound, UploadUnfinished: see their words.
    """
    limits.check("video", key=str(person_id_of(viewer)), per_hour=100)
    with transaction.atomic():
        video = _own_locked(viewer, video_id)
        if policy.replaceable_until(video.published_at or video.made_at) < clock.now():
            raise TooLateToReplace
        clip_id = media.make_clip(owner_id=video.author_id, upload_id=upload_id, mix=_wanted_mix(video))
        if clip_id not in (video.clip_id, video.next_clip_id):
            if Video.objects.filter(Q(clip_id=clip_id) | Q(next_clip_id=clip_id)).exists():
                raise UploadNotFound
            _await(video, clip_id)


def replace_sound(*, viewer: Viewer, video_id: int, sound: SoundChoice | None) -> None:
    """Lay another sound under the viewer's own video, or none: then it sounds as its file does.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        SoundNotFound, SoundNotUsable, BadSound: see their words.
        ClipBusy: the video is not far enough yet.
    """
    limits.check("video", key=str(person_id_of(viewer)), per_hour=100)
    mix = soundtracks.mix(viewer=viewer, choice=sound) if sound else media.AS_IT_IS
    with transaction.atomic():
        video = _own_locked(viewer, video_id)
        for name, value in _sound_fields(sound).items():
            setattr(video, name, value)
        clip_id = media.remake_clip(clip_id=video.next_clip_id or video.clip_id, mix=mix)
        _await(video, clip_id)


def remember_looks(*, video_id: int, list_name: str) -> int:
    """Put what a video looks like on a list of known pictures; returns how many pictures are new there.

    Raises:
        VideoNotFound: it is not there.
    """
    from revue.media.actions.likeness import add_clip_to_list  # noqa: PLC0415 - numpy, not for web processes

    video = Video.objects.filter(pk=video_id).first()
    if video is None:
        raise VideoNotFound
    return add_clip_to_list(clip_id=video.clip_id, list_name=list_name)


def remake_sound(*, video_id: int) -> None:
    """Make a video sound as it should, if it does not: after its sound was muted, or let go again.

    Raises:
        ClipBusy: it is being made; the job tries again.
    """
    with transaction.atomic():
        video = _locked(Q(pk=video_id))
        if video is None:
            return
        newest, wanted = video.next_clip_id or video.clip_id, _wanted_mix(video)
        if media.mix_of(clip_id=newest) != wanted:
            _await(video, media.remake_clip(clip_id=newest, mix=wanted))


def remake_video(*, video_id: int) -> bool:
    """Begin to make a video's clip anew, where that is asked for and nothing else awaits its turn; whether it began.

    Raises:
        ClipBusy: its original is not in its place.
        StorageUnavailable: the object store does not answer.
    """
    with transaction.atomic():
        video = _locked(Q(pk=video_id, remake_asked_at__isnull=False, next_clip=None))
        if video is None:
            return False
        video.remake_asked_at = None
        _await(video, media.remake_clip(clip_id=video.clip_id, mix=_wanted_mix(video), is_urgent=False))
        return True


def _await(video: Video, clip_id: int) -> None:
    """Have a clip take the place of the video's own once it plays; what was awaited before is given up."""
    if video.next_clip_id is not None:
        media.delete_clip_later(clip_id=video.next_clip_id)
    video.next_clip_id, video.changed_at = clip_id, clock.now()
    video.save()
    live.state_changed(video.author_id, queries.status(video_id=video.pk))


def _wanted_mix(video: Video) -> Mix:
    """How a video is to sound, from its author's choice and whether that may be heard."""
    is_muted = video.sound_id is not None and sounds.is_muted(video.sound_id)
    if not video.uses_sound or video.sound_id is None:
        return Mix(own_percent=0) if is_muted else media.AS_IT_IS
    if is_muted:
        return Mix(own_percent=video.own_percent)
    return sounds.mix_of_used(SoundChoice(video.sound_id, video.sound_start_ms, video.sound_percent, video.own_percent))


def follow_sound(*, clip_id: int, sound_id: int) -> None:
    """Let a video know its sound, which was found in its clip."""
    Video.objects.filter(clip_id=clip_id, uses_sound=False).update(sound_id=sound_id)


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
    elif view.state is ClipState.FAILED and video.next_clip_id == clip_id and not view.is_urgent:
        video.next_clip_id = None
        video.save(update_fields=["next_clip"])
        media.delete_clip_later(clip_id=clip_id)
    if video.clip_id == clip_id:
        _follow(video, view)
    live.state_changed(video.author_id, queries.status(video_id=video.pk))


def _follow(video: Video, view: ClipView) -> None:
    if view.state in (ClipState.PLAYABLE, ClipState.READY):
        _publish(video)
    elif view.state is ClipState.FAILED:
        _move(video, VideoState.PROCESSING, VideoState.FAILED)
    else:
        _move(video, VideoState.FAILED, VideoState.PROCESSING)


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
    video.last_clip_id = None if is_muted else old_id
    video.save(update_fields=["clip", "next_clip", "last_clip", "state", "sound"])
    if is_same_file:
        sounds_actions.move_sound(old_clip_id=old_id, new_clip_id=new_id)
    grace_s = 0 if is_muted else policy.KEEPS_PLAYING_FOR.total_seconds()
    media.delete_clip_later(clip_id=old_id, delay_s=grace_s)


def _publish(video: Video) -> None:
    if video.state != VideoState.PROCESSING.value:
        return
    is_first = video.published_at is None
    video.state, video.published_at = VideoState.PUBLISHED.value, video.published_at or clock.now()
    video.save(update_fields=["state", "published_at"])
    for hear in hooks.published() if is_first else ():
        hear(video_id=video.pk)


def _move(video: Video, old: VideoState, new: VideoState) -> None:
    if video.state == old.value:
        video.state = new.value
        video.save(update_fields=["state"])


@transaction.atomic
def _remove(video_id: int) -> None:
    video = _locked(Q(pk=video_id))
    if video is None:
        return
    for hear in hooks.deleted():
        hear(video_id=video_id)
    video.delete()
    for clip_id in _clips(video):
        media.delete_clip(clip_id=clip_id)


def _clips(video: Video) -> list[int]:
    """A video's clips, in the order in which they are locked."""
    ids = (video.clip_id, video.next_clip_id, video.last_clip_id)
    return sorted(clip_id for clip_id in ids if clip_id is not None)


def _locked(which: Q) -> Video | None:
    """A video with its clips' rows locked before its own; None when it is not there."""
    while True:
        seen = Video.objects.filter(which).first()
        if seen is None:
            return None
        for clip_id in _clips(seen):
            media.hold_clip(clip_id=clip_id)
        video = Video.objects.select_for_update().filter(which).first()
        if video is None or _clips(video) == _clips(seen):  # else a clip took its place meanwhile
            return video


def _own_locked(viewer: Viewer, video_id: int) -> Video:
    video = _locked(Q(pk=video_id, author_id=person_id_of(viewer)))
    if video is None:
        raise VideoNotFound
    return video


def _sound_fields(sound: SoundChoice | None) -> dict[str, Any]:
    """A choice as fields of a video; without one the video's sound is what its file brings."""
    if sound is None:
        return {"sound_id": None, "uses_sound": False, "sound_start_ms": 0, "sound_percent": 100, "own_percent": 100}
    return {
        "sound_id": sound.sound_id,
        "uses_sound": True,
        "sound_start_ms": sound.start_ms,
        "sound_percent": sound.sound_percent,
        "own_percent": sound.own_percent,
    }


def _own(viewer: Viewer, video_id: int) -> Video:
    video = Video.objects.filter(pk=video_id, author_id=person_id_of(viewer)).first()
    if video is None:
        raise VideoNotFound
    return video


def _insert(author_id: int, clip_id: int, *, visibility: Visibility, may_comment: bool, words: dict[str, Any]) -> int:
    video = Video(author_id=author_id, clip_id=clip_id, visibility=visibility.value, may_comment=may_comment, **words)
    video.save(force_insert=True)
    return video.pk


def _words(caption: str) -> dict[str, Any]:
    """A caption and what it says, as fields.

    Raises:
        BadCaption: it is too long.
    """
    text = captions.clean(caption)
    if len(text) > captions.LONGEST_CAPTION:
        raise BadCaption(fields={"caption": f"Use at most {captions.LONGEST_CAPTION} letters."})
    return {"caption": text, "tags": captions.tags(text), "mentions": captions.mentions(text)}
