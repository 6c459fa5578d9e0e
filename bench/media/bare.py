"""The very commands that our pipeline gives to ffmpeg, kept and run again with nothing around them."""

import contextlib
import dataclasses
import os
import pathlib
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.media.kills import below
from revue.media.ffmpeg import encode, probe, sandbox

WATCH_SECONDS = 0.05
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Command:
    """One run of ffmpeg: its arguments, with names as this machine knows them."""

    binary: pathlib.Path
    words: tuple[str, ...]

    @property
    def is_encode(self) -> bool:
        """Whether it makes renditions."""
        return "-filter_complex" in self.words and any(re.fullmatch(r"\d+\.mp4", word) for word in self.words)


@dataclasses.dataclass(frozen=True)
class Cost:
    """What something took."""

    wall_s: float
    cpu_s: float
    peak_mib: float  # of one process

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.wall_s + other.wall_s, self.cpu_s + other.cpu_s, max(self.peak_mib, other.peak_mib))


@contextlib.contextmanager
def recorded(commands: list[Command]) -> Iterator[None]:
    """Add each command that is run meanwhile to `commands`."""
    real = sandbox.run

    def run(job: sandbox.Job, words: list[str], **more: Any) -> sandbox.Result:
        names = {job.source: str(job.reads), job.second_source: str(job.also_reads)}
        commands.append(Command(job.binary, tuple(names.get(word, word) if word else word for word in words)))
        return real(job, words, **more)

    for module in (encode, probe):
        setattr(module, "run", run)  # noqa: B010 - not a name that they offer
    try:
        yield
    finally:
        for module in (encode, probe):
            setattr(module, "run", real)  # noqa: B010


def again(command: Command, source: pathlib.Path) -> Cost:
    """Run a command bare on a file, in a folder of its own; as polite as ours, or a busy machine would decide."""
    words = [*command.words]
    words[words.index("-i") + 1] = str(source)
    with tempfile.TemporaryDirectory() as folder:
        call = ["nice", "-n", str(sandbox.NICENESS), str(command.binary), *words]
        return measured(lambda: subprocess.run(call, cwd=folder, check=True, capture_output=True))


def only(command: Command, name: str) -> Command:
    """The same command without any output but one rendition."""
    words = [*command.words]
    graph = words.index("-filter_complex") + 1
    kept = [_alone(part, name) for part in words[graph].split(";") if f"[in{name}]" in part or f"[a{name}]" in part]
    end = words.index(f"{name}.mp4") + 1
    begin = words.index(f"[v{name}]") - 1
    return Command(command.binary, (*words[:graph], ";".join(kept), *words[begin:end]))


def _alone(part: str, name: str) -> str:
    """A part of a filter graph that ends in one output where it ended in several."""
    before, splits, _ = part.partition("asplit=")
    if splits:
        return f"{before}anull[a{name}]"
    before, splits, _ = part.partition("split=")
    return f"{before}null[in{name}]" if splits else part


def measured(work: Callable[[], object]) -> Cost:
    """Wall and processor seconds of some work, and the most memory that an ffmpeg of it held."""
    began, before = time.perf_counter(), _cpu()
    with _watched() as peak:
        work()
    return Cost(time.perf_counter() - began, _cpu() - before, peak[0])


def _cpu() -> float:
    """Processor seconds so far: our own and our children's.

    Below bubblewrap the whole machine's: what its init has waited for is told to nobody else.
    """
    if sandbox.level() is sandbox.Level.BUBBLEWRAP:
        user, nice, system = map(int, pathlib.Path("/proc/stat").read_text().split()[1:4])
        return (user + nice + system) / os.sysconf("SC_CLK_TCK")
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@contextlib.contextmanager
def _watched() -> Iterator[list[float]]:
    """The peak memory in MiB of the ffmpegs below us, as the kernel counts it; read each twentieth of a second."""
    peak, is_over = [0.0], threading.Event()

    def watch() -> None:
        while not is_over.wait(WATCH_SECONDS):
            for pid in below(os.getpid(), "ffmpeg"):
                with contextlib.suppress(OSError):
                    status = pathlib.Path(f"/proc/{pid}/status").read_text()
                    peak[0] = max([peak[0], *(int(kib) / 1024 for kib in _PEAK.findall(status))])

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        is_over.set()
        thread.join()
