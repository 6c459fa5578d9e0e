# ruff: noqa: PLC0415 - the environment is set before Django is imported
"""The half of `bench.recommender.serve` that has a database, and a web server before it."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import httpx

from bench.recommender import world
from bench.recommender.serve import PICKS, WATCHES, Timer
from revue.platform.postgres import Embedded

AUTHORS, CHANGED = 400, 100
FEED = "/api/v1/feed/foryou"
_COUNTS = """
INSERT INTO events_videocounts (video_id, impressions, plays, completions, loops, watch_ms, likes, comments, shares,
    skips, recent_plays, recent_completions)
SELECT id, 2000, 900, 300, 0, 0, 0, 0, 0, 0, 40, 12 FROM videos_video
"""
_WATCHES = """
INSERT INTO recommender_watch (viewer, video_id, at, watch_ms, reward, is_long, is_skip, is_liked, is_shared,
    is_commented, is_followed, source, position, model_version)
SELECT %s, id, now() - row_number() OVER () * interval '1 minute', 1000,
    CASE WHEN random() < 0.3 THEN 0.65 ELSE 0.1 END, false, false, false, false, false, false, 'foryou', 0, ''
FROM (SELECT id FROM videos_video ORDER BY random() LIMIT %s) AS watched
"""


def measure(size: int, rounds: int) -> None:
    """All of it at one size, in a data folder of its own."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="revue-bench-"))
    os.environ |= {"REVUE_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "revue.settings.django"}
    os.environ["REVUE_LOG_LEVEL"] = "error"
    server = Embedded(folder)
    server.start(fsync="off", full_page_writes="off")
    try:
        done = subprocess.run([sys.executable, "-m", "bench.recommender.serving", str(size), str(rounds)], check=False)
        if done.returncode:
            raise SystemExit(done.returncode)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _fill(size: int) -> None:
    """`size` published videos with counts and vectors."""
    from django.core.management import call_command
    from django.db import connection

    from revue.recommender import vectors
    from revue.videos.models import Video
    from tests.people import make_person
    from tests.published import multiply, publish

    call_command("migrate", verbosity=0)
    authors = [make_person() for _ in range(AUTHORS)]
    first = Video.objects.get(pk=publish(authors[0]))
    rows = world.made(7, size).vectors
    with connection.cursor() as cursor:
        multiply(cursor, size - 1, authors=authors)
        cursor.execute(_COUNTS)
        with cursor.copy("COPY recommender_videovector (video_id, means, vector, made_at) FROM STDIN") as copy:
            for number, row in enumerate(rows):
                copy.write_row((first.pk - number, vectors.model().means, vectors.to_bytes(row), first.made_at))
        cursor.execute("VACUUM ANALYZE")


def _timed(name: str, call: Callable[[], Any], times: int = 1) -> None:
    if times > 1:
        print(f"| {name} | {Timer(lambda _: call(), times)} |", flush=True)
        return
    began, cpu = time.perf_counter(), time.process_time()
    call()
    print(
        f"| {name} | {1000 * (time.perf_counter() - began):.0f} | | {1000 * (time.process_time() - cpu):.0f} | |",
        flush=True,
    )


def run(size: int, rounds: int) -> None:
    """Print one table; the database is there and empty."""
    import django

    django.setup()
    from django.db import connection

    from revue.accounts.contracts import Role
    from revue.platform import clock
    from revue.recommender import queries, snapshot
    from revue.recommender.controls import NO_CONTROLS
    from tests.people import make_person, viewer_of

    _fill(size)
    print(f"\n{size:,} videos in the database, load average {os.getloadavg()[0]:.1f}")
    print("| | p50 ms | p99 | CPU of this process | CPU p99 |")
    print("|---|---|---|---|---|")
    cold = snapshot.Snapshot()
    _timed("first catalogue, nothing kept", cold.current)
    _timed("… the rest of it, beside the requests", lambda: _settled(cold))
    _timed("first catalogue, kept", snapshot.Snapshot().current)
    _timed("refresh, nothing changed", cold.renewed, 10)

    def some_played() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE events_videocounts SET plays = plays + 1 WHERE video_id IN "
                "(SELECT video_id FROM events_videocounts ORDER BY random() LIMIT %s)",
                [CHANGED],
            )

    changes = Timer(lambda _: some_played(), 5)
    _timed(
        f"refresh, {CHANGED} videos played (the update itself: {changes.p50:.0f} ms)",
        lambda: (some_played(), cold.renewed()),
        10,
    )

    _timed("everything read and divided into clusters", _everything)
    person = make_person("bench.viewer")
    viewer = viewer_of(person, role=Role.MEMBER)
    with connection.cursor() as cursor:
        cursor.execute(_WATCHES, [person, WATCHES])
    queries.snapshot = cold
    day = clock.now().date()

    def recalled() -> Any:
        return queries.recall(viewer=viewer, session=str(uuid.uuid4()), day=day, position=0)

    remembered = recalled()
    _timed("recall: what the database knows of a viewer", recalled, rounds)
    _timed(
        f"recommender.rank, {PICKS} picks", lambda: queries.rank(remembered, NO_CONTROLS, seed=7, count=PICKS), rounds
    )
    _timed("both", lambda: queries.rank(recalled(), NO_CONTROLS, seed=7, count=PICKS), rounds)
    over_http(rounds)
    connection.close()


def _settled(held: Any) -> None:
    """Wait until a snapshot holds all of its catalogue, and has kept it."""
    from django.conf import settings

    from revue.recommender.snapshot import FOLDER

    while not held.is_whole or not list((settings.DATA_ROOT / FOLDER).glob("*.whole.npz")):
        held.current()
        time.sleep(0.01)


def _everything() -> None:
    from revue.recommender import rows, stock, vectors

    stock.whole(rows.everything(), vectors.model(), rows.moment(), at_s=0)


@contextlib.contextmanager
def _web() -> Iterator[httpx.Client]:
    """A web server of this data folder, and the browser of somebody with an account."""
    from tests.journeys.network import Member, eventually, free_port

    port = free_port()
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen([sys.executable, "-m", "revue.cli", "web", "--port", str(port)])
    member = Member(url, "bench.swiper")
    member.http.headers["Sec-Fetch-Site"] = "same-origin"

    def is_ready() -> bool:
        with contextlib.suppress(httpx.HTTPError):
            return member.http.get("/readyz").is_success
        return False

    try:
        eventually(is_ready, what="the web server answers")
        yield member.sign_up().http
    finally:
        member.http.close()
        process.terminate()
        process.wait(30)


def over_http(rounds: int) -> None:
    """A real server: the first page after a start, a swipe and the page that follows from it, a new video."""
    from revue.platform import ids
    from revue.recommender.models import Watch
    from tests.people import make_person
    from tests.published import publish

    with _web() as browser:
        _timed("over HTTP: the first page of a process, catalogue kept", lambda: browser.get(FEED))
        before = Watch.objects.count()
        session = [browser.get(FEED, params={"limit": PICKS}).json()]

        def swipe() -> None:
            """Report a watch of the newest page's first video; have what lies behind it ranked anew."""
            page, position = session[-1], session[-1]["items"][0]["position"]
            now, video = int(time.time() * 1000), page["items"][0]["id"]
            event = {"id": str(uuid.uuid4()), "kind": "watch_ms", "video_id": video, "at_ms": now, "watch_ms": 7000}
            browser.post("/api/v1/events", json={"events": [event]}).raise_for_status()
            asked = {"limit": PICKS, "cursor": page["next_cursor"], "again_from": position + 1}
            answer = browser.get(FEED, params=asked).raise_for_status()
            session.append(answer.json())

        swipes = min(rounds, 100)
        _timed("over HTTP: a swipe reported, and the page that follows from it", swipe, swipes)
        if (counted := Watch.objects.count() - before) < swipes:
            raise SystemExit(f"{swipes} watches were reported, {counted} are kept")
        new = ids.to_short(publish(make_person("bench.newcomer")))
        began = time.perf_counter()
        while new not in {item["id"] for item in browser.get(FEED, params={"limit": 20}).json()["items"]}:
            time.sleep(0.05)
        print(f"| over HTTP: a new video stands on a page after | {1000 * (time.perf_counter() - began):.0f} | | | |")


if __name__ == "__main__":
    run(int(sys.argv[1]), int(sys.argv[2]))
