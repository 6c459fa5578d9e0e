"""ffmpeg reads one file, writes one folder, reaches nobody and ends when told to, at every level this machine has."""

import pathlib
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

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
        (Level.NONE, True),
    )
    if works
]
SHUT = [level for level in LEVELS if level is not Level.NONE]


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
    port, heard = canary
    film = tmp_path / "disguised.mp4"
    film.write_bytes(head + inside.format(port=port).encode())
    clip = make(film)
    assert clip.failure is not None
    assert clip.failure.code == ("damaged" if head else "not_a_video")
    assert heard == []
