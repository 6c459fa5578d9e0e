"""ffmpeg as a child that can read one file or its standard input, write one folder and reach nothing else.

The best isolation of this machine is chosen once: bubblewrap, else seccomp with Landlock, else
a network namespace, else none. At every level resource limits apply, and, where the kernel takes a
seccomp filter, no socket is opened and no process started: ffmpeg needs threads, never a second program.
"""

import contextlib
import dataclasses
import enum
import functools
import os
import pathlib
import resource
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence

from revue.media.ffmpeg import kernel
from revue.media.ffmpeg.errors import Interrupted, TookTooLong
from revue.media.ffmpeg.feed import Feed, Spout

ADDRESS_SPACE_BYTES = 2_500_000_000  # three 720p rungs need 1.5 GB
OPEN_FILES = 64
NICENESS = 10
LONGEST_ERRORS = 200_000  # characters kept of what ffmpeg says
TICK_SECONDS = 1.0
FEED_TICK_SECONDS = 0.03  # how often a child that is fed is looked after
STREAM = "pipe:0"  # the name of its standard input
_READ_BYTES = 65_536


class Level(enum.StrEnum):
    """How well a child is shut in, best first."""

    BUBBLEWRAP = "bubblewrap"
    KERNEL = "seccomp+landlock"
    NAMESPACE = "network namespace"
    NONE = "none"


@dataclasses.dataclass(frozen=True)
class Job:
    """One run: the binary, the file it may read (None: what it is fed), the folder it may write, and its limits."""

    binary: pathlib.Path
    reads: pathlib.Path | None
    writes: pathlib.Path
    cpu_seconds: int
    wall_seconds: float
    file_bytes: int = 4_000_000_000
    also_reads: pathlib.Path | None = None
    home: tuple[pathlib.Path, ...] = ()  # folders that the binary needs around it to run; read only

    @property
    def source(self) -> str:
        """The name of the file to read, as the child sees it."""
        if self.reads is None:
            return STREAM
        return "/in" if level() is Level.BUBBLEWRAP else str(self.reads.resolve())

    @property
    def second_source(self) -> str:
        """The name of the second file to read, as the child sees it; empty without one."""
        if self.also_reads is None:
            return ""
        return "/in2" if level() is Level.BUBBLEWRAP else str(self.also_reads.resolve())


@dataclasses.dataclass(frozen=True)
class Result:
    """How a run ended."""

    exit_code: int
    errors: str


@functools.cache
def level() -> Level:
    """The best isolation that works here, tried once."""
    if (bwrap := shutil.which("bwrap")) and _bubblewrap_works(bwrap):
        return Level.BUBBLEWRAP
    if kernel.can_confine():
        return Level.KERNEL
    if (unshare := shutil.which("unshare")) and _works([unshare, "-n", "/bin/true"]):
        return Level.NAMESPACE
    return Level.NONE


def _bubblewrap_works(bwrap: str) -> bool:
    with _program() as program:
        return _works([*_bubblewrap(bwrap, program), "--", "/bin/true"], program)


@contextlib.contextmanager
def _program() -> Iterator[list[int]]:
    """The seccomp program as an open file, for bubblewrap to read; none where there is none for this machine."""
    descriptor = kernel.program_file()
    try:
        yield [] if descriptor is None else [descriptor]
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _works(command: list[str], files: Sequence[int] = ()) -> bool:
    try:
        return not subprocess.run(command, capture_output=True, timeout=10, check=False, pass_fds=files).returncode
    except (OSError, subprocess.TimeoutExpired):
        return False


def _bubblewrap(bwrap: str, program: list[int]) -> list[str]:
    shared = ["--ro-bind", "/usr", "/usr"]
    for name in ("lib", "lib64", "bin"):
        shared += ["--symlink", f"usr/{name}", f"/{name}"]
    alternatives = ["--ro-bind-try", "/etc/alternatives", "/etc/alternatives"]  # Debian's ffmpeg links through it
    alone = ["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"]
    filters = [word for descriptor in program for word in ("--seccomp", str(descriptor))]
    return [bwrap, *alone, *shared, *alternatives, "--proc", "/proc", "--dev", "/dev", *filters]


def _command(job: Job, words: list[str], filters: list[int]) -> list[str]:
    match level():
        case Level.BUBBLEWRAP:
            program = str(job.binary) if job.home else "/ffmpeg"
            binds = [] if job.reads is None else ["--ro-bind", str(job.reads.resolve()), "/in"]
            binds += [] if job.home else ["--ro-bind", str(job.binary), program]
            for folder in job.home:
                binds += ["--ro-bind", str(folder), str(folder)]
            if job.also_reads is not None:
                binds += ["--ro-bind", str(job.also_reads.resolve()), "/in2"]
            binds += ["--bind", str(job.writes.resolve()), "/out", "--chdir", "/out"]
            return [*_bubblewrap(shutil.which("bwrap") or "bwrap", filters), *binds, "--", program, *words]
        case Level.NAMESPACE:
            return [shutil.which("unshare") or "unshare", "-n", str(job.binary), *words]
        case _:
            return [str(job.binary), *words]


def _limits(job: Job, parent: int) -> Callable[[], None]:
    reads = [path for path in (job.binary, job.reads, job.also_reads, *job.home) if path is not None]
    confine = None
    if level() is Level.KERNEL:
        confine = kernel.prepare(reads=reads, writes=job.writes)
    elif level() is not Level.BUBBLEWRAP and kernel.can_filter():  # bubblewrap starts a process before it filters
        confine = kernel.filtered()

    def apply() -> None:
        kernel.die_with(parent)
        os.nice(NICENESS)
        for what, most in (
            (resource.RLIMIT_AS, ADDRESS_SPACE_BYTES),
            (resource.RLIMIT_FSIZE, job.file_bytes),
            (resource.RLIMIT_NOFILE, OPEN_FILES),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(what, (most, most))
        # The signal of the lower limit says why; who does not die of it dies of the higher one.
        resource.setrlimit(resource.RLIMIT_CPU, (job.cpu_seconds, job.cpu_seconds + 5))
        if confine is not None:
            confine()

    return apply


def run(
    job: Job, words: list[str], *, on_line: Callable[[str], None] | None = None, feed: Feed | None = None
) -> Result:
    """Run ffmpeg with `words`, output names relative to `job.writes`.

    Args:
        on_line: called with each line of standard output (ffmpeg's `-progress pipe:1`), and with an empty one
            about each second in which none comes; may raise to cancel.
        feed: what goes to its standard input; the time in which there is nothing to give does not count.

    Raises:
        TookTooLong: the wall or processor limit was hit; the whole process group is gone.
        Interrupted: somebody else ended it.
        Starved: there will be no more to feed it.
    """
    with _program() as filters:
        child = subprocess.Popen(
            _command(job, words, filters),
            stdin=subprocess.DEVNULL if feed is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=job.writes,
            env={},
            start_new_session=True,
            pass_fds=filters if level() is Level.BUBBLEWRAP else (),
            preexec_fn=_limits(job, os.getpid()),  # noqa: PLW1509 - makes system calls only
        )
    try:
        spout = Spout(child.stdin, feed) if feed is not None and child.stdin is not None else None
        errors = _listen(child, time.monotonic() + job.wall_seconds, on_line, spout)
        exit_code = child.wait()
    finally:
        _end(child)
    if exit_code in (-signal.SIGXCPU, 128 + signal.SIGXCPU):
        raise TookTooLong
    if exit_code in (-signal.SIGKILL, 128 + signal.SIGKILL):
        raise Interrupted
    return Result(exit_code, errors)


def _listen(
    child: "subprocess.Popen[bytes]", deadline: float, on_line: Callable[[str], None] | None, spout: Spout | None
) -> str:
    """Read both pipes to their ends, and feed the third; returns what was said on standard error."""
    assert child.stdout is not None  # noqa: S101 - both are pipes
    assert child.stderr is not None  # noqa: S101
    errors, line = "", ""
    tick = TICK_SECONDS if spout is None else FEED_TICK_SECONDS
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        selector.register(child.stderr, selectors.EVENT_READ)
        while selector.get_map():
            left = deadline - time.monotonic()
            if left <= 0:
                raise TookTooLong
            is_hungry = spout is not None and spout.pour()
            asked_at = time.monotonic()
            ready = selector.select(min(left, tick))
            deadline += time.monotonic() - asked_at if is_hungry else 0.0
            if not ready and on_line is not None:
                on_line("")
            for key, _ in ready:
                data = os.read(key.fd, _READ_BYTES)
                if not data:
                    selector.unregister(key.fileobj)
                elif key.fileobj is child.stderr:
                    errors = (errors + data.decode(errors="replace"))[:LONGEST_ERRORS]
                else:
                    line = _tell_lines(line + data.decode(errors="replace"), on_line)
    return errors


def _tell_lines(text: str, on_line: Callable[[str], None] | None) -> str:
    *lines, rest = text.split("\n")
    for line in lines:
        if on_line is not None:
            on_line(line)
    return rest


def _end(child: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for pipe in (child.stdin, child.stdout, child.stderr):
        if pipe is not None:
            pipe.close()
