"""What others may read of videos. Lists are ids, newest first, and go on before an id."""

import dataclasses
import datetime
from collections.abc import Collection
from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.media import policy as media_policy
from revue.media import queries as media
from revue.media.contracts import ClipState, Failure
from revue.platform import ids, storage
from revue.sounds import queries as sounds
from revue.videos import audience, captions, policy
from revue.videos.audience import may_comment
from revue.videos.cards import card, cards, sound_line
from revue.videos.contracts import (
    Change,
    Commenters,
    Former,
    MediaAccess,
    Resembled,
    SoundLine,
    VideoContent,
    VideoNews,
    VideoState,
    VideoStatus,
    Visibility,
)
from revue.videos.downloads import download
from revue.videos.drafts import draft, draft_file, drafts
from revue.videos.errors import VideoNotFound
from revue.videos.models import FormerCaption, Gone, Video
from revue.videos.said import subtitles, subtitles_vtt
from revue.videos.tags import beginning_with as tags_beginning

__all__ = [
    "as_json",
    "author_of",
    "card",
    "cards",
    "content",
    "download",
    "draft",
    "draft_file",
    "drafts",
    "former_captions",
    "ids_by_author",
    "ids_by_sound",
    "ids_by_tag",
    "is_gone",
    "may_comment",
    "media_access",
    "newest_public_ids",
    "news",
    "own_status",
    "own_statuses_of",
    "pinned_ids",
    "sound_json",
    "status",
    "subtitles",
    "subtitles_vtt",
    "tags_beginning",
    "video_ids_of",
]
_NOTHING = Q(pk__in=())
_PLACE = Coalesce("place", "id")
_STATUS_FIELDS = (
    *("id", "author_id", "state", "visibility", "chosen_visibility", "caption", "made_at"),
    *("commenters", "may_duet", "may_stitch", "may_download"),
    *("clip__state", "clip__progress", "clip__failure_code", "clip__failure_reason"),
    *("clip_id", "clip__poster_key", "clip__thumbhash", "clip__width", "clip__height", "clip__duration_ms"),
    *("clip__sprite_step_ms", "clip__sprite_tiles", "clip__photo_count", "clip__is_sound_lost"),
    *("published_at", "pinned_at", "publish_at", "binned_at"),
    *("uses_sound", "sound_id", "sound__name", "sound__owner__handle", "sound__muted_at", "sound__muted_reason"),
    *(
        "next_clip_id",
        "next_clip__is_urgent",
        "next_clip__progress",
        "next_clip__failure_code",
        "next_clip__failure_reason",
    ),
)


def newest_public_ids(*, before: int | None = None, limit: int) -> list[int]:
    """Videos in everyone's lists."""
    return _page(Video.objects.filter(policy.listed()), before, limit)


def ids_by_author(
    *, viewer: Viewer, author_id: int, before: int | None = None, limit: int, is_oldest_first: bool = False
) -> list[int]:
    """A person's public videos; to followers those for them too, to themselves all of theirs that play.

    Args:
        viewer: who asks.
        author_id: whose.
        before: only what comes after this video in the order.
        limit: at most so many.
        is_oldest_first: the order; otherwise newest first.
    """
    listed = Video.objects.filter(_listed_to(viewer, author_id), author_id=author_id)
    return _page(listed, before, limit, is_oldest_first=is_oldest_first)


def pinned_ids(*, viewer: Viewer, author_id: int) -> list[int]:
    """What a person has put first on their page, of what the viewer may find there; the newest pin first."""
    pinned = Video.objects.filter(_listed_to(viewer, author_id), author_id=author_id, pinned_at__isnull=False)
    return list(pinned.order_by("-pinned_at", "-pk").values_list("pk", flat=True))


def _listed_to(viewer: Viewer, author_id: int) -> Q:
    if viewer.person_id == author_id:
        return Q(state=VideoState.PUBLISHED.value)
    ties = audience.ties(viewer, [author_id])
    if author_id in ties.apart:
        return _NOTHING
    if author_id in ties.friends:
        return policy.listed_to_friends()
    return policy.listed_to_followers() if author_id in ties.followed else policy.listed()


def ids_by_tag(*, tag: str, before: int | None = None, limit: int) -> list[int]:
    """Public videos with a tag, however it is written. Whose cards the viewer may have is asked with these."""
    return _page(Video.objects.filter(policy.listed(), tags__contains=[captions.plain_tag(tag)]), before, limit)


def _page(videos: "QuerySet[Video]", before: int | None, limit: int, *, is_oldest_first: bool = False) -> list[int]:
    """Ids in the order in which the videos went out, after one of them; what is gone stood where it was made."""
    placed = videos.alias(at=_PLACE)
    if before is not None:
        last = Coalesce(Subquery(Video.objects.filter(pk=before).values(at=_PLACE)), Value(before, BigIntegerField()))
        placed = placed.filter(at__gt=last) if is_oldest_first else placed.filter(at__lt=last)
    return list(placed.order_by("at" if is_oldest_first else "-at").values_list("pk", flat=True)[:limit])


def own_statuses_of(*, viewer: Viewer, video_ids: Collection[int]) -> list[VideoStatus]:
    """Those of `video_ids` that are the viewer's own, in the order given.

    Two SELECTs, three where one resembles another.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    rows = Video.objects.filter(author_id=person_id_of(viewer), pk__in=video_ids).values(*_STATUS_FIELDS)
    found = {status.id: status for status in _statuses(list(rows))}
    return [found[video_id] for video_id in video_ids if video_id in found]


def own_status(*, viewer: Viewer, video_id: int) -> VideoStatus:
    """One of the viewer's own videos.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
    """
    row = Video.objects.filter(pk=video_id, author_id=person_id_of(viewer)).values(*_STATUS_FIELDS).first()
    if row is None:
        raise VideoNotFound
    return _statuses([row])[0]


def status(*, video_id: int) -> VideoStatus:
    """One video as its owner sees it; who asks is the caller's business.

    Raises:
        VideoNotFound: it is not there.
    """
    row = Video.objects.filter(pk=video_id).values(*_STATUS_FIELDS).first()
    if row is None:
        raise VideoNotFound
    return _statuses([row])[0]


def is_gone(*, video_id: int) -> bool:
    """Whether everybody could watch this until its author deleted it; never said of what anybody could not watch."""
    return Gone.objects.filter(pk=video_id).exists()


def former_captions(*, viewer: Viewer, video_id: int) -> list[Former]:
    """What a video said before, newest first: to its author all, to others what was for them when it said so.

    Raises:
        VideoNotFound: it is not there, or not for this viewer.
    """
    author_id = card(viewer=viewer, video_id=video_id).author.id
    ties = audience.ties(viewer, [author_id])
    rows = FormerCaption.objects.filter(video_id=video_id).order_by("-pk")

    def was_for_viewer(row: FormerCaption) -> bool:
        then = Video(author_id=author_id, state=VideoState.PUBLISHED.value, visibility=row.visibility)
        return policy.may_watch(viewer, then, ties=ties)

    return [Former(row.caption, row.until_at) for row in rows if was_for_viewer(row)]


def content(*, video_id: int) -> VideoContent | None:
    """What a video is made of, whoever may watch it; None while it is not published. One SELECT."""
    fields = ("clip_id", "author_id", "sound_id", "caption", "tags")
    video = Video.objects.filter(pk=video_id, state=VideoState.PUBLISHED.value).only(*fields).first()
    if video is None:
        return None
    return VideoContent(video.clip_id, video.author_id, video.sound_id, video.caption, tuple(video.tags))


def author_of(*, video_id: int) -> int | None:
    """Whose a video is, in any state; None: it is not there."""
    return Video.objects.filter(pk=video_id).values_list("author_id", flat=True).first()


def news(*, video_id: int) -> VideoNews | None:
    """What people may want to be told of a video, whoever may watch it; None while it is not published. One SELECT."""
    fields = ("author_id", "mentions", "place", "uses_sound", "sound__owner_id", "sound__muted_at")
    found = Video.objects.filter(pk=video_id, state=VideoState.PUBLISHED.value).values(*fields).first()
    if found is None:
        return None
    return VideoNews(
        author_id=found["author_id"],
        mentions=tuple(found["mentions"]),
        had_time=found["place"] is not None,
        sound_owner_id=found["sound__owner_id"] if found["uses_sound"] else None,
        is_muted=found["sound__muted_at"] is not None,
    )


def _statuses(rows: list[dict[str, Any]]) -> list[VideoStatus]:
    resembled = _resembled(rows)
    return [_status(row, resembled.get(row["id"])) for row in rows]


def _resembled(rows: list[dict[str, Any]]) -> dict[int, Resembled]:
    """Video → the earliest other that it looks like: one of the author's own, or one that is in everyone's lists."""
    others = media.resembled([row["clip_id"] for row in rows])
    clip_ids = {clip_id for found in others.values() for clip_id in found}
    videos = Video.objects.filter(clip_id__in=clip_ids).select_related("author") if clip_ids else []
    by_clip = {video.clip_id: video for video in videos}
    found = {}
    for row in rows:
        candidates = [by_clip[clip_id] for clip_id in others.get(row["clip_id"], ()) if clip_id in by_clip]
        for video in sorted(candidates, key=lambda one: one.pk):
            is_own = video.author_id == row["author_id"] and video.state != VideoState.BINNED.value
            if video.pk < row["id"] and (is_own or policy.is_listed(video)):
                found[row["id"]] = Resembled(video.pk, video.author.handle, is_own)
                break
    return found


def _status(row: dict[str, Any], resembles: Resembled | None) -> VideoStatus:
    clip_state = ClipState(row["clip__state"])
    return VideoStatus(
        id=row["id"],
        state=VideoState(row["state"]),
        progress=row["clip__progress"],
        caption=row["caption"],
        visibility=Visibility(row["chosen_visibility"] or row["visibility"]),
        commenters=Commenters(row["commenters"]),
        may_duet=row["may_duet"],
        may_stitch=row["may_stitch"],
        may_download=row["may_download"],
        made_at=row["made_at"],
        failure=media.failure(row["clip__failure_code"], row["clip__failure_reason"]),
        poster_url=storage.url(row["clip__poster_key"]) if row["clip__poster_key"] else None,
        thumbhash=row["clip__thumbhash"],
        is_playable=clip_state in (ClipState.PLAYABLE, ClipState.READY),
        photo_count=row["clip__photo_count"],
        duration_ms=row["clip__duration_ms"],
        sprite=media.sprite(
            row["clip_id"],
            row["clip__width"],
            row["clip__height"],
            row["clip__sprite_step_ms"],
            row["clip__sprite_tiles"],
        ),
        sound=sound_line(
            row["sound_id"],
            row["sound__name"],
            row["sound__owner__handle"],
            row["sound__muted_at"] is not None,
            row["sound__muted_reason"],
        ),
        uses_sound=row["uses_sound"],
        is_sound_lost=row["clip__is_sound_lost"],
        change=_change(row),
        resembles=resembles,
        is_pinned=row["pinned_at"] is not None,
        may_replace_until=policy.replaceable_until(row["published_at"] or row["made_at"]),
        published_at=row["published_at"],
        publish_at=row["publish_at"],
        kept_until=policy.kept_until(row["binned_at"]) if row["binned_at"] else None,
    )


def _change(row: dict[str, Any]) -> Change | None:
    if row["next_clip_id"] is None or not row["next_clip__is_urgent"]:  # the instance's own upkeep
        return None
    failure = media.failure(row["next_clip__failure_code"], row["next_clip__failure_reason"])
    return Change(row["next_clip__progress"], failure)


def as_json(own: VideoStatus) -> dict[str, Any]:
    """A status as plain JSON values, the same for the API and for live messages."""
    return {
        "id": ids.to_short(own.id),
        "state": own.state.value,
        "progress": own.progress,
        "caption": own.caption,
        "visibility": own.visibility.value,
        "commenters": own.commenters.value,
        "may_duet": own.may_duet,
        "may_stitch": own.may_stitch,
        "may_download": own.may_download,
        "made_at": _time(own.made_at),
        "failure": _failure(own.failure),
        "poster_url": own.poster_url,
        "thumbhash": own.thumbhash,
        "is_playable": own.is_playable,
        "photo_count": own.photo_count,
        "duration_ms": own.duration_ms,
        "sprite": own.sprite and dataclasses.asdict(own.sprite),
        "sound": sound_json(own.sound),
        "uses_sound": own.uses_sound,
        "is_sound_lost": own.is_sound_lost,
        "change": own.change and {"progress": own.change.progress, "failure": _failure(own.change.failure)},
        "resembles": own.resembles
        and {**dataclasses.asdict(own.resembles), "video_id": ids.to_short(own.resembles.video_id)},
        "is_pinned": own.is_pinned,
        "may_replace_until": _time(own.may_replace_until),
        "published_at": own.published_at and _time(own.published_at),
        "publish_at": own.publish_at and _time(own.publish_at),
        "kept_until": own.kept_until and _time(own.kept_until),
    }


def sound_json(sound: SoundLine | None) -> dict[str, Any] | None:
    """A video's sound as plain JSON values."""
    return {**dataclasses.asdict(sound), "id": ids.to_short(sound.id)} if sound else None


def _failure(failure: Failure | None) -> dict[str, Any] | None:
    return dataclasses.asdict(failure) if failure else None


def _time(moment: datetime.datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def ids_by_sound(sound_id: int, *, but: int | None = None, before: int | None = None, limit: int = 20) -> list[int]:
    """Public videos with a sound, newest first, without the one it comes from when that is told."""
    found = Video.objects.filter(policy.listed(), sound_id=sound_id)
    return _page(found if but is None else found.exclude(pk=but), before, limit)


def media_access(*, viewer: Viewer, clip_id: int, name: str = "") -> MediaAccess:
    """Whether a file of a clip may be handed over. One SELECT; one more for a sound."""
    if media_policy.is_master(name) or (media_policy.is_sound(name) and not sounds.may_hear(clip_id)):
        return MediaAccess.DENIED
    return audience.access(viewer, clip_id)


def video_ids_of(*, author_id: int) -> list[int]:
    """Every video of a person, in any state, oldest first."""
    return list(Video.objects.filter(author_id=author_id).order_by("pk").values_list("pk", flat=True))
