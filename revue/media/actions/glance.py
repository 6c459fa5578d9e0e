"""Small pictures and the sound of a clip, for apps above that compare videos. Nothing of it is kept."""

import logging
import shutil

from revue.media import queries
from revue.media.actions.run import in_our_words, work_folder
from revue.media.contracts import Glance
from revue.media.ffmpeg import errors, glance
from revue.media.models import Clip, RenditionFile
from revue.platform import ids, storage

_log = logging.getLogger(__name__)


def glance_at(*, clip_id: int) -> Glance | None:
    """Look at and listen to a clip that plays, through its smallest rendition, in the sandbox.

    None where there is nothing to look at, and where looking will fail another time as well.

    Raises:
        StorageTrouble: the disk is full, or the object store does not answer.
        Interrupted: somebody ended it.
        NoFfmpeg: there is none that we can use.
    """
    clip = Clip.objects.filter(pk=clip_id).first()
    file = RenditionFile.objects.filter(clip=clip_id, in_ladder=True).order_by("height").first()
    if clip is None or file is None:
        return None
    folder = work_folder(ids.new_id())
    try:
        with in_our_words():
            folder.mkdir(parents=True)
            source = storage.fetch(file.key)
            seen = glance.glance(queries.ffmpeg(), source, folder, clip.duration_ms, has_sound=clip.has_audio)
    except FileNotFoundError:
        _log.warning("Clip %s cannot be looked at: %s is not there", ids.to_short(clip_id), file.key)
        return None
    except errors.MediaError as error:
        if isinstance(error, errors.StorageTrouble | errors.Interrupted):
            raise
        _log.warning("Clip %s cannot be looked at: %s %s", ids.to_short(clip_id), error.code, error.detail)
        return None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Glance(seen.pictures, glance.EDGE, seen.sound, glance.SOUND_RATE)
