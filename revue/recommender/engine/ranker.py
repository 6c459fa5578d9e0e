"""The ranking: what a viewer likes, what everybody finishes, what is new, and a little to learn more.

Each slot is of one kind. Most are drawn by score: with probability softmax(score / temperature) over the candidates
that the rules leave. One of each block is an explorer: a new video on its way through its pools, or a kind of which the
viewer was not asked yet. A few are drawn from everything alike. The probability with which a video was put into its
slot is its propensity. One seed, one catalogue and one request give one answer.
"""

import dataclasses
import enum
import functools
from collections.abc import Iterator

import numpy as np

from revue.recommender.contracts import Found, Pick, Why
from revue.recommender.engine import taste
from revue.recommender.engine.catalogue import Catalogue, Flags, Floats, Ids, found
from revue.recommender.engine.clusters import NOWHERE
from revue.recommender.engine.formula import FORMULA, VERSION, Formula
from revue.recommender.engine.learned import Reading

MODEL_VERSION = VERSION
_NO_IDS = np.empty(0, np.int64)
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


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """One viewer's wish for `count` videos."""

    count: int
    seed: int
    served: Ids  # in this session, oldest first; never again in it
    seen: Ids = dataclasses.field(default_factory=lambda: _NO_IDS)  # ever
    followed: Ids = dataclasses.field(default_factory=lambda: _NO_IDS)  # people
    watched: Ids = dataclasses.field(default_factory=lambda: _NO_IDS)  # videos with a reward, oldest first
    rewards: Floats = dataclasses.field(default_factory=lambda: np.empty(0))  # what each says of liking, 0 … 1
    beside: Ids = dataclasses.field(default_factory=lambda: _NO_IDS)  # videos that others watched who watched the same
    shared: Floats = dataclasses.field(default_factory=lambda: np.empty(0))  # how much in common, of each of those
    dials: tuple[tuple[int, float], ...] = ()  # (bit of a topic, so many steps of double or half)
    barred: Flags | None = None  # per video of the catalogue: what the viewer wants in none of their feeds
    model: Reading | None = None  # what the sequence model reads in the viewer's watches; None: it has no say
    position: int | None = None  # of the first slot in its session; None: behind everything served


def rank(catalogue: Catalogue, request: Request, formula: Formula = FORMULA) -> list[Pick]:
    """Up to `request.count` videos in the order to show them; fewer only when no more are left.

    Never one of `request.served`. A video the viewer saw before comes only where no unseen one may stand.
    """
    ranking = _Ranking(catalogue, request, formula)
    picks: list[Pick] = []
    while len(picks) < request.count and (pick := ranking.next()) is not None:
        picks.append(pick)
    return picks


class _Kind(enum.StrEnum):
    """What a slot is for."""

    SCORE = "score"
    EXPLORE = "explore"
    UNIFORM = "uniform"


@dataclasses.dataclass(frozen=True)
class _Bans:
    """What may not stand in a slot."""

    authors: set[int]
    sounds: set[int]
    clusters: set[int]


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
        self.chances = {_Kind.EXPLORE: explored, _Kind.UNIFORM: uniform, _Kind.SCORE: 1 - explored - uniform}
        self.allowed = ~catalogue.flags_of(request.served)
        if request.barred is not None:
            self.allowed &= ~request.barred
        self.seen = catalogue.places_of(request.seen)
        self.terms = _Terms(catalogue, request, formula)

    @functools.cached_property
    def _fresh(self) -> "_Pool":
        is_left = self.allowed.copy()
        is_left[self.seen] = False
        return _Pool(self.terms, is_left, again=False)

    @functools.cached_property
    def _again(self) -> "_Pool":
        """Scored only where it is needed: most requests never come to it."""
        is_left = np.zeros_like(self.allowed)
        is_left[self.seen] = self.allowed[self.seen]
        return _Pool(self.terms, is_left, again=True)

    def _pools(self) -> "Iterator[_Pool]":
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

    def _kind(self) -> _Kind:
        """What this slot is for. Which of a block are explorers is drawn for the whole block at once."""
        block, place = divmod(self.position, self.formula.block)
        if block not in self.explored:
            draw = np.random.default_rng([self.request.seed, block])
            self.explored[block] = draw.permutation(self.formula.block)[: self.explorers]
        if place in self.explored[block]:
            return _Kind.EXPLORE
        return _Kind.UNIFORM if self.rng.random() < self.formula.uniform else _Kind.SCORE

    def _bans(self) -> Iterator[_Bans]:
        """What may not stand here: all rules, then only "not twice in a row", then none."""
        catalogue, formula = self.catalogue, self.formula
        window = np.array(self.tail[-(formula.block - 1) :], np.int64)
        last = window[-1:]
        authors = _often(catalogue.authors[window], formula.author_most)
        kinds = _often(catalogue.clusters.of[window], formula.cluster_most) - {NOWHERE}
        row = _Bans({int(a) for a in catalogue.authors[last]}, {int(s) for s in catalogue.sounds[last]} - {0}, set())
        yield _Bans(authors | row.authors, row.sounds, kinds)
        yield row
        yield _Bans(set(), set(), set())


def _often(values: Ids, most: int) -> set[int]:
    """Those of `values` that stand among them `most` times already."""
    each, counts = np.unique(values, return_counts=True)
    return {int(value) for value in each[counts >= most]}


class _Terms:
    """What each video's score is made of, for one viewer."""

    def __init__(self, catalogue: Catalogue, request: Request, formula: Formula) -> None:
        self.catalogue, self.formula = catalogue, formula
        places, known = catalogue.found(request.watched)
        rewards = np.clip(request.rewards[known], 0.0, 1.0)
        self.taste = taste.learn(catalogue.clusters, catalogue.prior, catalogue.vectors, places, rewards, formula)
        self._wonder()
        newest = request.served[-formula.block :]
        for place in catalogue.places_of(newest[~np.isin(newest, request.watched)]):
            self.send(int(place))
        self.followed = request.followed
        self.dials, self.model = request.dials, request.model
        beside, known = catalogue.found(request.beside)
        order = np.argsort(beside)
        self.beside, self.shared = beside[order], request.shared[known][order]

    def send(self, place: int) -> None:
        """A video is on its way to the viewer: what they will do with it is open, but it is asked."""
        cluster = int(self.catalogue.clusters.of[place])
        if cluster != NOWHERE:
            self.taste = self.taste.asking(cluster)
            self._wonder()

    def _wonder(self) -> None:
        """How much there is to learn of each kind, and what asking about it may bring."""
        formula, mean = self.formula, self.taste.mean
        self.curiosity = formula.curiosity * self.taste.spread * self.catalogue.prior.boost
        # Nothing where it is known already that the viewer likes it.
        asking = np.maximum(mean - formula.usual_watch + self.curiosity, 0.0)
        self.asking = np.where(mean < formula.interest, asking, 0.0)

    def of(self, places: Ids) -> dict[str, Floats]:
        """Each term of each of these videos; their sum is the score."""
        catalogue, formula = self.catalogue, self.formula
        clusters = catalogue.clusters.of[places]
        liking = np.zeros(len(places))
        if len(catalogue.clusters):
            near = taste.closeness(self.taste, catalogue.vectors[places], formula)
            known = self.taste.mean[clusters] - formula.usual_watch + formula.closeness_gain * near
            liking = np.where(clusters == NOWHERE, 0.0, known)
        return {
            "taste": np.asarray(formula.taste_weight * liking, np.float64),
            "finished": formula.finished * catalogue.finish[places],
            "fresh": catalogue.fresh[places],
            "followed": np.where(np.isin(catalogue.authors[places], self.followed), formula.follow, 0.0),
            "dial": formula.dial * self._dialled(places),
            "together": formula.together * self._shared(places),
            "model": self.model.term(catalogue.ids[places]) if self.model else np.zeros(len(places)),
        }

    def _shared(self, places: Ids) -> Floats:
        """How much others who watched the same have in common with each video, 0 … 1."""
        at, known = found(self.beside, places)
        shared = np.zeros(len(places))
        shared[known] = self.shared[at]
        return shared / (shared + self.formula.together_half)

    def _dialled(self, places: Ids) -> Floats:
        """How far the viewer has turned the dials of a video's topics, all together."""
        turned = np.zeros(len(places))
        for bit, steps in self.dials:
            turned += np.where(self.catalogue.topics[places] & bit, steps, 0.0)
        return turned


class _Pool:
    """Videos to draw from: first some candidates, more of them when the rules leave none."""

    def __init__(self, terms: _Terms, is_left: Flags, *, again: bool) -> None:
        self.terms, self.is_left, self.again = terms, is_left, again
        self.catalogue, self.formula = terms.catalogue, terms.formula
        self.others = int(np.count_nonzero(is_left))  # those that are left and no candidates
        self.videos, self.sources, self.taken = _NO_IDS, _NO_IDS, np.empty(0, np.bool_)
        self.by_term: dict[str, Floats] = {}
        self._add(*self._candidates())

    def draw(self, rng: np.random.Generator, kind: _Kind, chances: dict[_Kind, float], bans: _Bans) -> Pick | None:
        """Draw and take out one video that `bans` leave; None when there is none. `chances` are those of each kind."""
        open_ = self._open(bans)
        if not open_.any():
            more = self._first(self.catalogue.best, self.formula.best, bans)
            self._add(more, np.zeros(len(more), np.int64))
            open_ = self._open(bans)
        if not open_.any():
            return None
        drawn = {one: self._weights(one, open_) for one in (_Kind.SCORE, _Kind.EXPLORE)}
        if kind is _Kind.UNIFORM:
            place, each = self._any(rng, open_, bans)
        else:
            place = _drawn(rng, drawn[kind][0])
            # Of videos that are no candidates, also those that `bans` forbid: to count them is not worth a look at all.
            each = 1 / (np.count_nonzero(open_) + self.others)
        propensity = chances[_Kind.UNIFORM] * each
        if place < len(open_):
            propensity += sum(chances[one] * weights[place] / weights.sum() for one, (weights, _) in drawn.items())
        by_chance = kind is _Kind.UNIFORM
        is_explorer = by_chance or drawn[kind][1]
        return self._take(place, float(min(propensity, 1.0)), is_explorer=is_explorer, by_chance=by_chance)

    def _any(self, rng: np.random.Generator, open_: Flags, bans: _Bans) -> tuple[int, float]:
        """One of all that are left, candidate or not, each with the same chance; its place, and that chance."""
        others = np.flatnonzero(self.is_left)
        others = others[self._leaves(bans, others)]
        candidates = np.flatnonzero(open_)
        drawn = int(rng.integers(len(candidates) + len(others)))
        if drawn < len(candidates):
            return int(candidates[drawn]), 1 / (len(candidates) + len(others))
        self._add(others[drawn - len(candidates)][None], np.zeros(1, np.int64))
        return len(self.videos) - 1, 1 / (len(candidates) + len(others))

    def _weights(self, kind: _Kind, open_: Flags) -> tuple[Floats, bool]:
        """Chances in proportion, and whether the slot is to learn something."""
        if kind == _Kind.EXPLORE:
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

    def _open(self, bans: _Bans) -> Flags:
        return self._leaves(bans, self.videos) & ~self.taken

    def _leaves(self, bans: _Bans, places: Ids) -> Flags:
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
            return _NO_IDS
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
        return np.concatenate(parts) if parts else _NO_IDS

    def _first(self, order: Ids, most: int, bans: _Bans | None = None) -> Ids:
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
        return np.concatenate(parts)[:most] if parts else _NO_IDS

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
