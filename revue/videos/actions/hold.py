"""Videos under lock. A clip's row is always locked before the video's."""

from django.db.models import Q

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.media import actions as media
from revue.videos.contracts import VideoState
from revue.videos.errors import VideoInBin, VideoNotFound
from revue.videos.models import Video


def clips_of(video: Video) -> list[int]:
    """A video's clips, in the order in which they are locked."""
    ids = (video.clip_id, video.next_clip_id, video.last_clip_id)
    return sorted(clip_id for clip_id in ids if clip_id is not None)


def locked(which: Q) -> Video | None:
    """A video with its clips' rows locked before its own; None when it is not there."""
    while True:
        seen = Video.objects.filter(which).first()
        if seen is None:
            return None
        for clip_id in clips_of(seen):
            media.hold_clip(clip_id=clip_id)
        video = Video.objects.select_for_update().filter(which).first()
        if video is None or clips_of(video) == clips_of(seen):  # else a clip took its place meanwhile
            return video


def own_locked(viewer: Viewer, video_id: int) -> Video:
    """The viewer's own video, locked.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        VideoInBin: it is to be restored first.
    """
    return _in_use(locked(Q(pk=video_id, author_id=person_id_of(viewer))))


def own(viewer: Viewer, video_id: int) -> Video:
    """The viewer's own video, as it is now.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        VideoInBin: it is to be restored first.
    """
    return _in_use(Video.objects.filter(pk=video_id, author_id=person_id_of(viewer)).first())


def own_alone(viewer: Viewer, video_id: int) -> Video:
    """The viewer's own video, locked without its clips: for changes that leave these alone.

    Raises:
        SignInNeeded, VideoNotFound, VideoInBin: see `own`.
    """
    mine = Video.objects.select_for_update().filter(pk=video_id, author_id=person_id_of(viewer))
    return _in_use(mine.first())


def _in_use(video: Video | None) -> Video:
    if video is None:
        raise VideoNotFound
    if video.state == VideoState.BINNED.value:
        raise VideoInBin
    return video
