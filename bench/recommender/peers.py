"""Other feeds in the same world, in front of the same bots, each made anew from its description.

python -m bench.recommender.peers                          # 100 bots, behind the web client
python -m bench.recommender.peers --ahead 0                # feedback at each swipe
python -m bench.recommender.peers --curve curves.svg       # … and the picture

A feed that is fitted to a viewer gets what ours gets: the reward of each watch, at once. Where a peer reads likes,
which these bots never give, a watch to the end counts as one: more than it would have. None of them keeps authors or
kinds apart as ours must.
"""

import argparse
import pathlib
from collections.abc import Callable

import numpy as np

from bench.recommender import curves, loop, simulate, world
from bench.recommender.world import Floats, Ints, World

LIKED_AT = 1 / world.REWARD_AT  # a reward that a watch to the end has
LIKES, COMMENTS, SHARES = 0.05, 0.005, 0.01  # of its plays, before the run: what the log of everybody says of a video
POPULARITY_HALF_LIFE_DAYS = 30.0  # of how often a video is played: in this world all are old
_TAKEN = -np.inf


class Ordered:
    """One order for everybody."""

    def __init__(self, score: Floats) -> None:
        self.order, self.at = np.argsort(-score, kind="stable"), 0

    def pick(self, count: int) -> list[int]:
        """As of `loop.Feed`."""
        found = self.order[self.at : self.at + count]
        self.at += len(found)
        return [int(video) for video in found]

    def learn(self, video: int, reward: float) -> None:
        """Nothing."""


class Drawn:
    """Drawn from what was not shown yet, in proportion."""

    def __init__(self, chances: Floats, seed: int) -> None:
        # The largest of log(chance) + a Gumbel number is such a draw, and the next largest is the next one.
        self._ordered = Ordered(np.log(chances) + np.random.default_rng(seed).gumbel(size=len(chances)))

    def pick(self, count: int) -> list[int]:
        """As of `loop.Feed`."""
        return self._ordered.pick(count)

    def learn(self, video: int, reward: float) -> None:
        """Nothing."""


def hot(likes: Floats, views: Floats, comments: Floats, age_days: Floats) -> Floats:
    """PeerTube's "hot": logarithms to base 10 of what a video has, and the half days since some day.

    Weights in half days (47,000 s), all fifty-fold: a like 3, a view a third rounded down, a comment 2. There are no
    dislikes here.
    """
    half_days = -age_days * 86_400 / 47_000
    counted = 150 * np.log10(np.maximum(1, likes - 1)) + 16 * np.log10(views + 1)
    found: Floats = counted + 100 * np.log10(np.maximum(1, comments)) + half_days
    return found


class Loops:
    """Loops' For You, as its code means it: fresh .25, engagement .35, personal .30, creator .10, a third by chance.

    As it means it, not as it runs: every unseen video is scored (it looks at the newest only), the discoveries are
    mixed in (its own condition keeps them out), and interests follow at once (there by a job). A video's tag is the
    kind of its content, the same that ours goes by.
    """

    OLDEST_DAYS = 730.0
    FRESH, ENGAGEMENT, PERSONAL, CREATOR = 0.25, 0.35, 0.30, 0.10
    BY_CREATOR, BY_TAG = 0.5, 0.3  # of the personal share; 0.2 is for categories, which its videos rarely have
    TRUST = 0.5
    PER_LIKE = 10.0  # points of an interest, of 100: a like weighs 2, each weight five points

    def __init__(self, made: World, kinds: Ints, seed: int) -> None:
        self.made, self.kinds, self.rng = made, kinds, np.random.default_rng(seed)
        self.creators: dict[int, float] = {}
        self.tags: dict[int, float] = {}
        self.open, self.picked = np.ones(len(kinds), np.bool_), 0
        fresh = np.maximum(0, 1 - (made.age_days / self.OLDEST_DAYS) ** 2)
        self.base = self.FRESH * fresh + self.ENGAGEMENT * self.engagement(made) + self.CREATOR * self.TRUST

    @staticmethod
    def engagement(made: World) -> Floats:
        """What others made of a video, by what it would need to be full marks, less with the logarithm of its age."""
        plays = world.plays(made).astype(np.float64)
        parts = ((0.30, LIKES, 1000), (0.20, COMMENTS, 100), (0.25, SHARES, 50), (0.10, 1.0, 5000))
        raw = sum(weight * np.minimum(1, share * plays / full) for weight, share, full in parts)
        found: Floats = raw / np.log(made.age_days + 1 + 2)
        return found

    def pick(self, count: int) -> list[int]:
        """As of `loop.Feed`: two by score, one by chance, and again; by score alone while nothing is liked."""
        found = []
        for _ in range(count):
            left = np.flatnonzero(self.open)
            if not len(left):
                break
            by_chance = bool(self.tags) and self.picked % 3 == 2
            video = int(self.rng.choice(left)) if by_chance else int(left[np.argmax(self._score(left))])
            self.open[video] = False
            self.picked += 1
            found.append(video)
        return found

    def _score(self, left: Ints) -> Floats:
        if not self.tags:
            return self.base[left] + self.PERSONAL * 0.5
        creators = np.zeros(int(self.made.authors.max()) + 1)
        creators[[*self.creators]] = [*self.creators.values()]
        tags = np.zeros(int(self.kinds.max()) + 1)
        tags[[*self.tags]] = [*self.tags.values()]
        personal = self.BY_CREATOR * creators[self.made.authors[left]] + self.BY_TAG * tags[self.kinds[left]]
        found: Floats = self.base[left] + self.PERSONAL * personal / 100
        return found

    def learn(self, video: int, reward: float) -> None:
        """A watch to the end is a like."""
        if reward < LIKED_AT:
            return
        for interests, one in ((self.creators, self.made.authors[video]), (self.tags, self.kinds[video])):
            interests[int(one)] = min(100.0, interests.get(int(one), 0.0) + self.PER_LIKE)


class Kernel:
    """The reference's proposal: a kernel on watch ratios per viewer, and probes where nothing good is known."""

    def __init__(self, made: World) -> None:
        self.vectors, count = made.vectors, len(made.vectors)
        self.num, self.den, self.cov = np.zeros(count), np.zeros(count), np.full(count, -1.0)
        self.popular = np.log(count * made.popularity)
        self.open, self.picked = np.ones(count, np.bool_), 0

    def pick(self, count: int) -> list[int]:
        """As of `loop.Feed`."""
        found = []
        for _ in range(min(count, int(self.open.sum()))):
            mean = self.num / (self.den + 0.5)
            self.picked += 1
            if self.picked % 10 == 0 or mean[self.open].max() < 0.10:
                worth = 2 * np.minimum(mean, 0.05) - self.cov + 0.05 * self.popular
            else:
                worth = mean + 0.05 / np.sqrt(self.den + 0.5) + 0.004 * self.popular
            video = int(np.argmax(np.where(self.open, worth, _TAKEN)))
            self.open[video] = False
            self.cov = np.maximum(self.cov, self.vectors @ self.vectors[video])
            found.append(video)
        return found

    def learn(self, video: int, reward: float) -> None:
        """Spread what was watched over what is alike."""
        cosines = self.vectors @ self.vectors[video]
        kernel = np.minimum(np.exp(10 * (cosines - 0.40)), 3)
        self.num = 0.998 * self.num + kernel * (reward - 0.25)
        self.den = 0.998 * self.den + kernel


class Centroid:
    """The usual feed made at home: the mean of what was watched, and what lies nearest; one of ten is popular."""

    def __init__(self, made: World, seed: int) -> None:
        self.made, self.rng = made, np.random.default_rng(seed)
        self.mean = np.zeros(made.vectors.shape[1])
        self.open = np.ones(len(made.vectors), np.bool_)

    def pick(self, count: int) -> list[int]:
        """As of `loop.Feed`."""
        found = []
        for _ in range(min(count, int(self.open.sum()))):
            if not self.mean.any() or self.rng.random() < 0.1:
                chances = self.made.popularity * self.open
                video = int(self.rng.choice(len(chances), p=chances / chances.sum()))
            else:
                video = int(np.argmax(np.where(self.open, self.made.vectors @ self.mean, _TAKEN)))
            self.open[video] = False
            found.append(video)
        return found

    def learn(self, video: int, reward: float) -> None:
        """Move towards what was watched long, away from what was not."""
        self.mean = 0.95 * self.mean + (reward - 0.3) * self.made.vectors[video]


def all_of(made: World) -> tuple[dict[str, Callable[[int], loop.Feed]], Ints]:
    """Name → how to make the feed of one viewer from a seed, and the kind of each video that the floor is told in."""
    shelf, plays = simulate.shelf(made), world.plays(made).astype(np.float64)
    kinds = shelf.clusters.of
    hotness = hot(LIKES * plays, plays, COMMENTS * plays, made.age_days)
    decayed = made.popularity * 0.5 ** (made.age_days / POPULARITY_HALF_LIFE_DAYS)
    return {
        "Revue": lambda seed: simulate.Engine(shelf, seed=seed),
        "the reference's kernel": lambda _: Kernel(made),
        "user centroid": lambda seed: Centroid(made, seed),
        "Loops, as meant": lambda seed: Loops(made, kinds, seed),
        "PeerTube, hot": lambda _: Ordered(hotness),
        "popularity, decayed": lambda seed: Drawn(decayed, seed),
        "newest first": lambda _: Ordered(-made.age_days),
        "random": lambda seed: Drawn(np.ones(len(kinds)), seed),
    }, kinds


def main() -> None:
    """Print the table, and draw the curves."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bots", type=int, default=100)
    parser.add_argument("--first-bot", type=int, default=0, help="number of the first bot")
    parser.add_argument("--catalogue", type=int, default=world.CATALOGUE_SEED, help="its seed")
    parser.add_argument("--swipes", type=int, default=world.SWIPES)
    parser.add_argument("--page", type=int, default=1)
    parser.add_argument("--ahead", type=int, default=world.CLIENT_AHEAD, help="videos that wait while more are chosen")
    parser.add_argument("--curve", type=pathlib.Path, help="draw matches by swipe into this SVG")
    words = parser.parse_args()
    made = world.made(words.catalogue)
    feeds, kinds = all_of(made)
    runs: dict[str, list[world.Visit]] = {}
    print(world.HEAD, flush=True)
    for name, feed in feeds.items():
        runs[name] = [
            loop.visit(feed(number), world.Bot(made, number), swipes=words.swipes, page=words.page, ahead=words.ahead)
            for number in range(words.first_bot, words.first_bot + words.bots)
        ]
        print(world.row(name, made, runs[name], kinds), flush=True)
    if words.curve:
        words.curve.write_text(curves.drawn(runs))


if __name__ == "__main__":
    main()
