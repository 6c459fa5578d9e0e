"""The bin: what its author deletes is nobody else's at once, and can be taken back for some days.

A video in it has a state of its own. Whatever asks for published videos, by `policy` or in SQL, finds it no more; no
list, page or file needs to know of the bin.
"""

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.media import actions as media
from revue.media import queries as media_queries
from revue.platform import clock
from revue.videos import hooks, live, policy, queries
from revue.videos.actions import go_out
from revue.videos.actions.follow import stand_as
from revue.videos.actions.hold import clips_of, locked
from revue.videos.contracts import VideoState
from revue.videos.errors import VideoNotFound
from revue.videos.models import Gone, Video

_MOVED = ("state", "state_before", "binned_at", "pinned_at", "changed_at")


@transaction.atomic
def delete_video(*, viewer: Viewer, video_id: int) -> None:
    """Put the viewer's own video into their bin, at any time of its life; again changes nothing.

    Where the instance keeps no bin it is erased. Of a public one its address says that it is gone: decision 0103.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is somebody else's.
    """
    video = _own_or_gone(viewer, video_id)
    if video is None:
        return
    if not settings.BIN_DAYS:
        _erase(video)
    elif video.state != VideoState.BINNED.value:
        _throw_away(video)


@transaction.atomic
def restore_video(*, viewer: Viewer, video_id: int) -> None:
    """Take the viewer's own video out of their bin, as it was but for its pin; again changes nothing.

    Whose time to go out passed in there stays private: nobody wants to be surprised by that.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
    """
    video = _own_or_gone(viewer, video_id)
    if video is None:
        raise VideoNotFound
    if video.state != VideoState.BINNED.value:
        return
    video.state, video.state_before, video.binned_at, video.changed_at = video.state_before, "", None, clock.now()
    video.save(update_fields=_MOVED)
    Gone.objects.filter(pk=video_id).delete()
    if video.publish_at is not None and video.publish_at <= video.changed_at:
        go_out.keep_private(video)
    stand_as(video, media_queries.clip_view(video.clip))
    for hear in hooks.edited():
        hear(video_id=video_id)
    live.state_changed(video.author_id, queries.status(video_id=video_id))


@transaction.atomic
def erase_video(*, viewer: Viewer, video_id: int) -> None:
    """Delete the viewer's own video with all its files for good, from the bin or not; again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is somebody else's.
    """
    video = _own_or_gone(viewer, video_id)
    if video is not None:
        _erase(video)


def empty_bins() -> int:
    """Erase what has lain in a bin for as long as the instance keeps it; returns how many. Harmless to repeat."""
    over = Q(state=VideoState.BINNED.value, binned_at__lte=policy.binned_before(clock.now()))
    count = 0
    for video_id in Video.objects.filter(over).order_by("binned_at").values_list("pk", flat=True):
        with transaction.atomic():
            video = locked(over & Q(pk=video_id))
            if video is not None:
                _erase(video)
                count += 1
    return count


def forget_person(*, person_id: int) -> None:
    """Delete every video of a person who leaves, their bin included, without a trace."""
    for video_id in queries.video_ids_of(author_id=person_id):
        with transaction.atomic():
            video = locked(Q(pk=video_id))
            if video is not None:
                _erase(video, is_told=False)


def forget_gone() -> int:
    """Drop what has said for long enough that a video is gone; returns how many."""
    count, _ = Gone.objects.filter(gone_at__lt=clock.now() - policy.TELLS_GONE_FOR).delete()
    return count


def _own_or_gone(viewer: Viewer, video_id: int) -> Video | None:
    """The viewer's own video, locked; None when it is not there any more.

    Raises:
        SignInNeeded, VideoNotFound: see `delete_video`.
    """
    person_id = person_id_of(viewer)
    if Video.objects.filter(pk=video_id).exclude(author_id=person_id).exists():
        raise VideoNotFound
    return locked(Q(pk=video_id, author_id=person_id))


def _throw_away(video: Video) -> None:
    if policy.is_listed(video):
        Gone.objects.get_or_create(pk=video.pk)
    video.state_before, video.state = video.state, VideoState.BINNED.value
    video.binned_at = video.changed_at = clock.now()
    video.pinned_at = None
    video.save(update_fields=_MOVED)
    live.audience_changed(video.pk)
    live.state_changed(video.author_id, queries.status(video_id=video.pk))


def _erase(video: Video, *, is_told: bool = True) -> None:
    """Remove a locked video: rows and, by jobs, files. What lay in the bin told when it went there."""
    if not is_told:
        Gone.objects.filter(pk=video.pk).delete()
    elif policy.is_listed(video):
        Gone.objects.get_or_create(pk=video.pk)
    for hear in hooks.deleted():
        hear(video_id=video.pk)
    video.delete()
    for clip_id in clips_of(video):
        media.delete_clip(clip_id=clip_id)
