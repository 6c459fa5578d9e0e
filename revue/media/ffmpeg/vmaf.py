"""How much of its source a rendition still shows: VMAF, 0 to 100, as libvmaf's default model sees it."""

import json
import pathlib
from collections.abc import Callable
from typing import Final

from revue.media.ffmpeg.encode import NORMAL, Work, colours, job_of
from revue.media.ffmpeg.errors import EncoderFailed
from revue.media.ffmpeg.plan import Rung
from revue.media.ffmpeg.probe import inputs
from revue.media.ffmpeg.sandbox import run
from revue.media.ffmpeg.sniff import MOV

EVERY: Final = 3  # of so many pictures one is looked at
_LOG: Final = "vmaf.json"
_BY_NUMBER: Final = "settb=1/25,setpts=N"  # picture 7 with picture 7, whatever two clocks say of it


def vmaf(work: Work, rung: Rung, made: pathlib.Path, tick: Callable[[], None]) -> float:
    """The mean over a whole clip of a rendition against its source, scaled to the same size.

    Args:
        work: the source.
        rung: what `made` is.
        made: a rendition of it.
        tick: called about each second; may raise to cancel.

    Raises:
        MediaError: it could not be measured; without libvmaf it never can.
    """
    job, seconds = job_of(work, [rung], made), work.limits.seconds + 1
    words = ["-nostdin", "-hide_banner", "-v", "error", "-y", "-progress", "pipe:1", "-stats_period", "0.5"]
    words += inputs(work.about.demuxer, work.limits, job.source, seconds=seconds)
    words += inputs(MOV, work.limits, job.second_source, seconds=seconds)
    source = f"[0:v:0]{colours(work)}scale={rung.width}:{rung.height}:{NORMAL},{_BY_NUMBER}[source]"
    score = f"libvmaf=n_threads=2:n_subsample={EVERY}:log_fmt=json:log_path={_LOG}"
    graph = f"{source};[1:v:0]format=yuv420p,{_BY_NUMBER}[made];[made][source]{score}"
    log = work.scratch / _LOG
    log.unlink(missing_ok=True)
    said = run(job, [*words, "-filter_complex", graph, "-f", "null", "-"], on_line=lambda _: tick()).errors
    if not log.exists():
        raise EncoderFailed(f"no VMAF: {said[-400:]}")
    return float(json.loads(log.read_text())["pooled_metrics"]["vmaf"]["mean"])
