"""Requests per second and CPU per request of the front, beside a bare granian in the same run."""

import contextlib
import os
import pathlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator

import httpx

from bench.front import load
from bench.front.load import Load
from tests.journeys.network import Network, eventually, free_port, make_clip, running

MEGABYTE = 1024 * 1024
FILE_BYTES = 20 * MEGABYTE
SERVE = """
import sys
from granian.constants import Interfaces
from granian.server import Server
Server("bench.front.floor:application", port=int(sys.argv[1]), interface=Interfaces.RSGI, log_enabled=False).serve()
"""


@contextlib.contextmanager
def floor(file: pathlib.Path, feed_bytes: int) -> Iterator[tuple[int, list[int]]]:
    """The bare server: its port and its processes."""
    port = free_port()
    environ = {**os.environ, "FLOOR_FILE": str(file), "FLOOR_FEED_BYTES": str(feed_bytes)}
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(port)], env=environ, start_new_session=True)
    try:
        eventually(lambda: _answers(port), what="the floor answers", seconds=30)
        yield port, [process.pid, *load.children(process.pid)]
    finally:
        process.terminate()
        process.wait(20)


def _answers(port: int) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(f"http://127.0.0.1:{port}/").is_success
    return False


def prepare(network: Network, folder: pathlib.Path) -> str:
    """Fill the catalogue and make a 20 MB file servable; returns its address."""
    member = network.member("bench")
    video_id = member.post(make_clip(folder / "clip.mp4"), "The file of the ranges")
    member.wait_published(video_id)
    url = member.call("GET", f"/api/v1/videos/{video_id}").json()["renditions"][0]["url"]
    file = network.folder / "media" / url.removeprefix("/media/")
    file.write_bytes(os.urandom(FILE_BYTES))
    seeding = {**os.environ, "REVUE_DATA_DIR": str(network.folder), "REVUE_LOG_LEVEL": "error"}
    subprocess.run([sys.executable, "-m", "bench.front.seed"], env=seeding, check=True)
    httpx.get(f"{network.url}/api/v1/feed/foryou")
    return url


def row(name: str, ours: Load, bare: Load) -> None:
    """One line of the table."""
    numbers = [f"{ours.rate:.0f}", f"{ours.percentile(0.5):.1f}", f"{ours.percentile(0.99):.1f}", f"{ours.cpu_ms:.2f}"]
    numbers += [f"{bare.rate:.0f}", f"{bare.cpu_ms:.2f}", f"{ours.cpu_ms / max(bare.cpu_ms, 0.001):.1f}"]
    print("|", name, "|", " | ".join(numbers), "|", flush=True)


def measure(network: Network, url: str, bare_port: int, bare_pids: list[int]) -> None:
    """Ours and the floor's, in turn, for each kind of request."""
    pids = network.children("revue.cli web") or network.children("web")
    part = f"Range: bytes={MEGABYTE}-{2 * MEGABYTE - 1}\r\n"
    print("| request | ours /s | p50 ms | p99 ms | CPU ms | floor /s | floor CPU ms | CPU ratio |")
    print("|---|---|---|---|---|---|---|---|")
    for name, path, bare_path, headers in (
        ("trivial view (/healthz)", "/healthz", "/", ""),
        ("feed page, 10 of 10,000", "/api/v1/feed/foryou?limit=10", "/feed", ""),
        ("1 MB range of 20 MB", url, "/file", part),
    ):
        ours = load.run(network.port, path, pids, headers=[headers])
        row(name, ours, load.run(bare_port, bare_path, bare_pids, headers=[headers]))


def main() -> None:
    """Start both servers, measure, stop both."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        with running(folder / "data") as network:
            url = prepare(network, folder)
            feed_bytes = len(httpx.get(f"{network.url}/api/v1/feed/foryou?limit=10").content)
            file = network.folder / "media" / url.removeprefix("/media/")
            with floor(file, feed_bytes) as (port, pids):
                measure(network, url, port, pids)


if __name__ == "__main__":
    main()
