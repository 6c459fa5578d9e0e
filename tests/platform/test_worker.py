"""The worker tries again, takes back what a killed one held, and never doubles what is due by the clock."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Coroutine
from typing import Any

import procrastinate
import pytest
from django.db import connection
from procrastinate import periodic

from revue.platform import jobs, worker

pytestmark = pytest.mark.django_db(transaction=True)
runs: list[str] = []


@jobs.every("* * * * *")
@jobs.job(queue="fast", retries=2)
def fragile(*, word: str = "by the clock") -> None:
    runs.append(word)
    if word == "break":
        raise ValueError(word)


@jobs.job(queue="fast", retries=3)
def enqueues_its_equal_and_breaks() -> None:
    runs.append("equal")
    try:
        enqueues_its_equal_and_breaks.enqueue(once="it", delay_s=3600)
    finally:
        connection.close()
    raise ValueError("broken")


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the jobs of this file: those of the apps that fall due by the clock would run as well."""
    own = {job.name: job for job in (fragile, enqueues_its_equal_and_breaks)}
    monkeypatch.setattr(worker, "registry", own)
    runs.clear()


def with_app(scene: Callable[[procrastinate.App], Coroutine[Any, Any, Any]]) -> Any:
    async def play() -> Any:
        app = worker.make_app()
        async with app.open_async():
            return await scene(app)

    return asyncio.run(play())


async def work_once(app: procrastinate.App) -> None:
    await app.run_worker_async(queues=["fast"], wait=False, delete_jobs="always", install_signal_handlers=False)


def rows(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def waiting() -> list[tuple[Any, ...]]:
    return rows("SELECT task_name, attempts FROM procrastinate_jobs WHERE status = 'todo' AND task_name LIKE 'tests%'")


def make_due() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


def test_a_finished_job_leaves_no_row() -> None:
    fragile.enqueue(word="fine")
    with_app(work_once)
    assert "fine" in runs
    assert not rows("SELECT 1 FROM procrastinate_jobs WHERE args ->> 'word' = 'fine'")


def test_a_failed_job_is_tried_again_later_and_then_given_up() -> None:
    fragile.enqueue(word="break")
    for attempt in (1, 2):
        with_app(work_once)
        assert (fragile.name, attempt) in waiting()
        later = rows("SELECT scheduled_at > now() FROM procrastinate_jobs WHERE args ->> 'word' = 'break'")
        assert later == [(True,)]
        make_due()
    with_app(work_once)
    assert runs.count("break") == 3
    assert not rows("SELECT 1 FROM procrastinate_jobs WHERE args ->> 'word' = 'break'")


def test_a_failed_job_whose_equal_waits_steps_aside() -> None:
    enqueues_its_equal_and_breaks.enqueue(once="it")
    with_app(work_once)
    assert not rows("SELECT 1 FROM procrastinate_jobs WHERE status = 'doing'")


def hold_as_a_dead_worker() -> None:
    """Fetch a job as a worker that was then killed a minute ago."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT worker_id FROM procrastinate_register_worker_v1()")
        worker_id = cursor.fetchone()[0]
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(ARRAY['fast'], %s)", [worker_id])
        assert cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute' WHERE id = %s", [worker_id]
        )


def test_the_job_of_a_killed_worker_runs_again() -> None:
    fragile.enqueue(word="held")
    hold_as_a_dead_worker()
    assert not waiting()
    assert with_app(worker.sweep) == 1
    assert waiting() == [(fragile.name, 1)]
    with_app(work_once)
    assert runs.count("held") == 1


def test_two_sweeps_at_once_take_a_job_back_once() -> None:
    fragile.enqueue(word="held")
    hold_as_a_dead_worker()

    async def both(app: procrastinate.App) -> list[int]:
        return await asyncio.gather(worker.sweep(app), worker.sweep(app))

    with_app(both)
    assert len(waiting()) == 1


def test_a_held_job_whose_equal_waits_steps_aside() -> None:
    fragile.enqueue(word="held", once="it")
    hold_as_a_dead_worker()
    fragile.enqueue(word="fresh", once="it")
    with_app(worker.sweep)
    assert rows("SELECT args ->> 'word', status::text FROM procrastinate_jobs") == [("fresh", "todo")]


def test_two_workers_enqueue_one_job_per_tick_of_the_clock() -> None:
    at = time.time()

    async def tick(app: procrastinate.App) -> None:
        deferrers = [periodic.PeriodicDeferrer(registry=app.periodic_registry) for _ in range(2)]
        for deferrer in deferrers:
            await deferrer.defer_jobs(deferrer.get_previous_tasks(at=at))

    with_app(tick)
    assert waiting() == [(fragile.name, 0)]


def test_a_worker_that_is_told_to_stop_while_it_starts_stops() -> None:
    """At many moments: a stop that arrives together with an answer of the database must not be lost."""

    async def stopped_after(delay: float) -> None:
        asyncio.get_running_loop().call_later(delay, os.kill, os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(worker._run([worker.Runner("fast", 1), worker.Runner("media", 1)]), 60)

    for number in range(30):
        asyncio.run(stopped_after(number / 300))
