"""The poster that an author chose, made of the original."""

import logging
import shutil

from django.db import transaction

from revue.media import policy, queries
from revue.media.actions import photos, transcode
from revue.media.actions.clips import show_poster, tell
from revue.media.actions.run import work_folder
from revue.media.ffmpeg import encode, errors, plan, probe
from revue.media.models import Clip
from revue.platform import ids, storage

_log = logging.getLogger(__name__)


def make_poster(*, clip_id: int) -> None:
    """Make the chosen poster of a clip that has its first one; again, or at once with another run, is harmless.

    A clip whose first rendition is not there yet gets it with the rest.
    """
    clip = Clip.objects.filter(pk=clip_id).first()
    if clip is None or clip.poster_at_ms is None or not clip.poster_key:
        return
    name = policy.poster_name(clip.poster_at_ms)
    folder = work_folder(ids.new_id())
    folder.mkdir(parents=True)
    try:
        ffmpeg, limits = queries.ffmpeg(), transcode.media_limits()
        is_film = clip.photo_count == 0
        source = storage.fetch(clip.original_key) if is_film else photos.slides_again(clip_id, ffmpeg, folder)
        about = probe.probe(ffmpeg, source, folder, limits)
        work = encode.Work(ffmpeg, source, folder, about, plan.preset(1), limits)
        if encode.still(work, clip.poster_at_ms, name):
            for made in (policy.small_poster_key(name), name):
                storage.put(policy.clip_key(clip_id, made), folder / made)
            _show(clip_id, clip.poster_at_ms, policy.clip_key(clip_id, name))
    except errors.MediaError as error:
        _log.warning("Clip %s keeps its poster: %s", ids.to_short(clip_id), error.reason)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@transaction.atomic
def _show(clip_id: int, at_ms: int, key: str) -> None:
    """Point to the poster, unless another was chosen or the clip went meanwhile."""
    clip = Clip.objects.select_for_update().filter(pk=clip_id, poster_at_ms=at_ms).first()
    if clip is not None:
        show_poster(clip, key)
        clip.save(update_fields=["poster_key"])
        tell(clip)
