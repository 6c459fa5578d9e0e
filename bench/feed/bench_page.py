# ruff: noqa: PLC0415 - the environment is set before Django is imported
"""CPU of one For You page from 10,000 videos: `python bench/feed/bench_page.py`.

Prints process CPU (not wall time, so that a busy machine does not matter) and SQL queries per page, for the query
alone and for the whole request through Django's handler; PostgreSQL's own CPU is not in it. It makes and removes its
own data folder and database server.
"""

import os
import pathlib
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[2]
VIDEOS, AUTHORS, FOLLOWED, PAGES = 10_000, 500, 50, 200
SIGN_UP = {"username": "watcher", "password": "a-long-enough-secret", "birth_date": "1990-05-17"}


class Counter:
    """Counts statements; Django's own log of them is cleared at each request."""

    queries = 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        """Count and go on."""
        self.queries += 1
        return execute(*arguments)


def cpu_ms(call: Callable[[], object], times: int) -> float:
    """Milliseconds of this process's CPU per call."""
    started = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - started) * 1000 / times


def main() -> None:
    folder = pathlib.Path(tempfile.mkdtemp(prefix="revue-bench-"))
    os.environ |= {"REVUE_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "revue.settings.django"}
    os.environ["REVUE_LOG_LEVEL"] = "error"
    sys.path.insert(0, str(ROOT))
    from revue.platform.postgres import Embedded

    server = Embedded(folder)
    server.start(fsync="off")
    try:
        run()
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def run() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from revue.accounts.queries import person_cards, person_ids
    from revue.feed.queries import page_for
    from revue.recommender.snapshot import snapshot
    from revue.social.actions import follow_person
    from tests.people import make_person, viewer_of
    from tests.published import publish_many

    call_command("migrate", verbosity=0)
    authors = [make_person() for _ in range(AUTHORS)]
    signed_in = Client()
    joined = signed_in.post("/_allauth/browser/v1/auth/signup", SIGN_UP, content_type="application/json")
    assert joined.status_code == 200, joined.content
    publish_many((authors * (VIDEOS // AUTHORS + 1))[:VIDEOS])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    member, visitor = signed_in, Client()
    viewer = viewer_of(person_ids([SIGN_UP["username"]])[SIGN_UP["username"]])
    for card in person_cards(authors[:FOLLOWED]).values():
        follow_person(viewer=viewer, handle=card.handle)
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for name, call in {
        "catalogue read (every few seconds, not per page)": snapshot.renewed,
        "page_for, member, first page": lambda: page_for(viewer),
        "GET /api/v1/feed/foryou, visitor": lambda: visitor.get("/api/v1/feed/foryou"),
        "GET /api/v1/feed/foryou, member": lambda: member.get("/api/v1/feed/foryou"),
        "GET /api/v1/feed/following, member": lambda: member.get("/api/v1/feed/following"),
    }.items():
        call()
        counter = Counter()
        with connection.execute_wrapper(counter):
            call()
        print(f"{name:<52} {cpu_ms(call, PAGES):6.2f} ms CPU   {counter.queries} queries")


if __name__ == "__main__":
    main()
