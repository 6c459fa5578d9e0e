"""The counting ranker: fresh videos and videos that people finish, a little by chance, never twice in a session.

For each slot a video is drawn with probability (1 - e) · softmax(value / T) + e · exploration, over the candidates that
the author rules leave. That probability is its propensity. One seed, one catalogue and one request give one answer.
"""

import dataclasses
from collections.abc import Iterator, Sequence

import numpy as np

from revue.recommender.contracts import Pick, Why
from revue.recommender.engine.catalogue import WEIGHTS, Catalogue, Flags, Floats, Ids, Weights

MODEL_VERSION = "counting-1"


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """One viewer's wish for `count` videos."""

    count: int
    seed: int
    served: Ids  # in this session, oldest first
    seen: Ids  # ever
    followed: Ids  # people


def rank(catalogue: Catalogue, request: Request, weights: Weights = WEIGHTS) -> list[Pick]:
    """Up to `request.count` videos in the order to show them; fewer only when no more are left.

    Never one of `request.served`. A video the viewer saw before comes only where no unseen one may stand.
    """
    left = ~catalogue.flags_of(request.served)
    seen = catalogue.flags_of(request.seen)
    value = catalogue.value + weights.follow * _by_followed(catalogue, request.followed)
    pools = (
        _Pool(catalogue, value, left & ~seen, weights, again=False),
        _Pool(catalogue, value, left & seen, weights, again=True),
    )
    seed = np.random.SeedSequence([request.seed, len(request.served)])
    rng = np.random.Generator(np.random.PCG64(seed))
    tail = [int(author) for author in catalogue.authors[catalogue.places_of(request.served[-weights.author_window :])]]
    picks: list[Pick] = []
    while len(picks) < request.count:
        pick = _next(pools, rng, tail, weights)
        if pick is None:
            break
        picks.append(pick)
        tail.append(pick.author_id)
    return picks


def _next(pools: Sequence["_Pool"], rng: np.random.Generator, tail: list[int], weights: Weights) -> Pick | None:
    """The pick for one slot: author rules before novelty, and rules bend only when nothing else is left."""
    for banned in _bans(tail, weights):
        for pool in pools:
            pick = pool.draw(rng, banned)
            if pick is not None:
                return pick
    return None


def _bans(tail: list[int], weights: Weights) -> Iterator[set[int]]:
    """Which authors may not stand here: both rules, then only "not twice in a row", then none."""
    window = tail[-(weights.author_window - 1) :]
    last = set(tail[-1:])
    full = {author for author in window if window.count(author) >= weights.author_most}
    yield full | last
    yield last
    yield set()


def _by_followed(catalogue: Catalogue, followed: Ids) -> Flags:
    """True for each video by someone in `followed`."""
    if not len(followed):
        return np.zeros(len(catalogue), np.bool_)
    people = np.sort(followed)
    places = np.searchsorted(people, catalogue.authors)
    places[places == len(people)] = 0
    flags: Flags = people[places] == catalogue.authors
    return flags


class _Pool:
    """Videos to draw from: first some candidates, all of them when the author rules leave none."""

    def __init__(self, catalogue: Catalogue, value: Floats, allowed: Flags, weights: Weights, *, again: bool) -> None:
        self.catalogue, self.value, self.weights, self.again = catalogue, value, weights, again
        self.left = np.flatnonzero(allowed)
        self.is_wide = False
        self._set(self._candidates())

    def draw(self, rng: np.random.Generator, banned: set[int]) -> Pick | None:
        """Draw and take out one video by nobody in `banned`; None when there is none."""
        open_ = self._open(banned)
        if not open_.any() and not self.is_wide:
            self.is_wide = True
            self._set(self.left[~self.catalogue.flags_of(self._taken_ids())[self.left]])
            open_ = self._open(banned)
        if not open_.any():
            return None
        likes, explores = self.likes * open_, self.explores * open_
        likes, explores = likes / likes.sum(), explores / explores.sum()
        is_explorer = bool(rng.random() < self.weights.explore)
        place = _drawn(rng, explores if is_explorer else likes)
        chance = (1 - self.weights.explore) * likes[place] + self.weights.explore * explores[place]
        return self._take(place, float(min(chance, 1.0)), is_explorer=is_explorer)

    def _open(self, banned: set[int]) -> Flags:
        open_ = ~self.taken
        for author in banned:
            open_ &= self.authors != author
        return open_

    def _taken_ids(self) -> Ids:
        return self.catalogue.ids[self.videos[self.taken]]

    def _candidates(self) -> Ids:
        """Places of the newest, the best and those by followed people; all of them when there are few."""
        weights, left = self.weights, self.left
        if len(left) <= weights.newest + weights.best:
            return left
        newest = left[np.argpartition(self.catalogue.published_s[left], -weights.newest)[-weights.newest :]]
        best = left[np.argpartition(self.value[left], -weights.best)[-weights.best :]]
        lifted = left[self.value[left] > self.catalogue.value[left]]
        if len(lifted) > weights.followed:
            newest_first = np.argpartition(self.catalogue.published_s[lifted], -weights.followed)
            lifted = lifted[newest_first[-weights.followed :]]
        return np.unique(np.concatenate([newest, best, lifted]))

    def _set(self, videos: Ids) -> None:
        self.videos = videos
        self.authors = self.catalogue.authors[videos]
        self.taken = np.zeros(len(videos), np.bool_)
        value = self.value[videos]
        # Not below e^-600: a weight that underflows to nothing could never be drawn, also when it alone is left.
        self.likes = np.exp(np.maximum((value - value.max(initial=0)) / self.weights.temperature, -600))
        self.explores = self.catalogue.explore[videos]

    def _take(self, place: int, propensity: float, *, is_explorer: bool) -> Pick:
        self.taken[place] = True
        video = int(self.videos[place])
        return Pick(
            video_id=int(self.catalogue.ids[video]),
            author_id=int(self.catalogue.authors[video]),
            propensity=propensity,
            why=Why.AGAIN if self.again else Why.EXPLORE if is_explorer else self._largest_term(video),
        )

    def _largest_term(self, video: int) -> Why:
        """The term that lifted this video most; by chance when no term lifts it above the average."""
        terms = {
            Why.FRESH: float(self.catalogue.fresh[video]),
            Why.FINISHED: float(self.catalogue.finish[video]) - self.catalogue.rate,
            Why.FOLLOWED: float(self.value[video] - self.catalogue.value[video]),
        }
        why = max(terms, key=lambda term: terms[term])
        return why if terms[why] > self.weights.temperature / 2 else Why.CHANCE


def _drawn(rng: np.random.Generator, chances: Floats) -> int:
    """A place drawn with `chances`, which sum to 1 but for rounding; never one with no chance at all."""
    sums = np.cumsum(chances)
    place = int(np.searchsorted(sums, rng.random() * sums[-1], side="right"))
    return min(place, int(np.flatnonzero(chances)[-1]))
