"""Traces as if each task had had a processor to itself."""

import json
import pathlib

from bench.web.alone import draw_together

MAIN, OTHER = {"pid": 1, "tid": 7}, {"pid": 1, "tid": 8}


def test_what_lies_in_a_task_is_drawn_together_with_it(tmp_path: pathlib.Path) -> None:
    trace = tmp_path / "trace.json"
    events = [
        {**MAIN, "ph": "M", "name": "thread_name", "ts": 0, "args": {"name": "CrRendererMain"}},
        {**OTHER, "ph": "M", "name": "thread_name", "ts": 0, "args": {"name": "Compositor"}},
        {**MAIN, "ph": "X", "name": "RunTask", "ts": 100, "dur": 100, "tdur": 50},
        {**MAIN, "ph": "X", "name": "FunctionCall", "ts": 140, "dur": 40, "tdur": 40},
        {**MAIN, "ph": "X", "name": "RunTask", "ts": 160, "dur": 20, "tdur": 20},  # one loop within another
        {**MAIN, "ph": "B", "name": "Parse", "ts": 180},
        {**MAIN, "ph": "E", "name": "Parse", "ts": 200},
        {**MAIN, "ph": "X", "name": "RunTask", "ts": 300, "dur": 10, "tdur": 12},  # by two clocks that differ a little
        {**MAIN, "ph": "X", "name": "Paint", "ts": 250, "dur": 5},  # in no task
        {**OTHER, "ph": "X", "name": "RunTask", "ts": 100, "dur": 100, "tdur": 1},
    ]
    trace.write_text(json.dumps({"traceEvents": events}))
    draw_together(trace)
    found = json.loads(trace.read_text())["traceEvents"]
    assert [(one["ts"], one.get("dur")) for one in found[2:]] == [
        (100, 50),
        (120, 20),
        (130, 10),
        (140, None),
        (150, None),
        (300, 10),
        (250, 5),
        (100, 100),
    ]
