"""When a video goes out: as soon as it plays, or at the time that its author has set; once, whoever comes first."""

import datetime

from django.db import transaction
from django.db.models import Q

from revue.accounts.contracts import Viewer
from revue.platform import clock, ids
from revue.videos import hooks, live, policy, queries
from revue.videos.actions.hold import locked, own_locked
from revue.videos.contracts import VideoState, Visibility
from revue.videos.errors import AlreadyOut, BadTime
from revue.videos.models import Video


def checked_time(publish_at: datetime.datetime | None) -> datetime.datetime | None:
    """The time, if a video may be set to go out by itself then.

    Raises:
        BadTime: it is too near or too far.
    """
    if publish_at is not None and not policy.is_good_time(publish_at, clock.now()):
        raise BadTime(fields={"publish_at": BadTime.title})
    return publish_at


def schedule_video(*, viewer: Viewer, video_id: int, publish_at: datetime.datetime) -> None:
    """Have the viewer's own video, which has not gone out yet, go out at a time; again is the same.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        VideoInBin: it is to be restored first.
        BadTime: it is too near or too far.
        AlreadyOut: it has gone out.
    """
    with transaction.atomic():
        video = own_locked(viewer, video_id)
        if video.published_at is not None:
            raise AlreadyOut
        if video.publish_at == publish_at:
            return
        video.publish_at, video.changed_at = checked_time(publish_at), clock.now()
        video.save(update_fields=["publish_at", "changed_at"])
        live.state_changed(video.author_id, queries.status(video_id=video.pk))


def unschedule_video(*, viewer: Viewer, video_id: int) -> None:
    """Give up the time at which the viewer's own video was to go out; it stays for them alone. Again is the same.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        VideoInBin: it is to be restored first.
        AlreadyOut: it has gone out, or had no time set.
    """
    with transaction.atomic():
        video = own_locked(viewer, video_id)
        if video.publish_at is None and video.visibility != Visibility.ONLY_ME.value:
            raise AlreadyOut
        keep_private(video)


def publish_video(*, viewer: Viewer, video_id: int) -> None:
    """Have the viewer's own video go out now, or as soon as it plays, whatever time was set. Again is the same.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        VideoInBin: it is to be restored first.
    """
    with transaction.atomic():
        video = own_locked(viewer, video_id)
        if video.publish_at is not None:
            _let_go(video)


def publish_due() -> int:
    """Have everything go out whose time has come, at the latest by now; returns how many. Harmless to repeat."""
    due = Q(state=VideoState.SCHEDULED.value, publish_at__lte=clock.now())
    count = 0
    for video_id in Video.objects.filter(due).order_by("publish_at").values_list("pk", flat=True):
        with transaction.atomic():
            video = locked(due & Q(pk=video_id))
            if video is not None:
                _let_go(video)
                count += 1
    return count


def keep_private(video: Video) -> None:
    """Give up a locked video's time and leave it to its author alone."""
    if video.publish_at is None:
        return
    video.visibility, video.chosen_visibility = Visibility.ONLY_ME.value, ""
    _let_go(video)


def when_it_plays(video: Video) -> None:
    """Have a locked video go out that waited for its clip, or wait on for its time."""
    if video.publish_at is not None and video.publish_at > clock.now():
        video.state = VideoState.SCHEDULED.value
        video.save(update_fields=["state"])
    else:
        _go_out(video)


def _let_go(video: Video) -> None:
    """What had a time has none any more: it goes out, now or when it plays, and stands among the newest then."""
    video.publish_at, video.place, video.changed_at = None, ids.new_id(), clock.now()
    video.save(update_fields=["publish_at", "place", "changed_at", "visibility", "chosen_visibility"])
    if video.state == VideoState.SCHEDULED.value:
        _go_out(video)
    live.state_changed(video.author_id, queries.status(video_id=video.pk))


def _go_out(video: Video) -> None:
    is_first = video.published_at is None
    if video.publish_at is not None:
        video.publish_at, video.place = None, ids.new_id()
    video.state, video.published_at = VideoState.PUBLISHED.value, video.published_at or clock.now()
    video.save(update_fields=["state", "published_at", "publish_at", "place"])
    for hear in hooks.published() if is_first else ():
        hear(video_id=video.pk)
