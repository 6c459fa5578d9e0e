"""Source → renditions and pictures, in one decode for each call."""

import dataclasses
import pathlib
import re

from revue.media.ffmpeg import mix, side
from revue.media.ffmpeg.errors import (
    CodecRefused,
    Damaged,
    DiskFull,
    EncoderFailed,
    MediaError,
    StorageReadOnly,
    TooLong,
)
from revue.media.ffmpeg.finder import Ffmpeg
from revue.media.ffmpeg.plan import AV1_PRESET, KEYFRAME_SECONDS, MAX_FPS, Codec, Rung
from revue.media.ffmpeg.probe import Limits, Probe, inputs, parse
from revue.media.ffmpeg.progress import OnProgress, Progress
from revue.media.ffmpeg.sandbox import Job, Result, run
from revue.media.ffmpeg.sniff import MOV

POSTER_WIDTHS = {"poster.webp": (540, 75), "poster-small.webp": (270, 70)}
POSTER_STEP, POSTER_FRAMES = 5, 12  # the poster is the most typical of so many pictures, each so many frames apart
THUMB_FILE = "thumb.rgb"
THUMB_EDGE = 64  # pixels of the longer side of the picture behind the thumbhash
SPARE_MS = 500  # a sound track may be a little longer than its pictures
LEAST_DECODED = 0.9  # of the declared duration, else the file is cut off

_INPUT = re.compile(r"^Input #\d+", re.MULTILINE)
_SDR = (
    "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
    "zscale=t=bt709:m=bt709:r=tv,format=yuv420p,"
)
NORMAL = (
    "out_range=tv:out_color_matrix=bt709,format=yuv420p,setsar=1,"
    "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
)

# Nothing goes along that its maker did not see or hear.
CLEAN = ("-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact")
# An MP4 that names nobody and begins to play with its first bytes.
MP4 = (*CLEAN, "-movflags", "+faststart", "-f", "mp4")


@dataclasses.dataclass(frozen=True)
class Work:
    """One source and how it is to be encoded."""

    ffmpeg: Ffmpeg
    source: pathlib.Path
    scratch: pathlib.Path  # the only folder that is written
    about: Probe
    preset: str
    limits: Limits
    track: mix.Track | None = None  # what is laid under, or instead of, the source's own sound
    own_percent: int = 100  # of the source's own sound


@dataclasses.dataclass(frozen=True)
class Extras:
    """What else one run makes beside renditions."""

    has_poster: bool = False  # poster in two sizes and the pixels behind the placeholder
    has_side: bool = False  # what stands in `side`
    duration_ms: int = 0  # as measured by a rendition; needed for `has_side`
    has_sound: bool = True  # False: pictures alone


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


def encode(work: Work, rungs: list[Rung], extras: Extras, on_progress: OnProgress) -> list[Made]:
    """Make renditions and what goes with them of a source into its work folder, in one decode.

    A rendition that cannot be used is an error; a picture or a sound that could not be made is just not there.

    Raises:
        MediaError: the source or the work is at fault; nothing in the folder is to be used.
    """
    job = job_of(work, rungs, work.track.path if work.track else None)
    result = run(job, _words(work, job, rungs, extras), on_line=Progress(on_progress))
    if result.exit_code and extras.has_side and not (work.scratch / side.SPRITE_FILE).exists():
        raise _cause(result)  # not one picture could be read
    return verified(work, rungs, result)


def job_of(work: Work, rungs: list[Rung], second: pathlib.Path | None) -> Job:
    """A run over a source and perhaps a second file, with time enough for the work and not for more."""
    cpu = cpu_seconds(work, rungs)
    return Job(work.ffmpeg.path, work.source, work.scratch, cpu_seconds=cpu, wall_seconds=cpu * 3.0, also_reads=second)


def cpu_seconds(work: Work, rungs: list[Rung]) -> int:
    """How much processor time an encode may take, in seconds."""
    about = work.about
    seconds = (about.duration_ms or work.limits.seconds * 1000) / 1000
    pixels = sum(rung.width * rung.height for rung in rungs) / (720 * 1280)
    return int(60 + seconds * (6 + 12 * pixels) * max(1.0, about.width * about.height / 2_073_600))


def still(work: Work, at_ms: int, name: str) -> bool:
    """Write the picture at a moment as `name` and its small version into the work folder; whether there is one."""
    second = f"{name.removesuffix('.webp')}-small.webp"
    job = Job(work.ffmpeg.path, work.source, work.scratch, cpu_seconds=60, wall_seconds=180)
    source = inputs(work.about.demuxer, work.limits, job.source, seconds=work.limits.seconds + 1)
    words = ["-nostdin", "-hide_banner", "-v", "error", "-y", "-ss", str(at_ms / 1000), *source]
    words += ["-filter_complex", f"[0:v:0]{colours(work)}split=2[p0][p1];" + ";".join(_posters(work.about))]
    run(job, words + _pictures((name, second)))
    return all((work.scratch / made).exists() and (work.scratch / made).stat().st_size for made in (name, second))


def _words(work: Work, job: Job, rungs: list[Rung], extras: Extras) -> list[str]:
    words = ["-nostdin", "-hide_banner", "-v", "error", "-y", "-progress", "pipe:1", "-stats_period", "0.5"]
    words += inputs(work.about.demuxer, work.limits, job.source, seconds=work.limits.seconds + 1)
    if work.track is not None:
        words += mix.inputs(work.track, job.second_source)
    words += ["-filter_complex", ";".join(graph(work, rungs, extras))]
    for rung in rungs:
        words += [*_rendition(rung, work), f"{rung.name}.mp4"]
    words += poster_words() if extras.has_poster else []
    if extras.has_side:
        words += side.picture_words()
        if _is_own_sound(work):
            words += side.sound_words(work.about, has_chromaprint=work.ffmpeg.has_chromaprint)
    return words


def _is_own_sound(work: Work) -> bool:
    """Whether what is heard is the source's own sound and nothing else: only that becomes a sound of its own."""
    return work.track is None and work.own_percent > 0 and work.about.sound is not None


def _pictures(names: tuple[str, ...]) -> list[str]:
    """The poster in two sizes, the large one first."""
    words = []
    for number, (name, (_, quality)) in enumerate(zip(names, POSTER_WIDTHS.values(), strict=True)):
        words += ["-map", f"[poster{number}]", "-frames:v", "1", "-update", "1", "-map_metadata", "-1"]
        words += ["-c:v", "libwebp", "-quality", str(quality), "-f", "image2", name]
    return words


def poster_words() -> list[str]:
    """ffmpeg's arguments that write the poster and the raw pixels behind the placeholder."""
    words = _pictures(tuple(POSTER_WIDTHS))
    return [*words, "-map", "[thumb]", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", THUMB_FILE]


def graph(work: Work, rungs: list[Rung], extras: Extras) -> list[str]:
    """The filters: pictures split to every output, then sound."""
    about = work.about
    ends = [f"[in{rung.name}]" for rung in rungs]
    ends += ["[still]"] if extras.has_poster else []
    ends += ["[sprite]", "[preview]"] if extras.has_side else []
    graph = [f"[0:v:0]{colours(work)}split={len(ends)}{''.join(ends)}"]
    graph += [f"[in{r.name}]scale={r.width}:{r.height}:{NORMAL}[v{r.name}]" for r in rungs]
    graph += [_still_graph(about)] if extras.has_poster else []
    graph += side.graph(about, extras.duration_ms, NORMAL) if extras.has_side else []
    if not extras.has_sound:
        return graph
    return graph + (mix.graph(about, work.track, work.own_percent, [r.name for r in rungs]) if rungs else [])


def colours(work: Work) -> str:
    """Filters that come before any scaling: HDR made SDR, and no more pictures a second than we keep."""
    first = _SDR if work.about.is_hdr and work.ffmpeg.has_zscale else ""
    return first + (f"fps={MAX_FPS}," if work.about.fps > MAX_FPS else "")


def _still_graph(about: Probe) -> str:
    width, height = thumb_size(about)
    first = f"[still]framestep={POSTER_STEP},thumbnail={POSTER_FRAMES},split=3[p0][p1][p2]"
    return ";".join([first, *_posters(about), f"[p2]scale={width}:{height},setsar=1,format=rgb24[thumb]"])


def _posters(about: Probe) -> list[str]:
    """`[p0]` and `[p1]` scaled to `[poster0]` and `[poster1]`."""
    parts = []
    for number, (width, _) in enumerate(POSTER_WIDTHS.values()):
        shown, height = poster_size(about.width, about.height, width)
        parts.append(f"[p{number}]scale={shown}:{height}:{NORMAL}[poster{number}]")
    return parts


def poster_size(width: int, height: int, widest: int) -> tuple[int, int]:
    """The even size of a poster at most `widest` pixels wide, of pictures of this size."""
    shown = min(widest, width) // 2 * 2 or 2
    return shown, max(2, round(height * shown / width / 2) * 2)


def _rendition(rung: Rung, work: Work) -> list[str]:
    return ["-map", f"[v{rung.name}]", *video_words(rung, work), *sound_words(rung, work), *MP4]


def video_words(rung: Rung, work: Work) -> list[str]:
    """ffmpeg's arguments that encode a rendition's pictures; it can be entered every two seconds."""
    words = ["-c:v", "libx264", "-preset", work.preset, "-profile:v", "high"]
    if rung.codec is Codec.AV1:
        words = ["-c:v", "libsvtav1", "-preset", str(AV1_PRESET), "-svtav1-params", "lp=2"]  # two threads, as x264's
    gop = max(1, round(min(work.about.fps, MAX_FPS) * KEYFRAME_SECONDS))
    words += ["-crf", str(rung.crf), "-g", str(gop), "-fps_mode", "passthrough"]
    words += ["-maxrate", f"{rung.max_kbit}k", "-bufsize", f"{2 * rung.max_kbit}k"]
    return [*words, "-force_key_frames", f"expr:gte(t,n_forced*{KEYFRAME_SECONDS})"]


def sound_words(rung: Rung, work: Work) -> list[str]:
    """ffmpeg's arguments for the sound of a rendition."""
    if not mix.is_heard(work.about, work.track, work.own_percent):
        return ["-an"]
    return ["-map", f"[a{rung.name}]", "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000"]


def verified(work: Work, rungs: list[Rung], result: Result) -> list[Made]:
    """Open renditions again, all in one run: what is published has been read once."""
    paths = [work.scratch / f"{rung.name}.mp4" for rung in rungs]
    if not rungs:
        return []
    if not all(path.exists() and path.stat().st_size for path in paths):
        raise _cause(result)
    job = Job(work.ffmpeg.path, None, work.scratch, cpu_seconds=20, wall_seconds=60)
    words = [word for path in paths for word in inputs(MOV, work.limits, path.name, seconds=1)]
    _, *told = _INPUT.split(run(job, ["-nostdin", "-hide_banner", *words]).errors)
    try:
        found = [parse(text.replace(f"Stream #{n}:", "Stream #0:"), MOV, work.limits) for n, text in enumerate(told)]
    except MediaError:
        raise _cause(result) from None
    if len(found) != len(rungs):
        raise _cause(result)
    return [_as_wanted(work, *one) for one in zip(rungs, paths, found, strict=True)]


def _as_wanted(work: Work, rung: Rung, path: pathlib.Path, made: Probe) -> Made:
    """A rendition, if what was found in it is what was wanted."""
    if made.duration_ms < LEAST_DECODED * work.about.duration_ms or made.duration_ms == 0:
        raise Damaged
    if made.duration_ms > work.limits.seconds * 1000 + SPARE_MS:  # the container did not say so before
        raise TooLong(work.limits.seconds)
    if (made.width, made.height) != (rung.width, rung.height):
        raise EncoderFailed(f"{rung.name}: {made.width}x{made.height} instead of {rung.width}x{rung.height}")
    return Made(rung, path, made.duration_ms, made.sound is not None)


def _cause(result: Result) -> MediaError:
    """Why a run gave no usable rendition, from what ffmpeg said."""
    said = result.errors.lower()
    if "no space left" in said:
        return DiskFull()
    if "read-only file system" in said:
        return StorageReadOnly(result.errors[-400:])
    if "codec whitelist" in said or "not on whitelist" in said:
        return CodecRefused()
    if any(word in said for word in ("invalid data", "moov atom not found", "could not find", "error while decoding")):
        return Damaged()
    return EncoderFailed(result.errors[-400:])
