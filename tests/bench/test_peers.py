"""The world of the bots, and the peers in it: formulas against values reckoned by hand."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from bench.recommender import curves, loop, peers, world

VIDEOS, BOTS, SWIPES = 1000, 6, 110  # small for the formulas; the bots swipe in the whole catalogue


@pytest.fixture(scope="module")
def made() -> world.World:
    return world.made(3, VIDEOS)


def test_a_world_is_made_anew_from_its_seed(made):
    again = world.made(3, VIDEOS)
    assert (made.vectors == again.vectors).all()
    assert np.linalg.norm(made.vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert made.popularity.sum() == pytest.approx(1)
    assert (np.unique(made.authors, return_counts=True)[1] == world.PER_AUTHOR).all()
    few = world.with_niche(made, 3)
    assert (few.topics == world.TOPICS).sum() == world.NICHE_VIDEOS
    assert (few.vectors != made.vectors).any(axis=1).sum() == world.NICHE_VIDEOS


def test_a_bot_watches_what_it_loves_and_may_change_its_mind(made):
    bot = world.Bot(made, 1)
    loved, other = (np.flatnonzero(np.isin(made.topics, [*bot.secrets]) == is_loved) for is_loved in (True, False))
    watches = {name: np.mean([bot.watch(int(video)) for video in videos[:60]]) for name, videos in
               {"loved": loved, "other": other}.items()}  # fmt: skip
    assert watches["loved"] > 0.75
    assert watches["other"] < 0.45

    drifting = world.Bot(made, 1, course=world.Course.DRIFT)
    before, drifting.swipes = set(drifting.secrets), world.CHANGED_AT
    drifting.turn()
    assert before.isdisjoint(drifting.secrets)
    sated = world.Bot(made, 1, course=world.Course.SATED)
    sated.swipes, sated.met = world.CHANGED_AT, [min(sated.secrets)]
    sated.turn()
    tired_of = np.flatnonzero(made.topics == min(bot.secrets))
    assert {sated.watch(int(video)) for video in tired_of} == {0.1}
    assert sated.secrets == {max(bot.secrets)}


def test_a_visit_is_locked_when_eight_of_ten_match_and_left_when_two_do():
    matches = [False] * 5 + [True] * 10 + [False] * 10
    visit = world.Visit(matches=matches, shown=[0] * 25, watched_s=[6.0] * 25, sated=matches)
    assert visit.locked_at() == 13
    assert visit.minutes() == pytest.approx(1.3)
    assert visit.left_at(10) == 13
    assert world.Visit(matches=[False] * 30).locked_at() == float("inf")


def test_videos_wait_as_many_as_the_client_holds(made):
    class Told:
        def __init__(self) -> None:
            self.told, self.picked = 0, 0
            self.knew: list[int] = []

        def pick(self, count: int) -> list[int]:
            self.knew.append(self.told)
            self.picked += count
            return [*range(self.picked - count, self.picked)]

        def learn(self, video: int, reward: float) -> None:
            self.told += 1

    ahead, pages = Told(), Told()
    loop.visit(ahead, world.Bot(made, 0), swipes=6, ahead=2)
    assert ahead.knew[:6] == [0, 0, 0, 1, 2, 3]
    loop.visit(pages, world.Bot(made, 0), swipes=6, page=3)
    assert pages.knew == [0, 3]


def test_hot_is_what_peertube_reckons():
    one = peers.hot(np.array([101.0]), np.array([999.0]), np.array([10.0]), np.array([47_000 / 86_400]))
    assert one == pytest.approx([150 * 2 + 16 * 3 + 100 * 1 - 1])
    nothing = peers.hot(np.zeros(1), np.zeros(1), np.zeros(1), np.zeros(1))
    assert nothing == pytest.approx([0])


def test_loops_scores_by_its_four_parts(made):
    kinds = made.topics
    feed = peers.Loops(made, kinds, seed=1)
    age, plays = float(made.age_days[7]), float(world.plays(made)[7])
    raw = 0.30 * min(1, 0.05 * plays / 1000) + 0.20 * min(1, 0.005 * plays / 100)
    raw += 0.25 * min(1, 0.01 * plays / 50) + 0.10 * min(1, plays / 5000)
    base = 0.25 * (1 - (age / 730) ** 2) + 0.35 * raw / np.log(age + 3) + 0.10 * 0.5
    place = np.array([7])
    assert feed._score(place) == pytest.approx([base + 0.30 * 0.5])
    feed.learn(7, 0.5)  # not watched to the end
    assert feed._score(place) == pytest.approx([base + 0.30 * 0.5])
    feed.learn(7, 0.7)
    assert feed._score(place) == pytest.approx([base + 0.30 * (0.5 * 0.1 + 0.3 * 0.1)])


def test_the_kernel_is_that_of_the_reference(made):
    feed = peers.Kernel(made)
    (first,) = feed.pick(1)
    feed.learn(first, 0.65)
    assert feed.num[first] == pytest.approx(3 * 0.4)
    assert feed.den[first] == pytest.approx(3)
    cosine = float(made.vectors[11] @ made.vectors[first])
    assert feed.den[11] == pytest.approx(min(np.exp(10 * (cosine - 0.4)), 3), rel=1e-4)


def test_no_peer_shows_anything_twice(made):
    feeds, _ = peers.all_of(made)
    for feed in feeds.values():
        seen = loop.visit(feed(1), world.Bot(made, 1), swipes=60, ahead=2)
        assert len(set(seen.shown)) == 60


def test_ours_finds_what_bots_love_where_popularity_does_not():
    """What the README's table says of a hundred bots, with fewer and with room for luck."""
    made = world.made(3)
    feeds, kinds = peers.all_of(made)
    visits = {
        name: [loop.visit(feeds[name](n), world.Bot(made, n), swipes=SWIPES, ahead=2) for n in range(BOTS)]
        for name in ("Revue", "popularity, decayed")
    }
    ours = world.result(visits["Revue"])
    assert ours.p50 <= 70
    assert ours.locked >= 0.75
    assert world.result(visits["popularity, decayed"]).locked == 0
    assert np.mean([visit.matches[80:] for visit in visits["Revue"]]) >= 0.5
    authors, clusters = np.min([world.floor(made, visit, kinds) for visit in visits["Revue"]], axis=0)
    assert authors >= world.FLOOR_AUTHORS
    assert clusters >= world.FLOOR_CLUSTERS
    picture = ET.fromstring(curves.drawn(visits))
    assert len(picture.findall("{http://www.w3.org/2000/svg}polyline")) == 4
