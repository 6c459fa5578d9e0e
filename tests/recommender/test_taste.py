"""Clusters, taste and pools alone: arrays in, arrays out."""

import dataclasses

import numpy as np
import pytest

from revue.recommender.contracts import Found, Pick, Why
from revue.recommender.engine import catalogue, clusters, formula, pools, ranker, taste
from revue.recommender.engine.catalogue import Catalogue, Columns
from revue.recommender.engine.formula import FORMULA
from revue.recommender.engine.request import Request

NOW, DAY = 1_800_000_000.0, 86_400.0
KINDS, EACH, DIMENSIONS = 12, 60, 16


def rows(seed: int = 1) -> np.ndarray:
    """Vectors of `KINDS` kinds, `EACH` of each, one kind after the other."""
    rng = np.random.default_rng(seed)
    centres = np.eye(DIMENSIONS)[:KINDS]
    noisy = np.repeat(centres, EACH, axis=0) + rng.normal(0, 0.08, (KINDS * EACH, DIMENSIONS))
    return (noisy / np.linalg.norm(noisy, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def videos() -> Catalogue:
    """Old videos of all kinds, finished alike; video n is of kind (n - 1) // EACH."""
    count, vectors = KINDS * EACH, rows()
    columns = Columns(
        ids=np.arange(1, count + 1),
        authors=np.arange(count) % 97 + 1,
        sounds=np.arange(count) % 31,
        published_s=np.full(count, NOW - 90 * DAY),
        impressions=np.full(count, 5000),
        recent_plays=np.zeros(count),
        recent_completions=np.zeros(count),
        counted_s=np.full(count, NOW),
        plays=np.full(count, 100),
        completions=np.full(count, 30),
        topics=np.where(np.arange(count) < EACH, 1 << 3, 0),
    )
    centres = clusters.fit(vectors)
    return catalogue.build(columns, now_s=NOW, half_life_s=3 * DAY, vectors=vectors, centres=centres)


def kind_of(video_id: int) -> int:
    return (video_id - 1) // EACH


def walk(videos: Catalogue, likes: set[int], swipes: int, **more) -> list[Pick]:
    """A viewer who watches what they like and leaves the rest, for so many swipes."""
    picks: list[Pick] = []
    rewards: list[float] = []
    for _ in range(swipes):
        watched = np.array([pick.video_id for pick in picks], np.int64)
        request = Request(count=1, seed=5, served=watched, watched=watched, rewards=np.array(rewards), **more)
        (pick,) = ranker.rank(videos, request)
        picks.append(pick)
        rewards.append(0.65 if kind_of(pick.video_id) in likes else 0.1)
    return picks


def test_the_same_vectors_give_the_same_clusters_and_kinds_stay_together():
    vectors = rows()
    centres = clusters.fit(vectors)
    assert (centres == clusters.fit(vectors)).all()
    found = clusters.grouped(clusters.nearest(vectors, centres), centres)
    for cluster in range(len(found)):
        members = found.members(cluster)
        kinds, counts = np.unique(members // EACH, return_counts=True)
        assert len(members) == 0 or counts.max() > 0.95 * len(members) or len(kinds) <= 3
    assert found.sizes.sum() == len(vectors)


def test_a_video_without_a_vector_is_in_no_cluster_and_may_still_be_shown():
    vectors = rows()
    vectors[0] = 0
    centres = clusters.fit(vectors[1:])
    found = clusters.grouped(clusters.nearest(vectors, centres), centres)
    assert found.of[0] == clusters.NOWHERE
    assert 0 not in np.concatenate([found.members(cluster) for cluster in range(len(found))])


@pytest.mark.parametrize("count", [0, 1, 3])
def test_hardly_any_videos_are_no_trouble(count):
    vectors = rows()[:count]
    centres = clusters.fit(vectors)
    found = clusters.grouped(clusters.nearest(vectors, centres), centres)
    learnt = taste.learn(found, taste.prior(found), vectors, np.arange(count), np.full(count, 0.6))
    assert np.isfinite(learnt.mean).all()
    assert len(taste.closeness(learnt, vectors)) == count


def test_a_long_watch_lifts_its_cluster_and_what_is_near_and_leaves_the_rest(videos):
    learnt = taste.learn(videos.clusters, videos.prior, videos.vectors, np.array([0, 1]), np.array([0.7, 0.7]))
    of = videos.clusters.of
    assert learnt.mean[of[0]] > FORMULA.interest
    assert learnt.mean[of[5 * EACH]] == pytest.approx(FORMULA.usual_watch, abs=0.05)
    assert learnt.spread[of[0]] < learnt.spread[of[5 * EACH]]


def test_what_was_watched_lately_weighs_more_than_what_was_watched_before(videos):
    watched = np.arange(40)  # of one kind
    tired = np.concatenate([np.full(20, 0.7), np.full(20, 0.05)])
    means = [
        taste.learn(videos.clusters, videos.prior, videos.vectors, watched, rewards).mean[videos.clusters.of[0]]
        for rewards in (tired, tired[::-1])
    ]
    assert means[0] < means[1]


def test_a_feed_finds_what_is_liked_and_stays_with_it(videos):
    picks = walk(videos, likes={4, 9}, swipes=80)
    late = [pick for pick in picks[50:] if not pick.is_explorer]
    assert np.mean([kind_of(pick.video_id) in {4, 9} for pick in late]) > 0.9
    assert {pick.why for pick in late} == {Why.TASTE}


def test_no_rule_is_broken_on_the_way(videos):
    picks = walk(videos, likes={4}, swipes=100)
    ids = np.array([pick.video_id for pick in picks])
    for values, most in (
        (videos.authors[ids - 1], FORMULA.author_most),
        (videos.clusters.of[ids - 1], FORMULA.cluster_most),
    ):
        windows = [values[end - FORMULA.block : end] for end in range(FORMULA.block, len(values) + 1)]
        assert max(np.unique(window, return_counts=True)[1].max() for window in windows) <= most
    for values in (videos.authors[ids - 1], videos.sounds[ids - 1]):
        in_a_row = values[1:] == values[:-1]
        assert not (in_a_row & (values[1:] != 0)).any()
    explorers = [pick.is_explorer for pick in picks]
    blocks = [sum(explorers[begin : begin + FORMULA.block]) for begin in range(0, 100, FORMULA.block)]
    assert min(blocks) >= 1


def test_what_is_barred_never_comes_and_what_is_dialled_up_comes_more(videos):
    barred = videos.topics == 1 << 3
    assert not any(kind_of(pick.video_id) == 0 for pick in walk(videos, likes={0, 3}, swipes=60, barred=barred))
    shares = []
    for dials in ((), ((1 << 3, 1.3),)):
        picks = [
            ranker.rank(videos, Request(count=1, seed=seed, served=np.empty(0, np.int64), dials=dials))[0]
            for seed in range(60)
        ]
        shares.append(np.mean([kind_of(pick.video_id) == 0 for pick in picks]))
    assert shares[1] > shares[0] + 0.2


def test_terms_are_the_score(videos):
    for pick in walk(videos, likes={2}, swipes=30):
        assert pick.score == pytest.approx(sum(value for _, value in pick.terms))
        assert pick.found in Found


def test_a_new_video_is_shown_until_its_pool_is_full_and_goes_on_only_when_it_is_watched():
    impressions = np.array([0, 29, 30, 30, 100, 5000, 30])
    plays = np.array([0, 29, 30, 30, 100, 4000, 30])
    completions = np.array([0, 3, 25, 2, 90, 1000, 10])
    found = pools.standing(impressions, plays, completions)
    assert found.pool.tolist()[:6] == [0, 0, 1, pools.DONE, 2, pools.DONE]
    assert found.need[0] == 1.0
    assert found.need[1] < 0.1
    assert found.need[3] == found.need[5] == 0


def test_the_chance_to_be_better_than_the_median_is_a_chance():
    plays, completions = np.array([1000, 1000, 1000]), np.array([900, 500, 100])
    assert pools.chance(plays, completions) == pytest.approx([1.0, 0.5, 0.0], abs=1e-6)


def test_every_number_has_a_reason_and_the_file_is_what_the_ranker_reads():
    data = formula.published()
    assert set(data["numbers"]) == {field.name for field in dataclasses.fields(FORMULA)}
    assert all(reason for _, reason in data["numbers"].values())
    assert {name: value for name, (value, _) in data["numbers"].items()} == dataclasses.asdict(FORMULA)


def test_what_is_asked_already_is_not_asked_again_before_the_answer(videos):
    page = [kind_of(pick.video_id) for pick in ranker.rank(videos, Request(count=6, seed=3, served=np.empty(0, int)))]
    assert len(set(page)) == len(page)
    waiting = np.arange(6) * EACH + 1  # one video of each of six kinds is on its way
    asked = [ranker.rank(videos, Request(count=1, seed=seed, served=waiting))[0] for seed in range(30)]
    assert {kind_of(pick.video_id) for pick in asked} <= set(range(6, KINDS))


def test_asking_changes_what_is_unknown_and_nothing_that_is_expected(videos):
    watched, rewards = np.array([0, EACH]), np.array([0.7, 0.1])
    known = taste.learn(videos.clusters, videos.prior, videos.vectors, watched, rewards)
    cluster = int(videos.clusters.of[5 * EACH])
    asked = known.asking(cluster)
    assert (asked.mean == known.mean).all()
    assert (asked.variance <= known.variance + 1e-12).all()
    # As much less as if it had been watched: what is unknown does not go by how long somebody watches.
    again = np.append(watched, int(videos.clusters.members(cluster)[0]))
    told = dataclasses.replace(FORMULA, memory=1.0, renewal=1.0)
    known = taste.learn(videos.clusters, videos.prior, videos.vectors, watched, rewards, told).asking(cluster)
    after = taste.learn(videos.clusters, videos.prior, videos.vectors, again, np.append(rewards, 0.4), told)
    assert known.variance == pytest.approx(after.variance, abs=1e-9)


def test_what_is_drawn_from_everything_alike_is_no_candidates_alone(videos):
    alike = dataclasses.replace(FORMULA, uniform=1.0, explorers=0, explorers_new=0, newest=20, best=20, asked=0, near=0)
    picks = [ranker.rank(videos, Request(count=1, seed=seed, served=np.empty(0, int)), alike)[0] for seed in range(200)]
    assert len({pick.video_id for pick in picks}) > 100
    assert all(pick.propensity == pytest.approx(1 / len(videos)) for pick in picks)
    assert {pick.why for pick in picks} == {Why.CHANCE}
    assert all(pick.is_explorer for pick in picks)


def test_a_video_that_chance_brings_is_not_shown_twice(videos):
    alike = dataclasses.replace(FORMULA, uniform=1.0, explorers=0, explorers_new=0, newest=20, best=20)
    picks = ranker.rank(videos, Request(count=len(videos), seed=3, served=np.empty(0, int)), alike)
    assert len({pick.video_id for pick in picks}) == len(picks) == len(videos)


def test_what_somebody_has_grown_tired_of_is_left_after_a_few_watches(videos):
    long_loved, loved_too = np.arange(60), EACH + np.arange(12)
    watched = np.concatenate([long_loved, loved_too, EACH - 6 + np.arange(6)])
    rewards = np.concatenate([np.full(72, 0.65), np.full(6, 0.07)])
    known = taste.learn(videos.clusters, videos.prior, videos.vectors, watched, rewards)
    first, second = (int(videos.clusters.of[place]) for place in (EACH - 1, EACH))
    assert known.mean[first] < FORMULA.interest < known.mean[second]
