"""Clips: made of uploads or of files of ours, tried again, deleted."""

import dataclasses
import hashlib
import pathlib
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from revue.media import hooks, policy, queries, tasks
from revue.media.contracts import ClipState, Mix
from revue.media.errors import CannotRetry, ClipBusy, UploadNotFound, UploadUnfinished
from revue.media.models import Clip, Photo, Upload, Wish
from revue.platform import clock, ids, storage
from revue.platform.errors import NotFound

AS_IT_IS: Final = Mix()


def fields_of(mix: Mix) -> dict[str, Any]:
    """A mix as fields of a clip."""
    return dataclasses.asdict(mix)


@transaction.atomic
def make_clip(*, owner_id: int, upload_id: int, mix: Mix = AS_IT_IS, is_urgent: bool = True) -> int:
    """The clip of a finished upload; asking again gives the same one. A worker begins on commit.

    Raises:
        UploadNotFound: it is not there, somebody else's, or a photo of a post.
        UploadUnfinished: bytes are missing.
    """
    upload = Upload.objects.select_for_update().filter(pk=upload_id, owner_id=owner_id).first()
    if upload is None or Photo.objects.filter(upload=upload).exists():
        raise UploadNotFound
    if upload.finished_at is None:
        raise UploadUnfinished
    made = Clip.objects.filter(upload=upload).values_list("id", flat=True).first()
    if made is not None:
        return made
    clip_id = ids.new_id()
    clip = Clip.objects.create(
        id=clip_id,
        upload=upload,
        owner_id=owner_id,
        original_key=policy.original_key(clip_id),
        original_sha256=upload.sha256,
        original_bytes=upload.length_bytes,
        is_urgent=is_urgent,
        **fields_of(mix),
    )
    nudge(clip)
    return clip.id


@transaction.atomic
def remake_clip(*, clip_id: int, mix: Mix, is_urgent: bool = True) -> int:
    """A new clip of the same original that sounds otherwise; the old one is left as it is.

    Raises:
        NotFound: there is no such clip.
        ClipBusy: its original is not in its place yet; try again when it plays.
    """
    old = Clip.objects.select_for_update().filter(pk=clip_id).first()
    if old is None:
        raise NotFound
    new_id = ids.new_id()
    photos = [
        Photo(clip_id=new_id, number=number, original_key=policy.photo_original_key(new_id, number))
        for number in range(1, old.photo_count + 1)
    ]
    new_keys = [photo.original_key for photo in photos] or [policy.original_key(new_id)]
    try:
        for old_key, new_key in zip(_original_keys(old), new_keys, strict=True):
            storage.copy(old_key, new_key)  # without a row it is swept as an orphan
    except FileNotFoundError as error:
        raise ClipBusy from error
    clip = Clip.objects.create(
        id=new_id,
        owner_id=old.owner_id,
        original_key=new_keys[0],
        photo_count=old.photo_count,
        original_sha256=old.original_sha256,
        original_bytes=old.original_bytes,
        poster_at_ms=old.poster_at_ms,
        is_urgent=is_urgent,
        **fields_of(mix),
    )
    Photo.objects.bulk_create(photos)
    names = Wish.objects.filter(clip=old).order_by("pk").values_list("name", flat=True)
    Wish.objects.bulk_create([Wish(clip=clip, name=name) for name in names])  # made once the ladder is there
    nudge(clip)
    return new_id


def _original_keys(clip: Clip) -> list[str]:
    """Where everything lies that a clip was made of."""
    photos = Photo.objects.filter(clip=clip).order_by("number").values_list("original_key", flat=True)
    return [*photos] or [clip.original_key]


def mix_of(*, clip_id: int) -> Mix:
    """What a clip was asked to sound like; as it is, when there is no such clip."""
    fields = [field.name for field in dataclasses.fields(Mix)]
    row = Clip.objects.filter(pk=clip_id).values(*fields).first()
    return Mix(**row) if row else AS_IT_IS


@transaction.atomic
def choose_poster(*, clip_id: int, at_ms: int) -> None:
    """Show another moment of a clip as its poster; a worker makes it, at once or with the rest of the clip.

    Raises:
        NotFound: there is no such clip.
    """
    clip = Clip.objects.select_for_update().filter(pk=clip_id).first()
    if clip is None:
        raise NotFound
    clip.poster_at_ms = min(at_ms, max(0, clip.duration_ms - 1)) if clip.duration_ms else at_ms
    clip.save(update_fields=["poster_at_ms"])
    tasks.make_poster.enqueue(clip_id=clip_id)


def show_poster(clip: Clip, key: str) -> None:
    """Point to another poster; the old one stays a while for pages that are open. The caller saves."""
    if clip.poster_key and clip.poster_key != key:
        tasks.delete_poster.enqueue(clip_id=clip.id, key=clip.poster_key, delay_s=policy.OPEN_PAGES_SECONDS)
    clip.poster_key = key


@transaction.atomic
def delete_poster(*, clip_id: int, key: str) -> None:
    """Remove a poster in both sizes, unless it is shown again."""
    clip = Clip.objects.select_for_update().filter(pk=clip_id).first()
    if clip is not None and clip.poster_key == key:
        return
    for old in (key, policy.small_poster_key(key)):
        storage.delete(old)


def delete_clip_later(*, clip_id: int, delay_s: float = 0) -> None:
    """Delete a clip by a job of its own, for whoever holds locks that come after a clip's."""
    tasks.delete_clip.enqueue(clip_id=clip_id, delay_s=delay_s)


def adopt_file(*, owner_id: int, path: pathlib.Path) -> int:
    """The clip of a file of ours, which is moved in. The same pipeline as for uploads; a worker begins on commit."""
    clip_id = ids.new_id()
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    storage.put(policy.original_key(clip_id), path)  # without a row, should we die here, it is swept as an orphan
    with transaction.atomic():
        clip = Clip.objects.create(
            id=clip_id,
            owner_id=owner_id,
            original_key=policy.original_key(clip_id),
            original_sha256=sha256,
            original_bytes=size,
        )
        nudge(clip)
    return clip_id


@transaction.atomic
def retry_clip(*, clip_id: int) -> None:
    """Try a failed clip once more from its original.

    Raises:
        NotFound: there is no such clip.
        CannotRetry: it has not failed, or trying again cannot help.
    """
    clip = Clip.objects.select_for_update().filter(pk=clip_id).first()
    if clip is None:
        raise NotFound
    if clip.state != ClipState.FAILED.value or not policy.may_retry(clip.failure_code):
        raise CannotRetry
    clip.state, clip.progress, clip.attempts, clip.failures = ClipState.PENDING.value, 0, 0, 0
    clip.failure_code = clip.failure_reason = ""
    clip.lease_id = clip.lease_until = None
    clip.changed_at = clock.now()
    clip.save(
        update_fields=[
            *("state", "progress", "attempts", "failures", "failure_code", "failure_reason"),
            *("lease_id", "lease_until", "changed_at"),
        ]
    )
    tell(clip)
    nudge(clip)


def hold_clip(*, clip_id: int) -> bool:
    """Lock a clip's row until the caller's transaction ends; whether there is one. Lock it before rows above it."""
    return Clip.objects.select_for_update().filter(pk=clip_id).exists()


@transaction.atomic
def delete_clip(*, clip_id: int) -> None:
    """Remove a clip: its rows now, its files once that is safe. Again changes nothing, also while it is being made."""
    clip = Clip.objects.select_for_update().filter(pk=clip_id).first()
    if clip is None:
        return
    uploads = [*Upload.objects.filter(Q(clip=clip) | Q(photo__clip=clip)).order_by("pk")]
    clip.delete()
    tasks.delete_files.enqueue(clip_id=clip_id, upload_id=0)
    _forget(uploads)


@transaction.atomic
def forget_person(*, person_id: int) -> None:
    """Remove everything of a person: uploads, clips, files."""
    for clip_id in Clip.objects.filter(owner_id=person_id).order_by("pk").values_list("id", flat=True):
        delete_clip(clip_id=clip_id)
    _forget([*Upload.objects.filter(owner_id=person_id).order_by("pk")])


def _forget(uploads: list[Upload]) -> None:
    """Remove uploads: rows now, bytes by a job each."""
    Upload.objects.filter(pk__in=[upload.id for upload in uploads]).delete()
    for upload in uploads:
        tasks.delete_files.enqueue(clip_id=0, upload_id=upload.id)
        if upload.parts_name:
            tasks.drop_parts.enqueue(upload_id=upload.id, name=upload.parts_name)


def nudge(clip: Clip) -> None:
    """Ask for a worker. The row says what is to be done; a lost nudge is made good by the sweep."""
    behind = Clip.objects.filter(owner_id=clip.owner_id, state__in=policy.NOT_PLAYABLE).exclude(pk=clip.pk).count()
    job = tasks.transcode if clip.is_urgent else tasks.remake
    job.enqueue(clip_id=clip.id, once=f"clip:{clip.id}", behind=behind)


def tell(clip: Clip) -> None:
    """Tell the apps above that a clip is in another state or further on, inside the transaction that says so."""
    for listen in hooks.clip_changed():
        listen(clip_id=clip.id, view=queries.clip_view(clip))
