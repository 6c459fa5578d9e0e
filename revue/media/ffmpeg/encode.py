"""Source → renditions and pictures, in one decode for each call."""

import dataclasses
import pathlib
from collections.abc import Callable

from revue.media.ffmpeg import loudness
from revue.media.ffmpeg.errors import CodecRefused, Damaged, DiskFull, EncoderFailed, MediaError, TooLong
from revue.media.ffmpeg.finder import Ffmpeg
from revue.media.ffmpeg.plan import KEYFRAME_SECONDS, MAX_FPS, Rung
from revue.media.ffmpeg.probe import Probe, inputs, parse
from revue.media.ffmpeg.sandbox import Job, Result, run
from revue.media.ffmpeg.sniff import MOV

POSTER_WIDTHS = {"poster.webp": (540, 75), "poster-small.webp": (270, 70)}
POSTER_STEP, POSTER_FRAMES = 5, 12  # the poster is the most typical of so many pictures, each so many frames apart
THUMB_FILE = "thumb.rgb"
THUMB_EDGE = 64  # pixels of the longer side of the picture behind the thumbhash
SPARE_MS = 500  # a sound track may be a little longer than its pictures
LEAST_DECODED = 0.9  # of the declared duration, else the file is cut off

_SDR = (
    "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
    "zscale=t=bt709:m=bt709:r=tv,format=yuv420p,"
)
_NORMAL = (
    "out_range=tv:out_color_matrix=bt709,format=yuv420p,setsar=1,"
    "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
)


OnProgress = Callable[[int], None]  # told the milliseconds encoded so far, each second or sooner; may raise to cancel


@dataclasses.dataclass(frozen=True)
class Work:
    """One source and how it is to be encoded."""

    ffmpeg: Ffmpeg
    source: pathlib.Path
    scratch: pathlib.Path  # the only folder that is written
    about: Probe
    preset: str
    max_seconds: int


@dataclasses.dataclass(frozen=True)
class Made:
    """One rendition that was made and opened again."""

    rung: Rung
    path: pathlib.Path
    duration_ms: int
    has_audio: bool


def thumb_size(source: Probe) -> tuple[int, int]:
    """Width and height of the raw picture in `THUMB_FILE`."""
    scale = THUMB_EDGE / max(source.width, source.height)
    return max(1, round(source.width * scale)), max(1, round(source.height * scale))


def encode(work: Work, rungs: list[Rung], *, pictures: bool, on_progress: OnProgress) -> list[Made]:
    """Make renditions (and the poster's pictures) of a source into its work folder, in one decode.

    Raises:
        MediaError: the source or the work is at fault; nothing in the folder is to be used.
    """
    about = work.about
    seconds = (about.duration_ms or work.max_seconds * 1000) / 1000
    pixels = sum(rung.width * rung.height for rung in rungs) / (720 * 1280)
    cpu = int(60 + seconds * (6 + 12 * pixels) * max(1.0, about.width * about.height / 2_073_600))
    job = Job(work.ffmpeg.path, work.source, work.scratch, cpu_seconds=cpu, wall_seconds=cpu * 3.0)
    reached = 0

    def on_line(line: str) -> None:
        nonlocal reached
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.isdigit():
            reached = int(value) // 1000
        on_progress(reached)

    result = run(job, _words(work, job, rungs, pictures=pictures), on_line=on_line)
    return [_verified(work, rung, result) for rung in rungs]


def _words(work: Work, job: Job, rungs: list[Rung], *, pictures: bool) -> list[str]:
    words = ["-nostdin", "-hide_banner", "-v", "error", "-y", "-progress", "pipe:1", "-stats_period", "0.5"]
    words += inputs(work.about.demuxer, work.max_seconds + 1, job.source)
    words += ["-filter_complex", _graph(work.ffmpeg, work.about, rungs, pictures=pictures)]
    for rung in rungs:
        words += [*_rendition(rung, work.about, work.preset), f"{rung.name}.mp4"]
    return words + _pictures() if pictures else words


def _pictures() -> list[str]:
    """The poster in two sizes and the raw pixels behind the placeholder."""
    words = []
    for name, (_, quality) in POSTER_WIDTHS.items():
        words += ["-map", f"[{name.removesuffix('.webp')}]", "-frames:v", "1", "-update", "1", "-map_metadata", "-1"]
        words += ["-c:v", "libwebp", "-quality", str(quality), "-f", "image2", name]
    return [*words, "-map", "[thumb]", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", THUMB_FILE]


def _graph(ffmpeg: Ffmpeg, about: Probe, rungs: list[Rung], *, pictures: bool) -> str:
    first = _SDR if about.is_hdr and ffmpeg.has_zscale else ""
    if about.fps > MAX_FPS:
        first += f"fps={MAX_FPS},"
    ends = [f"[in{rung.name}]" for rung in rungs] + (["[still]"] if pictures else [])
    graph = [f"[0:v:0]{first}split={len(ends)}{''.join(ends)}"]
    graph += [f"[in{r.name}]scale={r.width}:{r.height}:{_NORMAL}[v{r.name}]" for r in rungs]
    if pictures:
        graph.append(_still_graph(about))
    return ";".join(graph)


def _still_graph(about: Probe) -> str:
    parts = [f"[still]framestep={POSTER_STEP},thumbnail={POSTER_FRAMES},split=3[p0][p1][p2]"]
    for number, (name, (width, _)) in enumerate(POSTER_WIDTHS.items()):
        shown = min(width, about.width) // 2 * 2 or 2
        height = max(2, round(about.height * shown / about.width / 2) * 2)
        parts.append(f"[p{number}]scale={shown}:{height}:{_NORMAL}[{name.removesuffix('.webp')}]")
    width, height = thumb_size(about)
    parts.append(f"[p2]scale={width}:{height},setsar=1,format=rgb24[thumb]")
    return ";".join(parts)


def _rendition(rung: Rung, about: Probe, preset: str) -> list[str]:
    gop = max(1, round(min(about.fps, MAX_FPS) * KEYFRAME_SECONDS))
    video = ["-c:v", "libx264", "-preset", preset, "-profile:v", "high", "-crf", str(rung.crf), "-g", str(gop)]
    video += ["-maxrate", f"{rung.max_kbit}k", "-bufsize", f"{2 * rung.max_kbit}k", "-fps_mode", "passthrough"]
    video += ["-force_key_frames", f"expr:gte(t,n_forced*{KEYFRAME_SECONDS})"]
    sound = ["-an"]
    if about.sound is not None:
        turn = loudness.filters(loudness.gain_db(about.lufs)) if about.sound == 0 else []
        sound = ["-map", f"0:a:{about.sound}", *turn, "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000"]
    clean = ["-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact"]
    return ["-map", f"[v{rung.name}]", *video, *sound, *clean, "-movflags", "+faststart", "-f", "mp4"]


def _verified(work: Work, rung: Rung, result: Result) -> Made:
    """Open a rendition again: what is published has been read once."""
    path = work.scratch / f"{rung.name}.mp4"
    if not path.exists() or path.stat().st_size == 0:
        raise _cause(result)
    job = Job(work.ffmpeg.path, path, work.scratch, cpu_seconds=20, wall_seconds=60)
    told = run(job, ["-nostdin", "-hide_banner", *inputs(MOV, 1, job.source)]).errors
    try:
        made = parse(told, MOV)
    except MediaError:
        raise _cause(result) from None
    if made.duration_ms < LEAST_DECODED * work.about.duration_ms or made.duration_ms == 0:
        raise Damaged
    if made.duration_ms > work.max_seconds * 1000 + SPARE_MS:  # the container did not say so before
        raise TooLong(work.max_seconds)
    if (made.width, made.height) != (rung.width, rung.height):
        raise EncoderFailed(f"{rung.name}: {made.width}x{made.height} instead of {rung.width}x{rung.height}")
    return Made(rung, path, made.duration_ms, made.sound is not None)


def _cause(result: Result) -> MediaError:
    """Why a run gave no usable rendition, from what ffmpeg said."""
    said = result.errors.lower()
    if "no space left" in said:
        return DiskFull()
    if "codec whitelist" in said or "not on whitelist" in said:
        return CodecRefused()
    if any(word in said for word in ("invalid data", "moov atom not found", "could not find", "error while decoding")):
        return Damaged()
    return EncoderFailed(result.errors[-400:])
