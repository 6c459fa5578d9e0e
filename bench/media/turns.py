"""Thirty uploads at once by three people and one worker: how long each waits until a video plays.

python -m bench.media.turns

The order is the hardest for those who come late: the first person has posted all of their ten before the second begins,
and the second before the third; then the worker starts. Beside what was measured stands what first in, first out would
have given, reckoned from the same run: the same clips, each as long in work as it really was, in the order of posting.
"""

import argparse
import datetime
import pathlib
import statistics
import tempfile
import time

from bench.media.instance import running
from bench.media.kills import post_as, start_worker
from tests.journeys.network import make_clip

PEOPLE = 3
EACH = 10
SIZES = ((2, "360x640"), (1, "360x640"), (2, "540x960"))  # seconds and size, in turn
LONGEST_SECONDS = 1200.0


def main() -> None:
    """Post, wait, print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--each", type=int, default=EACH)
    words = parser.parse_args()
    with running() as instance, tempfile.TemporaryDirectory() as folder:
        films = [
            make_clip(pathlib.Path(folder) / f"{n}.mp4", seconds=s, size=size) for n, (s, size) in enumerate(SIZES)
        ]
        owners = {
            clip_id: f"person {person + 1}"
            for person in range(words.people)
            for clip_id in clips(post_as(f"turns{person}", films, words.each))
        }
        worker = start_worker(instance.root)
        begin, deadline = None, time.monotonic() + LONGEST_SECONDS
        try:
            while len(ends := played()) < len(owners) and time.monotonic() < deadline:
                begin = begin or begun()
                time.sleep(0.1)
        finally:
            worker.terminate()
            worker.wait(60)
    if begin is None:
        raise SystemExit("The worker took nothing up.")
    show(owners, [(clip_id, (at - begin).total_seconds()) for clip_id, at in ends])


def clips(video_ids: list[int]) -> list[int]:
    """The clips of some videos, in their order."""
    from revue.videos.models import Video  # noqa: PLC0415 - Django is not set up before

    found = dict(Video.objects.filter(pk__in=video_ids).values_list("pk", "clip_id"))
    return [found[video_id] for video_id in video_ids]


def begun() -> datetime.datetime | None:
    """Now, once the worker has a clip in its hands."""
    from revue.media.models import Clip  # noqa: PLC0415 - Django is not set up before
    from revue.platform import clock  # noqa: PLC0415

    return clock.now() if Clip.objects.exclude(state="pending").exists() else None


def played() -> list[tuple[int, datetime.datetime]]:
    """Clips that play, and since when; in that order."""
    from revue.videos.models import Video  # noqa: PLC0415 - Django is not set up before

    shown = Video.objects.exclude(published_at=None).order_by("published_at")
    return [(clip_id, at) for clip_id, at in shown.values_list("clip_id", "published_at") if clip_id and at]


def show(owners: dict[int, str], ends: list[tuple[int, float]]) -> None:
    """Print how long each person's clips waited, as it was and as first in, first out; `ends` are seconds."""
    turns = dict(ends)
    took, before = {}, 0.0
    for clip_id, ended in ends:  # a clip's work, and the pause before it
        took[clip_id], before = ended - before, ended
    queue, at = {}, 0.0
    for clip_id in owners:
        at += took.get(clip_id, 0.0)
        queue[clip_id] = at
    print(f"{len(turns)} of {len(owners)} clips play after {at:.0f} s; seconds until a clip plays:\n")
    print("| who | turns: first | p50 | p95 | first in, first out: first | p50 | p95 |")
    print("|---|---|---|---|---|---|---|")
    for who in [*dict.fromkeys(owners.values()), "everybody"]:
        mine = [clip_id for clip_id in turns if who in (owners[clip_id], "everybody")]
        figures = [*_spread([turns[clip_id] for clip_id in mine]), *_spread([queue[clip_id] for clip_id in mine])]
        print(f"| {who} | {' | '.join(f'{value:.1f}' for value in figures)} |")


def _spread(waits: list[float]) -> tuple[float, float, float]:
    """The shortest, the median and the 95th percentile."""
    cuts = statistics.quantiles(waits, n=20, method="inclusive")
    return min(waits), statistics.median(waits), cuts[-1]


if __name__ == "__main__":
    main()
