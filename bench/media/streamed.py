"""How long after its last byte an upload plays, with first versions made while uploads arrive and without.

python -m bench.media.streamed                       # 10 Mbit/s, 3 rounds
python -m bench.media.streamed --rounds 1 --seconds 4

A worker process of a fresh instance; uploads come at a steady pace through the same action as in the web server and are
posted with their last byte. Each round uploads every clip twice, without and with. A film with its index at the end is
the control: it cannot be read as it comes.

The floor is a bare encode of nothing but that first version, of the whole file as fast as it goes, less the time that
the file is on its way: who encodes while bytes come cannot be done before.
"""

import argparse
import contextlib
import dataclasses
import os
import pathlib
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator

from bench.media.instance import running
from bench.media.kills import start_worker
from revue.media.ffmpeg import plan
from revue.media.ffmpeg.finder import find_ffmpeg

ROUNDS = 3
MEGABITS = 10.0
LONGEST_SECONDS = 300.0


@dataclasses.dataclass(frozen=True)
class Cost:
    """What one upload took."""

    wait_s: float  # from the last byte to the first version that plays
    cpu_s: float  # of the worker and its children, until the clip was ready
    was_early: bool


class Line:
    """A request's body that comes at a steady pace."""

    def __init__(self, data: bytes, megabits: float) -> None:
        self._data = memoryview(data)
        self._rate = megabits * 125_000
        self._sent = 0
        self._began = time.monotonic()
        self.ended_at = 0.0

    def read(self, size: int, /) -> bytes:
        """Wait until so many bytes have come."""
        block = bytes(self._data[self._sent : self._sent + min(size, 16_384)])
        self._sent += len(block)
        time.sleep(max(0.0, self._began + self._sent / self._rate - time.monotonic()))
        if block and self._sent == len(self._data):
            self.ended_at = time.monotonic()
        return block


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=int, nargs="*", default=[7, 20], help="lengths of the clips")
    parser.add_argument("--size", default="720x1280", help="of their pictures")
    parser.add_argument("--megabits", type=float, default=MEGABITS, help="how fast uploads come")
    words = parser.parse_args()
    with running() as instance, tempfile.TemporaryDirectory() as folder:
        clips = [clip for seconds in words.seconds for clip in drawn(pathlib.Path(folder), seconds, words.size)]
        costs: dict[tuple[str, bool], list[Cost]] = {}
        for number in range(words.rounds):
            for is_early in (False, True) if number % 2 == 0 else (True, False):
                with worker(instance.root, is_early=is_early):
                    upload(clips[0], words.megabits)  # what a worker loads once is not a clip's
                    for clip in clips:
                        costs.setdefault((clip.name, is_early), []).append(upload(clip, words.megabits))
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {words.megabits:g} Mbit/s, medians\n")
        print(
            "| clip | MB | without: wait s | CPU s | with: wait s | CPU s | least wait s | wait, ratio | made early"
            " | bare encode s | on its way s | floor s |"
        )
        print("|---|---|---|---|---|---|---|---|---|---|---|---|")
        for clip in clips:
            show(clip, costs[clip.name, False], costs[clip.name, True], words)


def show(clip: pathlib.Path, without: list[Cost], with_: list[Cost], words: argparse.Namespace) -> None:
    """One line."""
    on_its_way_s, encode_s = (
        clip.stat().st_size / (words.megabits * 125_000),
        min(bare_s(clip, words.size) for _ in range(ROUNDS)),
    )
    waits = [statistics.median(one.wait_s for one in some) for some in (without, with_)]
    cpus = [statistics.median(one.cpu_s for one in some) for some in (without, with_)]
    early = sum(one.was_early for one in with_)
    print(
        f"| {clip.name} | {clip.stat().st_size / 1e6:.1f} | {waits[0]:.2f} | {cpus[0]:.1f} | {waits[1]:.2f} |"
        f" {cpus[1]:.1f} | {min(one.wait_s for one in with_):.2f} | {waits[1] / waits[0]:.2f} | {early}/{len(with_)}"
        f" | {encode_s:.2f} | {on_its_way_s:.2f} | {max(0.0, encode_s - on_its_way_s):.2f} |"
    )


def bare_s(clip: pathlib.Path, size: str) -> float:
    """How long a bare ffmpeg takes for the pictures of a first version and nothing else."""
    began = time.monotonic()
    first = plan.early(plan.rungs(*map(int, size.split("x"))))
    words = ("-c:v", "libx264", "-preset", plan.preset(os.cpu_count() or 1), "-crf", str(first.crf), "-an")
    _ffmpeg("-i", clip, "-vf", f"scale={first.width}:{first.height}", *words, "-f", "null", "-")
    return time.monotonic() - began


def upload(clip: pathlib.Path, megabits: float) -> Cost:
    """Send, post, and wait until it is ready."""
    from revue.accounts import actions as accounts  # noqa: PLC0415 - Django is not set up before
    from revue.accounts.contracts import Role, Viewer  # noqa: PLC0415
    from revue.media import actions as media  # noqa: PLC0415
    from revue.media.models import Clip, EarlyRun  # noqa: PLC0415
    from revue.videos import actions as videos  # noqa: PLC0415

    person_id = accounts.create_person(handle=f"s{time.monotonic_ns()}", role=Role.MEMBER)
    viewer = Viewer(person_id=person_id, role=Role.MEMBER, session_key="bench")
    data, before = clip.read_bytes(), cpu_s()
    sent = media.start_upload(viewer=viewer, length_bytes=len(data), filename=clip.name)
    line = Line(data, megabits)
    media.append_bytes(viewer=viewer, upload_id=sent.id, offset=0, stream=line)
    was_early = EarlyRun.objects.filter(pk=sent.id).exists()
    videos.create_video(viewer=viewer, upload_id=sent.id)
    made = Clip.objects.filter(upload_id=sent.id)
    until(lambda: made.get().state in ("playable", "ready", "failed"))
    wait_s = time.monotonic() - line.ended_at
    until(lambda: made.get().state in ("ready", "failed"))
    if made.get().state == "failed":
        raise RuntimeError(made.get().failure_reason)
    return Cost(wait_s, cpu_s() - before, was_early)


def until(is_so: Callable[[], bool]) -> None:
    """Look every ten milliseconds."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.01)


_workers: list[subprocess.Popen[bytes]] = []


@contextlib.contextmanager
def worker(root: pathlib.Path, *, is_early: bool) -> Iterator[None]:
    """A worker with or without early runs, and the web server's side set likewise."""
    from django.conf import settings  # noqa: PLC0415 - Django is not set up before

    settings.EARLY_CONCURRENCY = int(is_early)
    os.environ["REVUE_EARLY_CONCURRENCY"] = str(int(is_early))
    process = start_worker(root)
    _workers[:] = [process]
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def cpu_s() -> float:
    """Processor seconds of the worker and of its children that have ended."""
    fields = pathlib.Path(f"/proc/{_workers[0].pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def drawn(folder: pathlib.Path, seconds: int, size: str) -> list[pathlib.Path]:
    """The same film in every container: as browsers record, as phones do, and with its index behind."""
    source = folder / f"source-{seconds}.mkv"
    picture = f"testsrc2=size={size}:rate=30:duration={seconds},noise=alls=14:allf=t,format=yuv420p"
    sound = f"anoisesrc=color=pink:amplitude=0.2:duration={seconds}:sample_rate=48000"
    _ffmpeg("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, *_X264, "-b:v", "8M", "-c:a", "aac", source)
    recorder = ("-deadline", "realtime", "-cpu-used", "8", "-b:v", "5M", "-c:a", "libopus", "-f", "webm", "-live", "1")
    pieces = "+frag_keyframe+empty_moov+default_base_moof"
    made = {
        "vp8.webm": ("-c:v", "libvpx", *recorder),
        "vp9.webm": ("-c:v", "libvpx-vp9", "-row-mt", "1", *recorder),
        "fragments.mp4": ("-c", "copy", "-movflags", pieces, "-frag_duration", "1000000"),
        "index-first.mp4": ("-c", "copy", "-movflags", "+faststart"),
        "index-last.mp4": ("-c", "copy"),
    }
    for name, words in made.items():
        _ffmpeg("-i", source, *words, folder / f"{seconds}s-{name}")
    return [folder / f"{seconds}s-{name}" for name in made]


_X264 = ("-c:v", "libx264", "-preset", "veryfast", "-g", "30")


def _ffmpeg(*words: str | pathlib.Path) -> None:
    subprocess.run([find_ffmpeg().path, "-nostdin", "-v", "error", "-y", *words], check=True)


if __name__ == "__main__":
    main()
