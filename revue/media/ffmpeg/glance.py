"""A rendition of ours → small colour pictures and its sound, by which a clip is compared with others."""

import dataclasses
import math
import pathlib
from typing import Final

from revue.media.ffmpeg.errors import DiskFull, EncoderFailed
from revue.media.ffmpeg.finder import Ffmpeg
from revue.media.ffmpeg.probe import Limits, inputs
from revue.media.ffmpeg.sandbox import Job, run
from revue.media.ffmpeg.sniff import MOV

EDGE: Final = 48  # pixels of each side
A_SECOND: Final = 8  # pictures, of which two that follow each other are a pair
MOST_PAIRS: Final = 120
SOUND_RATE: Final = 16_000  # samples a second
MOST_SOUND_S: Final = 60
PICTURE_BYTES: Final = EDGE * EDGE * 3
_PICTURES, _SOUND = "glance.rgb", "glance.raw"


@dataclasses.dataclass(frozen=True)
class Glance:
    """What a clip shows and sounds like, small."""

    pictures: bytes  # red, green, blue, `EDGE` by `EDGE` each; pairs an eighth of a second apart, evenly over the clip
    sound: bytes  # 16-bit samples of one channel, little end first: its first minute; empty without sound


def glance(
    ffmpeg: Ffmpeg, rendition: pathlib.Path, scratch: pathlib.Path, duration_ms: int, *, has_sound: bool
) -> Glance:
    """Look at and listen to a clip, in one decode.

    Args:
        ffmpeg: which.
        rendition: a file that we have made; the smallest will do.
        scratch: the only folder that is written.
        duration_ms: how long it is.
        has_sound: whether there is a sound in it.

    Raises:
        MediaError: it took too long, it could not be read, or there is no room for what is seen.
    """
    seconds = 30 + duration_ms // 1000
    job = Job(ffmpeg.path, rendition, scratch, cpu_seconds=seconds, wall_seconds=3 * seconds)
    words = ["-nostdin", "-hide_banner", "-v", "error", "-y"]
    words += inputs(MOV, Limits(seconds=seconds), job.source, seconds=seconds)
    words += ["-map", "0:v:0", "-vf", _pairs(duration_ms), "-fps_mode", "passthrough", "-f", "rawvideo", _PICTURES]
    if has_sound:
        words += ["-map", "0:a:0", "-ac", "1", "-ar", str(SOUND_RATE), "-t", str(MOST_SOUND_S), "-f", "s16le", _SOUND]
    result = run(job, words)
    if result.exit_code:
        raise DiskFull if "no space left" in result.errors.lower() else EncoderFailed(result.errors[-400:])
    sound = (scratch / _SOUND).read_bytes() if (scratch / _SOUND).exists() else b""
    return Glance((scratch / _PICTURES).read_bytes(), sound)


def _pairs(duration_ms: int) -> str:
    """The filter that leaves two of each so many pictures, small: all of a clip of half a minute, fewer of others."""
    every = 2 * max(1, math.ceil(duration_ms / 1000 * A_SECOND / (2 * MOST_PAIRS)))
    return f"fps={A_SECOND}:round=up,select='lt(mod(n,{every}),2)',scale={EDGE}:{EDGE}:flags=area,setsar=1,format=rgb24"
