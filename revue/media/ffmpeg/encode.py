"""Source → renditions and pictures, in one decode for each call."""

import dataclasses
import pathlib
from collections.abc import Callable

from revue.media.ffmpeg.errors import CodecRefused, Damaged, EncoderFailed, MediaError
from revue.media.ffmpeg.finder import Ffmpeg
from revue.media.ffmpeg.plan import KEYFRAME_SECONDS, MAX_FPS, Rung
from revue.media.ffmpeg.probe import Probe, inputs, parse
from revue.media.ffmpeg.sandbox import Job, Result, run
from revue.media.ffmpeg.sniff import MOV

POSTER_WIDTHS = {"poster.webp": (540, 75), "poster-small.webp": (270, 70)}
THUMB_FILE = "thumb.rgb"
THUMB_EDGE = 64  # pixels of the longer side of the picture behind the thumbhash
LEAST_DECODED = 0.9  # of the declared duration, else the file is cut off

_SDR = (
    "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
    "zscale=t=bt709:m=bt709:r=tv,format=yuv420p,"
)
_NORMAL = (
    "out_range=tv:out_color_matrix=bt709,format=yuv420p,setsar=1,"
    "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
)


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


def encode(
    ffmpeg: Ffmpeg,
    source: pathlib.Path,
    scratch: pathlib.Path,
    about: Probe,
    rungs: list[Rung],
    *,
    pictures: bool,
    preset: str,
    max_seconds: int,
    on_progress: Callable[[int], None],
) -> list[Made]:
    """Make renditions (and the poster's pictures) of a source into `scratch`.

    Args:
        on_progress: told the milliseconds encoded so far, about twice a second; may raise to cancel.

    Raises:
        MediaError: the source or the work is at fault; nothing in `scratch` is to be used.
    """
    seconds = (about.duration_ms or max_seconds * 1000) / 1000
    pixels = sum(rung.width * rung.height for rung in rungs) / (720 * 1280)
    cpu = int(60 + seconds * (6 + 12 * pixels) * max(1.0, about.width * about.height / 2_073_600))
    job = Job(ffmpeg.path, source, scratch, cpu_seconds=cpu, wall_seconds=cpu * 3.0)
    words = _words(ffmpeg, job, about, rungs, pictures=pictures, preset=preset, max_seconds=max_seconds)

    def on_line(line: str) -> None:
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.lstrip("-").isdigit():
            on_progress(max(0, int(value) // 1000))

    result = run(job, words, on_line=on_line)
    return [_verified(ffmpeg, scratch, rung, about, result) for rung in rungs]


def _words(
    ffmpeg: Ffmpeg, job: Job, about: Probe, rungs: list[Rung], *, pictures: bool, preset: str, max_seconds: int
) -> list[str]:
    words = ["-nostdin", "-hide_banner", "-v", "error", "-y", "-progress", "pipe:1", "-stats_period", "0.5"]
    words += inputs(about.demuxer, max_seconds, job.source)
    words += ["-filter_complex", _graph(ffmpeg, about, rungs, pictures=pictures)]
    for rung in rungs:
        words += [*_rendition(rung, about, preset), f"{rung.name}.mp4"]
    if pictures:
        for name, (_, quality) in POSTER_WIDTHS.items():
            words += [
                "-map",
                f"[{name.removesuffix('.webp')}]",
                "-frames:v",
                "1",
                "-update",
                "1",
                "-map_metadata",
                "-1",
            ]
            words += ["-c:v", "libwebp", "-quality", str(quality), "-f", "image2", name]
        words += ["-map", "[thumb]", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", THUMB_FILE]
    return words


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
    parts = ["[still]thumbnail=60,split=3[p0][p1][p2]"]
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
    sound = (
        ["-map", "0:a:0?", "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000"] if about.has_audio else ["-an"]
    )
    clean = ["-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact"]
    return ["-map", f"[v{rung.name}]", *video, *sound, *clean, "-movflags", "+faststart", "-f", "mp4"]


def _verified(ffmpeg: Ffmpeg, scratch: pathlib.Path, rung: Rung, about: Probe, result: Result) -> Made:
    """Open a rendition again: what is published has been read once."""
    path = scratch / f"{rung.name}.mp4"
    if not path.exists() or path.stat().st_size == 0:
        raise _cause(result)
    job = Job(ffmpeg.path, path, scratch, cpu_seconds=20, wall_seconds=60)
    told = run(job, ["-nostdin", "-hide_banner", *inputs(MOV, 1, job.source)]).errors
    try:
        made = parse(told, MOV)
    except MediaError:
        raise _cause(result) from None
    if about.duration_ms and made.duration_ms < LEAST_DECODED * about.duration_ms:
        raise Damaged
    if (made.width, made.height) != (rung.width, rung.height):
        raise EncoderFailed(f"{rung.name}: {made.width}x{made.height} instead of {rung.width}x{rung.height}")
    return Made(rung, path, made.duration_ms, made.has_audio)


def _cause(result: Result) -> MediaError:
    """Why a run gave no usable rendition, from what ffmpeg said."""
    said = result.errors.lower()
    if "no space left" in said:
        return EncoderFailed("no space left on the disk")
    if "codec whitelist" in said or "not on whitelist" in said:
        return CodecRefused()
    if any(word in said for word in ("invalid data", "moov atom not found", "could not find", "error while decoding")):
        return Damaged()
    return EncoderFailed(result.errors[-400:])
