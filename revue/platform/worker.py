"""The worker process: runs jobs of all queues, the slow ones never in the way of the quick ones.

procrastinate fetches, retries and schedules. What it leaves to us: an event loop with one runner per queue, jobs of
killed workers taken back, database connections of job threads, and one line and one number per job.
"""

import asyncio
import contextlib
import dataclasses
import datetime
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import procrastinate
import structlog
from django.db import close_old_connections, connections
from procrastinate import exceptions, jobs, manager
from procrastinate.contrib.django.utils import connector_params
from procrastinate.worker import Worker

from revue.platform import metrics
from revue.platform.jobs import Job, Queue, discover, registry

HEARTBEAT_SECONDS = 4.0
STALLED_SECONDS = 15.0  # without a heartbeat, a worker is dead and its jobs run again
SWEEP_SECONDS = 10.0
GRACE_SECONDS = 20.0  # how long a stop waits for running jobs; a longer one is run again at the next start
FIRST_PAUSE_SECONDS = 5
_log = structlog.get_logger(__name__)
_duration = metrics.histogram("revue_platform_job_seconds", "How long jobs ran.", ["job", "outcome"])


@dataclasses.dataclass(frozen=True)
class Runner:
    """How many jobs of one queue run at once."""

    queue: Queue
    concurrency: int


class _Manager(manager.JobManager):
    """procrastinate's store, when a job that shall be retried has an equal one waiting already."""

    async def retry_job(
        self,
        job: jobs.Job,
        retry_at: datetime.datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        try:
            await super().retry_job(job, retry_at, priority, queue, lock)
        except exceptions.UniqueViolation:
            await self.finish_job(job, jobs.Status.FAILED, delete_job=True)


class _Retry(procrastinate.BaseRetryStrategy):
    """Again after 5, 25, 125 … seconds."""

    def __init__(self, retries: int) -> None:
        self._retries = retries

    def get_retry_decision(self, *, exception: BaseException, job: jobs.Job) -> procrastinate.RetryDecision | None:
        if isinstance(exception, exceptions.TaskNotFound) or job.attempts >= self._retries:
            return None
        return procrastinate.RetryDecision(retry_in={"seconds": FIRST_PAUSE_SECONDS ** (job.attempts + 1)})


def run(runners: list[Runner]) -> None:
    """Work until SIGTERM or SIGINT, then let running jobs end."""
    discover()
    asyncio.run(_run(runners))
    connections.close_all()


def make_app() -> procrastinate.App:
    """A procrastinate app that knows every job in `jobs.registry`, on connections of its own."""
    connector = procrastinate.PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=8)
    app = procrastinate.App(connector=connector)
    app.job_manager = _Manager(connector)
    for job in registry.values():
        task = app.task(name=job.name, queue=job.queue, priority=job.priority, retry=_Retry(job.retries))(_runs(job))
        for number, cron in enumerate(job.crons):
            app.periodic(cron=cron, periodic_id=str(number), queueing_lock=f"{job.name}:by-the-clock")(task)
    return app


def _runs(job: Job) -> Callable[..., None]:
    def run_job(*, timestamp: int | None = None, **arguments: Any) -> None:  # noqa: ARG001 - a cron's tick
        with _connections_kept_fresh(), _told(job, arguments):
            job(**arguments)

    return run_job


@contextlib.contextmanager
def _connections_kept_fresh() -> Iterator[None]:
    """What Django does around a request: drop connections that died while the thread was idle."""
    close_old_connections()
    try:
        yield
    finally:
        close_old_connections()


@contextlib.contextmanager
def _told(job: Job, arguments: dict[str, Any]) -> Iterator[None]:
    """Log and measure one run; its lines carry the job's name and arguments."""
    began = time.monotonic()
    outcome = "failed"
    with structlog.contextvars.bound_contextvars(job=job.name, **{f"job_{k}": v for k, v in arguments.items()}):
        try:
            yield
            outcome = "done"
        except Exception:
            _log.exception("job_failed")
            raise
        finally:
            seconds = time.monotonic() - began
            _duration.labels(job.name, outcome).observe(seconds)
            _log.info("job_ended", outcome=outcome, seconds=round(seconds, 3))


async def _run(runners: list[Runner]) -> None:
    app = make_app()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with app.open_async():
        await sweep(app)
        workers = [_worker(app, runner) for runner in runners]
        tasks = [asyncio.create_task(work.run(), name=work.worker_name) for work in workers]  # type: ignore[no-untyped-call]
        tasks += [asyncio.create_task(_sweep_until(stop, app), name="sweep")]
        _log.info("worker_ready", queues=[runner.queue for runner in runners])
        await asyncio.wait([*tasks, asyncio.create_task(stop.wait())], return_when=asyncio.FIRST_COMPLETED)
        # Asked, never cancelled: a cancellation that arrives together with an answer of the database is lost.
        stop.set()
        for work in workers:
            work.stop()  # type: ignore[no-untyped-call]
        await asyncio.wait(tasks)
        for task in tasks:
            task.result()
    _log.info("worker_stopped")


def _worker(app: procrastinate.App, runner: Runner) -> Worker:
    return Worker(
        app,
        queues=[runner.queue],
        name=runner.queue,
        concurrency=runner.concurrency,
        delete_jobs=jobs.DeleteJobCondition.ALWAYS,
        install_signal_handlers=False,
        shutdown_graceful_timeout=GRACE_SECONDS,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=STALLED_SECONDS,
    )


async def _sweep_until(stop: asyncio.Event, app: procrastinate.App) -> None:
    while not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), SWEEP_SECONDS)
            return
        await sweep(app)


async def sweep(app: procrastinate.App) -> int:
    """Put the jobs of dead workers back into their queues; answers how many."""
    await app.job_manager.prune_stalled_workers(STALLED_SECONDS)
    count = 0
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        try:
            await app.job_manager.retry_job(job)
        except exceptions.ConnectorException:  # another worker's sweep was first
            continue
        count += 1
        _log.warning("job_taken_back", job=job.task_name)
    return count
