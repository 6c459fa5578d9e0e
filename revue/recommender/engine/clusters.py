"""Kinds of videos: groups that lie close together among the content vectors.

A viewer's taste is learnt per cluster, so that one watch says something about hundreds of videos; and of one cluster
only so many may stand in a row.
"""

import dataclasses

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

MEMBERS = 50  # videos of a cluster, on average
LEAST, MOST = 4, 400
SAMPLE = 20_000  # vectors that are enough to find where clusters lie
_ROUNDS = 10
_AT_ONCE = 16_384  # vectors that are held against all centres at a time
NOWHERE = -1  # the cluster of a video that has no vector


@dataclasses.dataclass(frozen=True)
class Clusters:
    """Where clusters lie and which videos are in each."""

    centres: Vectors  # K by d, each of length 1
    of: Places  # cluster of each video, NOWHERE without a vector
    order: Places  # videos sorted by cluster, those of one cluster as `ranked` says
    starts: Places  # where each cluster begins in `order`; K + 1 numbers

    def __len__(self) -> int:
        return len(self.centres)

    def members(self, cluster: int) -> Places:
        """The videos of a cluster, in the order that `ranked` gave them."""
        found: Places = self.order[self.starts[cluster] : self.starts[cluster + 1]]
        return found

    def ranked(self, order: Places) -> "Clusters":
        """The same clusters, with the members of each in the order in which they stand in `order`, which has all."""
        if not len(self):
            return self
        # Numbers of 16 bits are sorted without comparing: a million videos in a few milliseconds.
        of = self.of[order].astype(np.int16)
        return dataclasses.replace(self, order=order[np.argsort(of, kind="stable")])

    @property
    def sizes(self) -> Places:
        """How many videos each cluster has."""
        return np.diff(self.starts)


def wanted(count: int) -> int:
    """How many clusters so many videos are divided into."""
    return min(count, MOST, max(LEAST, count // MEMBERS))


def fit(vectors: Vectors, *, seed: int = 0) -> Vectors:
    """Centres of clusters, by spherical k-means; the same vectors and seed give the same centres.

    Args:
        vectors: N by d, each of length 1.
        seed: of the first guess.
    """
    count = wanted(len(vectors))
    rng = np.random.default_rng(seed)
    if len(vectors) > SAMPLE:
        vectors = vectors[np.sort(rng.choice(len(vectors), SAMPLE, replace=False))]
    centres = vectors[rng.choice(len(vectors), count, replace=False)].copy()
    for _ in range(_ROUNDS if count else 0):
        nearest = np.argmax(vectors @ centres.T, axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.maximum(lengths, 1e-12), centres)  # an empty one stays where it is
    return centres.astype(np.float32)


def nearest(vectors: Vectors, centres: Vectors) -> Places:
    """The cluster of each video; NOWHERE for one whose vector is all zeros, and for all where there are no centres."""
    of = np.full(len(vectors), NOWHERE, np.int64)
    for begin in range(0, len(vectors) if len(centres) else 0, _AT_ONCE):
        part = vectors[begin : begin + _AT_ONCE]
        of[begin : begin + _AT_ONCE] = np.where(part.any(axis=1), np.argmax(part @ centres.T, axis=1), NOWHERE)
    return of


def grouped(of: Places, centres: Vectors) -> Clusters:
    """The clusters in which each video is in the one that `of` says."""
    order = np.argsort(of.astype(np.int16), kind="stable")
    starts = np.searchsorted(of[order], np.arange(len(centres) + 1))
    return Clusters(centres, of, order, starts)
