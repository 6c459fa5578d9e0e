"""What others may read of uploads and clips."""

import datetime
from collections import Counter
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet, Sum

from revue.media import enrich, inbox, policy
from revue.media.contracts import (
    ClipState,
    ClipView,
    Failure,
    PhotoView,
    Rendition,
    Room,
    Sprite,
    Totals,
    UploadSource,
    UploadView,
    Usage,
)
from revue.media.errors import UploadNotFound
from revue.media.ffmpeg import encode, finder, hls, kernel, plan, sandbox, side
from revue.media.models import Clip, Likeness, RenditionFile, Upload, Weight
from revue.platform import storage


def upload_view(upload: Upload) -> UploadView:
    """An upload as its owner's client sees it."""
    return UploadView(
        id=upload.id,
        length_bytes=upload.length_bytes,
        offset_bytes=upload.offset_bytes,
        filename=upload.filename,
        expires_at=upload_expiry(upload),
        is_finished=upload.finished_at is not None,
    )


def uploads(*, owner_id: int, upload_ids: Collection[int]) -> dict[int, UploadView]:
    """Id → upload, for those of a person's that are there. One SELECT."""
    mine = Upload.objects.filter(pk__in=upload_ids, owner_id=owner_id)
    return {upload.id: upload_view(upload) for upload in mine}


def upload_source(*, owner_id: int, upload_id: int) -> UploadSource:
    """Where a person's upload can be looked at before anything is made of it.

    Raises:
        UploadNotFound: it is not there, somebody else's, not whole, or not where uploads wait any more.
    """
    upload = Upload.objects.filter(pk=upload_id, owner_id=owner_id, finished_at__isnull=False).first()
    if upload is None:
        raise UploadNotFound
    mime = policy.shown_as(upload.filename)
    if upload.parts_name:
        address = storage.signed_url(policy.arriving_key(upload.id), mime, is_public=False)
        if address is None:
            raise UploadNotFound
        return UploadSource(None, address, mime)
    if not inbox.path(upload.id).exists():
        raise UploadNotFound
    return UploadSource(inbox.path(upload.id), "", mime)


def upload_expiry(upload: Upload) -> datetime.datetime:
    """When an upload is forgotten, if nothing more comes."""
    return upload.touched_at + datetime.timedelta(hours=settings.UPLOAD_EXPIRES_HOURS)


def used_bytes(person_id: int) -> int:
    """What a person's files weigh: of clips as they were sent, of uploads as they were announced."""
    clips = Clip.objects.filter(owner_id=person_id).aggregate(total=Sum("original_bytes"))["total"]
    waiting = Upload.objects.filter(owner_id=person_id, clip=None, photo=None)
    return (clips or 0) + (waiting.aggregate(total=Sum("length_bytes"))["total"] or 0)


def room(person_id: int) -> Room:
    """How much room a person has, by the numbers that refuse an upload. Two SELECTs."""
    return Room(used_bytes(person_id), settings.MAX_PERSON_BYTES or None)


def usage(limit: int = 20) -> list[Usage]:
    """What people's files weigh, the heaviest first. Four SELECTs."""
    sent = Counter(_by_owner(Clip.objects.all(), "owner_id", Sum("original_bytes")))
    sent.update(_by_owner(Upload.objects.filter(clip=None, photo=None), "owner_id", Sum("length_bytes")))
    made = Counter(_by_owner(RenditionFile.objects.all(), "clip__owner_id", Sum("bytes")))
    made.update(_by_owner(Weight.objects.all(), "clip__owner_id", _BESIDE))
    found = [Usage(owner_id, sent[owner_id], made[owner_id]) for owner_id in sent | made]
    return sorted(found, key=lambda one: one.all_bytes, reverse=True)[:limit]


_BESIDE = Sum(F("photo_bytes") + F("sound_bytes") + F("hls_bytes") + F("picture_bytes"))


def _by_owner(rows: "QuerySet[Any]", owner: str, total: Sum) -> dict[int, int]:
    return dict(rows.order_by().values_list(owner).annotate(total=total))


def totals() -> Totals:
    """What all files of people weigh, by kind. Five SELECTs."""
    sent = Clip.objects.aggregate(
        videos=Sum("original_bytes", filter=Q(photo_count=0)), photos=Sum("original_bytes", filter=Q(photo_count__gt=0))
    )
    beside = Weight.objects.aggregate(**{kind: Sum(f"{kind}_bytes") for kind in ("photo", "sound", "hls", "picture")})
    arrived = Upload.objects.filter(clip=None, photo=None).aggregate(total=Sum("offset_bytes"))["total"]
    ready = Clip.objects.filter(state=ClipState.READY.value, weight=None).count()
    return Totals(
        videos_sent=sent["videos"] or 0,
        photos_sent=sent["photos"] or 0,
        uploads=arrived or 0,
        renditions=RenditionFile.objects.aggregate(total=Sum("bytes"))["total"] or 0,
        hls=beside["hls"] or 0,
        photos=beside["photo"] or 0,
        sounds=beside["sound"] or 0,
        pictures=beside["picture"] or 0,
        uncounted_clips=ready,
    )


def is_upload_wanted(upload_id: int) -> bool:
    """Whether a clip was made of this upload."""
    return Clip.objects.filter(Q(upload_id=upload_id) | Q(photos__upload_id=upload_id)).exists()


def clip_view(clip: Clip) -> ClipView:
    """Everything a player or an owner's page needs of a clip; one SELECT for its files."""
    files = RenditionFile.objects.filter(clip_id=clip.id).order_by("height", "-codec")
    return ClipView(
        id=clip.id,
        state=ClipState(clip.state),
        progress=clip.progress,
        width=clip.width,
        height=clip.height,
        duration_ms=clip.duration_ms,
        has_audio=clip.has_audio,
        is_urgent=clip.is_urgent,
        poster_url=storage.url(clip.poster_key) if clip.poster_key else None,
        thumbhash=clip.thumbhash,
        renditions=tuple(
            Rendition(
                *(file.name, storage.url(file.key), file.width, file.height),
                *(file.bitrate, file.bytes, file.codec, file.mime),
            )
            for file in files
        ),
        failure=failure(clip.failure_code, clip.failure_reason),
    )


def best_file(clip_id: int) -> tuple[str, str] | None:
    """Storage key and type of a clip's largest file in H.264, which everything plays; None before there is one."""
    files = RenditionFile.objects.filter(clip_id=clip_id, codec="h264").order_by("-height", "-bitrate")
    return files.values_list("key", "mime").first()


def poster_urls(poster_key: str) -> tuple[str | None, str | None]:
    """Addresses of a poster and of its small version, which is painted until the clip moves; None before it is made."""
    if not poster_key:
        return None, None
    return storage.url(poster_key), storage.url(policy.small_poster_key(poster_key))


def poster_size(width: int, height: int) -> tuple[int, int]:
    """Pixels of the poster of a clip of this size."""
    return encode.poster_size(width, height, encode.POSTER_WIDTHS[policy.POSTER][0])


def sprite(clip_id: int, width: int, height: int, step_ms: int, tiles: int) -> Sprite | None:
    """How a clip's sprite is laid out, from its row; None before it is made."""
    if not tiles:
        return None
    tile_width, tile_height = side.fitted(width, height, side.TILE_EDGE)
    return Sprite(
        storage.url(policy.clip_key(clip_id, policy.SPRITE)), step_ms, tiles, tile_width, tile_height, side.COLUMNS
    )


def preview_url(clip_id: int, *, has_preview: bool) -> str | None:
    """The address of a clip's small moving picture; None before it is made."""
    return storage.url(policy.clip_key(clip_id, policy.PREVIEW)) if has_preview else None


def photo_view(key: str, width: int, height: int) -> PhotoView:
    """A photo, from its row."""
    return PhotoView(storage.url(key), storage.url(policy.small_photo_key(key)), width, height)


def hls_url(clip_id: int, *, has_hls: bool) -> str | None:
    """The address of a clip's HLS master playlist; None where it has none."""
    return storage.url(policy.clip_key(clip_id, hls.MASTER_FILE)) if has_hls else None


def has_same_original(one_id: int, other_id: int) -> bool:
    """Whether two clips were made of the same file."""
    hashes = Clip.objects.filter(pk__in=(one_id, other_id)).values_list("original_sha256", flat=True)
    return len(hashes) == 2 and len(set(hashes)) == 1  # noqa: PLR2004 - of one and the other


def resembled(clip_ids: Collection[int]) -> dict[int, list[int]]:
    """Clip → the clips that it resembles, oldest first. One SELECT."""
    found: dict[int, list[int]] = {}
    for clip_id, other_id in (
        Likeness.objects.filter(clip__in=clip_ids).order_by("other").values_list("clip_id", "other_id")
    ):
        found.setdefault(clip_id, []).append(other_id)
    return found


def failure(code: str, reason: str) -> Failure | None:
    """Why a clip could not be made, or None."""
    return Failure(code, reason, policy.may_retry(code)) if code else None


def ffmpeg() -> finder.Ffmpeg:
    """The ffmpeg of this instance.

    Raises:
        NoFfmpeg: there is none that we can use.
    """
    return finder.find_ffmpeg(settings.FFMPEG)


def sandbox_level() -> str:
    """How well ffmpeg is shut in on this machine: "bubblewrap", …, "none"."""
    return sandbox.level().value


def sandbox_problem() -> str | None:
    """What an operator should know of the sandbox, or None."""
    if sandbox.level() is sandbox.Level.NONE:
        return "ffmpeg reads uploads without a sandbox: install bubblewrap, or take a kernel with Landlock and seccomp."
    if not kernel.can_filter():
        return "ffmpeg may start other programs: this kernel or this processor has no seccomp filter that we know."
    return None


def least_views() -> int | None:
    """From how many plays on a clip is to have more than its ladder; None: none ever is."""
    return enrich.least_views()


def recipe() -> str:
    """How a clip would be made today; see `plan.recipe`."""
    return plan.recipe(ffmpeg().version)


def watched_days() -> int:
    """Within how many days a clip must have been played to count as watched."""
    return enrich.WATCHED_DAYS


def av1_problem() -> str | None:
    """Why clips that are watched get no AV1 although the settings want it, or None."""
    if not settings.AV1_AFTER_VIEWS or ffmpeg_problem():
        return None
    found = ffmpeg()
    if found.has_av1 and found.has_vmaf:
        return None
    return "This ffmpeg has no libsvtav1 or no libvmaf, so no video gets AV1; install the package imageio-ffmpeg."


def ffmpeg_problem() -> str | None:
    """Why nothing can be encoded, or None."""
    try:
        ffmpeg()
    except finder.NoFfmpeg as error:
        return str(error)
    return None
