"""What clips look like: kept for each, compared with all others and with lists of pictures that are known."""

import datetime
import logging
import pathlib
import shutil
from collections.abc import Sequence
from typing import Final

from django.db import connection, transaction

from revue.media import queries
from revue.media.actions.clips import tell
from revue.media.actions.credentials import keep_credentials
from revue.media.actions.run import work_folder
from revue.media.contracts import ClipState
from revue.media.ffmpeg import errors, looks
from revue.media.models import Clip, ClipFrames, KnownPicture, Likeness, RenditionFile, Sighting
from revue.media.recognise import frames, lists
from revue.platform import clock, ids, storage

_log = logging.getLogger(__name__)
_OVERLOOKED_AFTER: Final = datetime.timedelta(hours=1)

_MOST_COMPARED = 50
_MOST_PICTURES = 2000  # of the lists, that one clip is compared with
_BATCH = 1000


def look(*, clip_id: int) -> None:
    """Look at a clip that is ready: what its original says of itself, and how to know it again. Again is harmless."""
    clip = Clip.objects.filter(pk=clip_id, state=ClipState.READY.value).first()
    file = RenditionFile.objects.filter(clip=clip_id, in_ladder=True).order_by("height").first()
    if clip is None or file is None or ClipFrames.objects.filter(clip=clip).exists():
        return
    folder = work_folder(ids.new_id())
    folder.mkdir(parents=True)
    try:
        keep_credentials(clip_id=clip_id, folder=folder)
        pictures = looks.pictures(queries.ffmpeg(), storage.fetch(file.key), folder, clip.duration_ms)
    except errors.MediaError as error:
        _log.warning("Clip %s cannot be looked at: %s %s", ids.to_short(clip_id), error.code, error.detail)
        pictures = b""  # kept as such: it will not be otherwise another time
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    keep_looks(clip_id=clip_id, pictures=pictures, a_second=looks.rate(clip.duration_ms))


def overlooked(*, limit: int = 1000) -> list[int]:
    """Clips that are ready for a while and that nobody has looked at."""
    before = clock.now() - _OVERLOOKED_AFTER
    rows = Clip.objects.filter(state=ClipState.READY.value, frames=None, changed_at__lt=before).order_by("pk")
    return [*rows.values_list("pk", flat=True)[:limit]]


def keep_looks(*, clip_id: int, pictures: bytes, a_second: float) -> None:
    """Keep what a clip looks like, and note which others and which known pictures it resembles. Again is the same.

    Args:
        clip_id: which.
        pictures: grey pictures of it, see `frames.looks`.
        a_second: how many of them there are in a second.
    """
    seen_as = frames.looks(pictures, a_second=a_second)
    keys = sorted({key for hashes in seen_as.asked for key in frames.asking_keys(hashes)})
    found, seen = _resembled(clip_id, seen_as.asked, keys), _seen(seen_as.asked, keys)
    with transaction.atomic():
        clip = Clip.objects.select_for_update().filter(pk=clip_id).first()
        if clip is None:
            return
        values = {"hashes": frames.to_bytes(seen_as.kept), "keys": frames.keys(seen_as.kept)}
        ClipFrames.objects.update_or_create(clip_id=clip_id, defaults=values)
        there = set(Clip.objects.filter(pk__in=found).values_list("pk", flat=True))
        Likeness.objects.bulk_create(
            [
                Likeness(clip_id=clip_id, other_id=other, share=share)
                for other, share in found.items()
                if other in there
            ],
            ignore_conflicts=True,
        )
        Sighting.objects.bulk_create(
            [Sighting(clip_id=clip_id, list_name=name, pictures=count) for name, count in seen.items()],
            ignore_conflicts=True,
        )
        if found:
            tell(clip)


def _resembled(clip_id: int, asked: Sequence[frames.Hashes], keys: list[int]) -> dict[int, float]:
    """Other clips, and which share of frames is common."""
    with connection.cursor() as cursor:
        cursor.execute(_LIKELY, {"keys": keys, "most": _MOST_COMPARED, "clip": clip_id})
        likely = [row[0] for row in cursor.fetchall()]
    found = {}
    for row in ClipFrames.objects.filter(pk__in=likely):
        stored = frames.from_bytes(bytes(row.hashes))
        shares = [one.share for one in (frames.match(hashes, stored) for hashes in asked) if one]
        if shares:
            found[row.pk] = max(shares)
    return found


_LIKELY = """
SELECT clip_id FROM media_clipframes
WHERE keys && %(keys)s::integer[] AND clip_id <> %(clip)s
ORDER BY cardinality(ARRAY(SELECT unnest(keys) INTERSECT SELECT unnest(%(keys)s::integer[]))) DESC
LIMIT %(most)s
"""


def _seen(asked: Sequence[frames.Hashes], keys: list[int]) -> dict[str, int]:
    """Lists, and how many of their pictures are in a clip."""
    known = list(KnownPicture.objects.filter(keys__overlap=keys)[:_MOST_PICTURES])
    counts: dict[str, int] = {}
    for picture in known:
        if any(frames.shows(hashes, bytes(picture.hash)) for hashes in asked):
            counts[picture.list_name] = counts.get(picture.list_name, 0) + 1
    return counts


def add_clip_to_list(*, clip_id: int, list_name: str) -> int:
    """Remember what a clip looks like beyond its own life; returns how many pictures are new."""
    look(clip_id=clip_id)
    row = ClipFrames.objects.filter(pk=clip_id).first()
    hashes = frames.from_bytes(bytes(row.hashes))[0] if row else []
    return _add(list_name, [one.tobytes() for one in hashes])


def import_list(*, list_name: str, file: pathlib.Path) -> int:
    """Add the pictures of a file, in the format of vPDQ or one hash in a line; returns how many are new.

    Raises:
        BadHashList: a line is neither.
    """
    return _add(list_name, lists.read(file.read_text(errors="replace")))


def _add(list_name: str, hashes: list[bytes]) -> int:
    before = KnownPicture.objects.filter(list_name=list_name).count()
    rows = [KnownPicture(list_name=list_name, hash=one, keys=frames.keys_of(one)) for one in hashes]
    KnownPicture.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)
    return KnownPicture.objects.filter(list_name=list_name).count() - before


def hashes_of_list(*, list_name: str) -> list[bytes]:
    """The pictures of a list, oldest first."""
    rows = KnownPicture.objects.filter(list_name=list_name).order_by("pk")
    return [bytes(one) for one in rows.values_list("hash", flat=True)]


def drop_list(*, list_name: str) -> int:
    """Forget a list and where its pictures were seen; returns how many pictures it had."""
    Sighting.objects.filter(list_name=list_name).delete()
    return KnownPicture.objects.filter(list_name=list_name).delete()[0]
