"""One more rendition of a clip that has its ladder: its pictures from the original, its sound copied."""

import pathlib
import re

from revue.media.ffmpeg.encode import MP4, NORMAL, Made, Work, colours, job_of, verified, video_words
from revue.media.ffmpeg.errors import EncoderFailed
from revue.media.ffmpeg.plan import Codec, Rung
from revue.media.ffmpeg.probe import inputs
from revue.media.ffmpeg.progress import OnProgress, Progress
from revue.media.ffmpeg.sandbox import run
from revue.media.ffmpeg.sniff import MOV

PLAIN_TYPE = "video/mp4"
_HEAD_BYTES = 16_384  # a faststart file says within these how its pictures are encoded
_AV1C = re.compile(rb"av1C\x81(..)", re.DOTALL)


def encode_more(work: Work, rung: Rung, sound: pathlib.Path, on_progress: OnProgress) -> Made:
    """Make one rendition into the work folder.

    Args:
        work: the original; its own sound is not read.
        rung: what to make.
        sound: a rendition of the same clip: whatever sound it has is copied, so that all of them sound alike.
        on_progress: see `OnProgress`.

    Raises:
        MediaError: the source or the work is at fault; nothing in the folder is to be used.
    """
    job = job_of(work, [rung], sound)
    seconds = work.limits.seconds + 1
    words = ["-nostdin", "-hide_banner", "-v", "error", "-y", "-progress", "pipe:1", "-stats_period", "0.5"]
    words += inputs(work.about.demuxer, work.limits, job.source, seconds=seconds)
    words += inputs(MOV, work.limits, job.second_source, seconds=seconds)
    words += ["-filter_complex", f"[0:v:0]{colours(work)}scale={rung.width}:{rung.height}:{NORMAL}[v]"]
    words += ["-map", "[v]", *video_words(rung, work), "-map", "1:a:0?", "-c:a", "copy", *MP4, f"{rung.name}.mp4"]
    (made,) = verified(work, [rung], run(job, words, on_line=Progress(on_progress)))
    return made


def content_type(made: Made) -> str:
    """The type of a rendition's file as browsers want to be asked about it: of AV1, with its profile and level.

    Raises:
        EncoderFailed: the file does not say.
    """
    if made.rung.codec is Codec.H264:
        return PLAIN_TYPE
    with made.path.open("rb") as file:
        found = _AV1C.search(file.read(_HEAD_BYTES))
    if found is None:
        raise EncoderFailed("an AV1 rendition without av1C")
    profile, level = found[1][0] >> 5, found[1][0] & 31
    tier = "H" if found[1][1] & 128 else "M"
    return f'{PLAIN_TYPE}; codecs="av01.{profile}.{level:02d}{tier}.08"'  # 8 bits: we encode no other
