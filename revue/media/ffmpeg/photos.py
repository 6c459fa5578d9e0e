"""Photos → clean pictures to look at, and slides: a film of them that goes through the same pipeline as any other.

Two runs of ffmpeg, both shut in: one for each photo, which reads what somebody sent, and one that reads only what
the first have made.
"""

import dataclasses
import pathlib
import re
from collections.abc import Sequence

from revue.media.ffmpeg.encode import NORMAL
from revue.media.ffmpeg.errors import EncoderFailed, MovingPhoto, NotAPhoto, PhotoDamaged, PhotoTooLarge
from revue.media.ffmpeg.finder import Ffmpeg
from revue.media.ffmpeg.sandbox import Job, run
from revue.media.ffmpeg.sniff import MOV, Demuxer

EDGE = 1600  # pixels of the longer side of what is shown
SMALL_EDGE = 540  # and of what grids show
SLIDE_MS = 3000
LEAST_MS = 6000  # a single photo stands longer
SLIDES_FILE = "slides.mkv"
SLIDES_FPS = 10

_CODECS = "mjpeg,png,webp,hevc,av1,libdav1d"
_CANVAS_EDGE = 720  # pixels of the shorter side of the film
_WIDEST = 16 / 9
_HEAD_BYTES = 32
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif"}
_MOVING = 0x02  # a flag of extended WebP
_SHOWN = re.compile(r"Stream #0:0.*: Video: .*?, (\d+)x(\d+)[ ,]")
_TILED = re.compile(r"Stream group #0:0.*: Tile Grid: .*?, (\d+)x(\d+)[ ,]")
_STREAMS = ("0:g:0", "0:v:0")  # phones keep a photo as a grid of tiles; else it is the first picture
_WEBP = Demuxer("webp_pipe", "webp_pipe")


@dataclasses.dataclass(frozen=True)
class Photo:
    """A clean picture in the work folder."""

    name: str
    width: int
    height: int


def photo_name(number: int) -> str:
    """The file of photo `number`, from 1."""
    return f"photo-{number}.webp"


def small_name(name: str) -> str:
    """The small file beside a photo's; the same goes for keys."""
    return f"{name.removesuffix('.webp')}-small.webp"


def length_ms(count: int) -> int:
    """How long the film of so many photos is."""
    return max(LEAST_MS, count * SLIDE_MS)


def sniff(path: pathlib.Path, number: int) -> Demuxer:
    """The demuxer of a photo, by its first bytes.

    Raises:
        NotAPhoto: they belong to no kind of picture that we read.
        MovingPhoto: it is an animation.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head.startswith(b"\xff\xd8\xff"):
        return Demuxer("jpeg_pipe", "jpeg_pipe")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Demuxer("png_pipe", "png_pipe")
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        if head[12:16] == b"VP8X" and head[20] & _MOVING:
            raise MovingPhoto(number)
        return _WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return MOV
    raise NotAPhoto(number)


def clean(ffmpeg: Ffmpeg, source: pathlib.Path, scratch: pathlib.Path, number: int, *, pixels: int) -> Photo:
    """Write one photo upright, of a size for screens and without a word about where and how it was taken.

    Args:
        ffmpeg: which.
        source: the photo as it was sent.
        scratch: the only folder that is written.
        number: its place among the others, from 1.
        pixels: the most that are decoded.

    Raises:
        MediaError: one of its kinds says why the photo cannot be used.
    """
    demuxer, name = sniff(source, number), photo_name(number)
    for stream in _STREAMS if demuxer is MOV else _STREAMS[-1:]:
        said = _clean(Job(ffmpeg.path, source, scratch, cpu_seconds=30, wall_seconds=90), demuxer, stream, name, pixels)
        if any(word in said for word in ("Picture size", "max_pixels")) or _tiled_pixels(said) > pixels:
            raise PhotoTooLarge(number, pixels)
        shown = _SHOWN.search(said.partition("\nOutput #0")[2])
        if shown is not None and (scratch / name).exists() and (scratch / name).stat().st_size:
            return Photo(name, int(shown[1]), int(shown[2]))
    raise PhotoDamaged(number)


def _clean(job: Job, demuxer: Demuxer, stream: str, name: str, pixels: int) -> str:
    """Try to write one stream of a photo as `name`; what ffmpeg said."""
    words = ["-nostdin", "-nostats", "-hide_banner", "-y", *_input(demuxer, pixels, job.source)]
    # What is transparent becomes white, as on the page that a picture was cut out for.
    fit = f"scale=w='min({EDGE},iw)':h='min({EDGE},ih)':force_original_aspect_ratio=decrease:reset_sar=1"
    flat = "format=rgba,split[f][b];[b]drawbox=t=fill:c=white:replace=1[w];[w][f]overlay=format=gbrp,format=rgb24"
    small = f"scale='if(gt(iw,ih),-2,min({SMALL_EDGE},iw))':'if(gt(iw,ih),min({SMALL_EDGE},ih),-2)'"
    words += ["-filter_complex", f"[{stream}]{fit},{flat},split[large][l];[l]{small}[small]"]
    for size, quality in (("large", 82), ("small", 75)):
        words += ["-map", f"[{size}]", "-frames:v", "1", "-update", "1", "-map_metadata", "-1"]
        words += ["-c:v", "libwebp", "-quality", str(quality), "-fflags", "+bitexact", "-f", "image2"]
        words += [name if size == "large" else small_name(name)]
    return run(job, words).errors


def _tiled_pixels(said: str) -> int:
    """Pixels of a picture that is kept in tiles, each of which the decoder's own limit takes for small."""
    found = _TILED.search(said)
    return int(found[1]) * int(found[2]) if found else 0


def slides(ffmpeg: Ffmpeg, scratch: pathlib.Path, photos: Sequence[Photo]) -> pathlib.Path:
    """Write the film of clean photos into the work folder; returns its place.

    Raises:
        EncoderFailed: ffmpeg ended for a reason of ours.
    """
    job = Job(ffmpeg.path, scratch / photos[0].name, scratch, cpu_seconds=30 + 10 * len(photos), wall_seconds=600)
    words = ["-nostdin", "-hide_banner", "-v", "error", "-y", "-filter_complex_threads", "1"]
    for photo in photos:
        words += ["-framerate", str(SLIDES_FPS), *_input(_WEBP, EDGE * EDGE, photo.name)]
    words += ["-filter_complex", ";".join(_graph(photos)), "-map", "[film]", "-c:v", "libx264", "-preset", "ultrafast"]
    ended = run(job, [*words, "-crf", "12", "-r", str(SLIDES_FPS), "-f", "matroska", SLIDES_FILE])
    film = scratch / SLIDES_FILE
    if ended.exit_code or not film.exists():
        raise EncoderFailed(ended.errors[-400:])
    return film


def _input(demuxer: Demuxer, pixels: int, source: str) -> list[str]:
    """ffmpeg's arguments that open a picture: as with films, nothing is guessed."""
    return [
        *("-f", demuxer.name, "-protocol_whitelist", "file", "-format_whitelist", demuxer.formats),
        *("-codec_whitelist", _CODECS, "-max_pixels", str(pixels), "-threads", "1", "-i", source),
    ]


def _canvas(photos: Sequence[Photo]) -> tuple[int, int]:
    """Width and height of the film: the first photo's shape, unless that is a strip."""
    edge = min(_CANVAS_EDGE, max(min(photo.width, photo.height) for photo in photos))
    shape = min(max(photos[0].width / photos[0].height, 1 / _WIDEST), _WIDEST)
    width, height = (edge * shape, edge) if shape > 1 else (edge, edge / shape)
    return max(2, round(width / 2) * 2), max(2, round(height / 2) * 2)


def _graph(photos: Sequence[Photo]) -> list[str]:
    """Filters that end in `[film]`: each photo before a blurred copy of itself, for its time."""
    width, height = _canvas(photos)
    frames = length_ms(len(photos)) * SLIDES_FPS // 1000 // len(photos)
    filled = f"scale={width}:{height}:force_original_aspect_ratio=increase,crop={width}:{height}"
    fitted = f"scale={width}:{height}:force_original_aspect_ratio=decrease:force_divisible_by=2"
    parts = []
    for number in range(1, len(photos) + 1):
        parts += [
            f"[{number - 1}:v:0]setsar=1,split[b{number}][c{number}]",
            f"[b{number}]{filled},boxblur=24:2,eq=brightness=-0.12[back{number}]",
            f"[c{number}]{fitted}[front{number}]",
            f"[back{number}][front{number}]overlay=(W-w)/2:(H-h)/2,scale={width}:{height}:{NORMAL},"
            f"tpad=stop={frames - 1}:stop_mode=clone,fps={SLIDES_FPS}[slide{number}]",
        ]
    ends = "".join(f"[slide{number}]" for number in range(1, len(photos) + 1))
    return [*parts, f"{ends}concat=n={len(photos)}[film]"]
