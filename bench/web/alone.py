"""A page's trace as if each of its tasks had had a processor to itself.

Lighthouse takes four times what a task took by the clock on the wall. On two cores that also serve, decode, draw in
software and take a picture of every frame of a clip for the trace, a task waits as long as it runs. Chromium notes
both clocks; here each task, with what lies in it, is drawn together to the time in which it ran.
"""

import bisect
import dataclasses
import json
import pathlib
from collections.abc import Iterator
from typing import Any

Event = dict[str, Any]
TASKS = {"RunTask", "ThreadControllerImpl::RunTask"}
# Kinds of events that have a place in a task: whole ones, beginnings and ends.
PLACED = {"X", "B", "E"}


@dataclasses.dataclass(frozen=True)
class Task:
    """From when until when by the wall's clock, and the share of that in which it ran."""

    start: float
    end: float
    share: float

    def shrink(self, event: Event) -> None:
        """Bring what lies in the task to its place in the time in which it ran."""
        event["ts"] = self.start + (event["ts"] - self.start) * self.share
        if "dur" in event:
            event["dur"] *= self.share


def draw_together(trace: pathlib.Path) -> None:
    """Write the trace anew in its place: times in µs, `dur` by the wall's clock, `tdur` by the thread's."""
    told = json.loads(trace.read_text())
    events: list[Event] = told["traceEvents"]
    for thread in _main_threads(events):
        own = [event for event in events if (event["pid"], event["tid"]) == thread and event["ph"] in PLACED]
        tasks = list(_outermost(own))
        starts = [task.start for task in tasks]
        for event in own:
            number = bisect.bisect_right(starts, event["ts"]) - 1
            if number >= 0 and event["ts"] <= tasks[number].end:
                tasks[number].shrink(event)
    trace.write_text(json.dumps(told))


def _main_threads(events: list[Event]) -> set[tuple[int, int]]:
    return {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }


def _outermost(events: list[Event]) -> Iterator[Task]:
    """Each task that lies in no other, in their order."""
    end = 0.0
    for event in sorted(events, key=lambda one: (one["ts"], -one.get("dur", 0))):
        if event["name"] in TASKS and event["ph"] == "X" and event["ts"] >= end:
            end = event["ts"] + event["dur"]
            yield Task(event["ts"], end, min(1, event.get("tdur", 0) / max(1, event["dur"])))
