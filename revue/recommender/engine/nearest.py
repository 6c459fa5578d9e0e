"""Nearest neighbours among unit vectors: exact to some hundred thousand, by an index of faiss (extra `ann`) above."""

import importlib
import importlib.util
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from revue.recommender.engine.clusters import Places, Vectors

EXACT_TO: Final = 200_000  # vectors; looking at all of them takes a few milliseconds, and misses nothing
LISTS_PER_ROOT: Final = 1.0  # lists of the index, in roots of the number of vectors
LOOKED_AT: Final = 32  # lists of the index that one search goes through
TAUGHT_BY: Final = 50_000  # vectors from which the index learns where its lists lie
Query = npt.NDArray[np.float32]  # shape (d,)


def has_index() -> bool:
    """Whether the extra `ann` is installed."""
    return importlib.util.find_spec("faiss") is not None


class Nearest:
    """Finds those of a fixed set of vectors whose inner product with a given one is greatest."""

    def __init__(self, vectors: Vectors, *, exact_to: int = EXACT_TO) -> None:
        """Take the vectors; above `exact_to` this takes seconds for each million, and belongs beside the requests.

        Args:
            vectors: N by d, each of length 1, or all zeros: those are never found.
            exact_to: so many are all looked at; more are too, where the extra `ann` is missing.
        """
        self._vectors = np.ascontiguousarray(vectors, np.float32)
        self._places: Places = np.flatnonzero(self._vectors.any(axis=1))
        self.is_exact = len(self._places) <= exact_to or not has_index()
        self._index = None if self.is_exact else _index(self._vectors[self._places])

    def search(self, query: Query, count: int) -> Places:
        """The places of the `count` nearest vectors, the nearest first; fewer where there are no more.

        Args:
            query: of any length.
            count: how many.
        """
        if self._index is None:
            return self._exact(query, count)
        _, found = self._index.search(np.ascontiguousarray(query, np.float32)[None, :], count)
        places: Places = self._places[found[0][found[0] >= 0]]
        return places

    def _exact(self, query: Query, count: int) -> Places:
        near = self._vectors @ np.asarray(query, np.float32)
        places = self._places
        if len(places) < len(near):
            near = near[places]
        if count < len(places):
            best = np.argpartition(near, -count)[-count:]
            places, near = places[best], near[best]
        ordered: Places = places[np.argsort(-near, kind="stable")]
        return ordered


def recall(nearest: Nearest, exact: Nearest, queries: Vectors, count: int) -> float:
    """What share of the true `count` nearest is found, over all `queries` (M by d)."""
    shares = [np.isin(exact.search(one, count), nearest.search(one, count)).mean() for one in queries]
    return float(np.mean(shares))


def _index(vectors: Vectors) -> Any:
    """An inverted file of vectors in a byte a number. One thread: others serve requests meanwhile."""
    faiss = importlib.import_module("faiss")
    faiss.omp_set_num_threads(1)
    lists = int(LISTS_PER_ROOT * np.sqrt(len(vectors)))
    index = faiss.index_factory(vectors.shape[1], f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
    rng = np.random.default_rng(0)
    taught = vectors[rng.choice(len(vectors), min(len(vectors), TAUGHT_BY), replace=False)]
    index.train(taught)
    index.add(vectors)
    index.nprobe = min(LOOKED_AT, lists)
    return index
