"""Ordinary requests through the front: headers, bodies of every size, and clients that go away."""

import contextlib
import logging
import pathlib
import resource
import socket
import time

import httpx
import pytest

from tests.front.conftest import Site
from tests.journeys.network import eventually

MEGABYTE = 1_000_000


def resident_bytes(site: Site) -> int:
    """Memory of the web server's processes."""
    pages = [pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1] for pid in site.network.children("web")]
    return sum(int(count) for count in pages) * 4096


def send_raw(site: Site, lines: list[str], body: bytes = b"") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", site.network.port), timeout=20)
    connection.sendall("\r\n".join([*lines, "Host: localhost", "", ""]).encode() + body)
    return connection


def read_all(connection: socket.socket) -> bytes:
    with connection:
        data = b""
        while block := connection.recv(65_536):
            data += block
        return data


def test_two_cookies_arrive_as_two(http: httpx.Client):
    answer = http.get("/")
    names = [value.split("=")[0] for value in answer.headers.get_list("set-cookie")]
    assert {"csrftoken", "revue_visitor"} <= set(names)


def test_repeated_headers_are_joined(site: Site):
    lines = ["GET /api/v1/session HTTP/1.1", "Connection: close", "Cookie: a=1", "Cookie: csrftoken=" + "t" * 32]
    assert read_all(send_raw(site, lines)).startswith(b"HTTP/1.1 200")


def test_a_head_has_no_body(http: httpx.Client):
    answer = http.head("/")
    assert answer.status_code == 200
    assert answer.content == b""


def test_a_chunked_body_is_read(site: Site):
    def parts():
        yield b'{"text": "in '
        yield b'parts"}'

    video = site.author.call("GET", "/api/v1/feed/foryou").json()["items"][0]["id"]
    answer = site.author.call(
        "POST",
        f"/api/v1/videos/{video}/comments",
        content=parts(),
        headers={"Content-Type": "application/json"},
    )
    assert answer.json()["text"] == "in parts"


def test_a_hundred_megabytes_pass_through_little_memory(site: Site):
    size = 100 * MEGABYTE
    upload = site.author.begin_upload(size)
    before = resident_bytes(site)

    def parts():
        for _ in range(size // MEGABYTE):
            yield b"x" * MEGABYTE

    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": str(size),
    }
    site.author.call("PATCH", upload, content=parts(), headers=headers)
    assert site.author.offset(upload) == size
    assert resident_bytes(site) - before < 60 * MEGABYTE
    site.author.call("DELETE", upload, headers={"Tus-Resumable": "1.0.0"})


def test_a_body_beyond_the_limit_is_refused_at_once(site: Site):
    lines = ["POST /api/v1/events HTTP/1.1", "Connection: close", f"Content-Length: {10**12}"]
    assert b" 413 " in read_all(send_raw(site, lines)).split(b"\r\n")[0]


def test_a_client_gone_in_mid_upload_keeps_what_arrived(site: Site, http: httpx.Client):
    upload = site.author.begin_upload(3 * MEGABYTE)
    cookies = "; ".join(f"{name}={value}" for name, value in site.author.http.cookies.items())
    token = site.author.http.get("/api/v1/session").json()["csrf_token"]
    lines = [
        f"PATCH {httpx.URL(upload).path} HTTP/1.1",
        f"Cookie: {cookies}",
        f"X-CSRFToken: {token}",
        f"Origin: {site.url}",
        "Tus-Resumable: 1.0.0",
        "Upload-Offset: 0",
        "Content-Type: application/offset+octet-stream",
        f"Content-Length: {3 * MEGABYTE}",
    ]
    connection = send_raw(site, lines, b"y" * (MEGABYTE + 77))
    time.sleep(0.5)
    connection.close()
    eventually(lambda: site.author.offset(upload) == MEGABYTE + 77, what="every byte that came is kept", seconds=15)
    assert http.get("/healthz").status_code == 200


def test_strangers_are_not_believed_about_their_address(http: httpx.Client):
    for number in range(3):
        assert http.get("/", headers={"X-Forwarded-For": f"10.0.0.{number}", "X_Forwarded_For": "1.1.1.1"}).is_success


def test_an_unknown_page_is_a_page_and_an_unknown_call_a_problem(http: httpx.Client):
    assert "Nothing on this stage" in http.get("/nowhere").text
    problem = http.get("/api/v1/nowhere")
    assert problem.status_code == 404
    assert problem.headers["content-type"].startswith("application/problem+json")


@pytest.mark.timeout(60)
def test_two_thousand_idle_streams_leave_room_for_others(site: Site, http: httpx.Client):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 8192)), hard))
    video = http.get("/api/v1/feed/foryou").json()["items"][0]["id"]
    before = resident_bytes(site)
    request = f"GET /live?topics=video:{video} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    with contextlib.ExitStack() as open_streams:
        streams = []
        for _ in range(2000):
            stream = socket.create_connection(("127.0.0.1", site.network.port), timeout=60)
            open_streams.enter_context(stream)
            stream.sendall(request)
            streams.append(stream)
        for stream in streams:
            assert b" 200 " in stream.recv(256)
        assert http.get("/api/v1/feed/foryou").is_success
        grown = resident_bytes(site) - before
        logging.getLogger(__name__).warning("each idle stream takes %.1f kB", grown / 2000 / 1000)
        assert grown < 2000 * 100_000, f"{grown / 2000:.0f} bytes for each stream"
        site.author.call("POST", f"/api/v1/videos/{video}/comments", json={"text": "To all two thousand"})
        for stream in (streams[0], streams[-1]):
            heard = b""
            while b"To all two thousand" not in heard:
                heard += stream.recv(4096)
    eventually(lambda: http.get("/healthz").is_success, what="it still answers")


def test_nobody_listens_to_what_they_may_not_see(site: Site, http: httpx.Client):
    assert http.get(f"/live?topics=video:{site.private_id}").status_code == 403
    assert http.get("/live?topics=me").status_code == 403
    assert http.get("/live?topics=person:1").status_code == 403
