"""Seconds of each stage of the demo's clips, and of the whole way until they can be watched.

python -m bench.demo            # paints the first eight, then raises the troupe on a fresh instance until 8 play
python -m bench.demo --all      # the same with all clips
"""

import argparse
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from revue.demo.programme import PROGRAMME
from revue.demo.render import Cost, render

PORT = 8450
FIRST = 8
PATIENCE_S = 900


def main() -> None:
    """Paint, then raise."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true", help="all clips instead of the first eight")
    parser.add_argument("--port", type=int, default=PORT)
    words = parser.parse_args()
    count = len(PROGRAMME) if words.all else FIRST
    paint(count)
    with tempfile.TemporaryDirectory(prefix="revue-bench-") as folder:
        raise_on_a_fresh_instance(pathlib.Path(folder), words.port, count)


def paint(count: int) -> None:
    """One process, nothing beside it: what one clip costs before the pipeline gets it."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        costs = [render(turn, pathlib.Path(folder) / f"{turn.key}.mp4") for turn in PROGRAMME[:count]]
        size = sum(path.stat().st_size for path in pathlib.Path(folder).iterdir())
    print(f"painting {count} clips, {sum(cost.length for cost in costs):.0f} s of film, {size / 1e6:.0f} MB")
    print("  median processor seconds of a clip: " + " · ".join(f"{name} {median(costs, name):.2f}" for name in STAGES))
    print(f"  median wall seconds of a clip: {median(costs, 'wall'):.2f}   all: {time.monotonic() - began:.1f}")


STAGES = ("stage", "sound", "paint", "encode")


def median(costs: list[Cost], name: str) -> float:
    return statistics.median(getattr(cost, name) for cost in costs)


def raise_on_a_fresh_instance(folder: pathlib.Path, port: int, count: int) -> None:
    """A running, empty instance; the clock starts with the command `revue demo`."""
    environ = {**os.environ, "REVUE_DATA_DIR": str(folder), "REVUE_PORT": str(port)}
    command = [sys.executable, "-m", "revue.cli"]
    up = subprocess.Popen([*command, "up", "--no-demo"], env=environ, stdout=subprocess.PIPE, text=True)
    try:
        assert up.stdout is not None
        for line in up.stdout:
            if line.startswith("Ready"):
                break
        began = time.monotonic()
        demo = subprocess.Popen([*command, "demo"], env=environ, stdout=subprocess.DEVNULL)
        try:
            watch(folder, count, began)
        finally:
            demo.terminate()
            demo.wait()
    finally:
        up.send_signal(signal.SIGTERM)
        up.wait()


def watch(folder: pathlib.Path, count: int, began: float) -> None:
    """Ask the database until `count` clips can be watched."""
    os.environ["REVUE_DATA_DIR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "revue.settings.django")
    import django  # noqa: PLC0415 - reads the folder above

    django.setup()
    from django.db import connection  # noqa: PLC0415

    from revue.demo import queries  # noqa: PLC0415

    told = 0
    print(f"raising the troupe on a fresh instance ({os.cpu_count()} cores), seconds since the command:")
    while told < count and time.monotonic() - began < PATIENCE_S:
        now = queries.progress(PROGRAMME)
        for reached in (step for step in (1, FIRST, len(PROGRAMME)) if told < step <= now.watchable):
            print(f"  {reached:2d} watchable after {time.monotonic() - began:.1f} s ({now.posted} posted)")
        told = now.watchable
        time.sleep(0.1)
    connection.close()


if __name__ == "__main__":
    main()
