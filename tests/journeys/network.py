"""A whole Revue, started as its owner starts it, and the people who use it over HTTP."""

import base64
import contextlib
import dataclasses
import hashlib
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import httpx
import imageio_ffmpeg
from playwright.sync_api import Page

from tests.tables import with_tables

T = TypeVar("T")
START_SECONDS = 90
PATIENCE_SECONDS = 60
TUS = {"Tus-Resumable": "1.0.0"}


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(ask: Callable[[], T | None], *, what: str, seconds: float = PATIENCE_SECONDS) -> T:
    """The first true answer of `ask`; fails with `what` when it never comes."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := ask():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"never happened: {what}")


def make_clip(
    path: pathlib.Path, *, seconds: float = 3, size: str = "360x640", tone: int = 440, turned: bool = False
) -> pathlib.Path:
    """A small real clip with sound; `turned` stores it on its side with a rotation tag, as phones do.

    Few pictures a second: the browser that plays it has nothing else to draw with than a processor.
    """
    run = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y"]
    source = ["-f", "lavfi", "-i", f"testsrc2=size={size}:rate=12:duration={seconds}"]
    sound = ["-f", "lavfi", "-i", f"sine=frequency={tone}:duration={seconds}"]
    encode = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest"]
    if not turned:
        subprocess.run([*run, *source, *sound, *encode, str(path)], check=True)
        return path
    upright = path.with_name(f"upright-{path.name}")
    subprocess.run([*run, *source, *sound, "-vf", "transpose=1", *encode, str(upright)], check=True)
    subprocess.run([*run, "-display_rotation", "90", "-i", str(upright), "-c", "copy", str(path)], check=True)
    upright.unlink()
    return path


class Network:
    """`revue up` on a data folder of its own; `url` is its address."""

    def __init__(
        self,
        folder: pathlib.Path,
        *,
        demo: bool = False,
        environ: dict[str, str] | None = None,
        source: pathlib.Path | None = None,
    ) -> None:
        self.folder = folder
        self._source = source  # where the package `revue` lies, when it is not this one
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._flags = [] if demo else ["--no-demo"]
        self._environ = {**os.environ, "REVUE_PUBLIC_URL": self.url, "REVUE_SOUND_LIBRARY": "0", **(environ or {})}
        for name in ("REVUE_DATA_DIR", "REVUE_DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
            self._environ.pop(name, None)
        self.process: subprocess.Popen[bytes] | None = None
        self.members: list[Member] = []

    def member(self, handle: str) -> "Member":
        """Someone new with an account."""
        self.members.append(Member(self.url, handle).sign_up())
        return self.members[-1]

    @property
    def log(self) -> str:
        """What the supervisor printed so far."""
        path = self.folder.with_suffix(".log")
        return path.read_text() if path.exists() else ""

    def command(self, *words: str) -> list[str]:
        """A `revue` command of this installation, for this folder."""
        return [sys.executable, "-m", "revue.cli", *words, "--data", str(self.folder)]

    def start(self) -> None:
        """Start and wait until the address answers."""
        with self.folder.with_suffix(".log").open("ab") as log:
            self.process = subprocess.Popen(
                [*self.command("up", "--port", str(self.port)), *self._flags],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self._environ,
                cwd=self._source,
                start_new_session=True,
            )
        eventually(self.is_ready, what=f"{self.url} answers\n{self.log}", seconds=START_SECONDS)

    def is_ready(self) -> bool:
        """Whether the site says that it is ready."""
        if self.process is not None and self.process.poll() is not None:
            raise AssertionError(f"revue up ended with {self.process.returncode}\n{self.log}")
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{self.url}/readyz", timeout=2).status_code == httpx.codes.OK
        return False

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the supervisor and wait until the port is free."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(how)
        self.process.wait(75)  # the supervisor kills after 30 s, and the database may take as long
        eventually(self._port_is_free, what="the port is free again", seconds=15)

    def _port_is_free(self) -> bool:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError:
                return False
            return True

    def children(self, word: str) -> list[int]:
        """Ids of the processes below the supervisor whose command line holds `word`."""
        assert self.process is not None
        parents = _parents()
        return [pid for pid in parents if _descends(pid, self.process.pid, parents) and word in _command_line(pid)]


def _parents() -> dict[int, int]:
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    return parents


def _descends(pid: int, ancestor: int, parents: dict[int, int]) -> bool:
    while pid in parents:
        pid = parents[pid]
        if pid == ancestor:
            return True
    return False


def _command_line(pid: int) -> str:
    try:
        return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


@dataclasses.dataclass
class Member:
    """Someone with an account, acting over HTTP as the web app does."""

    url: str
    handle: str
    password: str = "a-long-enough-secret"

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.url, timeout=30, headers={"Origin": self.url, "Referer": f"{self.url}/"})

    def _token(self) -> dict[str, str]:
        return {"X-CSRFToken": self.http.get("/api/v1/session").json()["csrf_token"]}

    def call(self, method: str, path: str, **what: object) -> httpx.Response:
        """One request with the CSRF token; fails on any error answer."""
        headers = {**self._token(), **what.pop("headers", {})}  # type: ignore[dict-item]
        answer = self.http.request(method, path, headers=headers, **what)  # type: ignore[arg-type]
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        return answer

    def sign_up(self) -> "Member":
        """Make the account."""
        self.call(
            "POST",
            "/_allauth/browser/v1/auth/signup",
            json={
                "username": self.handle,
                "handle": self.handle,
                "password": self.password,
                "birth_date": "1990-05-17",
            },
        )
        return self

    def begin_upload(self, length: int) -> str:
        """Start a tus upload; returns its address."""
        name = base64.b64encode(b"clip.mp4").decode()
        headers = {**TUS, "Upload-Length": str(length), "Upload-Metadata": f"filename {name}"}
        return self.call("POST", "/api/v1/uploads", headers=headers).headers["Location"]

    def send(self, upload: str, data: bytes, offset: int) -> None:
        """One tus part."""
        headers = {**TUS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        self.call("PATCH", upload, content=data, headers=headers)

    def offset(self, upload: str) -> int:
        """How many bytes the server says it holds."""
        return int(self.call("HEAD", upload, headers=TUS).headers["Upload-Offset"])

    def post(self, clip: pathlib.Path, caption: str) -> str:
        """Upload a clip whole and post it; returns the video's id."""
        data = clip.read_bytes()
        upload = self.begin_upload(len(data))
        self.send(upload, data, 0)
        return self.post_upload(upload, caption)

    def post_upload(self, upload: str, caption: str) -> str:
        """Post what was uploaded; returns the video's id."""
        body = {"upload_id": upload.rstrip("/").rpartition("/")[2], "caption": caption}
        return self.call("POST", "/api/v1/videos", json=body).json()["id"]

    def status(self, video_id: str) -> dict[str, object]:
        """One of my videos, as its owner sees it."""
        return self.call("GET", f"/api/v1/me/videos/{video_id}").json()

    def wait_published(self, video_id: str) -> dict[str, object]:
        """Wait until a video of mine plays; fails at once when it failed."""

        def published() -> dict[str, object] | None:
            status = self.status(video_id)
            assert status["state"] != "failed", status
            return status if status["state"] == "published" else None

        return eventually(published, what=f"{video_id} is published")


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


@contextlib.contextmanager
def running(folder: pathlib.Path, **options: object) -> Iterator[Network]:
    """A network on this folder that is stopped at the end, whatever happens."""
    network = Network(folder, **options)  # type: ignore[arg-type]
    try:
        network.start()
        yield network
    finally:
        network.stop()
        for member in network.members:
            member.http.close()


def running_with_tables(folder: pathlib.Path, **options: object) -> contextlib.AbstractContextManager[Network]:
    """The same on a folder whose tables are there already: most tests ask nothing about making them."""
    return running(with_tables(folder), **options)


def enter(page: Page, member: Member) -> None:
    """Take over a member's session."""
    page.context.clear_cookies()
    cookies = [{"name": name, "value": value, "url": member.url} for name, value in member.http.cookies.items()]
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
