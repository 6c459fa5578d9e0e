"""Renditions → HLS by copy: the same pictures and sound, cut where every rendition can be entered, each in one file."""

import pathlib
import re
from collections.abc import Sequence
from typing import NamedTuple

from revue.media.ffmpeg.errors import EncoderFailed
from revue.media.ffmpeg.finder import Ffmpeg
from revue.media.ffmpeg.plan import KEYFRAME_SECONDS
from revue.media.ffmpeg.probe import Limits, inputs
from revue.media.ffmpeg.sandbox import Job, run
from revue.media.ffmpeg.sniff import MOV

MASTER_FILE = "hls.m3u8"
_HEAD_BYTES = 16_384  # a faststart file says within these how its pictures are encoded
_AVCC = re.compile(rb"avcC\x01(...)", re.DOTALL)
_PART = re.compile(r"#EXTINF:([\d.]+),\s*#EXT-X-BYTERANGE:(\d+)")
_AAC = "mp4a.40.2"
_LONGEST_SECONDS = 24 * 3600


class Stream(NamedTuple):
    """One rendition, cut."""

    name: str
    width: int
    height: int
    has_audio: bool
    codec: str  # of its pictures, by RFC 6381
    peak_bits: int  # a second, of its densest part
    mean_bits: int


def playlist_name(name: str) -> str:
    """The playlist of a rendition."""
    return f"hls-{name}.m3u8"


def parts_name(name: str) -> str:
    """The file that holds a rendition's parts."""
    return f"hls-{name}.m4s"


def cut(
    ffmpeg: Ffmpeg, rendition: pathlib.Path, scratch: pathlib.Path, name: str, size: tuple[int, int], *, has_audio: bool
) -> Stream:
    """Write playlist and parts of a rendition of ours into the work folder.

    Raises:
        MediaError: ffmpeg ended for a reason of ours.
    """
    job = Job(ffmpeg.path, rendition, scratch, cpu_seconds=120, wall_seconds=360)
    words = ["-nostdin", "-hide_banner", "-v", "error", "-y"]
    words += inputs(MOV, Limits(seconds=_LONGEST_SECONDS), job.source, seconds=_LONGEST_SECONDS)
    words += ["-map", "0", "-c", "copy", "-map_metadata", "-1", "-fflags", "+bitexact", "-f", "hls"]
    words += ["-hls_time", str(KEYFRAME_SECONDS), "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4"]
    words += ["-hls_flags", "single_file", "-hls_segment_filename", parts_name(name), playlist_name(name)]
    said = run(job, words).errors
    playlist = scratch / playlist_name(name)
    if not playlist.exists() or not (scratch / parts_name(name)).exists():
        raise EncoderFailed(said[-400:])
    parts = [(float(seconds), int(size)) for seconds, size in _PART.findall(playlist.read_text())]
    if not parts:
        raise EncoderFailed("a playlist without parts")
    peak = max(8 * count / max(seconds, 0.1) for seconds, count in parts)
    mean = 8 * sum(count for _, count in parts) / sum(seconds for seconds, _ in parts)
    return Stream(name, *size, has_audio, _codec(rendition), round(peak), round(mean))


def master(streams: Sequence[Stream]) -> str:
    """The playlist of all renditions, smallest first."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for stream in streams:
        codecs = f"{stream.codec},{_AAC}" if stream.has_audio else stream.codec
        lines.append(
            f"#EXT-X-STREAM-INF:BANDWIDTH={stream.peak_bits},AVERAGE-BANDWIDTH={stream.mean_bits},"
            f'RESOLUTION={stream.width}x{stream.height},CODECS="{codecs}"'
        )
        lines.append(playlist_name(stream.name))
    return "\n".join(lines) + "\n"


def _codec(rendition: pathlib.Path) -> str:
    """H.264's profile and level, as the file states them.

    Raises:
        EncoderFailed: it does not.
    """
    with rendition.open("rb") as file:
        found = _AVCC.search(file.read(_HEAD_BYTES))
    if found is None:
        raise EncoderFailed("a rendition without avcC")
    return f"avc1.{found[1].hex()}"
