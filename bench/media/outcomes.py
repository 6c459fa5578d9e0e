"""What becomes of every file of a folder: it plays in Chromium, or is refused with a sentence; nothing else happens.

python -m bench.media.outcomes --media FOLDER

Each file is uploaded, posted and made by a worker of its own instance; what was published is played by Chromium from
the site. What else happened is observed: the worker runs below strace (if there is one), a listener waits where the
hostile files point to, files are held against rows, and stored bytes are searched for tags of the originals. Ends with
1 if anything is not as it must be.
"""

import argparse
import collections
import contextlib
import dataclasses
import io
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from typing import Any

from bench.media import shown, watched
from bench.media.instance import Instance, running
from bench.media.kills import below
from revue.media.ffmpeg.finder import find_ffmpeg

CANARY_PORT = 8799  # where hostile files point to
LONGEST_SECONDS = 1800.0
TELLING = 5  # shorter values of tags are found by chance
# What ffmpeg itself writes, about the container and not about anybody.
PLAIN_TAGS = {"major_brand", "minor_version", "compatible_brands", "handler_name", "vendor_id", "encoder", "language"}
PLAIN_VALUES = {"VideoHandler", "SoundHandler"}
PLACE = re.compile(rb"[+-]\d{2}\.\d{3,}[+-]\d{3}\.\d{3,}")


@dataclasses.dataclass
class Fate:
    """One file and what became of it."""

    name: str
    path: pathlib.Path
    clip_id: int = 0
    outcome: str = ""
    plays: list[tuple[str, str, int, int]] = dataclasses.field(default_factory=list)  # name, key, width, height
    problems: list[str] = dataclasses.field(default_factory=list)


def main() -> None:
    """Run, print the table and the totals."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--media", type=pathlib.Path, required=True, help="a folder, looked through with its folders")
    folder: pathlib.Path = parser.parse_args().media
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".md")
    fates = [Fate(str(path.relative_to(folder)), path) for path in paths]
    with running() as instance, canary() as calls, tempfile.TemporaryDirectory() as traces:
        for number, fate in enumerate(fates):
            upload(fate, number)
        unharmed = work(instance, pathlib.Path(traces))
        for fate in fates:
            ask(fate)
        with shown.player(instance.root) as player:
            for fate in fates:
                tell(fate, player)
        wrong = [*unharmed, *(f"{fate.name}: {problem}" for fate in fates for problem in fate.problems)]
        wrong += totals(fates, pathlib.Path(traces), calls)
    print(f"\n{len(wrong)} violations")
    for one in wrong:
        print(f"- {one}")
    sys.exit(1 if wrong else 0)


@contextlib.contextmanager
def canary() -> Iterator[list[Any]]:
    """A listener where hostile files point to, and whoever came."""
    calls: list[Any] = []
    listener = socket.create_server(("127.0.0.1", CANARY_PORT))

    def listen() -> None:
        with contextlib.suppress(OSError):  # the listener is closed: the end
            while True:
                line, caller = listener.accept()
                calls.append(caller)
                line.close()

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        yield calls
        before = len(calls)
        socket.create_connection(("127.0.0.1", CANARY_PORT)).close()
        time.sleep(0.2)
        if len(calls) == before:
            raise RuntimeError("The canary was asleep.")
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def upload(fate: Fate, number: int) -> None:
    """Upload and post one file as somebody new; what is refused at once is the outcome."""
    from revue.accounts import actions as accounts  # noqa: PLC0415 - Django is not set up before
    from revue.accounts.contracts import Role, Viewer  # noqa: PLC0415
    from revue.media import actions as media  # noqa: PLC0415
    from revue.platform.errors import RevueError  # noqa: PLC0415
    from revue.videos import actions as videos  # noqa: PLC0415
    from revue.videos.models import Video  # noqa: PLC0415

    person_id = accounts.create_person(handle=f"outcome{number}", role=Role.MEMBER)
    viewer = Viewer(person_id=person_id, role=Role.MEMBER, session_key=f"bench-{number}")
    data = fate.path.read_bytes()
    try:
        made = media.start_upload(viewer=viewer, length_bytes=len(data), filename=fate.path.name)
        media.append_bytes(viewer=viewer, upload_id=made.id, offset=0, stream=io.BytesIO(data))
        video_id = videos.create_video(viewer=viewer, upload_id=made.id)
    except RevueError as error:
        fate.outcome = f"refused at the door: {error}"
        return
    fate.clip_id = Video.objects.values_list("clip_id", flat=True).get(pk=video_id)


def work(instance: Instance, traces: pathlib.Path) -> list[str]:
    """Let one worker do everything; what happened to the worker that must not."""
    words = [sys.executable, "-m", "revue.cli", "worker", "--data", str(instance.root)]
    log = instance.root / "worker.log"
    with log.open("ab") as file:
        started = subprocess.Popen(
            watched.command(traces, words) if watched.is_there() else words,
            stdout=file,
            stderr=file,
            env={**os.environ, "REVUE_LOG_LEVEL": "warning"},
        )
    harm, deadline = [], time.monotonic() + LONGEST_SECONDS
    while waiting() and started.poll() is None and time.monotonic() < deadline:
        time.sleep(1)
    if started.poll() is not None:
        harm.append(f"the worker ended by itself with {started.returncode}")
    elif left := waiting():
        harm.append(f"{left} jobs were not done in time")
    for pid in below(started.pid, "python") if watched.is_there() else [started.pid]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    ended = started.wait(60)
    tracebacks = log.read_text(errors="replace").count("Traceback")
    print(f"The worker ended with {ended} when asked to; tracebacks in its log: {tracebacks}.")
    harm += [f"the worker ended with {ended}"] if ended not in (0, -signal.SIGTERM, 128 + signal.SIGTERM) else []
    return harm + ([f"{tracebacks} tracebacks in the worker's log"] if tracebacks else []) + failed_jobs()


def waiting() -> int:
    """Jobs of media that are due or being done."""
    from django.db import connection  # noqa: PLC0415 - Django is not set up before

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queue_name = 'media'"
        )
        return int(cursor.fetchone()[0])


def failed_jobs() -> list[str]:
    """Jobs that ended with an error of ours."""
    from django.db import connection  # noqa: PLC0415 - Django is not set up before

    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args::text FROM procrastinate_jobs WHERE status = 'failed'")
        return [f"job failed: {name} {args}" for name, args in cursor.fetchall()]


def ask(fate: Fate) -> None:
    """Note what a file has become, by its row."""
    from revue.media import queries  # noqa: PLC0415 - Django is not set up before
    from revue.media.models import Clip, RenditionFile  # noqa: PLC0415

    if not fate.clip_id:
        return
    clip = Clip.objects.get(pk=fate.clip_id)
    failure = queries.failure(clip.failure_code, clip.failure_reason)
    if failure is not None:
        fate.outcome = f"refused: {failure.reason} (`{failure.code}`)"
    elif clip.state != "ready":
        fate.problems.append(f"state {clip.state}")
    else:
        files = RenditionFile.objects.filter(clip=clip).order_by("height")
        fate.plays = [(file.name, file.key, file.width, file.height) for file in files]
        size, sound = f"{clip.width}x{clip.height}", "with sound" if clip.has_audio else "silent"
        names = ", ".join(file.name for file in files)
        fate.outcome = f"plays: {names} ({size}, {clip.duration_ms / 1000:.1f} s, {sound})"


def tell(fate: Fate, player: shown.Player) -> None:
    """Play what a file has become and print its row of the table."""
    for name, key, width, height in fate.plays:
        if problem := player.problem(key, width, height):
            fate.problems.append(f"{name}: {problem}")
    print(f"| {fate.name} | {'; '.join(fate.problems) or fate.outcome} |", flush=True)


def totals(fates: list[Fate], traces: pathlib.Path, calls: list[Any]) -> list[str]:
    """Print what was counted; what of it must not be."""
    from revue.media import actions, queries  # noqa: PLC0415 - Django is not set up before
    from revue.platform import storage  # noqa: PLC0415

    kinds = collections.Counter(fate.outcome.partition(":")[0] for fate in fates)
    print(f"\n{len(fates)} files: {dict(kinds)}. Sandbox: {queries.sandbox_level()}.")
    files = actions.check_files(older_than_s=0)
    strays = [key for key in files.strays if "/poster" not in key]  # first posters have a job that removes them later
    left = [path.name for path in storage.scratch().iterdir()]
    print(
        f"Missing files: {len(files.missing)}; that no row names: {len(strays)}; left in the work folder: {len(left)}."
    )
    print(f"Calls that reached the listener on 127.0.0.1:{CANARY_PORT}: {len(calls)}.")
    wrong = [f"missing {key}" for key in files.missing] + [f"stray {key}" for key in strays]
    wrong += [f"left behind: {name}" for name in left] + [f"somebody called: {call}" for call in calls]
    wrong += tags(fates)
    if not watched.is_there():
        print("No strace here (Debian: strace): sockets, processes and files of the children were not watched.")
        return wrong
    seen = watched.read(traces, storage.scratch())
    print(f"Watched {seen.runs} runs {dict(seen.programs)} with {seen.threads} further threads: ", end="")
    print(
        f"sockets {len(seen.sockets)} (refused tries {len(seen.refused)}), processes started {len(seen.processes)}, ",
        end="",
    )
    print(f"files made in their own folders {seen.inside}, elsewhere {len(seen.outside)}.")
    wrong += [] if seen.runs else ["strace saw no run"]
    return [*wrong, *seen.sockets, *seen.processes, *seen.outside]


def tags(fates: list[Fate]) -> list[str]:
    """Search every stored byte for what the originals say about place, device and time; what was found."""
    from revue.media import policy  # noqa: PLC0415 - Django is not set up before
    from revue.media.models import Clip  # noqa: PLC0415
    from revue.platform import storage  # noqa: PLC0415

    hits, looked_for, files = [], 0, 0
    for clip in Clip.objects.filter(pk__in=[fate.clip_id for fate in fates], state="ready"):
        told = {
            value
            for key, value in described(storage.local_path(clip.original_key))
            if key not in PLAIN_TAGS - {"handler_name"} and len(value) >= TELLING and value not in PLAIN_VALUES
        }
        looked_for += len(told)
        for path in sorted(storage.local_path(policy.clip_key(clip.id, "x")).parent.iterdir()):
            data, files = path.read_bytes(), files + 1
            hits += [f"{path.name} holds {value!r}" for value in told if value.encode() in data]
            hits += [f"{path.name} names a place" for _ in PLACE.findall(data)]
            hits += [
                f"{path.name} has the tag {key}={value}" for key, value in described(path) if key not in PLAIN_TAGS
            ]
    print(f"Tags: {looked_for} values of originals looked for in {files} stored files; hits: {len(hits)}.")
    return hits


def described(path: pathlib.Path) -> list[tuple[str, str]]:
    """The tags of a file and its tracks, as ffmpeg tells them; none where it tells nothing."""
    words = ["-v", "quiet", "-protocol_whitelist", "file,pipe", "-i", str(path), "-f", "ffmetadata", "-"]
    said = subprocess.run([find_ffmpeg().path, *words], capture_output=True, check=False).stdout
    lines = (line.partition("=") for line in said.decode(errors="replace").splitlines() if "=" in line)
    return [(key.lower(), value.replace("\\", "")) for key, _, value in lines if key.lower() != "duration"]


if __name__ == "__main__":
    main()
