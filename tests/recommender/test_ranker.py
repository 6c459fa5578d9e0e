"""The counting ranker alone: arrays in, picks out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revue.recommender.contracts import Why
from revue.recommender.engine import catalogue, ranker
from revue.recommender.engine.catalogue import Catalogue, Columns
from revue.recommender.engine.formula import FORMULA
from revue.recommender.engine.request import Request

NOW = 1_800_000_000.0
DAY = 86_400.0


def made(
    authors: list[int],
    *,
    ages_s: list[float] | None = None,
    plays: list[float] | None = None,
    completions: list[float] | None = None,
    impressions: list[int] | None = None,
) -> Catalogue:
    """A catalogue of videos 1, 2, 3 … by these authors."""
    count = len(authors)
    return catalogue.build(
        Columns(
            ids=np.arange(1, count + 1, dtype=np.int64),
            authors=np.array(authors, np.int64),
            sounds=np.zeros(count, np.int64),
            topics=np.zeros(count, np.int64),
            published_s=NOW - np.array(ages_s or [DAY * 30] * count, np.float64),
            impressions=np.array(impressions or [1000] * count, np.int64),
            recent_plays=np.array(plays or [0] * count, np.float64),
            recent_completions=np.array(completions or [0] * count, np.float64),
            counted_s=np.full(count, NOW),
            plays=np.array(plays or [0] * count).astype(np.int64),
            completions=np.array(completions or [0] * count).astype(np.int64),
        ),
        now_s=NOW,
        half_life_s=3 * DAY,
    )


def wish(count: int, *, seed: int = 1, served=(), seen=(), followed=()) -> Request:
    arrays = [np.array(list(ids), np.int64) for ids in (served, seen, followed)]
    return Request(count, seed, *arrays)


def share_first(videos: Catalogue, video_id: int, *, rounds: int = 200, **given_) -> float:
    """How often a video stands first over many seeds."""
    first = [ranker.rank(videos, wish(1, seed=seed, **given_))[0].video_id for seed in range(rounds)]
    return first.count(video_id) / rounds


def test_an_empty_catalogue_gives_nothing():
    assert ranker.rank(made([]), wish(10)) == []


def test_one_seed_gives_one_answer():
    videos = made(list(range(50)))
    assert ranker.rank(videos, wish(20, seed=7)) == ranker.rank(videos, wish(20, seed=7))
    assert ranker.rank(videos, wish(20, seed=7)) != ranker.rank(videos, wish(20, seed=8))


def test_a_fresh_video_comes_before_old_ones_of_the_same_kind():
    videos = made(list(range(10)), ages_s=[DAY * 30] * 9 + [60])
    assert share_first(videos, 10) > 0.8


def test_a_video_that_people_finish_comes_before_one_they_leave():
    videos = made([1, 2], plays=[100, 100], completions=[90, 10])
    assert share_first(videos, 1) > 0.9


def test_one_lucky_play_does_not_beat_many_good_ones():
    videos = made(list(range(1, 11)), plays=[1, 200] + [100] * 8, completions=[1, 180] + [30] * 8)
    assert share_first(videos, 2) > 0.9
    assert share_first(videos, 1) < 0.05


def test_completions_fade_with_their_half_life():
    columns = Columns(
        ids=np.array([1, 2], np.int64),
        authors=np.array([1, 2], np.int64),
        sounds=np.zeros(2, np.int64),
        topics=np.zeros(2, np.int64),
        published_s=np.full(2, NOW - 90 * DAY),
        impressions=np.array([9, 9], np.int64),
        recent_plays=np.array([40.0, 40.0]),
        recent_completions=np.array([40.0, 40.0]),
        counted_s=np.array([NOW, NOW - 30 * DAY]),
        plays=np.array([40, 40], np.int64),
        completions=np.array([40, 40], np.int64),
    )
    videos = catalogue.build(columns, now_s=NOW, half_life_s=3 * DAY)
    assert videos.finish[0] > videos.finish[1]


def test_the_follower_of_an_author_sees_more_of_them():
    videos = made(list(range(1, 11)))
    assert share_first(videos, 5, followed=[5]) > share_first(videos, 5) + 0.3


def test_what_was_seen_comes_only_after_everything_unseen():
    videos = made(list(range(1, 11)))
    picks = ranker.rank(videos, wish(10, seen=[1, 2, 3]))
    assert {pick.video_id for pick in picks[7:]} == {1, 2, 3}
    assert [pick.why for pick in picks[7:]] == [Why.AGAIN] * 3


def test_what_was_served_in_this_session_never_comes_again():
    videos = made(list(range(1, 11)))
    picks = ranker.rank(videos, wish(20, served=[1, 2, 3]))
    assert sorted(pick.video_id for pick in picks) == [4, 5, 6, 7, 8, 9, 10]


def test_little_shown_videos_get_the_exploration_share():
    explorers = made([*range(1, 101)], impressions=[10_000] * 99 + [0], plays=[50] * 100, completions=[45] * 99 + [5])
    share = share_first(explorers, 100, rounds=1000)
    assert share == pytest.approx(FORMULA.explorers_new / FORMULA.block, abs=0.05)


def test_the_propensity_is_the_share_with_which_a_video_is_really_drawn():
    videos = made([1, 2, 3], ages_s=[DAY * 30, DAY * 2, DAY], impressions=[5, 50, 500])
    rounds = 4000
    firsts = [ranker.rank(videos, wish(1, seed=seed))[0] for seed in range(rounds)]
    for video_id in (1, 2, 3):
        drawn = [pick for pick in firsts if pick.video_id == video_id]
        assert len({round(pick.propensity, 9) for pick in drawn}) == 1
        assert len(drawn) / rounds == pytest.approx(drawn[0].propensity, abs=0.03)


def test_reasons_are_the_largest_true_term():
    old = DAY * 300
    videos = made(
        [1, 2, 3, 4], ages_s=[60, old, old, old], plays=[0, 100, 0, 0], completions=[0, 99, 0, 0], impressions=[1] * 4
    )
    picks = {}
    for seed in range(200):
        for pick in ranker.rank(videos, wish(4, seed=seed, followed=[3])):
            picks.setdefault(pick.video_id, set()).add(pick.why)
    assert picks[1] == {Why.FRESH, Why.EXPLORE}
    assert picks[2] == {Why.FINISHED, Why.EXPLORE}
    assert picks[3] == {Why.FOLLOWED, Why.EXPLORE}
    assert picks[4] == {Why.CHANCE, Why.EXPLORE}


def test_a_prolific_author_does_not_shut_others_out():
    """A thousand newer videos of one author fill every candidate list; the others still stand."""
    videos = made([7] * 1000 + list(range(100, 120)), ages_s=[10.0] * 1000 + [DAY * 50] * 20)
    picks = ranker.rank(videos, wish(10))
    assert [pick.author_id for pick in picks].count(7) == 2


@settings(max_examples=150, deadline=None)
@given(
    authors=st.lists(st.integers(1, 6), max_size=60),
    served=st.sets(st.integers(1, 60), max_size=30),
    seen=st.sets(st.integers(1, 70), max_size=40),
    count=st.integers(1, 70),
    seed=st.integers(0, 2**62),
)
def test_the_rules_hold_for_any_catalogue(authors, served, seen, count, seed):
    videos = made(authors)
    picks = ranker.rank(videos, wish(count, seed=seed, served=sorted(served), seen=sorted(seen)))
    left = set(range(1, len(authors) + 1)) - served
    chosen = [pick.video_id for pick in picks]

    assert len(chosen) == min(count, len(left)), "a page is short only when nothing is left"
    assert len(set(chosen)) == len(chosen)
    assert set(chosen) <= left
    assert all(0 < pick.propensity <= 1 for pick in picks)

    tail = [authors[video - 1] for video in sorted(served)[-10:] if video <= len(authors)]
    waiting = set(left)
    for pick in picks:
        allowed = {authors[video - 1] for video in waiting}
        full = {author for author in allowed if tail[-9:].count(author) >= 2}
        last = set(tail[-1:])
        if allowed - full - last:
            assert pick.author_id not in full | last
        elif allowed - last:
            assert pick.author_id not in last
        waiting.remove(pick.video_id)
        tail.append(pick.author_id)
