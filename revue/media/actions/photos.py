"""Clips that are films of photos: made of several uploads, laid out by us."""

import hashlib
import pathlib
import shutil
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from revue.media import policy
from revue.media.actions.clips import AS_IT_IS, fields_of, nudge
from revue.media.actions.run import Run, bring, held
from revue.media.contracts import Mix
from revue.media.errors import UploadNotFound, UploadUnfinished
from revue.media.ffmpeg import photos
from revue.media.ffmpeg.finder import Ffmpeg
from revue.media.models import Clip, Photo, Upload
from revue.platform import ids, storage

MADE_SHARE = 30  # percent of the bar that cleaning the photos fills


@transaction.atomic
def make_photo_clip(*, owner_id: int, upload_ids: Sequence[int], mix: Mix = AS_IT_IS) -> int:
    """The film of finished uploads, each a photo, in their order; asking again gives the same one.

    Raises:
        UploadNotFound: one is not there, somebody else's, given twice, or used for something else already.
        UploadUnfinished: bytes are missing.
    """
    mine = Upload.objects.filter(pk__in=upload_ids, owner_id=owner_id, clip=None)
    uploads = {upload.id: upload for upload in mine.select_for_update(of=("self",)).order_by("pk")}
    if len(uploads) != len(upload_ids):
        raise UploadNotFound
    if any(upload.finished_at is None for upload in uploads.values()):
        raise UploadUnfinished
    made = Photo.objects.filter(upload__in=uploads).values_list("clip_id", flat=True).first()
    if made is not None:
        if [*Photo.objects.filter(clip=made).order_by("number").values_list("upload_id", flat=True)] != [*upload_ids]:
            raise UploadNotFound
        return made
    return _insert(owner_id, [uploads[upload_id] for upload_id in upload_ids], mix)


def _insert(owner_id: int, uploads: list[Upload], mix: Mix) -> int:
    clip_id = ids.new_id()
    hashes = "".join(upload.sha256 or str(upload.id) for upload in uploads)
    clip = Clip.objects.create(
        id=clip_id,
        owner_id=owner_id,
        original_key=policy.photo_original_key(clip_id, 1),
        original_sha256=hashlib.sha256(hashes.encode()).hexdigest(),
        original_bytes=sum(upload.length_bytes for upload in uploads),
        photo_count=len(uploads),
        poster_at_ms=0,
        **fields_of(mix),
    )
    Photo.objects.bulk_create(
        Photo(clip=clip, number=number, upload=upload, original_key=policy.photo_original_key(clip_id, number))
        for number, upload in enumerate(uploads, 1)
    )
    nudge(clip)
    return clip_id


def slides(run: Run, ffmpeg: Ffmpeg) -> pathlib.Path:
    """The film of a clip's photos, in the work folder; photos that are not clean yet are cleaned and put in place.

    Raises:
        MediaError: one of its kinds says why a photo cannot be used.
        LeaseLost: stop now.
    """
    found = Photo.objects.filter(clip=run.clip_id).order_by("number")
    clean = []
    for photo in found:
        clean.append(_fetched(run.folder, photo) if photo.key else _cleaned(run, ffmpeg, photo))
        run.beat(MADE_SHARE * photo.number // len(found))
    return photos.slides(ffmpeg, run.folder, clean)


def slides_again(clip_id: int, ffmpeg: Ffmpeg, folder: pathlib.Path) -> pathlib.Path:
    """The film of a clip whose photos are all clean, in a folder."""
    found = Photo.objects.filter(clip=clip_id).order_by("number")
    return photos.slides(ffmpeg, folder, [_fetched(folder, photo) for photo in found])


def _fetched(folder: pathlib.Path, photo: Photo) -> photos.Photo:
    """A clean photo that was put in its place before."""
    name = photos.photo_name(photo.number)
    with storage.open(photo.key) as made, (folder / name).open("wb") as copy:
        shutil.copyfileobj(made, copy)
    return photos.Photo(name, photo.width, photo.height)


def _cleaned(run: Run, ffmpeg: Ffmpeg, photo: Photo) -> photos.Photo:
    source = bring(run, key=photo.original_key, upload_id=photo.upload_id)
    made = photos.clean(ffmpeg, source, run.folder, photo.number, pixels=settings.MAX_PHOTO_PIXELS)
    key = policy.clip_key(run.clip_id, made.name)
    with held(run), (run.folder / made.name).open("rb") as clean:
        storage.put(policy.small_photo_key(key), run.folder / photos.small_name(made.name))
        storage.put_bytes(key, clean.read())  # the film is made of the file, which stays
        Photo.objects.filter(pk=photo.pk).update(key=key, width=made.width, height=made.height)
    return made
