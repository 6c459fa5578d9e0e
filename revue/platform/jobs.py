"""Background jobs. A job is only a nudge: the truth is in rows, and running one twice does no harm.

    @jobs.job(queue="media", retries=3)
    def transcode(*, clip_id: int) -> None: ...

    transcode.enqueue(clip_id=5, once="clip:5")  # joins the transaction: workers see it on commit

procrastinate is the store behind it; no other app imports it. The worker lives in `worker.py`.
"""

import dataclasses
import datetime
import importlib
from collections.abc import Callable, Iterable
from typing import Any, Final, Literal

import orjson
from django.db import transaction
from django.utils.module_loading import autodiscover_modules
from procrastinate import exceptions, jobs, manager, sql, tasks
from procrastinate.contrib.django.django_connector import DjangoConnector

from revue.platform import clock

Queue = Literal["fast", "media", "early"]
QUEUES: Final[tuple[Queue, ...]] = ("fast", "media", "early")
MOST_BEHIND: Final = 999
registry: dict[str, "Job"] = {}


@dataclasses.dataclass(frozen=True)
class Job:
    """A function that a worker runs later; calling it runs it here and now."""

    function: Callable[..., None]
    name: str
    queue: Queue
    retries: int
    priority: int
    crons: list[str] = dataclasses.field(default_factory=list)

    def __call__(self, **arguments: Any) -> None:
        """Run the function in this thread."""
        self.function(**arguments)

    def enqueue(self, *, once: str = "", delay_s: float = 0, behind: int = 0, **arguments: Any) -> None:
        """Ask a worker to run this, once the current transaction is committed.

        Args:
            once: a no-op when a job of this function with the same word already waits (not: already runs).
            delay_s: seconds before which it does not start.
            behind: how many of the same person's wait already: it yields to jobs with fewer before them, so that
                nobody's many hold up somebody's one. From `MOST_BEHIND` on, more make no difference.
            arguments: the function's keyword arguments, JSON values only.
        """
        deferrer = tasks.configure_task(
            name=self.name,
            job_manager=manager.JobManager(DjangoConnector()),
            queue=self.queue,
            priority=self.priority - min(behind, MOST_BEHIND),
            queueing_lock=f"{self.name}:{once}" if once else None,
            schedule_at=clock.now() + datetime.timedelta(seconds=delay_s) if delay_s else None,
        )
        try:
            with transaction.atomic():  # an equal job that waits must not spoil the caller's transaction
                deferrer.defer(**arguments)
        except exceptions.AlreadyEnqueued:
            return


def job(*, queue: Queue, retries: int = 3, priority: int = 0) -> Callable[[Callable[..., None]], Job]:
    """Make a module-level function of an app's `tasks.py` a job.

    Args:
        queue: "fast" (quick things), "media" (transcoding) or "early" (transcoding what still arrives).
        retries: how often a failed run is tried again, after 5, 25, 125 … seconds.
        priority: higher runs first. Jobs that are enqueued `behind` others lose as much: `MOST_BEHIND` + 1 apart,
            two jobs of a queue never mix.
    """

    def register(function: Callable[..., None]) -> Job:
        made = Job(function, f"{function.__module__}.{function.__qualname__}", queue, retries, priority)
        registry[made.name] = made
        return made

    return register


def every(cron: str) -> Callable[[Job], Job]:
    """Run a job by the clock as well, once per tick however many workers there are.

    Args:
        cron: minute, hour, day, month, weekday in UTC; a sixth field counts seconds.
    """

    def add(scheduled: Job) -> Job:
        scheduled.crons.append(cron)
        return scheduled

    return add


def discover() -> None:
    """Import the `tasks` module of every app, so that `registry` is whole. Only workers need that."""
    autodiscover_modules("tasks")


def run_waiting(*, queues: Iterable[Queue] = QUEUES) -> int:
    """Run every due job here and now, on this thread's connection; an error of a job is raised.

    For tests and for `revue demo`'s own needs; the worker is what an instance runs.
    Returns how many ran.
    """
    connector = DjangoConnector()
    worker_id = connector.execute_query_one(sql.queries["register_worker"])["worker_id"]
    count = 0
    while row := _fetch(connector, list(queues), worker_id):
        importlib.import_module(row["task_name"].rpartition(".")[0])
        registry[row["task_name"]](**orjson.loads(row["args"]))  # Django leaves JSON unread
        finished = {"job_id": row["id"], "status": jobs.Status.SUCCEEDED.value, "delete_job": True}
        connector.execute_query(sql.queries["finish_job"], **finished)
        count += 1
    connector.execute_query(sql.queries["unregister_worker"], worker_id=worker_id)
    return count


def _fetch(connector: DjangoConnector, queues: list[Queue], worker_id: int) -> dict[str, Any] | None:
    row = connector.execute_query_one(sql.queries["fetch_job"], queues=queues, worker_id=worker_id)
    return row if row["id"] is not None else None


def waiting() -> dict[str, int]:
    """How many jobs wait to be started, per queue; for metrics."""
    query = "SELECT queue_name, count(*) AS number FROM procrastinate_jobs WHERE status = 'todo' GROUP BY queue_name"
    return {row["queue_name"]: row["number"] for row in DjangoConnector().execute_query_all(query)}
