"""Rows and files held against each other: what is missing, and what nobody names."""

import dataclasses
import time

from django.db.models import Q

from revue.media import policy
from revue.media.contracts import ClipState
from revue.media.ffmpeg import hls
from revue.media.models import Clip, Photo, RenditionFile
from revue.platform import clock, storage

YOUNG_SECONDS = 3600  # a file younger than this may belong to a run that is just making it
_BATCH = 500


@dataclasses.dataclass
class FilesReport:
    """What was found."""

    clips: int = 0
    missing: list[str] = dataclasses.field(default_factory=list)  # keys
    strays: list[str] = dataclasses.field(default_factory=list)  # keys
    stray_bytes: int = 0


def check_files(*, removes: bool = False, older_than_s: float = YOUNG_SECONDS) -> FilesReport:
    """Look for every file that a clip's row names, and for files of clips that no row names.

    Clips that a run has in its hands are passed over. Folders of clips that do not exist are the sweep's.

    Args:
        removes: whether strays are removed.
        older_than_s: files younger than this are left alone.
    """
    report, before = FilesReport(), time.time() - older_than_s
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=clock.now())
    settled = Clip.objects.filter(free).exclude(state__in=policy.NOT_PLAYABLE).order_by("pk")
    for clip in settled.iterator(chunk_size=_BATCH):
        report.clips += 1
        named = _named(clip)
        report.missing += sorted(key for key in named if not storage.exists(key))
        for stray in _strays(clip, named, before):
            report.strays.append(stray.key)
            report.stray_bytes += stray.bytes
            if removes:
                storage.delete(stray.key)
    return report


def _named(clip: Clip) -> set[str]:
    """The keys of every file that a clip's row says is there."""
    photos = [*Photo.objects.filter(clip=clip)]
    keys = {photo.original_key for photo in photos} or {clip.original_key}
    if clip.state == ClipState.FAILED.value:
        return keys if clip.failure_code != "original_lost" else set()
    keys |= set(RenditionFile.objects.filter(clip=clip).values_list("key", flat=True))
    for photo in photos:
        keys |= {photo.key, policy.small_photo_key(photo.key)} if photo.key else set()
    if clip.poster_key:
        keys |= {clip.poster_key, policy.small_poster_key(clip.poster_key)}
    names = [policy.SPRITE] if clip.sprite_tiles else []
    names += [policy.PREVIEW] if clip.has_preview else []
    if clip.has_hls:
        made = [file.name for file in RenditionFile.objects.filter(clip=clip, in_ladder=True)]
        names += [hls.MASTER_FILE, *map(hls.playlist_name, made), *map(hls.parts_name, made)]
    names += [policy.SOUND, policy.MASTER] if clip.has_sound_file else []
    return keys | {policy.clip_key(clip.id, name) for name in names}


def _strays(clip: Clip, named: set[str], before: float) -> list[storage.Stored]:
    """Old files of a clip that its row does not name. Sounds may lie there for the clip before it."""
    kept = named | {policy.clip_key(clip.id, name) for name in (policy.SOUND, policy.MASTER)}
    found = storage.files(policy.clip_key(clip.id, "x").rpartition("/")[0])
    return [file for file in found if file.key not in kept and file.changed_at < before]
