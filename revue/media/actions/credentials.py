"""What the originals of a clip say about how they were made: read once, and kept with it."""

import pathlib
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction

from revue.media.actions.clips import tell
from revue.media.credentials import read
from revue.media.ffmpeg import photos, sniff
from revue.media.models import Clip, Photo
from revue.media.models import Credentials as Row
from revue.platform import storage


def keep_credentials(*, clip_id: int, folder: pathlib.Path) -> None:
    """Read the credentials of a clip's original, or of its photos, and keep what they say. Again is the same.

    Args:
        clip_id: which.
        folder: where the reading child may write.
    """
    trust = pathlib.Path(settings.C2PA_TRUST_FILE) if settings.C2PA_TRUST_FILE else None
    found = [one for path, kind in _originals(clip_id) if (one := read.read(path, kind, folder, trust=trust))]
    if found:
        _keep(clip_id, _together(found))


@transaction.atomic
def _keep(clip_id: int, one: read.Credentials) -> None:
    clip = Clip.objects.select_for_update().filter(pk=clip_id).first()
    if clip is not None:
        values = {"state": one.state.value, "issuer": one.issuer, "made_with_ai": one.made_with_ai, "store": one.store}
        Row.objects.update_or_create(clip=clip, defaults=values)
        tell(clip)


def _originals(clip_id: int) -> Iterator[tuple[pathlib.Path, str]]:
    """The files that were sent, with ffmpeg's names for their containers."""
    clip = Clip.objects.filter(pk=clip_id).first()
    if clip is None:
        return
    if clip.photo_count == 0:
        path = storage.fetch(clip.original_key)
        yield path, sniff.sniff(path).name
        return
    for photo in Photo.objects.filter(clip=clip).order_by("number"):
        path = storage.fetch(photo.original_key)
        yield path, photos.sniff(path, photo.number).name


def _together(found: list[read.Credentials]) -> read.Credentials:
    """Of several photos: the least that can be said for all of them, and the most that must be said of any."""
    worst = max(found, key=lambda one: [*read.State].index(one.state))
    return read.Credentials(
        worst.state, worst.issuer, any(one.made_with_ai for one in found), "\n".join(one.store for one in found)
    )
