"""What is in a file, read from the text of `ffmpeg -i` inside the sandbox."""

import dataclasses
import pathlib
import re
from typing import Any

from revue.media.ffmpeg import loudness
from revue.media.ffmpeg.errors import CodecRefused, Damaged, NoPicture, TooFast, TooLarge, TooLong
from revue.media.ffmpeg.finder import Ffmpeg
from revue.media.ffmpeg.progress import Progress
from revue.media.ffmpeg.sandbox import STREAM, Job, run
from revue.media.ffmpeg.sniff import Demuxer, sniff

PROBE_SECONDS = 20
HIGHEST_FPS = 960.0  # beyond, a container's word is nonsense; 57600 and 1000 are seen in good files
# What phones, cameras and browsers write into the containers we read; each one's reason stands in decision 0085.
_PICTURE_CODECS = {"h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "h263", "mjpeg", "prores"}
_PCM = "pcm_u8,pcm_mulaw,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_f32le"
_SOUND_CODECS = {"aac", "mp3", "opus", "vorbis", "amr_nb", "amr_wb", "alac", "flac", "ac3", "eac3", *_PCM.split(",")}
# The decoders of those, by the names that ffmpeg's allow-list knows.
CODECS = (
    "h264,hevc,vp8,vp9,av1,libdav1d,libvpx,libvpx-vp9,mpeg4,h263,mjpeg,prores,"
    f"aac,mp3,mp3float,opus,vorbis,amrnb,amrwb,alac,flac,ac3,eac3,{_PCM}"
)
_HDR_TRANSFERS = ("smpte2084", "arib-std-b67")

_DURATION = re.compile(r"^  Duration: (?:(\d+):(\d\d):(\d\d\.\d+)|N/A)", re.MULTILINE)
_STREAM = re.compile(r"^  Stream #0:(\d+)[^:]*(?:\([^)]*\))?: (Video|Audio): (\w+)(.*)$", re.MULTILINE)
_SIZE = re.compile(r", (\d{1,6})x(\d{1,6})[ ,]")
_PIXEL_SHAPE = re.compile(r"SAR (\d+):(\d+)")
_FPS = re.compile(r", ([\d.]+)(k?) fps")
_TICKS = re.compile(r", ([\d.]+)(k?) tbr")  # the rate that fits the distances of the first pictures
_ROTATION = re.compile(r"display ?matrix: rotation of (-?[\d.]+) degrees", re.IGNORECASE)


@dataclasses.dataclass(frozen=True)
class Limits:
    """What an instance takes."""

    seconds: int
    pixels: int = 16_777_216  # of one picture: 4K, upright or not
    fps: int = 240  # slow motion of phones


@dataclasses.dataclass(frozen=True)
class Probe:
    """A source that may become a clip. Sizes are as shown: after rotation, with square pixels."""

    demuxer: Demuxer
    width: int
    height: int
    duration_ms: int  # 0 when the container does not say
    fps: float  # average; 30 when unknown
    sound: int | None  # which of its sound tracks we read; None without one
    is_hdr: bool
    has_unread_sound: bool = False  # there is sound, and none of it in an encoding that we read
    lufs: float | None = None  # how loud the first sound track is; None when that was not measured

    def to_row(self) -> dict[str, Any]:
        """As JSON."""
        return dataclasses.asdict(self)

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> "Probe":
        """Back from JSON."""
        return cls(**row | {"demuxer": Demuxer(**row["demuxer"])})


def inputs(demuxer: Demuxer, limits: Limits, source: str, *, seconds: int) -> list[str]:
    """ffmpeg's arguments that open the first `seconds` of a source: everything is forced, nothing is guessed."""
    return [
        *("-f", demuxer.name, "-protocol_whitelist", "pipe" if source == STREAM else "file"),
        *("-format_whitelist", demuxer.formats),
        *("-codec_whitelist", CODECS, "-max_pixels", str(limits.pixels), "-threads", "2"),
        *("-t", str(seconds), "-i", source),
    ]


def probe(ffmpeg: Ffmpeg, source: pathlib.Path, scratch: pathlib.Path, limits: Limits) -> Probe:
    """Read what a source holds: all of its packets once, none of its pictures.

    Raises:
        MediaError: one of its kinds says why the source cannot be used.
    """
    demuxer = sniff(source)
    seconds = PROBE_SECONDS + limits.seconds // 10  # a sound is measured at a hundredth of its length
    job = Job(ffmpeg.path, source, scratch, cpu_seconds=seconds, wall_seconds=seconds * 3)
    progress = Progress()
    words = ["-nostdin", "-nostats", "-hide_banner", "-progress", "pipe:1"]
    words += inputs(demuxer, limits, job.source, seconds=limits.seconds + 1)
    text = run(job, [*words, "-map", "0:v:0?", "-map", "0:a:0?", "-c:v", "copy", *loudness.MEASURE], on_line=progress)
    about_source, _, about_run = text.errors.partition("\nOutput #0")
    found = dataclasses.replace(parse(about_source, demuxer, limits), lufs=loudness.parse(about_run))
    if not found.duration_ms:  # what a browser recorded does not say how long it is
        found = dataclasses.replace(found, duration_ms=progress.reached_ms)
    if found.duration_ms > limits.seconds * 1000:
        raise TooLong(limits.seconds)
    return found


def parse(text: str, demuxer: Demuxer, limits: Limits, *, in_fragments: bool = False) -> Probe:
    """A Probe from what ffmpeg printed about one input.

    Args:
        in_fragments: only the first pieces were seen: what they weigh and last says nothing of the whole.
    """
    streams = _STREAM.findall(text)
    if not streams:
        raise Damaged
    sounds = [s for s in streams if s[1] == "Audio"]
    pictures = [s for s in streams if s[1] == "Video" and "(attached pic)" not in s[3]]
    if not pictures:
        raise NoPicture
    _, _, codec, rest = pictures[0]
    if codec not in _PICTURE_CODECS:
        raise CodecRefused
    width, height = _shown_size(text, pictures[0], rest, limits)
    fps = _fps(rest, _TICKS if in_fragments else _FPS)
    if fps > limits.fps:
        raise TooFast(limits.fps)
    sound = next((n for n, s in enumerate(sounds) if s[2] in _SOUND_CODECS and "0 channels" not in s[3]), None)
    return Probe(
        demuxer=demuxer,
        width=width,
        height=height,
        duration_ms=0 if in_fragments else _duration_ms(text),
        fps=fps,
        sound=sound,
        has_unread_sound=bool(sounds) and sound is None,
        is_hdr=any(transfer in rest for transfer in _HDR_TRANSFERS),
    )


def _shown_size(text: str, stream: tuple[str, ...], rest: str, limits: Limits) -> tuple[int, int]:
    match = _SIZE.search(rest)
    if match is None:
        raise Damaged
    width, height = int(match[1]), int(match[2])
    if width * height > limits.pixels:
        raise TooLarge(limits.pixels)
    shapes = _PIXEL_SHAPE.findall(rest)  # the codec's word, then the container's, which wins
    if shapes and int(shapes[-1][0]) and int(shapes[-1][1]):
        width = max(1, round(width * int(shapes[-1][0]) / int(shapes[-1][1])))
    about_stream = text.split(f"Stream #0:{stream[0]}", 1)[1].split("\n  Stream #", 1)[0]
    rotation = _ROTATION.search(about_stream)
    turned = rotation is not None and round(abs(float(rotation[1]))) % 180 == 90  # noqa: PLR2004 - a quarter turn
    return (height, width) if turned else (width, height)


def _duration_ms(text: str) -> int:
    match = _DURATION.search(text)
    if match is None or match[1] is None:
        return 0
    return round((int(match[1]) * 3600 + int(match[2]) * 60 + float(match[3])) * 1000)


def _fps(rest: str, wanted: re.Pattern[str]) -> float:
    match = wanted.search(rest)
    rate = float(match[1]) * (1000 if match[2] else 1) if match else 0.0
    return rate if 1 <= rate <= HIGHEST_FPS else 30.0
