"""Bots against the ranking engine alone, without a server: what a change of its numbers does, in a minute.

python -m bench.recommender.simulate                                  # 100 bots, behind the web client
python -m bench.recommender.simulate --ahead 0                        # feedback at each swipe
python -m bench.recommender.simulate --bots 40 --set curiosity=1.0 --seed 21 --first 5000
"""

import argparse
import dataclasses

import numpy as np

from bench.recommender import loop, world
from revue.recommender.engine import catalogue, clusters, ranker
from revue.recommender.engine.catalogue import Catalogue, Columns
from revue.recommender.engine.covisit import CoVisits, Numbers
from revue.recommender.engine.formula import FORMULA, Formula
from revue.recommender.engine.request import Request

NOW = 1_800_000_000.0
HISTORY = 300  # watches that a server reads for one request
NUMBERS = Numbers(neighbours=64)  # as of `revue.recommender.together`, which needs tables
LONG_S = 18.0  # as of `revue.recommender.watches`, likewise


def columns(made: world.World) -> Columns:
    """The world's videos as the ranker sees them: old, seen, and finished as often as all others."""
    count = len(made.topics)
    plays = world.plays(made)
    return Columns(
        ids=np.arange(1, count + 1),
        authors=made.authors,
        sounds=np.zeros(count, np.int64),
        published_s=NOW - made.age_days * 86_400,
        impressions=plays + world.PLAYS_BEFORE,
        recent_plays=np.zeros(count),
        recent_completions=np.zeros(count),
        counted_s=np.full(count, NOW),
        plays=plays,
        completions=plays // 3,
        topics=np.zeros(count, np.int64),
    )


def shelf(made: world.World, formula: Formula = FORMULA) -> Catalogue:
    """The catalogue of a world."""
    centres = clusters.fit(made.vectors)
    return catalogue.build(
        columns(made), now_s=NOW, half_life_s=3 * 86_400, vectors=made.vectors, centres=centres, formula=formula
    )


class Crowd:
    """What those who came before watched long one after the other, as each web process counts it."""

    def __init__(self, made: world.World) -> None:
        self.durations_s = made.durations_s
        self.visits = CoVisits(NUMBERS)

    def is_long(self, video: int, reward: float) -> bool:
        """Whether a watch is a long view by the rule of `recommender.watches`."""
        watched_s = reward * world.REWARD_AT * self.durations_s[video]
        return bool(watched_s >= min(self.durations_s[video], LONG_S))


class Engine:
    """Our ranking as one viewer meets it in one session."""

    def __init__(self, videos: Catalogue, *, seed: int, formula: Formula = FORMULA, crowd: Crowd | None = None) -> None:
        self.videos, self.seed, self.formula, self.crowd = videos, seed, formula, crowd
        self.served: list[int] = []
        self.watched: list[int] = []
        self.rewards: list[float] = []
        self.longs: list[int] = []

    def pick(self, count: int) -> list[int]:
        """As of `Feed`."""
        beside, shared = np.empty(0, np.int64), np.empty(0)
        if self.crowd is not None:
            beside, shared = self.crowd.visits.scores(np.array(self.longs, np.int64))
        request = Request(
            count=count,
            beside=beside + 1,
            shared=shared,
            seed=self.seed,
            served=np.array(self.served, np.int64),
            watched=np.array(self.watched[-HISTORY:], np.int64),
            rewards=np.array(self.rewards[-HISTORY:]),
        )
        picks = [pick.video_id - 1 for pick in ranker.rank(self.videos, request, self.formula)]
        self.served += [video + 1 for video in picks]
        return picks

    def learn(self, video: int, reward: float) -> None:
        """As of `Feed`."""
        self.watched.append(video + 1)
        self.rewards.append(reward)
        if self.crowd is not None and self.crowd.is_long(video, reward):
            self.crowd.visits.add(np.array(self.longs, np.int64), video)
            self.longs.append(video)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bots", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="number of the first bot")
    parser.add_argument("--seed", type=int, default=world.CATALOGUE_SEED, help="of the catalogue")
    parser.add_argument("--swipes", type=int, default=world.SWIPES)
    parser.add_argument("--page", type=int, default=1)
    parser.add_argument("--ahead", type=int, default=world.CLIENT_AHEAD, help="videos that wait while more are chosen")
    parser.add_argument("--crowd", action="store_true", help="what earlier bots watched together counts for later ones")
    parser.add_argument("--course", type=world.Course, choices=[*world.Course], default=world.Course.STEADY)
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="numbers of the formula")
    words = parser.parse_args()
    given = {name: type(getattr(FORMULA, name))(value) for name, _, value in (one.partition("=") for one in words.set)}
    formula = dataclasses.replace(FORMULA, **given)
    made = world.made(words.seed)
    videos = shelf(made, formula)
    visits, crowd = [], Crowd(made) if words.crowd else None
    for number in range(words.first, words.first + words.bots):
        bot = world.Bot(made, number, course=words.course)
        feed = Engine(videos, seed=number, formula=formula, crowd=crowd)
        visits.append(loop.visit(feed, bot, swipes=words.swipes, page=words.page, ahead=words.ahead))
    print(world.HEAD)
    name = f"catalogue {words.seed}, bots from {words.first}"
    print(world.row(name, made, visits, videos.clusters.of, words.course))


if __name__ == "__main__":
    main()
