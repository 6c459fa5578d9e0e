"""Videos to draw from: candidates from all sources, their scores, and with what chance each is drawn into a slot."""

import dataclasses
import enum

import numpy as np

from revue.recommender.contracts import Found, Pick, Why
from revue.recommender.engine.catalogue import Flags, Floats, Ids
from revue.recommender.engine.clusters import NOWHERE
from revue.recommender.engine.request import NO_IDS
from revue.recommender.engine.terms import Terms

_NO_FLOATS = np.empty(0)
_REASONS = {
    "taste": Why.TASTE,
    "finished": Why.FINISHED,
    "fresh": Why.FRESH,
    "followed": Why.FOLLOWED,
    "dial": Why.DIAL,
    "together": Why.TOGETHER,
    "model": Why.MODEL,
}
_SOURCES = (
    Found.EVERYTHING,
    Found.NEWEST,
    Found.BEST,
    Found.POOL,
    Found.ASKED,
    Found.MODEL,
    Found.NEAR,
    Found.BESIDE,
    Found.FOLLOWED,
)


class Kind(enum.StrEnum):
    """What a slot is for."""

    SCORE = "score"
    EXPLORE = "explore"
    UNIFORM = "uniform"


@dataclasses.dataclass(frozen=True)
class Bans:
    """What may not stand in a slot."""

    authors: set[int]
    sounds: set[int]
    clusters: set[int]


class Pool:
    """Videos to draw from: first some candidates, more of them when the rules leave none."""

    def __init__(self, terms: Terms, is_left: Flags, *, again: bool) -> None:
        self.terms, self.is_left, self.again = terms, is_left, again
        self.catalogue, self.formula = terms.catalogue, terms.formula
        self.others = int(np.count_nonzero(is_left))  # those that are left and no candidates
        self.videos, self.sources, self.taken = NO_IDS, NO_IDS, np.empty(0, np.bool_)
        self.by_term: dict[str, Floats] = {}
        self._add(*self._candidates())

    def draw(self, rng: np.random.Generator, kind: Kind, chances: dict[Kind, float], bans: Bans) -> Pick | None:
        """Draw and take out one video that `bans` leave; None when there is none. `chances` are those of each kind."""
        open_ = self._open(bans)
        if not open_.any():
            more = self._first(self.catalogue.best, self.formula.best, bans)
            self._add(more, np.zeros(len(more), np.int64))
            open_ = self._open(bans)
        if not open_.any():
            return None
        drawn = {one: self._weights(one, open_) for one in (Kind.SCORE, Kind.EXPLORE)}
        if kind is Kind.UNIFORM:
            place, each = self._any(rng, open_, bans)
        else:
            place = _drawn(rng, drawn[kind][0])
            # Of videos that are no candidates, also those that `bans` forbid: to count them is not worth a look at all.
            each = 1 / (np.count_nonzero(open_) + self.others)
        propensity = chances[Kind.UNIFORM] * each
        if place < len(open_):
            propensity += sum(chances[one] * weights[place] / weights.sum() for one, (weights, _) in drawn.items())
        by_chance = kind is Kind.UNIFORM
        is_explorer = by_chance or drawn[kind][1]
        return self._take(place, float(min(propensity, 1.0)), is_explorer=is_explorer, by_chance=by_chance)

    def _any(self, rng: np.random.Generator, open_: Flags, bans: Bans) -> tuple[int, float]:
        """One of all that are left, candidate or not, each with the same chance; its place, and that chance."""
        others = np.flatnonzero(self.is_left)
        others = others[self._leaves(bans, others)]
        candidates = np.flatnonzero(open_)
        drawn = int(rng.integers(len(candidates) + len(others)))
        if drawn < len(candidates):
            return int(candidates[drawn]), 1 / (len(candidates) + len(others))
        self._add(others[drawn - len(candidates)][None], np.zeros(1, np.int64))
        return len(self.videos) - 1, 1 / (len(candidates) + len(others))

    def _weights(self, kind: Kind, open_: Flags) -> tuple[Floats, bool]:
        """Chances in proportion, and whether the slot is to learn something."""
        if kind == Kind.EXPLORE:
            need = self.catalogue.need[self.videos] * open_
            if need.any():
                # Half of a pool to those who will probably like it, half to anybody.
                lovers = self._softmax(self.score, open_ & (need > 0))
                return need / need.sum() + lovers / lovers.sum(), True
            asking = self._spread_over(self.terms.asking)
            if (asking * open_).any():
                return self._softmax(asking, open_), True
        if self._has_interest(open_):
            return self._softmax(self.score, open_), False
        return self._softmax(self.score + self._spread_over(self.terms.curiosity), open_), False

    def _has_interest(self, open_: Flags) -> bool:
        """Whether some kind is known that the viewer likes and of which there is something left."""
        clusters = self.catalogue.clusters.of[self.videos[open_]]
        known = clusters[clusters != NOWHERE]
        return bool(len(known)) and bool(self.terms.taste.mean[known].max() >= self.formula.interest)

    def _softmax(self, score: Floats, open_: Flags) -> Floats:
        top = score[open_].max(initial=-np.inf)
        # Not below e^-600: a weight that underflows to nothing could never be drawn, also when it alone is left.
        weights: Floats = np.exp(np.clip((score - top) / self.formula.temperature, -600, 0)) * open_
        return weights

    def _open(self, bans: Bans) -> Flags:
        return self._leaves(bans, self.videos) & ~self.taken

    def _leaves(self, bans: Bans, places: Ids) -> Flags:
        """Which of these videos `bans` leave."""
        open_ = np.ones(len(places), np.bool_)
        for values, banned in (
            (self.catalogue.authors[places], bans.authors),
            (self.catalogue.sounds[places], bans.sounds),
            (self.catalogue.clusters.of[places], bans.clusters),
        ):
            for one in banned:
                open_ &= values != one
        return open_

    def _candidates(self) -> tuple[Ids, Ids]:
        """Places of candidates, and for each the number of its source in `_SOURCES`; later sources win."""
        formula, catalogue = self.formula, self.catalogue
        left = self._first(catalogue.best, formula.newest + formula.best + 1)
        if len(left) <= formula.newest + formula.best:
            return np.sort(left), np.zeros(len(left), np.int64)
        followed = catalogue.by_author.places_of(self.terms.followed)
        followed = followed[self.is_left[followed]]
        mean = self.terms.taste.mean
        by_source = {
            Found.NEWEST: self._first(catalogue.newest, formula.newest),
            Found.BEST: left[: formula.best],
            Found.POOL: self._first(catalogue.neediest, formula.newest),
            Found.ASKED: self._members(self.terms.curiosity + mean, formula.asked, each=3),
            Found.MODEL: self._nearest(),
            Found.NEAR: self._members(
                mean, formula.near, each=formula.near, least=formula.interest, margin=formula.interest_margin
            ),
            Found.BESIDE: self._beside(),
            Found.FOLLOWED: _most(followed, catalogue.published_s, formula.followed),
        }
        places = np.concatenate([*by_source.values()])
        sources = np.concatenate([np.full(len(of), _SOURCES.index(source)) for source, of in by_source.items()])
        once, last = np.unique(places[::-1], return_index=True)
        return once, sources[::-1][last]

    def _beside(self) -> Ids:
        """Videos that others watched who watched the same, those with most in common."""
        left = self.is_left[self.terms.beside]
        beside, shared = self.terms.beside[left], self.terms.shared[left]
        return beside[np.argsort(-shared, kind="stable")[: self.formula.beside]]

    def _nearest(self) -> Ids:
        """Videos nearest to the viewer by the sequence model."""
        if self.terms.model is None:
            return NO_IDS
        taken = len(self.catalogue) - self.others  # so many of the nearest may be no answer
        places = self.catalogue.places_of(self.terms.model.nearest(self.formula.model_near + taken))
        return places[self.is_left[places]][: self.formula.model_near]

    def _members(self, worth: Floats, most: int, *, each: int, least: float = -np.inf, margin: float = np.inf) -> Ids:
        """At most `most` videos that are left (a few more, to end with a whole cluster), the best `each` of a cluster.

        Clusters worth most come first, and none that is worth less than `least`, or than the first one by `margin`.
        """
        parts: list[Ids] = []
        count = 0
        for cluster in np.argsort(-worth, kind="stable"):
            if count >= most or worth[cluster] < least:
                break
            members = self._first(self.catalogue.clusters.members(int(cluster)), each)
            if len(members) and not count:
                least = max(least, float(worth[cluster]) - margin)
            parts.append(members)
            count += len(members)
        return np.concatenate(parts) if parts else NO_IDS

    def _first(self, order: Ids, most: int, bans: Bans | None = None) -> Ids:
        """The first `most` videos of an order that are left, and that `bans` leave; looks no further than it must."""
        parts: list[Ids] = []
        begin, size, count = 0, 2 * most, 0
        while begin < len(order) and count < most:
            part = order[begin : begin + size]
            part = part[self.is_left[part]]
            if bans is not None:
                part = part[self._leaves(bans, part)]
            parts.append(part)
            begin, size, count = begin + size, 2 * size, count + len(part)
        return np.concatenate(parts)[:most] if parts else NO_IDS

    def _add(self, videos: Ids, sources: Ids) -> None:
        """More candidates, with their scores."""
        self.is_left[videos] = False
        self.others -= len(videos)
        self.videos = np.concatenate([self.videos, videos])
        self.sources = np.concatenate([self.sources, sources])
        self.taken = np.concatenate([self.taken, np.zeros(len(videos), np.bool_)])
        terms = self.terms.of(videos)
        self.by_term = {
            name: np.concatenate([self.by_term.get(name, _NO_FLOATS), term]) for name, term in terms.items()
        }
        self.score = np.sum(list(self.by_term.values()), axis=0)

    def _spread_over(self, worth: Floats) -> Floats:
        """What each cluster is worth, for each video of it, on the scale of scores."""
        clusters = self.catalogue.clusters.of[self.videos]
        of = worth[clusters] if len(worth) else np.zeros(len(clusters))
        return np.where(clusters == NOWHERE, 0.0, self.formula.taste_weight * of)

    def _take(self, place: int, propensity: float, *, is_explorer: bool, by_chance: bool) -> Pick:
        self.taken[place] = True
        video = int(self.videos[place])
        terms = tuple((name, float(values[place])) for name, values in self.by_term.items())
        return Pick(
            video_id=int(self.catalogue.ids[video]),
            author_id=int(self.catalogue.authors[video]),
            propensity=propensity,
            why=self._why(video, dict(terms), is_explorer=is_explorer, by_chance=by_chance),
            found=_SOURCES[int(self.sources[place])],
            is_explorer=is_explorer,
            score=float(self.score[place]),
            terms=terms,
            weights=self.terms.model.laid.version if self.terms.model else None,
        )

    def _why(self, video: int, terms: dict[str, float], *, is_explorer: bool, by_chance: bool) -> Why:
        """The term that lifted this video most; by chance when no term lifts it above the average."""
        if self.again:
            return Why.AGAIN
        if by_chance:
            return Why.CHANCE
        if is_explorer:
            return Why.EXPLORE if self.catalogue.need[video] > 0 else Why.ASKED
        terms["finished"] -= self.formula.finished * self.catalogue.rate
        name = max(terms, key=lambda term: terms[term])
        return _REASONS[name] if terms[name] > self.formula.temperature / 2 else Why.CHANCE


def _most(places: Ids, worth: Floats, most: int) -> Ids:
    """Those `most` of `places` that are worth most, in no order."""
    if len(places) <= most:
        return places
    return places[np.argpartition(worth[places], -most)[-most:]]


def _drawn(rng: np.random.Generator, chances: Floats) -> int:
    """A place drawn with `chances`, which sum to 1 but for rounding; never one with no chance at all."""
    sums = np.cumsum(chances)
    place = int(np.searchsorted(sums, rng.random() * sums[-1], side="right"))
    return min(place, int(np.flatnonzero(chances)[-1]))
