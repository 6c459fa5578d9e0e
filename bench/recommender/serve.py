# ruff: noqa: E402, PLC0415 - how many threads BLAS has is read when numpy is imported, the data folder when Django is
"""What serving costs: re-ranks, catalogues, refreshes, starts, and how soon a swipe counts.

python -m bench.recommender.serve                                   # engine alone, then with a database, then over HTTP
python -m bench.recommender.serve --sizes 100000 --rounds 500       # the gate: p99 of a re-rank below 50 ms
python -m bench.recommender.serve --sizes 1000000 --rows 0          # engine alone; the extra ann makes it quick

Run it on a quiet machine; the load average is printed, and CPU beside the time on the clock. It makes and removes its
own data folder and database server.
"""

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # as a web process does

import argparse
import gc
import pathlib
import platform
import time
from collections.abc import Callable

import numpy as np

from bench.recommender import simulate, world
from revue.recommender.engine import catalogue, clusters, ranker
from revue.recommender.engine.catalogue import Catalogue
from revue.recommender.engine.clusters import Vectors
from revue.recommender.engine.nearest import Nearest, has_index, recall
from revue.recommender.engine.request import Request

WATCHES, PICKS = 300, 3
SIZES = (1_000, 10_000, 100_000, 1_000_000)
GATE_VIDEOS, GATE_MS = 100_000, 50.0


class Timer:
    """Milliseconds on the clock, and of this thread's CPU, of many calls."""

    def __init__(self, call: Callable[[int], object], rounds: int) -> None:
        walls, cpus = [], []
        for number in range(min(rounds, 3)):
            call(number)
        for number in range(rounds):
            began, cpu = time.perf_counter(), time.thread_time()
            call(number)
            walls.append(1000 * (time.perf_counter() - began))
            cpus.append(1000 * (time.thread_time() - cpu))
        self.p50, self.p99 = (float(np.percentile(walls, share)) for share in (50, 99))
        self.cpu, self.cpu_p99 = float(np.mean(cpus)), float(np.percentile(cpus, 99))

    def __str__(self) -> str:
        return f"{self.p50:.2f} | {self.p99:.2f} | {self.cpu:.2f} | {self.cpu_p99:.2f}"


def resident_mb() -> float:
    """Memory of this process that is no file's."""
    status = pathlib.Path("/proc/self/status").read_text()
    return int(status.split("RssAnon:")[1].split()[0]) / 1024


def viewers(made: world.World, count: int, rng: np.random.Generator) -> list[Request]:
    """People who have watched 300 videos: those of two topics long, and what they liked is a third of what they saw."""
    found = []
    for seed in range(count):
        topics = rng.choice(world.TOPICS, 2, replace=False)
        liked = np.flatnonzero(np.isin(made.topics, topics))
        some = rng.choice(len(made.topics), min(WATCHES, len(made.topics) // 2), replace=False)
        some[: len(some) // 3] = rng.choice(liked, len(some) // 3)
        watched = np.unique(some)
        rng.shuffle(watched)
        rewards = np.where(np.isin(made.topics[watched], topics), 0.65, 0.1)
        ids = watched + 1
        followed = rng.choice(made.authors, 20)
        found.append(Request(PICKS, seed, ids[-100:], ids, followed, ids, rewards))
    return found


def engine(sizes: list[int], rounds: int) -> None:
    """A re-rank by size of the catalogue; beside it the floor, one product with all vectors and the best of them."""
    print(
        "\n| videos | clusters s | build s | MB | re-rank p50 ms | p99 | CPU | p99 | floor p50 ms | p99 | CPU | p99 |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    for size in sizes:
        made = world.made(7, size)
        columns = simulate.columns(made)
        rng = np.random.default_rng(5)
        requests = viewers(made, 40, rng)
        gc.collect()
        before, began = resident_mb(), time.perf_counter()
        centres = clusters.fit(made.vectors)
        of = clusters.nearest(made.vectors, centres)
        fitted = time.perf_counter()
        videos = catalogue.build(
            columns, now_s=simulate.NOW, half_life_s=3 * 86_400, vectors=made.vectors, centres=centres, of=of
        )
        built = time.perf_counter()
        memory = resident_mb() - before
        ranked = Timer(lambda n, v=videos, r=requests: ranker.rank(v, r[n % len(r)]), rounds)
        bare = Timer(lambda n, v=videos: floor(v, n), rounds)
        print(
            f"| {size:,} | {fitted - began:.2f} | {built - fitted:.2f} | {memory:.0f} | {ranked} | {bare} |", flush=True
        )
        if size == GATE_VIDEOS:
            word = "met" if ranked.p99 < GATE_MS else "NOT met"
            load = os.getloadavg()[0]
            print(
                f"Gate, p99 below {GATE_MS:.0f} ms at {GATE_VIDEOS:,} videos: {word}, load average {load:.1f}",
                flush=True,
            )


def floor(videos: Catalogue, number: int) -> object:
    """What any ranking by one vector does."""
    scores = videos.vectors @ videos.vectors[number]
    return np.argpartition(scores, -100)[-100:]


def search(sizes: list[int], rounds: int) -> None:
    """Nearest neighbours: all looked at, and by the index."""
    print("\n| videos | search | made in s | p50 ms | p99 | CPU | p99 | recall of 100 |")
    print("|---|---|---|---|---|---|---|---|")
    for size in sizes:
        vectors = world.made(7, size).vectors
        queries = vectors[np.random.default_rng(6).choice(size, 100)]
        exact = Nearest(vectors, exact_to=size)
        print(f"| {size:,} | exact | 0 | {_searched(exact, queries, rounds)} | 1 |", flush=True)
        if not has_index() or size < SIZES[1]:
            continue
        began = time.perf_counter()
        index = Nearest(vectors, exact_to=0)
        took, timed = time.perf_counter() - began, _searched(index, queries, rounds)
        print(f"| {size:,} | IVF, SQ8 | {took:.1f} | {timed} | {recall(index, exact, queries, 100):.3f} |", flush=True)


def _searched(nearest: Nearest, queries: Vectors, rounds: int) -> Timer:
    return Timer(lambda n: nearest.search(queries[n % len(queries)], 100), rounds)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES), help="videos of the engine's tables")
    parser.add_argument(
        "--rows", type=int, nargs="*", default=[10_000, 100_000], help="videos in the database; 0: none"
    )
    parser.add_argument("--rounds", type=int, default=300)
    words = parser.parse_args()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, Python {platform.python_version()}")
    engine(words.sizes, words.rounds)
    search(words.sizes, words.rounds)
    for size in words.rows:
        if size:
            from bench.recommender import serving

            serving.measure(size, words.rounds)


if __name__ == "__main__":
    main()
