"""Bots against the ranking engine alone, without a server: what a change of its numbers does, in a minute.

python -m bench.recommender.simulate                                  # 100 bots
python -m bench.recommender.simulate --bots 40 --set curiosity=1.0 --seed 21 --first 5000
"""

import argparse
import dataclasses

import numpy as np

from bench.recommender import world
from revue.recommender.engine import catalogue, clusters, ranker
from revue.recommender.engine.catalogue import Catalogue, Columns
from revue.recommender.engine.formula import FORMULA, Formula

NOW = 1_800_000_000.0
HISTORY = 300  # watches that a server reads for one request


def columns(made: world.World) -> Columns:
    """The world's videos as the ranker sees them: old, seen, and finished as often as all others."""
    count = len(made.topics)
    plays = np.round(1 + 200 * made.popularity * count).astype(np.int64)
    return Columns(
        ids=np.arange(1, count + 1),
        authors=made.authors,
        sounds=np.zeros(count, np.int64),
        published_s=np.full(count, NOW - 90 * 86_400),
        impressions=plays + 2000,
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


def visit(videos: Catalogue, bot: world.Bot, swipes: int, page: int, formula: Formula) -> world.Visit:
    """One bot's visit; `page` videos are ranked before any feedback on them."""
    seen = world.Visit()
    watched: list[int] = []
    rewards: list[float] = []
    while len(seen.shown) < swipes:
        request = ranker.Request(
            count=page,
            seed=int(bot.rng.integers(2**31)) if not watched else 1 + len(watched),
            served=np.array(watched[-1000:], np.int64),
            watched=np.array(watched[-HISTORY:], np.int64),
            rewards=np.array(rewards[-HISTORY:]),
        )
        for pick in ranker.rank(videos, request, formula):
            video = pick.video_id - 1
            ratio = bot.watch(video)
            seen.note(bot, video, ratio)
            watched.append(pick.video_id)
            rewards.append(min(ratio, world.REWARD_AT) / world.REWARD_AT)
    return seen


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bots", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="number of the first bot")
    parser.add_argument("--seed", type=int, default=world.CATALOGUE_SEED, help="of the catalogue")
    parser.add_argument("--swipes", type=int, default=world.SWIPES)
    parser.add_argument("--page", type=int, default=1)
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="numbers of the formula")
    words = parser.parse_args()
    given = {name: type(getattr(FORMULA, name))(value) for name, _, value in (one.partition("=") for one in words.set)}
    formula = dataclasses.replace(FORMULA, **given)
    made = world.made(words.seed)
    videos = shelf(made, formula)
    visits = [
        visit(videos, world.Bot(made, words.first + n), words.swipes, words.page, formula) for n in range(words.bots)
    ]
    print("| p50 | p90 | minutes p50 | locked | match 201-300 | least authors, clusters of 50 |")
    print("|---|---|---|---|---|---|")
    floors = [world.floor(made, one, videos.clusters.of) for one in visits if len(one.shown) >= 50]
    least = np.array(floors).min(axis=0) if floors else ("-", "-")
    print(f"| {world.result(visits)} | {least[0]}, {least[1]} |")


if __name__ == "__main__":
    main()
