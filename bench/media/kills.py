"""Workers, ffmpegs and databases killed with -9 at random moments, and what becomes of the clips.

python -m bench.media.kills                          # 40 uploads, 200 kills
python -m bench.media.kills --uploads 6 --kills 12   # a short one

Every upload must end ready exactly once: one video, each rendition in its place and whole, nothing left lying about.
Only processes are killed that this program has started, and it ends by itself.
"""

import argparse
import collections
import contextlib
import dataclasses
import io
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

from bench.media.instance import Instance, running
from revue.platform.postgres import PostgresError
from tests.journeys.network import make_clip

SEED = 20_261
KINDS = ("worker", "ffmpeg", "database")
PATIENCE_SECONDS = 30.0  # for an ffmpeg to kill
LONGEST_SECONDS = 1500.0
CLIPS = ((4, "540x960"), (2, "360x640"), (6, "720x1280"))  # seconds and size, in turn


@dataclasses.dataclass
class Bench:
    """An instance with a worker that is started again as soon as it is gone."""

    instance: Instance
    worker: subprocess.Popen[bytes]
    kills: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)

    def tend(self) -> None:
        """Start again what was killed."""
        database = self.instance.server.process
        if database is not None and database.poll() is not None:
            with contextlib.suppress(
                PostgresError
            ):  # the old one's memory may still be held; the next call tries again
                self.instance.server.start()
        if self.worker.poll() is not None:
            self.worker = start_worker(self.instance.root)

    def kill(self, kind: str) -> None:
        """Kill one process of a kind, if there is one."""
        pids = {"worker": [self.worker.pid], "ffmpeg": below(self.worker.pid, "ffmpeg"), "database": self._database()}[
            kind
        ]
        for pid in pids[:1]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                self.kills[kind] += 1

    def _database(self) -> list[int]:
        process = self.instance.server.process
        return [process.pid] if process is not None and process.poll() is None else []


def main() -> None:
    """Run, and print what became of everything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--uploads", type=int, default=40)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=SEED)
    words = parser.parse_args()
    with running() as instance, tempfile.TemporaryDirectory() as folder:
        clips = [
            make_clip(pathlib.Path(folder) / f"{number}.mp4", seconds=seconds, size=size)
            for number, (seconds, size) in enumerate(CLIPS)
        ]
        videos = post(clips, words.uploads)
        bench = Bench(instance, start_worker(instance.root))
        began = time.monotonic()
        try:
            storm(bench, words.kills, random.Random(words.seed), began)
            calm = until_done(bench, began)
        finally:
            bench.worker.kill()
            bench.worker.wait()
        report(bench, videos, time.monotonic() - began, is_calm=calm)


def post(clips: list[pathlib.Path], count: int) -> list[int]:
    """So many uploads, each posted by somebody else; their videos' ids."""
    return [post_as(f"killed{number}", [clips[number % len(clips)]], 1)[0] for number in range(count)]


def post_as(handle: str, clips: list[pathlib.Path], count: int) -> list[int]:
    """So many uploads, posted by somebody new; their videos' ids."""
    from revue.accounts import actions as accounts  # noqa: PLC0415 - Django is not set up before
    from revue.accounts.contracts import Role, Viewer  # noqa: PLC0415
    from revue.media import actions as media  # noqa: PLC0415
    from revue.videos import actions as videos  # noqa: PLC0415

    posted = []
    person_id = accounts.create_person(handle=handle, role=Role.MEMBER)
    viewer = Viewer(person_id=person_id, role=Role.MEMBER, session_key=f"bench-{handle}")
    for number in range(count):
        data = clips[number % len(clips)].read_bytes()
        upload = media.start_upload(viewer=viewer, length_bytes=len(data))
        media.append_bytes(viewer=viewer, upload_id=upload.id, offset=0, stream=io.BytesIO(data))
        posted.append(videos.create_video(viewer=viewer, upload_id=upload.id))
    return posted


def storm(bench: Bench, count: int, dice: random.Random, began: float) -> None:
    """Kill so often, each time something else at another moment, while there is work."""
    while bench.kills.total() < count and time.monotonic() - began < LONGEST_SECONDS and not is_done():
        rest(bench, dice.uniform(0.2, 3.0))
        kind = dice.choice(KINDS)
        if kind == "ffmpeg":
            wait_for_ffmpeg(bench)
        bench.kill(kind)


def wait_for_ffmpeg(bench: Bench) -> None:
    """Wait until the worker has an ffmpeg, or for so long."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and not below(bench.worker.pid, "ffmpeg"):
        rest(bench, 0.05)


def rest(bench: Bench, seconds: float) -> None:
    """Wait, and tend to the dead meanwhile."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        bench.tend()
        time.sleep(0.02)


def until_done(bench: Bench, began: float) -> bool:
    """Wait for the last clip; whether it came in time."""
    while time.monotonic() - began < LONGEST_SECONDS:
        rest(bench, 0.5)
        if is_done():
            return True
    return False


def is_done() -> bool:
    """Whether every clip is at its end. No while the database is away."""
    from django.db import connection  # noqa: PLC0415 - Django is not set up before
    from django.db.utils import DatabaseError  # noqa: PLC0415

    from revue.media.models import Clip  # noqa: PLC0415

    try:
        return not Clip.objects.exclude(state__in=("ready", "failed")).exists()
    except DatabaseError:
        connection.close()
        return False


def report(bench: Bench, videos: list[int], seconds: float, *, is_calm: bool) -> None:
    """Print what is there, and end with an error if anything is not as it must be."""
    from revue.media import actions  # noqa: PLC0415 - Django is not set up before
    from revue.media.models import Clip, RenditionFile  # noqa: PLC0415
    from revue.platform import storage  # noqa: PLC0415
    from revue.videos.models import Video  # noqa: PLC0415

    states = collections.Counter(Clip.objects.values_list("state", "failure_code"))
    published = Video.objects.filter(pk__in=videos, state="published").count()
    broken = [file.key for file in RenditionFile.objects.all() if not opens(storage.local_path(file.key))]
    leftovers = actions.remove_leftovers(older_than_s=0)
    check = actions.check_files(older_than_s=0)
    print(f"{len(videos)} uploads, {bench.kills.total()} kills {dict(bench.kills)} in {seconds:.0f} s; done: {is_calm}")
    print(f"clips {dict(states)}; videos {Video.objects.count()}, published {published}")
    print(f"renditions {RenditionFile.objects.count()}, broken {len(broken)}")
    strays = [key for key in check.strays if "/poster" not in key]  # first posters have a job that removes them later
    print(f"missing files {len(check.missing)}, stray files {len(strays)}, swept leftovers {leftovers}")
    wrong = (
        strays
        or published != len(videos)
        or Video.objects.count() != len(videos)
        or broken
        or check.missing
        or not is_calm
    )
    sys.exit(1 if wrong else 0)


def opens(path: pathlib.Path) -> bool:
    """Whether a film can be decoded to its end without a word of complaint."""
    from revue.media.ffmpeg.finder import find_ffmpeg  # noqa: PLC0415 - after the environment is settled

    run = subprocess.run(
        [find_ffmpeg().path, "-v", "error", "-i", path, "-f", "null", "-"], capture_output=True, check=False
    )
    return run.returncode == 0 and not run.stderr


def start_worker(root: pathlib.Path) -> subprocess.Popen[bytes]:
    """A worker of the instance; what it says goes to a file."""
    with (root / "worker.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "revue.cli", "worker", "--data", str(root)], stdout=log, stderr=log
        )


def below(pid: int, word: str) -> list[int]:
    """Living processes below one, whose command begins with a program of that name."""
    children: dict[int, list[int]] = collections.defaultdict(list)
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                children[int((entry / "stat").read_text().rpartition(")")[2].split()[1])].append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        mine = children[waiting.pop()]
        waiting += mine
        found += [child for child in mine if word in program(child)]
    return found


def program(pid: int) -> str:
    """The name by which a process was started."""
    with contextlib.suppress(OSError):
        first = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().partition(b"\0")[0]
        return pathlib.PurePath(first.decode(errors="replace")).name
    return ""


if __name__ == "__main__":
    main()
