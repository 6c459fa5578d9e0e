"""A small load generator over loopback, and the CPU time that a tree of processes took."""

import asyncio
import contextlib
import dataclasses
import itertools
import os
import pathlib
import statistics
import time
from collections.abc import Iterator, Sequence

TICKS = os.sysconf("SC_CLK_TCK")


@dataclasses.dataclass
class Load:
    """What some seconds of requests gave."""

    requests: int
    seconds: float
    cpu_s: float
    times_ms: list[float]

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds

    @property
    def cpu_ms(self) -> float:
        """The server's CPU per request, in milliseconds."""
        return 1000 * self.cpu_s / max(1, self.requests)

    def percentile(self, share: float) -> float:
        """Milliseconds below which this share of the requests was answered."""
        return statistics.quantiles(self.times_ms, n=100)[int(share * 100) - 1]


def tree_cpu(pids: list[int]) -> float:
    """User and system seconds of these processes, and of those they had started that have ended."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):  # it has ended itself: its parent counts it
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:15]))
    return total / TICKS


def children(pid: int) -> list[int]:
    """The processes that one has started."""
    return [int(word) for word in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


async def _client(port: int, requests: Iterator[bytes], until: float, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=4 * 1024 * 1024)
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(next(requests))
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        assert head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 206")), head
        times.append((time.perf_counter() - began) * 1000)
    writer.close()
    await writer.wait_closed()


def run(
    port: int, path: str, pids: list[int], *, headers: Sequence[str] = ("",), clients: int = 8, seconds: float = 6
) -> Load:
    """Ask for one path over and over, each client one request at a time, with each of the headers in turn."""
    requests = itertools.cycle([f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n".encode() for more in headers])

    async def all_clients() -> list[float]:
        times: list[float] = []
        until = time.perf_counter() + seconds
        await asyncio.gather(*(_client(port, requests, until, times) for _ in range(clients)))
        return times

    before = tree_cpu(pids)
    times = asyncio.run(all_clients())
    return Load(len(times), seconds, tree_cpu(pids) - before, times)
