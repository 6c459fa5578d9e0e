"""A rendition of ours → grey squares, by which a clip is known again."""

import pathlib

from revue.media.ffmpeg.errors import EncoderFailed
from revue.media.ffmpeg.finder import Ffmpeg
from revue.media.ffmpeg.probe import Limits, inputs
from revue.media.ffmpeg.sandbox import Job, run
from revue.media.ffmpeg.sniff import MOV

EDGE = 256  # pixels of each side
A_SECOND = 8
MOST = 480
_FILE = "pictures.raw"


def rate(duration_ms: int) -> float:
    """Pictures a second: fewer of a long clip."""
    return round(min(A_SECOND, MOST * 1000 / max(1, duration_ms)), 4)


def pictures(ffmpeg: Ffmpeg, rendition: pathlib.Path, scratch: pathlib.Path, duration_ms: int) -> bytes:
    """`rate` grey pictures a second of a clip, each `EDGE` by `EDGE` bytes, row by row.

    Args:
        ffmpeg: which.
        rendition: a file that we have made; the smallest will do.
        scratch: the only folder that is written.
        duration_ms: how long it is.

    Raises:
        MediaError: it took too long, or could not be read.
    """
    seconds = 30 + duration_ms // 1000
    job = Job(ffmpeg.path, rendition, scratch, cpu_seconds=seconds, wall_seconds=3 * seconds)
    words = ["-nostdin", "-hide_banner", "-v", "error", "-y"]
    words += inputs(MOV, Limits(seconds=seconds), job.source, seconds=seconds)
    words += ["-an", "-vf", f"fps={rate(duration_ms)}:round=up,scale={EDGE}:{EDGE},format=gray"]
    said = run(job, [*words, "-f", "rawvideo", _FILE]).errors
    made = scratch / _FILE
    if not made.exists():
        raise EncoderFailed(said[-400:])
    return made.read_bytes()
