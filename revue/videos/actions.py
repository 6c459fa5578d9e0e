"""Everything that changes a video. One transaction each; the clip's row is always locked before the video's."""

import pathlib
from typing import Any

from django.db import transaction

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.media import actions as media
from revue.media.contracts import ClipState, ClipView
from revue.platform import clock, limits
from revue.videos import captions, hooks, live, queries
from revue.videos.contracts import VideoState, Visibility
from revue.videos.errors import BadCaption, VideoNotFound
from revue.videos.models import Video


def create_video(
    *,
    viewer: Viewer,
    upload_id: int,
    caption: str = "",
    visibility: Visibility = Visibility.EVERYONE,
    may_comment: bool = True,
) -> int:
    """Post a finished upload; posting the same upload again gives the same video. A worker begins on commit.

    Raises:
        SignInNeeded: the viewer is a visitor.
        RateLimited: too many in an hour.
        BadCaption: it is too long.
        UploadNotFound, UploadUnfinished: see their words.
    """
    author_id = person_id_of(viewer)
    limits.check("video", key=str(author_id), per_hour=100)
    words = _words(caption)
    with transaction.atomic():
        clip_id = media.make_clip(owner_id=author_id, upload_id=upload_id)
        made = Video.objects.filter(clip_id=clip_id).values_list("pk", flat=True).first()
        return made or _insert(author_id, clip_id, visibility=visibility, may_comment=may_comment, words=words)


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
) -> None:
    """Change the viewer's own video, at any time of its life; None leaves a part as it is.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        BadCaption: it is too long.
    """
    changes: dict[str, Any] = {"changed_at": clock.now()}
    if caption is not None:
        changes.update(_words(caption))
    if visibility is not None:
        changes["visibility"] = visibility.value
    if may_comment is not None:
        changes["may_comment"] = may_comment
    if not Video.objects.filter(pk=video_id, author_id=person_id_of(viewer)).update(**changes):
        raise VideoNotFound


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


def follow_clip(*, clip_id: int, view: ClipView) -> None:
    """Let a video follow its clip: published when it first plays, failed when it cannot be made.

    Called inside the transaction that changed the clip; only the state is written, so an edit is never lost.
    """
    video = Video.objects.select_for_update().filter(clip_id=clip_id).first()
    if video is None:
        return
    if view.state in (ClipState.PLAYABLE, ClipState.READY):
        _publish(video)
    elif view.state is ClipState.FAILED:
        _move(video, VideoState.PROCESSING, VideoState.FAILED)
    else:
        _move(video, VideoState.FAILED, VideoState.PROCESSING)
    live.state_changed(video.author_id, queries.status(video_id=video.pk))


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
    clip_id = Video.objects.filter(pk=video_id).values_list("clip_id", flat=True).first()
    if clip_id is None or not media.hold_clip(clip_id=clip_id):
        return
    video = Video.objects.select_for_update().filter(pk=video_id).first()
    if video is None:
        return
    for hear in hooks.deleted():
        hear(video_id=video_id)
    video.delete()
    media.delete_clip(clip_id=clip_id)


def _own(viewer: Viewer, video_id: int) -> Video:
    video = Video.objects.filter(pk=video_id, author_id=person_id_of(viewer)).first()
    if video is None:
        raise VideoNotFound
    return video


def _insert(
    author_id: int, clip_id: int, *, visibility: Visibility, may_comment: bool, words: dict[str, str | list[str]]
) -> int:
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
