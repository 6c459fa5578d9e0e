"""Long clips as HLS beside their films, for players that like it better; a job of its own, after everything else."""

import logging
import shutil

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from revue.media import policy, queries
from revue.media.actions.clips import tell
from revue.media.actions.run import work_folder
from revue.media.contracts import ClipState
from revue.media.ffmpeg import errors, hls
from revue.media.models import Clip, RenditionFile
from revue.platform import ids, storage

_log = logging.getLogger(__name__)


def wanted() -> "QuerySet[Clip]":
    """Clips that are long enough for HLS and have none."""
    if not settings.HLS_AFTER_SECONDS:
        return Clip.objects.none()
    return Clip.objects.filter(
        state=ClipState.READY.value, has_hls=False, duration_ms__gte=settings.HLS_AFTER_SECONDS * 1000
    )


def make_hls(*, clip_id: int) -> None:
    """Cut a long clip's renditions, if it wants that. Again, or at once with another run, is harmless."""
    clip = wanted().filter(pk=clip_id).first()
    if clip is None:
        return
    folder = work_folder(ids.new_id())
    folder.mkdir(parents=True)
    try:
        ffmpeg, streams = queries.ffmpeg(), []
        for file in RenditionFile.objects.filter(clip=clip, in_ladder=True).order_by("height"):
            size, source = (file.width, file.height), storage.fetch(file.key)
            streams.append(hls.cut(ffmpeg, source, folder, file.name, size, has_audio=clip.has_audio))
        for stream in streams:
            for name in (hls.parts_name(stream.name), hls.playlist_name(stream.name)):
                storage.put(policy.clip_key(clip_id, name), folder / name)
        storage.put_bytes(policy.clip_key(clip_id, hls.MASTER_FILE), hls.master(streams).encode())
        _say(clip_id)
    except errors.MediaError as error:
        _log.warning("Clip %s gets no HLS: %s %s", ids.to_short(clip_id), error.code, error.detail)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@transaction.atomic
def _say(clip_id: int) -> None:
    clip = Clip.objects.select_for_update().filter(pk=clip_id).first()
    if clip is not None:  # else its files are swept
        clip.has_hls = True
        clip.save(update_fields=["has_hls"])
        tell(clip)
