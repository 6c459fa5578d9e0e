"""What an instance does for its videos by itself: more renditions of what is watched, and clips made anew.

A clip is made anew when the ladder or ffmpeg has changed since. Each video's wish for that stands in its row; a few at
a time are begun, behind everything that people wait for, and the old files play until the new ones all do.
"""

import logging
from collections.abc import Collection, Mapping
from typing import Final

from django.db.models import QuerySet

from revue.media import queries as media
from revue.media.actions import enrich
from revue.media.contracts import ClipState
from revue.media.errors import ClipBusy
from revue.platform import clock, ids, storage
from revue.videos import actions
from revue.videos.contracts import VideoState
from revue.videos.models import Video

_log = logging.getLogger(__name__)
MOST_AT_ONCE: Final = 4  # clips made anew that wait or are made: each needs room beside the old one


def enrich_watched(*, plays: Mapping[int, int]) -> int:
    """Have more renditions made of videos that are played so often; returns how many are newly wanted.

    Args:
        plays: video → how often it was played.
    """
    videos = Video.objects.filter(pk__in=plays, state=VideoState.PUBLISHED.value)
    return enrich.want(plays={clip_id: plays[pk] for pk, clip_id in videos.values_list("pk", "clip_id")})


def ask_remakes(*, video_ids: Collection[int] | None = None) -> int:
    """Want videos' clips to be made anew; returns how many newly. Asking again changes nothing.

    Args:
        video_ids: which; None: all whose clips were made otherwise than they would be made today.
    """
    videos = Video.objects.filter(remake_asked_at=None).exclude(next_clip__is_urgent=False)
    if video_ids is not None:
        videos = videos.filter(pk__in=video_ids)
    else:
        videos = videos.filter(clip__state=ClipState.READY.value).exclude(clip__recipe=media.recipe())
    found = [*videos.values_list("pk", flat=True)]
    return Video.objects.filter(pk__in=found, remake_asked_at=None).update(remake_asked_at=clock.now())


def waiting() -> int:
    """How many videos are still to be made anew, those that are being made included."""
    return Video.objects.filter(remake_asked_at__isnull=False).count() + _under_way().count()


def begin_remakes() -> int:
    """Begin as many of the wanted remakes as may be under way; returns how many. Again, or at once, is harmless."""
    room, count = MOST_AT_ONCE - _under_way().count(), 0
    wanted = Video.objects.filter(
        remake_asked_at__isnull=False, next_clip=None, clip__state=ClipState.READY.value
    ).order_by("remake_asked_at", "pk")
    for video_id in wanted.values_list("pk", flat=True)[: max(0, room)]:
        try:
            count += actions.remake_video(video_id=video_id)
        except ClipBusy:
            _log.warning("Video %s cannot be made anew: its original is not there.", ids.to_short(video_id))
            Video.objects.filter(pk=video_id).update(remake_asked_at=None)
        except storage.StorageUnavailable as error:
            _log.warning("Nothing is made anew for now: %s", error)
            break
    return count


def _under_way() -> "QuerySet[Video]":
    return Video.objects.filter(next_clip__is_urgent=False)
