"""The ranking: what a viewer likes, what everybody finishes, what is new, and a little to learn more.

Each slot is of one kind. Most are drawn by score: with probability softmax(score / temperature) over the candidates
that the rules leave. One of each block is an explorer: a new video on its way through its pools, or a kind of which the
viewer was not asked yet. A few are drawn from everything alike. The probability with which a video was put into its
slot is its propensity. One seed, one catalogue and one request give one answer.
"""

import collections
import functools
from collections.abc import Iterator

import numpy as np

from revue.recommender.contracts import Pick
from revue.recommender.engine.catalogue import Catalogue, Ids
from revue.recommender.engine.clusters import NOWHERE
from revue.recommender.engine.formula import FORMULA, VERSION, Formula
from revue.recommender.engine.pool import Bans, Kind, Pool
from revue.recommender.engine.request import Request
from revue.recommender.engine.terms import Terms

MODEL_VERSION = VERSION


def rank(catalogue: Catalogue, request: Request, formula: Formula = FORMULA) -> list[Pick]:
    """Up to `request.count` videos in the order to show them; fewer only when no more are left.

    Never one of `request.served`. A video the viewer saw before comes only where no unseen one may stand.
    """
    ranking = _Ranking(catalogue, request, formula)
    picks: list[Pick] = []
    while len(picks) < request.count and (pick := ranking.next()) is not None:
        picks.append(pick)
    return picks


class _Ranking:
    """One request on its way, slot by slot."""

    def __init__(self, catalogue: Catalogue, request: Request, formula: Formula) -> None:
        self.catalogue, self.request, self.formula = catalogue, request, formula
        self.rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([request.seed, len(request.served)])))
        self.position = len(request.served) if request.position is None else request.position
        self.tail = [int(place) for place in catalogue.places_of(request.served[-formula.block :])]
        is_new = len(request.watched) < formula.new_viewer
        self.explorers = formula.explorers_new if is_new else formula.explorers
        self.explored: dict[int, Ids] = {}  # places of explorers in blocks that were come to
        explored = self.explorers / formula.block
        uniform = (1 - explored) * formula.uniform
        self.chances = {Kind.EXPLORE: explored, Kind.UNIFORM: uniform, Kind.SCORE: 1 - explored - uniform}
        self.allowed = ~catalogue.flags_of(request.served)
        if request.barred is not None:
            self.allowed &= ~request.barred
        self.seen = catalogue.places_of(request.seen)
        self.terms = Terms(catalogue, request, formula)

    @functools.cached_property
    def _fresh(self) -> "Pool":
        is_left = self.allowed.copy()
        is_left[self.seen] = False
        return Pool(self.terms, is_left, again=False)

    @functools.cached_property
    def _again(self) -> "Pool":
        """Scored only where it is needed: most requests never come to it."""
        is_left = np.zeros_like(self.allowed)
        is_left[self.seen] = self.allowed[self.seen]
        return Pool(self.terms, is_left, again=True)

    def _pools(self) -> "Iterator[Pool]":
        yield self._fresh
        yield self._again

    def next(self) -> Pick | None:
        """The pick for one slot: rules before novelty, and rules bend only when nothing else is left."""
        kind = self._kind()
        for bans in self._bans():
            for pool in self._pools():
                pick = pool.draw(self.rng, kind, self.chances, bans)
                if pick is not None:
                    self.position += 1
                    place = int(self.catalogue.places_of(np.array([pick.video_id]))[0])
                    self.tail = [*self.tail, place]
                    self.terms.send(place)
                    return pick
        return None

    def _kind(self) -> Kind:
        """What this slot is for. Which of a block are explorers is drawn for the whole block at once."""
        block, place = divmod(self.position, self.formula.block)
        if block not in self.explored:
            draw = np.random.default_rng([self.request.seed, block])
            self.explored[block] = draw.permutation(self.formula.block)[: self.explorers]
        if place in self.explored[block]:
            return Kind.EXPLORE
        return Kind.UNIFORM if self.rng.random() < self.formula.uniform else Kind.SCORE

    def _bans(self) -> Iterator[Bans]:
        """What may not stand here: all rules, then only "not twice in a row", then none."""
        catalogue, formula = self.catalogue, self.formula
        window = np.array(self.tail[-(formula.block - 1) :], np.int64)
        last = window[-1:]
        authors = _often(catalogue.authors[window], formula.author_most)
        kinds = _often(catalogue.clusters.of[window], formula.cluster_most) - {NOWHERE}
        row = Bans({int(a) for a in catalogue.authors[last]}, {int(s) for s in catalogue.sounds[last]} - {0}, set())
        yield Bans(authors | row.authors, row.sounds, kinds)
        yield row
        yield Bans(set(), set(), set())


def _often(values: Ids, most: int) -> set[int]:
    """Those of `values` that stand among them `most` times already."""
    return {value for value, count in collections.Counter(values.tolist()).items() if count >= most}
