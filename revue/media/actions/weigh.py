"""What lies beside clips' renditions, counted once each is ready: so that pages add rows and look at no disk.

Renditions weigh what their rows say. Everything else that is made of a clip is listed once, by a job that begins
again wherever it was killed.
"""

from django.db import transaction
from django.db.models import F, Q

from revue.media import policy
from revue.media.contracts import ClipState
from revue.media.models import Clip, RenditionFile, Weight
from revue.platform import clock, storage

MOST_AT_ONCE = 500
_KINDS = ("photo_bytes", "sound_bytes", "hls_bytes", "picture_bytes")


def weigh_clips(*, limit: int = MOST_AT_ONCE) -> int:
    """Count what is new or has changed since it was counted; answers how many clips there were."""
    is_stale = Q(weight=None) | Q(weight__counted_at__lt=F("changed_at")) | Q(has_hls=True, weight__hls_bytes=0)
    ready = Clip.objects.filter(is_stale, state=ClipState.READY.value).order_by("pk")
    clip_ids = list(ready.values_list("pk", flat=True)[:limit])
    for clip_id in clip_ids:
        weigh_clip(clip_id=clip_id)
    return len(clip_ids)


def weigh_clip(*, clip_id: int) -> None:
    """Count what lies beside one clip's renditions; again is the same, and nothing once the clip is gone."""
    counted_at = clock.now()
    renditions = set(RenditionFile.objects.filter(clip=clip_id).values_list("key", flat=True))
    found = dict.fromkeys(_KINDS, 0)
    for file in storage.files(policy.clip_folder(clip_id)):
        if file.key not in renditions:
            found[_kind(file.key.rpartition("/")[2])] += file.bytes
    with transaction.atomic():
        if Clip.objects.select_for_update().filter(pk=clip_id).exists():
            Weight.objects.update_or_create(clip_id=clip_id, defaults={**found, "counted_at": counted_at})


def _kind(name: str) -> str:
    """The kind of a file by its name."""
    if name.startswith("photo-"):
        return "photo_bytes"
    if policy.is_sound(name) or policy.is_master(name):
        return "sound_bytes"
    return "hls_bytes" if name.startswith("hls") else "picture_bytes"
