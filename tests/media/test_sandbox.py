"""ffmpeg reads one file, writes one folder, reaches nobody and ends when told to, at every level this machine has."""

import pathlib
import shutil
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from revue.media import queries
from revue.media.contracts import ClipState, ClipView
from revue.media.ffmpeg import kernel, sandbox
from revue.media.ffmpeg.errors import TookTooLong
from revue.media.ffmpeg.finder import find_ffmpeg
from revue.media.ffmpeg.sandbox import Job, Level
from tests.media import films

LEVELS = [
    level
    for level, works in (
        (Level.BUBBLEWRAP, sandbox.level() is Level.BUBBLEWRAP),
        (Level.KERNEL, kernel.can_confine()),
        (Level.NAMESPACE, shutil.which("unshare") and sandbox._works(["unshare", "-n", "true"])),
        (Level.NONE, True),
    )
    if works
]
SHUT = [level for level in LEVELS if level in (Level.BUBBLEWRAP, Level.KERNEL)]
FILTERED = pytest.mark.skipif(not kernel.can_filter(), reason="this kernel takes no seccomp filter")
# Tries what ffmpeg never needs, and threads, which it does. Says what worked, a word a line.
TRIES = """
import os, socket, subprocess, threading

def attempt(name, what):
    try:
        what()
    except OSError:
        return
    print(name, flush=True)

def fork():
    if os.fork() == 0:
        os._exit(0)

attempt("fork", fork)
attempt("vfork", lambda: subprocess.run(["/bin/true"]))
attempt("posix_spawn", lambda: os.posix_spawn("/bin/true", ["true"], {}))
attempt("socket", socket.socket)
attempt("unix socket", lambda: socket.socket(socket.AF_UNIX))
attempt("socketpair", socket.socketpair)
thread = threading.Thread(target=lambda: print("thread", flush=True))
thread.start()
thread.join()
"""


@pytest.fixture
def canary() -> Iterator[tuple[int, list[bytes]]]:
    """A listener on loopback, and whatever was said to it."""
    heard: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            heard.append(b"somebody came")
            line.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield listener.getsockname()[1], heard
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


def job(reads: pathlib.Path, writes: pathlib.Path, *, wall: float = 20) -> Job:
    return Job(find_ffmpeg().path, reads, writes, cpu_seconds=20, wall_seconds=wall)


@pytest.mark.parametrize("level", LEVELS)
def test_a_film_is_made_at_every_level(
    level: Level,
    make: Callable[[pathlib.Path], ClipView],
    tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sandbox, "level", lambda: level)
    clip = make(films.film(tmp_path / "a.mp4"))
    assert (clip.state, clip.failure) == (ClipState.READY, None)


@pytest.mark.parametrize("level", SHUT)
def test_even_when_told_to_ffmpeg_reaches_nobody(
    level: Level, canary: tuple[int, list[bytes]], tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "level", lambda: level)
    port, heard = canary
    (tmp_path / "in").touch()
    words = ["-nostdin", "-v", "error", "-i", f"http://127.0.0.1:{port}/a.mp4", "-f", "null", "-"]
    result = sandbox.run(job(tmp_path / "in", tmp_path), words)
    assert result.exit_code != 0
    assert heard == []
    socket.create_connection(("127.0.0.1", port)).close()
    assert _eventually(lambda: heard == [b"somebody came"]), "the canary itself is awake"


@FILTERED
@pytest.mark.parametrize("level", LEVELS)
def test_a_child_starts_threads_but_no_process_and_opens_no_socket(
    level: Level, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "level", lambda: level)
    (tmp_path / "in").touch()
    python = Job(
        *(pathlib.Path(sys.executable), tmp_path / "in", tmp_path),
        cpu_seconds=20,
        wall_seconds=60,
        home=(pathlib.Path(sys.prefix), pathlib.Path(sys.base_prefix)),
    )
    worked: list[str] = []
    result = sandbox.run(python, ["-I", "-c", TRIES], on_line=lambda line: worked.append(line) if line else None)
    assert (worked, result.exit_code) == (["thread"], 0), result.errors


def test_without_a_filter_the_same_child_does_all_of_it(tmp_path: pathlib.Path) -> None:
    run = subprocess.run([sys.executable, "-I", "-c", TRIES], capture_output=True, text=True, check=True)
    tried = ["fork", "vfork", "posix_spawn", "socket", "unix socket", "socketpair", "thread"]
    assert run.stdout.splitlines() == tried, "the test above would see it"


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_decides_rightly_on_every_machine_it_is_written_for(
    machine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel.platform, "machine", lambda: machine)
    program = kernel.seccomp_program.__wrapped__()
    numbers = {
        "x86_64": {"socket": 41, "socketpair": 53, "fork": 57, "vfork": 58, "clone": 56, "read": 0, "execve": 59},
        "aarch64": {"socket": 198, "socketpair": 199, "clone": 220, "read": 63, "execve": 221},
    }[machine]
    audit = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}[machine]
    refused, allowed = 0x50001, 0x7FFF0000
    for name, number in numbers.items():
        wanted = refused if name in ("socket", "socketpair", "fork", "vfork", "clone") else allowed
        assert decide(program, number, audit) == wanted, name
    assert decide(program, numbers["clone"], audit, 0x3D0F00) == allowed, "as pthread_create asks"
    assert decide(program, numbers["clone"], audit, 0x4111) == refused, "as posix_spawn asks"
    assert decide(program, 435, audit, 0x3D0F00) == 0x50000 | 38, "clone3 is unknown here"
    assert decide(program, numbers["read"], 0x40000003) == 0x80000000, "the calls of another machine"
    assert decide(program, 0x40000000 + numbers["socket"], audit) == 0x80000000, "the same under other numbers"


def decide(program: bytes, number: int, audit: int, argument: int = 0) -> int:
    """What the kernel would answer to a call, by the rules of classic BPF."""
    shown = struct.pack("=iIQ6Q", number, audit, 0, argument, 0, 0, 0, 0, 0)
    steps = list(struct.iter_unpack("=HBBI", program))
    at = held = 0
    while True:
        code, jump, jump_else, value = steps[at]
        at += 1
        if code == 0x20:
            (held,) = struct.unpack_from("=I", shown, value)
        elif code == 0x06:
            return value
        else:
            is_true = {0x15: held == value, 0x35: held >= value, 0x45: bool(held & value)}[code]
            at += jump if is_true else jump_else


@pytest.mark.parametrize("level", SHUT)
def test_ffmpeg_reads_no_other_file(level: Level, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "level", lambda: level)
    (tmp_path / "in").touch()
    (tmp_path / "out").mkdir()
    secret = tmp_path / "secret"
    secret.write_bytes(b"s" * 4096)
    words = ["-nostdin", "-v", "error", "-y", "-f", "u8", "-i", str(secret), "-f", "u8", "copied"]
    assert sandbox.run(job(tmp_path / "in", tmp_path / "out"), words).exit_code != 0
    copied = tmp_path / "out" / "copied"
    assert not copied.exists() or copied.stat().st_size == 0
    beside = ["-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=d=0.1", "-f", "u8", str(tmp_path / "beside")]
    sandbox.run(job(tmp_path / "in", tmp_path / "out"), beside)
    assert not (tmp_path / "beside").exists()


@pytest.mark.parametrize("level", LEVELS)
def test_a_run_without_end_is_ended_with_all_its_processes(
    level: Level, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "level", lambda: level)
    (tmp_path / "in").touch()
    words = ["-nostdin", "-v", "error", "-re", "-f", "lavfi", "-i", "sine", "-f", "null", "-"]
    with pytest.raises(TookTooLong):
        sandbox.run(job(tmp_path / "in", tmp_path, wall=1), words)
    assert _eventually(lambda: not _runs_in(tmp_path))


def _runs_in(folder: pathlib.Path) -> list[str]:
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and str(folder).encode() in (entry / "cmdline").read_bytes():
                found.append(entry.name)
        except OSError:
            continue
    return found


def _eventually(ask: Callable[[], bool]) -> bool:
    pause = threading.Event()
    return any(ask() or pause.wait(0.05) for _ in range(100))


@pytest.mark.parametrize(
    "inside",
    ["#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:{port}/a.ts\n", "ffconcat version 1.0\nfile http://127.0.0.1:{port}/a\n"],
)
@pytest.mark.parametrize("head", [b"", b"\x00\x00\x00\x18ftypisom"])
def test_a_playlist_in_disguise_is_refused_and_nobody_is_called(
    inside: str,
    head: bytes,
    canary: tuple[int, list[bytes]],
    make: Callable[[pathlib.Path], ClipView],
    tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sandbox, "level", lambda: Level.NONE)
    monkeypatch.setattr(kernel, "can_filter", lambda: False)  # what we say to ffmpeg is enough by itself
    port, heard = canary
    film = tmp_path / "disguised.mp4"
    film.write_bytes(head + inside.format(port=port).encode())
    clip = make(film)
    assert clip.failure is not None
    assert clip.failure.code == ("damaged" if head else "not_a_video")
    assert heard == []


def test_the_ffmpeg_of_the_settings_is_taken_and_a_wrong_one_is_named(tmp_path: pathlib.Path, settings: object) -> None:
    link = tmp_path / "our-ffmpeg"
    link.symlink_to(find_ffmpeg().path)
    settings.FFMPEG = str(link)  # type: ignore[attr-defined]
    assert (queries.ffmpeg().path, queries.ffmpeg_problem()) == (link, None)
    settings.FFMPEG = "/bin/true"  # type: ignore[attr-defined]
    assert queries.ffmpeg_problem() == "REVUE_FFMPEG names /bin/true, which is no ffmpeg with libx264 and aac."
