"""What others may read of videos. Lists are ids, newest first, and go on before an id."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.media import queries as media
from revue.media.contracts import ClipState
from revue.platform import ids, storage
from revue.videos import captions, policy
from revue.videos.cards import card, cards
from revue.videos.contracts import MediaAccess, VideoState, VideoStatus, Visibility
from revue.videos.errors import VideoNotFound
from revue.videos.models import Video

__all__ = [
    "as_json",
    "card",
    "cards",
    "ids_by_author",
    "ids_by_authors",
    "ids_by_tag",
    "media_access",
    "newest_public_ids",
    "own_statuses",
    "status",
    "video_ids_of",
]
_STATUS_FIELDS = (
    *("id", "author_id", "state", "visibility", "caption", "may_comment", "made_at"),
    *("clip__state", "clip__progress", "clip__failure_code", "clip__failure_reason"),
    *("clip__poster_key", "clip__thumbhash"),
)


def newest_public_ids(*, before: int | None = None, limit: int) -> list[int]:
    """Videos in everyone's lists."""
    return _page(Video.objects.filter(policy.listed()), before, limit)


def ids_by_author(*, viewer: Viewer, author_id: int, before: int | None = None, limit: int) -> list[int]:
    """A person's public videos; to themselves all of theirs that play."""
    may_list = Q(state=VideoState.PUBLISHED.value) if viewer.person_id == author_id else policy.listed()
    return _page(Video.objects.filter(may_list, author_id=author_id), before, limit)


def ids_by_authors(author_ids: Collection[int], before: int | None = None, limit: int = 20) -> list[int]:
    """Public videos of several people."""
    return _page(Video.objects.filter(policy.listed(), author_id__in=author_ids), before, limit)


def ids_by_tag(*, viewer: Viewer, tag: str, before: int | None = None, limit: int) -> list[int]:  # noqa: ARG001
    """Public videos with a tag, however it is written. Who asks makes no difference yet; blocking will."""
    return _page(Video.objects.filter(policy.listed(), tags__contains=[captions.plain_tag(tag)]), before, limit)


def _page(videos: "QuerySet[Video]", before: int | None, limit: int) -> list[int]:
    if before is not None:
        videos = videos.filter(pk__lt=before)
    return list(videos.order_by("-pk").values_list("pk", flat=True)[:limit])


def own_statuses(*, viewer: Viewer, before: int | None = None, limit: int = 200) -> list[VideoStatus]:
    """The viewer's own videos, playable or not, newest first. One SELECT.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    videos = Video.objects.filter(author_id=person_id_of(viewer))
    if before is not None:
        videos = videos.filter(pk__lt=before)
    return [_status(row) for row in videos.order_by("-pk").values(*_STATUS_FIELDS)[:limit]]


def status(*, video_id: int) -> VideoStatus:
    """One video as its owner sees it; who asks is the caller's business.

    Raises:
        VideoNotFound: it is not there.
    """
    row = Video.objects.filter(pk=video_id).values(*_STATUS_FIELDS).first()
    if row is None:
        raise VideoNotFound
    return _status(row)


def _status(row: dict[str, Any]) -> VideoStatus:
    clip_state = ClipState(row["clip__state"])
    return VideoStatus(
        id=row["id"],
        state=VideoState(row["state"]),
        progress=row["clip__progress"],
        caption=row["caption"],
        visibility=Visibility(row["visibility"]),
        may_comment=row["may_comment"],
        made_at=row["made_at"],
        failure=media.failure(row["clip__failure_code"], row["clip__failure_reason"]),
        poster_url=storage.url(row["clip__poster_key"]) if row["clip__poster_key"] else None,
        thumbhash=row["clip__thumbhash"],
        is_playable=clip_state in (ClipState.PLAYABLE, ClipState.READY),
    )


def as_json(own: VideoStatus) -> dict[str, Any]:
    """A status as plain JSON values, the same for the API and for live messages."""
    failure = own.failure
    return {
        "id": ids.to_short(own.id),
        "state": own.state.value,
        "progress": own.progress,
        "caption": own.caption,
        "visibility": own.visibility.value,
        "may_comment": own.may_comment,
        "made_at": own.made_at.isoformat().replace("+00:00", "Z"),
        "failure": failure and {"code": failure.code, "reason": failure.reason, "may_retry": failure.may_retry},
        "poster_url": own.poster_url,
        "thumbhash": own.thumbhash,
        "is_playable": own.is_playable,
    }


def media_access(*, viewer: Viewer, clip_id: int) -> MediaAccess:
    """Whether the files of a clip may be handed over. One SELECT."""
    video = Video.objects.filter(clip_id=clip_id).only("author_id", "state", "visibility").first()
    if video is None:
        return MediaAccess.DENIED
    if not policy.may_watch(viewer, video) and not policy.is_author(viewer, video):
        return MediaAccess.DENIED
    is_open = video.state == VideoState.PUBLISHED.value and video.visibility != Visibility.ONLY_ME.value
    return MediaAccess.PUBLIC if is_open else MediaAccess.PRIVATE


def video_ids_of(*, author_id: int) -> list[int]:
    """Every video of a person, in any state, oldest first."""
    return list(Video.objects.filter(author_id=author_id).order_by("pk").values_list("pk", flat=True))
