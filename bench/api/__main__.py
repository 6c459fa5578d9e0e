"""What each kind of request costs on a network that is in use. See README.md."""

import argparse
import dataclasses
import os
import time
from collections.abc import Callable
from typing import Any

from bench.front import load
from bench.media.instance import running

SECONDS, CLIENTS = 5, 4
MEMBERS = 100  # ask in turn: each may search so often a minute


@dataclasses.dataclass(frozen=True)
class Request:
    """One thing that the web app asks."""

    name: str
    path: str
    is_member: bool = True


class Counter:
    """Counts statements."""

    statements = 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        """Count and go on."""
        self.statements += 1
        return execute(*arguments)


def requests(handle: str, video: str) -> tuple[Request, ...]:
    """The requests of the table, about somebody and about a video."""
    return (
        Request("floor: /healthz, no database", "/healthz", is_member=False),
        Request("For You, visitor", "/api/v1/feed/foryou?limit=10", is_member=False),
        Request("For You, member", "/api/v1/feed/foryou?limit=10"),
        Request("Following", "/api/v1/feed/following?limit=10"),
        Request("comments of a video with 1,000", f"/api/v1/videos/{video}/comments"),
        Request("profile", f"/api/v1/people/{handle}"),
        Request("videos of a profile", f"/api/v1/people/{handle}/videos"),
        Request("videos of a tag that all have", "/api/v1/tags/rain/videos"),
        Request("inbox", "/api/v1/me/inbox"),
        Request("number in the inbox", "/api/v1/me/inbox/unread"),
        Request("conversations", "/api/v1/conversations"),
        Request("search for a word that every video says", "/api/v1/search/top?q=dancing"),
        Request("search for people by a beginning", "/api/v1/search/people?q=person12"),
        Request("letters typed in the search", "/api/v1/search/suggest?q=per"),
    )


def measure(*, videos: int, people: int, watches: int) -> None:
    """The table."""
    with running() as instance:
        from django.conf import settings  # noqa: PLC0415 - Django is set up by now
        from django.db import connection  # noqa: PLC0415

        from bench.api.fill import fill, signed_in  # noqa: PLC0415
        from bench.recommender.bots.instance import serving  # noqa: PLC0415
        from revue.platform import ids  # noqa: PLC0415

        began = time.monotonic()
        filled = fill(videos=videos, people=people, watches=watches)
        print(f"\n{videos:,} videos, {people:,} people, {watches:,} events ({time.monotonic() - began:.0f} s to make)")
        print("| request | SQL | kB | /s | p50 ms | p99 ms | CPU ms |\n|---|---|---|---|---|---|---|")
        members, name = signed_in(filled.person_id - place for place in range(MEMBERS)), settings.SESSION_COOKIE_NAME
        cookies = [f"Cookie: {name}={member.cookies[name].value}\r\n" for member in members]
        with serving(instance.root, trains=False) as served:
            pids = [part.pid for part in served.parts.values()]
            pids += [child for pid in pids for child in load.children(pid)]
            for asked in requests(filled.handle, ids.to_short(filled.video_id)):
                counter = Counter()
                client = members[0] if asked.is_member else type(members[0])()
                client.get(asked.path)  # the first of a process does more
                with connection.execute_wrapper(counter):
                    size = len(client.get(asked.path).content)
                headers = cookies if asked.is_member else [""]
                took = load.run(served.port, asked.path, pids, headers=headers, clients=CLIENTS, seconds=SECONDS)
                _row(asked.name, counter.statements, size, took)


def _row(name: str, statements: int, size: int, took: load.Load) -> None:
    times = f"{took.rate:.0f} | {took.percentile(0.5):.1f} | {took.percentile(0.99):.1f} | {took.cpu_ms:.2f}"
    print(f"| {name} | {statements} | {size / 1000:.1f} | {times} |", flush=True)


def main() -> None:
    """Measure one size."""
    parser = argparse.ArgumentParser(prog="python -m bench.api", description=__doc__)
    parser.add_argument("--videos", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--watches", type=int, default=1_000_000)
    words = parser.parse_args()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    measure(videos=words.videos, people=words.people, watches=words.watches)


if __name__ == "__main__":
    main()
