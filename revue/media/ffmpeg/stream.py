"""A first rendition whose pictures are made while the source still comes, and whose sound is added once it is whole.

Only then is known how loud the source is and what its author wants to be heard; the pictures depend on neither.
"""

import dataclasses
import pathlib

from revue.media.ffmpeg import loudness, mix
from revue.media.ffmpeg.encode import (
    CLEAN,
    POSTER_WIDTHS,
    THUMB_FILE,
    Extras,
    Made,
    Work,
    cpu_seconds,
    graph,
    poster_words,
    sound_words,
    verified,
    video_words,
)
from revue.media.ffmpeg.errors import EncoderFailed, TooLong
from revue.media.ffmpeg.feed import Feed
from revue.media.ffmpeg.finder import Ffmpeg
from revue.media.ffmpeg.plan import Rung
from revue.media.ffmpeg.probe import Limits, Probe, inputs, parse
from revue.media.ffmpeg.progress import OnProgress, Progress
from revue.media.ffmpeg.sandbox import Job, run
from revue.media.ffmpeg.sniff import MOV, Demuxer

PICTURES_FILE = "pictures.mp4"
FILES = (PICTURES_FILE, *POSTER_WIDTHS, THUMB_FILE)
HEAD_SECONDS = 20
JOIN_SECONDS = 20  # and a tenth of the clip's length


def probe_head(
    ffmpeg: Ffmpeg,
    demuxer: Demuxer,
    feed: Feed,
    scratch: pathlib.Path,
    limits: Limits,
    on_progress: OnProgress,
    *,
    in_fragments: bool,
) -> Probe:
    """What a source holds, from as much of it as has to come for that. How long it is may be told at its end only.

    Raises:
        MediaError: it cannot be used, or not so.
        Starved: there will be no more.
    """
    job = Job(ffmpeg.path, None, scratch, cpu_seconds=HEAD_SECONDS, wall_seconds=HEAD_SECONDS * 3.0)
    words = ["-nostdin", "-hide_banner", *inputs(demuxer, limits, job.source, seconds=limits.seconds + 1)]
    return parse(
        run(job, words, on_line=Progress(on_progress), feed=feed).errors, demuxer, limits, in_fragments=in_fragments
    )


def pictures(work: Work, rung: Rung, feed: Feed, on_progress: OnProgress, *, in_fragments: bool) -> Probe:
    """Make the pictures of a rendition, posters and placeholder of a source that still comes; measure its sound.

    Returns what is known of the source at its end.

    Raises:
        MediaError: it cannot be used, or not so.
        Starved: there will be no more.
    """
    cpu = cpu_seconds(work, [rung])
    job = Job(work.ffmpeg.path, None, work.scratch, cpu_seconds=cpu, wall_seconds=cpu * 3.0)
    progress = Progress(on_progress)
    result = run(job, _picture_words(work, job, rung), on_line=progress, feed=feed)
    if result.exit_code:
        raise EncoderFailed(result.errors[-400:])
    about_source, _, about_run = result.errors.partition("\nOutput #0")
    found = parse(about_source, work.about.demuxer, work.limits, in_fragments=in_fragments)
    if found != work.about:
        raise EncoderFailed("the head of the file said something else the second time")
    duration_ms = found.duration_ms or progress.reached_ms
    if duration_ms > work.limits.seconds * 1000:
        raise TooLong(work.limits.seconds)
    return dataclasses.replace(found, duration_ms=duration_ms, lufs=loudness.parse(about_run))


def _picture_words(work: Work, job: Job, rung: Rung) -> list[str]:
    words = ["-nostdin", "-nostats", "-hide_banner", "-y", "-progress", "pipe:1", "-stats_period", "0.5"]
    words += inputs(work.about.demuxer, work.limits, job.source, seconds=work.limits.seconds + 1)
    words += ["-filter_complex", ";".join(graph(work, [rung], Extras(has_poster=True, has_sound=False)))]
    words += [
        "-map",
        f"[v{rung.name}]",
        *video_words(rung, work),
        "-an",
        *CLEAN,
        "-f",
        "mp4",
        PICTURES_FILE,
        *poster_words(),
    ]
    return [*words, "-map", "0:a:0", "-vn", *loudness.MEASURE] if work.about.sound is not None else words


def join(work: Work, rung: Rung, on_progress: OnProgress) -> Made:
    """Put the source's sound under the pictures that lie in the work folder: the rendition as one encode makes it.

    Raises:
        MediaError: what came of it cannot be used.
    """
    seconds = JOIN_SECONDS + work.about.duration_ms // 10_000
    track = work.track.path if work.track else None
    job = Job(work.ffmpeg.path, work.source, work.scratch, seconds, seconds * 3.0, also_reads=track)
    result = run(job, _join_words(work, job, rung), on_line=Progress(on_progress))
    (made,) = verified(work, [rung], result)
    return made


def _join_words(work: Work, job: Job, rung: Rung) -> list[str]:
    words = ["-nostdin", "-hide_banner", "-v", "error", "-y", "-progress", "pipe:1", "-stats_period", "0.5"]
    words += inputs(work.about.demuxer, work.limits, job.source, seconds=work.limits.seconds + 1)
    if work.track is not None:
        words += mix.inputs(work.track, job.second_source)
    # Pictures that begin after their sound do so here too: by themselves they would be moved to the beginning.
    words += ["-seek_timestamp", "1", "-ss", "0", *inputs(MOV, work.limits, PICTURES_FILE, seconds=10**6)]
    if sound := mix.graph(work.about, work.track, work.own_percent, [rung.name]):
        words += ["-filter_complex", ";".join(sound)]
    words += ["-map", f"{2 if work.track else 1}:v:0", "-c:v", "copy", *sound_words(rung, work), *CLEAN]
    return [*words, "-movflags", "+faststart", "-f", "mp4", f"{rung.name}.mp4"]
