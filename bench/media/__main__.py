"""A clip's way through the pipeline, against the same ffmpeg commands run bare.

python -m bench.media                     # clips drawn for it: 7, 20 and 60 s
python -m bench.media --media FOLDER      # real clips

For each clip, several times in turn: our whole job (probe, first rendition, hand-over, the rest, checks, moves, rows),
the commands that it gave to ffmpeg run bare, and, for "first playable", a bare encode of that one rendition and nothing
else.
Each ratio is that of the least of all rounds on either side: a shared machine's speed changes from minute to minute by
more than what is measured. The target is a ratio of wall time of 1.10 for the whole and 1.15 for the first rendition.
"""

import argparse
import dataclasses
import os
import pathlib
import re
import resource
import subprocess
import tempfile
import uuid

from bench.media import bare, clips
from bench.media.instance import running
from revue.media.ffmpeg import encode, plan, probe
from revue.media.ffmpeg.finder import find_ffmpeg

ROUNDS = 5


@dataclasses.dataclass
class Round:
    """One clip once through."""

    first: bare.Cost
    rest: bare.Cost
    bare_first: bare.Cost  # that rendition alone
    bare_all: bare.Cost  # both encodes as we gave them
    bare_one: bare.Cost  # everything in one command, with nothing to watch before its end


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--media", type=pathlib.Path, help="a folder of real clips")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--no-quality", action="store_true", help="costs only")
    words = parser.parse_args()
    with running(), tempfile.TemporaryDirectory() as folder:
        found = clips.of_folder(words.media) if words.media else clips.drawn(pathlib.Path(folder))
        owner_id = _person()
        print("Ours over bare: the whole against its two commands, and against one; the first against that rendition.")
        print(
            "Floor: those two commands over the one, both bare: what showing a first rendition so soon costs anybody."
        )
        print(
            "| clip | s | two: wall | CPU | one: wall | CPU | floor: wall | CPU | first: wall | CPU | first s | MiB |"
        )
        print("|---|---|---|---|---|---|---|---|---|---|---|---|")
        _round(found[0], owner_id)  # what Python loads once is not a clip's
        for clip in found:
            _show_cost(clip, owner_id, words.rounds)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"\nThe process that did the worker's part, Django included, held at most {peak:.0f} MiB.\n")
        if words.no_quality:
            return
        print("| clip | rendition | bytes | kbit/s | VMAF | least | encode at x real time | MiB |")
        print("|---|---|---|---|---|---|---|---|")
        for clip in found:
            _show_quality(clip, owner_id)


def _show_cost(clip: pathlib.Path, owner_id: int, count: int) -> None:
    rounds = [_round(clip, owner_id) for _ in range(count)]
    if None in rounds:
        print(f"| {clip.stem} | refused |")
        return
    done = [one for one in rounds if one is not None]

    def ratio(ours: str, theirs: str, what: str) -> float:
        """Our least cost over theirs: whatever else a machine does only adds to both."""
        return float(min(getattr(_cost(one, ours), what) for one in done)) / float(
            min(getattr(_cost(one, theirs), what) for one in done)
        )

    seconds = _duration(clip)
    whole = [ratio("whole", against, what) for against in ("bare_all", "bare_one") for what in ("wall_s", "cpu_s")]
    first = [ratio("first", "bare_first", what) for what in ("wall_s", "cpu_s")]
    soonest = min(one.first.wall_s for one in done)
    floor = [ratio("bare_all", "bare_one", what) for what in ("wall_s", "cpu_s")]
    figures = " | ".join(f"{value:.2f}" for value in (*whole, *floor, *first, soonest))
    peak = max((one.first + one.rest).peak_mib for one in done)
    print(f"| {clip.stem} | {seconds:.1f} | {figures} | {peak:.0f} |", flush=True)


def _cost(one: Round, what: str) -> bare.Cost:
    cost: bare.Cost = one.first + one.rest if what == "whole" else getattr(one, what)
    return cost


def _round(clip: pathlib.Path, owner_id: int) -> Round | None:
    from revue.media import actions  # noqa: PLC0415 - Django is not set up before
    from revue.media.contracts import ClipState  # noqa: PLC0415
    from revue.media.models import Clip  # noqa: PLC0415

    commands: list[bare.Command] = []
    clip_id = _adopt(clip, owner_id)
    with bare.recorded(commands):
        first = bare.measured(lambda: actions.transcode_clip(clip_id=clip_id, until=ClipState.PLAYABLE))
        rest = bare.measured(lambda: actions.transcode_clip(clip_id=clip_id))
    made = Clip.objects.get(pk=clip_id)
    names = [file.name for file in made.rendition_files.all()]
    is_made = made.state == ClipState.READY.value
    actions.delete_clip(clip_id=clip_id)
    if not is_made:
        return None
    encodes = [command for command in commands if command.is_encode]
    name = next(name for name in names if f"{name}.mp4" in encodes[0].words)
    bare_all = [bare.again(command, clip) for command in encodes]
    alone, one = bare.only(encodes[0], name), _single(clip, made.duration_ms)
    return Round(first, rest, bare.again(alone, clip), sum(bare_all[1:], bare_all[0]), bare.again(one, clip))


def _single(clip: pathlib.Path, duration_ms: int) -> bare.Command:
    """One command that makes everything of a clip."""
    from revue.media.actions.transcode import media_limits  # noqa: PLC0415 - Django is not set up before

    commands: list[bare.Command] = []
    with tempfile.TemporaryDirectory() as name, bare.recorded(commands):
        folder, limits, ffmpeg = pathlib.Path(name), media_limits(), find_ffmpeg()
        about = probe.probe(ffmpeg, clip, folder, limits)
        work = encode.Work(ffmpeg, clip, folder, about, plan.preset(os.cpu_count() or 1), limits)
        extras = encode.Extras(has_poster=True, has_side=True, duration_ms=duration_ms)
        encode.encode(work, plan.rungs(about.width, about.height), extras, lambda _: None)
    return next(command for command in commands if command.is_encode)


def _show_quality(clip: pathlib.Path, owner_id: int) -> None:
    """VMAF of each rendition against its source scaled to the same size, and how fast the encode of it alone is."""
    from revue.media import actions  # noqa: PLC0415 - Django is not set up before
    from revue.media.models import Clip  # noqa: PLC0415
    from revue.platform import storage  # noqa: PLC0415

    commands: list[bare.Command] = []
    clip_id = _adopt(clip, owner_id)
    with bare.recorded(commands):
        actions.transcode_clip(clip_id=clip_id)
    encodes = [command for command in commands if command.is_encode]
    for file in Clip.objects.get(pk=clip_id).rendition_files.order_by("height"):
        command = next(one for one in encodes if f"{file.name}.mp4" in one.words)
        cost = bare.again(bare.only(command, file.name), clip)
        mean, least = _vmaf(storage.local_path(file.key), clip, file.width, file.height)
        speed = _duration(clip) / cost.wall_s
        size = f"{file.bytes} | {file.bitrate // 1000}"
        print(
            f"| {clip.stem} | {file.name} | {size} | {mean} | {least} | {speed:.1f} | {cost.peak_mib:.0f} |", flush=True
        )
    actions.delete_clip(clip_id=clip_id)


def _vmaf(made: pathlib.Path, source: pathlib.Path, width: int, height: int) -> tuple[str, str]:
    """The mean and the worst picture's score; dashes where this ffmpeg has no VMAF or no picture of both."""
    with tempfile.TemporaryDirectory() as folder:
        scale = f"scale={width}:{height}:out_range=tv:out_color_matrix=bt709,format=yuv420p"
        same = f"[0:v]settb=AVTB,setpts=PTS-STARTPTS[a];[1:v]{scale},settb=AVTB,setpts=PTS-STARTPTS[b]"
        score = f"{same};[a][b]libvmaf=n_threads=2:n_subsample=3:log_fmt=json:log_path=v.json"
        files = ["-i", str(made), "-i", str(source), "-lavfi", score, "-f", "null", "-"]
        subprocess.run([str(find_ffmpeg().path), "-v", "error", *files], cwd=folder, check=False, capture_output=True)
        log = pathlib.Path(folder) / "v.json"
        pooled = (
            re.search(r'"vmaf": \{\s*"min": ([\d.]+),\s*"max": [\d.]+,\s*"mean": ([\d.]+)', log.read_text())
            if (log.exists())
            else None
        )
        return (f"{float(pooled[2]):.1f}", f"{float(pooled[1]):.1f}") if pooled else ("-", "-")


def _adopt(clip: pathlib.Path, owner_id: int) -> int:
    """A clip made of a copy of a file, which no worker has yet."""
    from revue.media import actions  # noqa: PLC0415 - Django is not set up before
    from revue.platform import storage  # noqa: PLC0415

    copy = storage.scratch() / f"bench-{uuid.uuid4().hex}"
    copy.write_bytes(clip.read_bytes())
    return actions.adopt_file(owner_id=owner_id, path=copy)


def _person() -> int:
    from revue.accounts import actions  # noqa: PLC0415 - Django is not set up before

    return actions.create_person(handle="bench")


def _duration(clip: pathlib.Path) -> float:
    said = subprocess.run([find_ffmpeg().path, "-i", clip], capture_output=True, text=True, check=False).stderr
    match = re.search(r"Duration: (\d+):(\d+):([\d.]+)", said)
    return int(match[1]) * 3600 + int(match[2]) * 60 + float(match[3]) if match else 0.0


if __name__ == "__main__":
    main()
