"""Files on their way in. The file on disk is the truth about the offset; the row repeats it for whoever asks."""

import datetime
import hmac
import shutil
from collections.abc import Collection

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.media import inbox, policy, queries, tasks
from revue.media.actions import early
from revue.media.contracts import UploadView
from revue.media.errors import (
    ChecksumMismatch,
    DiskFull,
    OffsetMismatch,
    QuotaReached,
    TooManyUploads,
    UploadBusy,
    UploadExpired,
    UploadNotFound,
    UploadTooLarge,
)
from revue.media.models import Upload
from revue.platform import clock, limits, storage

SPARE_BYTES = 200_000_000  # room that uploads leave to the database and the encoder
MOST_UNFINISHED = 50  # by one person
LONGEST_NAME = 200
CHECKSUMS = ("sha1", "sha256", "md5")


def start_upload(*, viewer: Viewer, length_bytes: int, filename: str = "") -> UploadView:
    """Make room for a file of `length_bytes`.

    Raises:
        SignInNeeded: the viewer is a visitor.
        RateLimited: too many in a minute.
        TooManyUploads: finish some first.
        UploadTooLarge: longer than this instance takes.
        QuotaReached: more than this instance gives to one person.
        DiskFull: it would not fit.
        StorageReadOnly: nothing can be written.
    """
    with inbox.writing():
        inbox.folder().mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(inbox.folder()).free < length_bytes + SPARE_BYTES:
        raise DiskFull
    upload = admit(viewer=viewer, length_bytes=length_bytes, filename=plain(filename))
    with inbox.locked(upload.id):  # the file exists from now on
        return queries.upload_view(upload)


def admit(*, viewer: Viewer, length_bytes: int, filename: str) -> Upload:
    """The row of a new upload, if the viewer may send so much; where its bytes go is the caller's business.

    Raises:
        SignInNeeded, RateLimited, TooManyUploads, UploadTooLarge, QuotaReached: see `start_upload`.
    """
    owner_id = person_id_of(viewer)
    limits.check("upload", key=str(owner_id), per_minute=60)
    if length_bytes > settings.MAX_UPLOAD_BYTES:
        raise UploadTooLarge(max_bytes=settings.MAX_UPLOAD_BYTES)
    return _reserve(Upload(owner_id=owner_id, length_bytes=length_bytes, filename=filename))


@transaction.atomic
def _reserve(upload: Upload) -> Upload:
    """Write the row where its owner has room for it; two at once are counted one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [upload.owner_id])
    if Upload.objects.filter(owner_id=upload.owner_id, finished_at=None).count() >= MOST_UNFINISHED:
        raise TooManyUploads
    used, most = queries.used_bytes(upload.owner_id), settings.MAX_PERSON_BYTES
    if most and used + upload.length_bytes > most:
        raise QuotaReached(used_bytes=used, max_bytes=most)
    upload.save(force_insert=True)
    return upload


def resume_upload(*, viewer: Viewer, upload_id: int) -> UploadView:
    """Where to go on: what is really on disk. Nothing is repaired while another request is sending.

    Raises:
        SignInNeeded, UploadNotFound, UploadExpired: see their words.
    """
    upload = own_upload(viewer, upload_id)
    if upload.finished_at is None:
        try:
            with inbox.locked(upload_id) as descriptor:
                _settle(upload, descriptor)
        except UploadBusy:
            upload.refresh_from_db()
    return queries.upload_view(upload)


def append_bytes(
    *,
    viewer: Viewer,
    upload_id: int,
    offset: int,
    stream: inbox.Stream,
    size: int | None = None,
    checksum: tuple[str, bytes] | None = None,
) -> UploadView:
    """Write a part behind what is here. A part that breaks off is kept as far as it came.

    Args:
        offset: where the sender thinks the part begins.
        size: how many bytes are announced, if known.
        checksum: the part's hash, as (algorithm, digest); a part that does not match is thrown away whole.

    Raises:
        SignInNeeded, UploadNotFound, UploadExpired: see their words.
        UploadBusy: another request is sending.
        OffsetMismatch: the part begins elsewhere; nothing was read.
        UploadTooLarge: the part goes beyond the announced length.
        ChecksumMismatch: see `checksum`.
        DiskFull, StorageReadOnly: the rest cannot be written; what could is kept.
    """
    upload = own_upload(viewer, upload_id)
    with inbox.locked(upload_id) as descriptor:
        upload.refresh_from_db()
        if upload.finished_at is None:
            _settle(upload, descriptor)
        if offset != upload.offset_bytes:
            raise OffsetMismatch(offset=upload.offset_bytes)
        room = upload.length_bytes - offset
        if size is not None and size > room:
            raise UploadTooLarge("This part goes beyond the end of the file.", max_bytes=room)
        has_asked = False
        for reached in inbox.receive(descriptor, stream, offset=offset, room=room):
            if checksum is None:
                _note(upload, reached)
                has_asked = has_asked or early.ask(upload=upload)
        if checksum is not None:
            _check(upload, descriptor, checksum)
            early.ask(upload=upload)
        if upload.offset_bytes == upload.length_bytes and upload.finished_at is None:
            _finish(upload, descriptor)
    return queries.upload_view(upload)


def finish_upload(*, viewer: Viewer, upload_id: int) -> UploadView:
    """Close an upload whose last byte is in, should its last request have died before it could. Again is the same.

    Raises:
        SignInNeeded, UploadNotFound, UploadExpired: see their words.
        OffsetMismatch: bytes are missing.
    """
    upload = own_upload(viewer, upload_id)
    if upload.finished_at is None:
        with inbox.locked(upload_id) as descriptor:
            _settle(upload, descriptor)
            if upload.offset_bytes != upload.length_bytes:
                raise OffsetMismatch("Bytes are missing.", offset=upload.offset_bytes)
            _finish(upload, descriptor)
    return queries.upload_view(upload)


def cancel_upload(*, viewer: Viewer, upload_id: int) -> None:
    """Forget an upload and its bytes; what became a clip stays.

    Raises:
        SignInNeeded, UploadNotFound, UploadExpired: see their words.
    """
    upload = own_upload(viewer, upload_id)
    _forget(upload.id)


def forget_old_uploads() -> int:
    """Remove uploads to which nothing came for too long, clip or no clip; returns how many.

    Those that are whole and kept for a draft stay.
    """
    before = clock.now() - datetime.timedelta(hours=settings.UPLOAD_EXPIRES_HOURS)
    is_used = Q(clip__isnull=False) | Q(photo__isnull=False)
    ended = Q(is_kept=False) | Q(finished_at=None) | is_used
    old = list(Upload.objects.filter(ended, touched_at__lt=before).values_list("id", flat=True)[:1000])
    return sum(_forget(upload_id) for upload_id in old)


def keep_uploads(*, owner_id: int, upload_ids: Collection[int]) -> list[int] | None:
    """Keep a person's uploads beyond their time, inside the caller's transaction.

    Returns:
        Those that are still there, in their order; None when one of them has become a clip.
    """
    mine = Upload.objects.filter(pk__in=upload_ids, owner_id=owner_id)
    if mine.filter(Q(clip__isnull=False) | Q(photo__isnull=False)).exists():
        return None
    mine.update(is_kept=True)
    found = set(mine.values_list("pk", flat=True))
    return [upload_id for upload_id in dict.fromkeys(upload_ids) if upload_id in found]


def drop_uploads(*, owner_id: int, upload_ids: Collection[int]) -> None:
    """Remove those of a person's uploads that became no clip."""
    mine = Upload.objects.filter(pk__in=upload_ids, owner_id=owner_id, clip=None, photo=None).order_by("pk")
    for upload_id in mine.values_list("pk", flat=True):
        _forget(upload_id)


@transaction.atomic
def _forget(upload_id: int) -> bool:
    """Remove row and bytes, unless a clip still waits for the bytes."""
    upload = Upload.objects.select_for_update().filter(pk=upload_id).first()
    if upload is None or (queries.is_upload_wanted(upload_id) and _is_waiting(upload)):
        return False
    upload.delete()
    if upload.parts_name:
        tasks.drop_parts.enqueue(upload_id=upload_id, name=upload.parts_name)
    transaction.on_commit(lambda: inbox.forget(upload_id))
    return True


def _is_waiting(upload: Upload) -> bool:
    """Whether an upload's bytes have not been brought to their place yet."""
    if upload.parts_name:
        return storage.exists(policy.arriving_key(upload.id))
    return inbox.path(upload.id).exists()


def own_upload(viewer: Viewer, upload_id: int) -> Upload:
    """The viewer's upload.

    Raises:
        SignInNeeded, UploadNotFound, UploadExpired: see their words.
    """
    upload = Upload.objects.filter(pk=upload_id, owner_id=person_id_of(viewer)).first()
    if upload is None:
        raise UploadNotFound
    if upload.finished_at is None and queries.upload_expiry(upload) < clock.now():
        raise UploadExpired
    return upload


def _settle(upload: Upload, descriptor: int) -> None:
    """Believe the file: bytes that came after the row was told count, bytes that were lost do not."""
    size = inbox.settle(descriptor, length=upload.length_bytes)
    if size != upload.offset_bytes:
        _note(upload, size)


def _note(upload: Upload, offset: int) -> None:
    now = clock.now()
    if not Upload.objects.filter(pk=upload.pk).update(offset_bytes=offset, touched_at=now):
        raise UploadNotFound  # cancelled meanwhile
    upload.offset_bytes, upload.touched_at = offset, now


def _check(upload: Upload, descriptor: int, checksum: tuple[str, bytes]) -> None:
    algorithm, wanted = checksum
    found = inbox.digest(descriptor, algorithm, start=upload.offset_bytes).digest()
    if not hmac.compare_digest(found, wanted):
        inbox.cut(descriptor, upload.offset_bytes)
        raise ChecksumMismatch
    _note(upload, inbox.settle(descriptor, length=upload.length_bytes))


def _finish(upload: Upload, descriptor: int) -> None:
    upload.sha256 = inbox.digest(descriptor, "sha256").hexdigest()
    upload.finished_at = clock.now()
    upload.save(update_fields=["sha256", "finished_at"])


def plain(filename: str) -> str:
    """A file's name as words for its owner; it never becomes a path."""
    return "".join(letter for letter in filename if letter.isprintable())[:LONGEST_NAME]
