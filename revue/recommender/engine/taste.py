"""What a viewer likes, from what they watched how long: a Gaussian process over clusters.

Each cluster has an expected watch that is unknown at first. Watching a video of it tells of it, and a little of
clusters near it. What is still unknown is kept as a spread, so that a feed can ask where asking pays. Nothing is stored
per viewer but their watches: a taste is computed anew at each request, so the last swipe counts in the next pick.
"""

import dataclasses

import numpy as np
import numpy.typing as npt

from revue.recommender.engine.clusters import NOWHERE, Clusters, Places, Vectors
from revue.recommender.engine.formula import FORMULA, Formula

Floats = npt.NDArray[np.float64]
_SHARP, _MIDDLE, _MOST = 10.0, 0.40, 3.0  # of the kernel that says how close two videos are
_SPARSE = 0.5  # so much evidence is missing where nothing was watched nearby


@dataclasses.dataclass(frozen=True)
class Prior:
    """What is assumed of every viewer: how clusters vary together, and which are asked about first."""

    covariance: Floats  # K by K
    boost: Floats  # K; around 1


@dataclasses.dataclass(frozen=True)
class Taste:
    """One viewer's expected watch of each cluster."""

    mean: Floats  # K; share watched, 0 … 1
    variance: Floats  # K
    liked: Vectors  # what was watched long, newest last
    rewards: Floats  # how long each of `liked` was watched
    noise: float  # variance of one watch
    columns: "_Columns"  # how what is known of one cluster tells of all others

    @property
    def spread(self) -> Floats:
        """One standard deviation of each cluster's."""
        found: Floats = np.sqrt(np.maximum(self.variance, 1e-12))
        return found

    def asking(self, cluster: int) -> "Taste":
        """The same taste once a video of a cluster is on its way to the viewer.

        What they will do is open, so nothing is expected otherwise; but that cluster, and those near it, need not be
        asked about by the next video too.
        """
        column = self.columns.of(cluster)
        told = max(float(column[cluster]), 0.0) + self.noise
        known = dataclasses.replace(self.columns, updates=(*self.columns.updates, (column, told)))
        return dataclasses.replace(self, variance=self.variance - column**2 / told, columns=known)


@dataclasses.dataclass(frozen=True)
class _Columns:
    """The posterior covariance, column by column: all of it is needed of a few clusters only."""

    covariance: Floats  # K by K, the prior's
    seen: Floats  # T by K: its rows of the clusters that were watched
    gain: Floats  # T by K
    updates: tuple[tuple[Floats, float], ...] = ()  # column and variance of each cluster that was asked about since

    def of(self, cluster: int) -> Floats:
        """The covariance of each cluster with this one, K."""
        column: Floats = self.covariance[cluster] - self.seen[:, cluster] @ self.gain
        for other, told in self.updates:
            column = column - other * (other[cluster] / told)
        return column


def prior(clusters: Clusters, formula: Formula = FORMULA) -> Prior:
    """The prior of a catalogue's clusters."""
    cosines = (clusters.centres @ clusters.centres.T).astype(np.float64)
    near = np.exp(-(1 - cosines) / formula.taste_reach)
    covariance = formula.taste_spread**2 * near + formula.wide_spread**2 * np.clip(cosines, 0, 1)
    mass = np.where(near > 0.3, near, 0) @ clusters.sizes  # noqa: PLR2004 - only what is almost the same kind
    usual = float(np.median(mass)) if len(mass) else 1.0
    boost = np.clip((mass / max(usual, 1.0)) ** formula.mass, 0.5, 2.0)
    return Prior(covariance, boost)


def learn(
    clusters: Clusters, before: Prior, vectors: Vectors, watched: Places, rewards: Floats, formula: Formula = FORMULA
) -> Taste:
    """A viewer's taste.

    Args:
        clusters: of the catalogue.
        before: the prior of the same clusters.
        vectors: of all videos, N by d.
        watched: places of videos in the catalogue, oldest first.
        rewards: share of each that was watched, 0 … 1.
        formula: the numbers.
    """
    long = rewards > formula.interest
    liked, of = vectors[watched[long]], clusters.of[watched]
    placed = of != NOWHERE
    of, told_of = of[placed], rewards[placed] - formula.usual_watch
    weights = formula.memory ** np.arange(len(watched) - 1, -1, -1, dtype=np.float64)[placed]
    weights *= formula.renewal ** _later(of, before)
    counts = np.bincount(of, weights=weights, minlength=len(clusters))
    sums = np.bincount(of, weights=weights * told_of, minlength=len(clusters))
    told = np.flatnonzero(counts)
    seen = before.covariance[told]
    noise = formula.watch_noise**2
    gain = np.asarray(np.linalg.solve(seen[:, told] + np.diag(noise / counts[told]), seen), np.float64)
    mean = formula.usual_watch + (sums[told] / counts[told]) @ gain
    variance = np.diag(before.covariance) - np.einsum("ij,ij->j", seen, gain)
    columns = _Columns(before.covariance, seen, gain)
    return Taste(mean, variance, liked, rewards[long], noise, columns)


def _later(of: Places, before: Prior) -> Floats:
    """Of each watch, how many later ones were of its kind: one of a kind that is half alike is half a one.

    What somebody does with a kind now says more than what they did with it before, however long that was ago.
    """
    alike = before.covariance[np.ix_(of, of)] / before.covariance[0, 0] if len(of) else np.zeros((0, 0))
    found: Floats = np.triu(alike, 1).sum(axis=1)
    return found


def closeness(taste: Taste, vectors: Vectors, formula: Formula = FORMULA) -> Floats:
    """How close each of `vectors` (M by d) lies to what the viewer watched long; 0: to nothing."""
    if not len(taste.liked):
        return np.zeros(len(vectors))
    kernel = np.minimum(np.exp(_SHARP * (vectors @ taste.liked.T - _MIDDLE)), _MOST)  # single precision: half the time
    above = (taste.rewards - formula.usual_watch).astype(np.float32)
    found: Floats = (kernel @ above / (kernel.sum(axis=1) + _SPARSE)).astype(np.float64)
    return found
