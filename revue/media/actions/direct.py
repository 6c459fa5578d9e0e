"""Uploads whose bytes browsers send to the bucket themselves, part by part. The bucket is the truth about the parts."""

import math

from revue.accounts.contracts import Viewer
from revue.media import policy
from revue.media.actions.uploads import admit, own_upload, plain
from revue.media.contracts import DirectUpload, PartWanted
from revue.media.errors import NoDirectUploads, OffsetMismatch, UploadExpired
from revue.media.models import Upload
from revue.platform import clock, storage

PARTS_AT_ONCE = 50  # addresses in one answer


def start_direct(*, viewer: Viewer, length_bytes: int, filename: str = "") -> DirectUpload:
    """Make room in the bucket for a file of `length_bytes`.

    Raises:
        NoDirectUploads: this instance takes bytes itself.
        SignInNeeded, RateLimited, TooManyUploads, UploadTooLarge, QuotaReached: as for other uploads.
        StorageUnavailable: the bucket does not answer.
    """
    if not storage.takes_parts():
        raise NoDirectUploads
    upload = admit(viewer=viewer, length_bytes=length_bytes, filename=plain(filename))
    upload.parts_name = storage.begin_parts(policy.arriving_key(upload.id))
    upload.save(update_fields=["parts_name"])
    return _view(upload, [])


def resume_direct(*, viewer: Viewer, upload_id: int) -> DirectUpload:
    """What is missing, and where it goes.

    Raises:
        SignInNeeded, UploadNotFound, UploadExpired: see their words.
        NoDirectUploads: this upload's bytes come to us.
        StorageUnavailable: the bucket does not answer.
    """
    upload = _own(viewer, upload_id)
    if upload.finished_at is not None:
        return _view(upload, [])
    parts = _arrived(upload)
    if parts is None:
        raise UploadExpired
    upload.offset_bytes, upload.touched_at = sum(part.bytes for part in parts), clock.now()
    upload.save(update_fields=["offset_bytes", "touched_at"])
    return _view(upload, parts)


def finish_direct(*, viewer: Viewer, upload_id: int) -> DirectUpload:
    """Close an upload whose parts are all there; again is the same.

    Raises:
        SignInNeeded, UploadNotFound, UploadExpired: see their words.
        NoDirectUploads: this upload's bytes come to us.
        OffsetMismatch: bytes are missing.
        StorageUnavailable: the bucket does not answer.
    """
    upload = _own(viewer, upload_id)
    if upload.finished_at is None:
        _join(upload)
        upload.offset_bytes, upload.finished_at = upload.length_bytes, clock.now()
        upload.save(update_fields=["offset_bytes", "finished_at"])
    return _view(upload, [])


def _join(upload: Upload) -> None:
    """Make a file of the parts, unless that was done by somebody who died before telling the row."""
    key = policy.arriving_key(upload.id)
    parts = _arrived(upload)
    if parts is not None:
        there = sum(part.bytes for part in parts)
        if [part.number for part in parts] != _numbers(upload) or there != upload.length_bytes:
            raise OffsetMismatch("Bytes are missing.", offset=there)
        try:
            storage.join_parts(key, upload.parts_name, parts)
        except storage.PartsGone:
            parts = None
    if parts is None and (not storage.exists(key) or storage.size(key) != upload.length_bytes):
        raise UploadExpired


def _own(viewer: Viewer, upload_id: int) -> Upload:
    upload = own_upload(viewer, upload_id)
    if not upload.parts_name:
        raise NoDirectUploads
    return upload


def _arrived(upload: Upload) -> list[storage.Part] | None:
    """The parts in the bucket; None when it knows nothing of them any more."""
    try:
        return storage.arrived_parts(policy.arriving_key(upload.id), upload.parts_name)
    except storage.PartsGone:
        return None


def _numbers(upload: Upload) -> list[int]:
    """The numbers of all parts of an upload."""
    return list(range(1, math.ceil(upload.length_bytes / policy.part_bytes(upload.length_bytes)) + 1))


def _view(upload: Upload, parts: list[storage.Part]) -> DirectUpload:
    size, length = policy.part_bytes(upload.length_bytes), upload.length_bytes
    lengths = {number: min(size, length - (number - 1) * size) for number in _numbers(upload)}
    whole = {part.number for part in parts if lengths.get(part.number) == part.bytes}
    missing = [] if upload.finished_at else [number for number in lengths if number not in whole]
    key = policy.arriving_key(upload.id)
    return DirectUpload(
        id=upload.id,
        length_bytes=length,
        part_bytes=size,
        arrived_bytes=length if upload.finished_at else sum(lengths[number] for number in whole),
        missing=tuple(
            PartWanted(number, lengths[number], storage.part_url(key, upload.parts_name, number, lengths[number]))
            for number in missing[:PARTS_AT_ONCE]
        ),
        is_finished=upload.finished_at is not None,
    )
