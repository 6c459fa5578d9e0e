"""From a comment to another person's screen and badge while many streams are open, and the CPU that it takes.

    python -m bench.live --streams 500

Each stream is a signed-in person's or a visitor's page: it hears of one video (`video:<id>`), the creator's also of
their own inbox (`me`). A comment is written over HTTP; the clock runs from before the request until the event arrives
on every stream of that video (the screen) and on the creator's stream (the badge). The floor beside it: the same
round trip for `/healthz`. All of it on one machine, the streams' readers included.
"""

import argparse
import asyncio
import pathlib
import statistics
import tempfile
import time

import httpx
import orjson

from bench.front.load import tree_cpu
from tests.journeys.network import Member, Network, make_clip, running

PAUSE_S = 0.25
PATIENCE_S = 10.0


class Stream:
    """One open live stream, and when each event came on it."""

    def __init__(self, port: int, topics: str, cookie: str = "") -> None:
        self._port, self._topics, self._cookie = port, topics, cookie
        self.came: dict[str, list[float]] = {}
        self.is_open = asyncio.Event()
        self.news = asyncio.Condition()

    async def read(self) -> None:
        """Read until cancelled."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        cookie = f"Cookie: {self._cookie}\r\n" if self._cookie else ""
        writer.write(f"GET /live?topics={self._topics} HTTP/1.1\r\nHost: 127.0.0.1\r\n{cookie}\r\n".encode())
        try:
            while line := await reader.readline():
                if line.startswith(b"event: "):
                    event = line[7:].strip().decode()
                    async with self.news:
                        self.came.setdefault(event, []).append(time.perf_counter())
                        self.news.notify_all()
                    if event == "hello":
                        self.is_open.set()
        finally:
            writer.close()


def prepare(network: Network, folder: pathlib.Path) -> tuple[Member, Member, str]:
    """A creator with a video, and somebody who comments on it."""
    creator, guest = network.member("creator"), network.member("gina")
    video = creator.post(make_clip(folder / "clip.mp4"), "Watched by many")
    creator.wait_published(video)
    return creator, guest, video


async def measure(network: Network, creator: Member, guest: Member, video: str, streams: int, comments: int) -> None:
    """Open the streams, write the comments, print what came when."""
    cookie = "; ".join(f"{name}={value}" for name, value in creator.http.cookies.items())
    opened = [Stream(network.port, "me", cookie)]
    opened += [Stream(network.port, f"video:{video}") for _ in range(streams - 1)]
    readers = [asyncio.create_task(stream.read()) for stream in opened]
    await asyncio.gather(*(asyncio.wait_for(stream.is_open.wait(), 60) for stream in opened))
    pids = network.children("")
    screens, badges = [], []
    cpu_before, floor = tree_cpu(pids), await asyncio.to_thread(round_trips, network.url, comments)
    floor_cpu = tree_cpu(pids) - cpu_before
    cpu_before = tree_cpu(pids)
    for number in range(comments):
        began = time.perf_counter()
        body = {"text": f"Number {number}"}
        await asyncio.to_thread(guest.call, "POST", f"/api/v1/videos/{video}/comments", json=body)
        badges.append(await arrival(opened[0], "inbox", number) - began)
        screens += [await arrival(stream, "comment.created", number) - began for stream in opened[1:]]
        await asyncio.sleep(PAUSE_S)
    cpu_s = tree_cpu(pids) - cpu_before
    for reader in readers:
        reader.cancel()
    print("| what | p50 ms | p95 ms | CPU ms per event |")
    print("|---|---|---|---|")
    row("comment → another's screen", screens, 1000 * cpu_s / comments)
    row("comment → the creator's badge", badges, 1000 * cpu_s / comments)
    row("floor: /healthz", floor, 1000 * floor_cpu / comments)


def round_trips(url: str, count: int) -> list[float]:
    """Seconds of as many of the smallest requests, one after another."""
    taken = []
    with httpx.Client(base_url=url) as client:
        for _ in range(count):
            began = time.perf_counter()
            client.get("/healthz").raise_for_status()
            taken.append(time.perf_counter() - began)
    return taken


async def arrival(stream: Stream, event: str, number: int) -> float:
    """When a stream's n-th event of a kind came."""
    async with asyncio.timeout(PATIENCE_S), stream.news:
        await stream.news.wait_for(lambda: len(stream.came.get(event, ())) > number)
    return stream.came[event][number]


def row(name: str, seconds: list[float], cpu_ms: float) -> None:
    """One line of the table."""
    parts = statistics.quantiles(seconds, n=100)
    print(f"| {name} | {1000 * parts[49]:.1f} | {1000 * parts[94]:.1f} | {cpu_ms:.1f} |", flush=True)


def main() -> None:
    """Start a network, measure, stop it."""
    parser = argparse.ArgumentParser(prog="bench.live")
    parser.add_argument("--streams", type=int, default=500)
    parser.add_argument("--comments", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        with running(folder / "data") as network:
            creator, guest, video = prepare(network, folder)
            newest = orjson.loads(creator.call("GET", "/api/v1/me/inbox").content)["items"][0]["id"]
            creator.call("POST", "/api/v1/me/inbox/read", json={"up_to": newest})
            print(f"{asked.streams} streams, {asked.comments} comments", flush=True)
            asyncio.run(measure(network, creator, guest, video, asked.streams, asked.comments))


if __name__ == "__main__":
    main()
