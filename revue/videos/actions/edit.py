"""What is changed of a video as it stands, and its end."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.media import actions as media
from revue.media import queries as media_queries
from revue.platform import clock
from revue.videos import hooks, live, policy, queries
from revue.videos.actions.fields import words_of
from revue.videos.actions.hold import clips_of, locked, own
from revue.videos.contracts import Visibility
from revue.videos.errors import VideoNotFound
from revue.videos.models import Gone, Video


def edit_video(
    *,
    viewer: Viewer,
    video_id: int,
    caption: str | None = None,
    visibility: Visibility | None = None,
    may_comment: bool | None = None,
    may_duet: bool | None = None,
    may_stitch: bool | None = None,
    may_download: bool | None = None,
    poster_at_ms: int | None = None,
) -> None:
    """Change the viewer's own video, at any time of its life; None leaves a part as it is.

    Args:
        viewer: who asks.
        video_id: which.
        caption: what it says.
        visibility: who may watch.
        may_comment: whether others may.
        may_duet: whether others may put a video of theirs beside it.
        may_stitch: whether others may begin a video of theirs with it.
        may_download: whether others may keep a copy.
        poster_at_ms: the moment that its poster shows.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        BadCaption: it is too long.
    """
    if poster_at_ms is not None:
        video = own(viewer, video_id)
        media.choose_poster(clip_id=video.clip_id, at_ms=poster_at_ms)
        if video.next_clip_id and media_queries.has_same_original(video.clip_id, video.next_clip_id):
            media.choose_poster(clip_id=video.next_clip_id, at_ms=poster_at_ms)
    changes: dict[str, Any] = {"changed_at": clock.now()}
    if caption is not None:
        changes.update(words_of(caption))
    if visibility is not None:
        changes["visibility"] = visibility.value
    allows = {"may_comment": may_comment, "may_duet": may_duet, "may_stitch": may_stitch, "may_download": may_download}
    changes.update({name: allowed for name, allowed in allows.items() if allowed is not None})
    with transaction.atomic():
        if not Video.objects.filter(pk=video_id, author_id=person_id_of(viewer)).update(**changes):
            raise VideoNotFound
        if visibility is not None and visibility.value not in policy.OPEN:
            live.audience_changed(video_id)
        for hear in hooks.edited():
            hear(video_id=video_id)


def delete_video(*, viewer: Viewer, video_id: int) -> None:
    """Delete the viewer's own video with all its files, at any time of its life; again changes nothing.

    Of a public one its address goes on to say for a while that it is gone: decision 0097.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is somebody else's.
    """
    author_id = Video.objects.filter(pk=video_id).values_list("author_id", flat=True).first()
    if author_id not in (None, person_id_of(viewer)):
        raise VideoNotFound
    _remove(video_id, is_told=True)


def retry_video(*, viewer: Viewer, video_id: int) -> None:
    """Make the viewer's own failed video once more from its original.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        CannotRetry: it has not failed, or trying again cannot help.
    """
    media.retry_clip(clip_id=own(viewer, video_id).clip_id)


def forget_person(*, person_id: int) -> None:
    """Delete every video of a person who leaves, without a trace."""
    for video_id in queries.video_ids_of(author_id=person_id):
        _remove(video_id, is_told=False)


def forget_gone() -> int:
    """Drop what has said for long enough that a video is gone; returns how many."""
    count, _ = Gone.objects.filter(gone_at__lt=clock.now() - policy.TELLS_GONE_FOR).delete()
    return count


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


@transaction.atomic
def _remove(video_id: int, *, is_told: bool) -> None:
    video = locked(Q(pk=video_id))
    if video is None:
        return
    if is_told and policy.is_listed(video):
        Gone.objects.create(pk=video_id)
    for hear in hooks.deleted():
        hear(video_id=video_id)
    video.delete()
    for clip_id in clips_of(video):
        media.delete_clip(clip_id=clip_id)
