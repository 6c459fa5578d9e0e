"""What is changed of a video as it stands."""

import datetime
from typing import Any

from django.db import transaction

from revue.accounts import actions as accounts
from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.media import actions as media
from revue.media import queries as media_queries
from revue.platform import clock
from revue.videos import hooks, live, policy
from revue.videos.actions.fields import words_of
from revue.videos.actions.hold import own, own_alone
from revue.videos.contracts import Commenters, Visibility
from revue.videos.errors import VideoNotFound
from revue.videos.models import FormerCaption, Video


def edit_video(
    *,
    viewer: Viewer,
    video_id: int,
    caption: str | None = None,
    visibility: Visibility | None = None,
    commenters: Commenters | None = None,
    may_duet: bool | None = None,
    may_stitch: bool | None = None,
    may_download: bool | None = None,
    poster_at_ms: int | None = None,
) -> None:
    """Change the viewer's own video, at any time of its life; None leaves a part as it is.

    What it said stays to be read by those who could read it then, unless nobody else could.

    Args:
        viewer: who asks.
        video_id: which.
        caption: what it says.
        visibility: who may watch.
        commenters: who may comment.
        may_duet: whether others may put a video of theirs beside it.
        may_stitch: whether others may begin a video of theirs with it.
        may_download: whether others may keep a copy.
        poster_at_ms: the moment that its poster shows.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        VideoInBin: it is to be restored first.
        BadCaption: it is too long.
    """
    if poster_at_ms is not None:
        _choose_poster(own(viewer, video_id), poster_at_ms)
    changes: dict[str, Any] = {"changed_at": clock.now()}
    if caption is not None:
        changes.update(words_of(caption))
    if commenters is not None:
        changes["commenters"] = commenters.value
    allows = {"may_duet": may_duet, "may_stitch": may_stitch, "may_download": may_download}
    changes.update({name: allowed for name, allowed in allows.items() if allowed is not None})
    with transaction.atomic():
        if visibility is not None:
            is_private = accounts.hold_private(person_id=person_id_of(viewer))
            changes.update(policy.audience(visibility, is_private=is_private))
        video = own_alone(viewer, video_id)
        if changes.get("caption", video.caption) != video.caption and policy.is_shown(video):
            _remember(video, changes["changed_at"])
            changes["edited_at"] = changes["changed_at"]
        Video.objects.filter(pk=video_id).update(**changes)
        if changes.get("visibility", Visibility.EVERYONE.value) not in policy.OPEN:
            live.audience_changed(video_id)
        for hear in hooks.edited():
            hear(video_id=video_id)


def _choose_poster(video: Video, at_ms: int) -> None:
    """Have a poster show a moment of the clip, and of what is made anew of the same original."""
    media.choose_poster(clip_id=video.clip_id, at_ms=at_ms)
    if video.next_clip_id and media_queries.has_same_original(video.clip_id, video.next_clip_id):
        media.choose_poster(clip_id=video.next_clip_id, at_ms=at_ms)


def _remember(video: Video, now: datetime.datetime) -> None:
    """Keep what a video says before that changes, and as many of its earlier captions as are kept."""
    former = FormerCaption.objects.filter(video=video)
    FormerCaption.objects.create(video=video, caption=video.caption, visibility=video.visibility, until_at=now)
    former.exclude(pk__in=former.order_by("-pk").values("pk")[: policy.MOST_FORMER]).delete()


def retry_video(*, viewer: Viewer, video_id: int) -> None:
    """Make the viewer's own failed video once more from its original.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        VideoInBin: it is to be restored first.
        CannotRetry: it has not failed, or trying again cannot help.
    """
    media.retry_clip(clip_id=own(viewer, video_id).clip_id)


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
