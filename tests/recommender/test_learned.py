"""The sequence model as it serves: what it expects becomes one term, as large as it has earned."""

import dataclasses
import subprocess
import sys

import numpy as np
import pytest

from revue.recommender.contracts import Found, Why
from revue.recommender.engine import catalogue, counts, dictionary, heads, learned, ranker, trust
from revue.recommender.engine.catalogue import Catalogue, Columns
from revue.recommender.engine.formula import FORMULA
from revue.recommender.engine.learned import Reading
from revue.recommender.engine.request import Request
from revue.recommender.engine.trust import Tally
from revue.recommender.engine.weights import BadWeights, Snapshot
from tests.recommender import models_made as made

NOW = 1_800_000_000.0
CONTENT = 4


def videos(count: int = 40, *, axis_of=lambda number: number % 2) -> Catalogue:
    """Old videos 1, 2, 3 … by as many authors, each along one axis; no clusters, so taste has no say."""
    ids = np.arange(1, count + 1, dtype=np.int64)
    vectors = np.zeros((count, CONTENT), np.float32)
    vectors[np.arange(count), [axis_of(number) for number in range(count)]] = 1.0
    columns = Columns(
        ids=ids,
        authors=ids + 1000,
        sounds=np.zeros(count, np.int64),
        topics=np.zeros(count, np.int64),
        published_s=np.full(count, NOW - 90 * 86_400),
        impressions=np.full(count, 10_000),
        recent_plays=np.zeros(count),
        recent_completions=np.zeros(count),
        counted_s=np.full(count, NOW),
        plays=np.full(count, 100),
        completions=np.full(count, 30),
    )
    return catalogue.build(
        columns, now_s=NOW, half_life_s=86_400, vectors=vectors, centres=np.zeros((0, CONTENT), np.float32)
    )


def laid(shelf: Catalogue, *, trusted: float = 1.0, axis: int = 1) -> learned.Laid:
    told = made.about(shelf.ids, shelf.authors, trust=trusted, made_s=NOW)
    weights = made.liking(told, axis, content=CONTENT)
    return learned.lay(Snapshot(1, None, {**weights, **told.arrays()}), shelf.ids, shelf.authors, shelf.vectors)


def reading(model: learned.Laid, watched=(1, 2, 3)) -> Reading:
    ids = np.array(watched, np.int64)
    return Reading(model, ids, np.full(len(ids), 0.5), np.zeros(len(ids), np.int64), NOW + np.arange(len(ids)) * 30.0)


def test_the_term_is_what_is_expected_beyond_the_usual_times_evidence_and_trust():
    shelf = videos()
    for trusted in (0.25, 1.0):
        term = reading(laid(shelf, trusted=trusted)).term(shelf.ids)
        likely, unlikely = 1 / (1 + np.exp(-6)), 1 / (1 + np.exp(6))
        share = FORMULA.model_weight * trusted * 3 / (3 + FORMULA.model_evidence) * FORMULA.value_long
        assert term[1::2] == pytest.approx(share * (likely - 0.5), abs=1e-4)
        assert term[::2] == pytest.approx(share * (unlikely - 0.5), abs=1e-4)


def test_labels_that_nobody_ever_told_have_no_say():
    base = np.full(len(heads.TASKS), np.nan, np.float32)
    chances = np.full((1, len(heads.TASKS)), 0.5)
    assert learned.value(chances, base).tolist() == [0.0]
    base[heads.TASKS.index("report")] = 0.0
    assert learned.value(chances, base).tolist() == [0.5 * FORMULA.value_report]


def test_what_the_model_likes_stands_first_and_says_so():
    shelf = videos()
    model = reading(laid(shelf), watched=np.arange(1, 41).repeat(4))
    picks = [
        pick
        for seed in range(20)
        for pick in ranker.rank(shelf, Request(5, seed, np.empty(0, np.int64), model=model))
        if not pick.is_explorer
    ]
    liked = [pick for pick in picks if pick.video_id % 2 == 0]
    assert len(liked) > 0.95 * len(picks)
    assert {pick.why for pick in liked} == {Why.MODEL}
    assert all(pick.score == pytest.approx(sum(value for _, value in pick.terms)) for pick in picks)


def test_the_nearest_to_the_viewer_are_candidates_of_their_own():
    shelf = videos(1500, axis_of=lambda number: int(number >= 1490))
    model = laid(shelf, axis=1)
    viewer = np.zeros((1, made.D), np.float32)
    viewer[0, 0] = 1.0
    near = reading(model)
    near._viewer = viewer
    assert set(near.nearest(10)) == set(range(1491, 1501))
    found = {
        pick.video_id: pick.found
        for seed in range(5)
        for pick in ranker.rank(shelf, Request(8, seed, np.empty(0, np.int64), model=near))
    }
    assert {found[video] for video in found if video > 1490} == {Found.MODEL}


def test_videos_that_are_newer_than_the_model_are_neutral():
    shelf = videos()
    term = reading(laid(shelf)).term(np.array([3, 41, 4, 999]))
    assert term[[1, 3]].tolist() == [0.0, 0.0]
    assert term[0] < 0 < term[2]
    assert reading(laid(shelf), watched=(999, 1000)).term(shelf.ids).any()
    assert reading(laid(videos(0))).term(shelf.ids).tolist() == [0.0] * 40


def test_a_model_without_trust_changes_no_pick():
    """However wrong it is."""
    shelf = videos()
    told = made.about(shelf.ids, shelf.authors, trust=0.0, made_s=NOW)
    wrong = Snapshot(1, None, {**made.random(told, content=CONTENT, scale=3.0), **told.arrays()})
    model = reading(learned.lay(wrong, shelf.ids, shelf.authors, shelf.vectors))
    for seed in range(20):
        request = Request(10, seed, np.empty(0, np.int64))
        plain, other = (ranker.rank(shelf, one) for one in (request, dataclasses.replace(request, model=model)))
        assert [pick.video_id for pick in plain] == [pick.video_id for pick in other]
        assert [pick.propensity for pick in plain] == [pick.propensity for pick in other]


def broken(change) -> Snapshot:
    told = made.about((1, 2), (1001, 1002))
    arrays = {**made.random(told, content=CONTENT), **told.arrays()}
    change(arrays)
    return Snapshot(1, None, arrays)


@pytest.mark.parametrize(
    "change",
    [
        lambda arrays: arrays.pop("norm"),
        lambda arrays: arrays.pop("start"),
        lambda arrays: arrays.pop("about.told"),
        lambda arrays: arrays.update(ids=arrays["ids"][:5]),
        lambda arrays: arrays.update({"heads.in": arrays["heads.in"][:-1]}),
        lambda arrays: arrays.update({"about.counts": arrays["about.counts"][:, :1]}),
        lambda arrays: arrays.update(start=np.float32(3)),
        lambda arrays: arrays.update(content=np.full_like(arrays["content"], np.nan)),
        lambda arrays: arrays.update(more=np.zeros(3)),
    ],
)
def test_arrays_of_other_shapes_and_numbers_that_are_none_are_refused(change):
    with pytest.raises(BadWeights, match="version 1"):
        learned.check(broken(change), content=CONTENT)


def test_content_vectors_of_another_length_are_refused():
    learned.check(broken(lambda arrays: None), content=CONTENT)
    with pytest.raises(BadWeights):
        learned.check(broken(lambda arrays: None), content=CONTENT + 1)


def test_serving_needs_no_library_for_learning():
    run = "import sys; from revue.recommender.engine import learned, ranker; print('jax' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def judged(labels: int, *, model: float, score: float) -> Tally:
    return Tally(labels, labels // 3, 1000, 1000 * model, 1000 * score)


def test_trust_is_earned_by_judging_enough_labels_better_than_the_score():
    assert trust.earned(judged(FORMULA.model_labels - 1, model=0.99, score=0.5)) == 0
    assert trust.earned(judged(3000, model=0.60, score=0.60)) == 0
    assert trust.earned(judged(3000, model=0.55, score=0.60)) == 0
    assert trust.earned(judged(300, model=0.62, score=0.60)) == 0, "within the noise of so few"
    assert 0 < trust.earned(judged(30_000, model=0.62, score=0.60)) < 0.5
    assert trust.earned(judged(3000, model=0.75, score=0.60)) == 1
    assert trust.earned(Tally(9000, 9000, 0, 0, 0)) == 0


def test_pairs_are_compared_within_each_viewer():
    """A model that knows who watches everything, and nothing of videos, wins no more than half."""
    viewers = np.array([1, 1, 1, 2, 2, 2])
    is_long = np.array([True, True, False, True, False, False])
    flat = np.array([0.9, 0.9, 0.9, 0.1, 0.1, 0.1])
    right = is_long.astype(float)
    found = trust.tally(viewers, is_long, flat, right) + trust.tally(viewers, is_long, right, -right)
    assert found == Tally(labels=12, long=6, pairs=8, model_wins=2 + 4, score_wins=4)


def test_what_is_counted_before_a_watch_never_holds_its_own_outcome():
    keys = np.array([5, 7, 5, 5, 7])
    is_long = np.array([True, False, False, True, True])
    assert counts.before(keys, is_long).tolist() == [[0, 0], [0, 0], [1, 1], [2, 1], [1, 0]]
    assert counts.before(keys[:0], is_long[:0]).shape == (0, 2)
    blank = counts.counters(np.zeros((2, 2)), np.zeros((2, 2)), 0.3)
    assert np.abs(blank).max() == 0


def test_rows_are_nobody_else_s_are_freed_and_are_given_again():
    told = dictionary.given(dictionary.empty(NOW), np.array([11, 12, 13]), np.array([1, 2]), now_s=NOW)
    rows = learned.rows_of(told.videos, np.array([11, 12, 13, 14]))
    assert len(set(rows)) == 4
    assert rows[3] == 0
    told = dictionary.counted(told, np.array([12, 14]), np.array([2, 9]), np.array([True, False]), np.full(2, NOW + 5))
    assert told.counts[rows[1]].tolist() == [1, 1]
    assert told.counts[0].tolist() == [2, 1], "everything is counted, with a row or without"
    kept = dictionary.kept(told, np.array([12, 13]), np.array([2]), now_s=NOW)
    assert set(kept.videos) == {0, 12, 13}
    assert set(kept.authors) == {0, 2}
    again = dictionary.given(kept, np.array([12, 15]), np.array([3]), now_s=NOW)
    assert learned.rows_of(again.videos, np.array([12, 15])).tolist() == [rows[1], rows[0]]
    assert again.counts[rows[0]].tolist() == [0, 0]
    freed, people = dictionary.freed(told, again)
    assert (freed.tolist(), len(people)) == ([rows[0]], 1)
    late = dictionary.kept(told, np.array([11, 12, 13]), np.array([1, 2]), now_s=NOW + dictionary.UNSEEN_S + 1)
    assert set(late.videos) == {0, 12}, "what nobody has watched for a month has no row"


def test_tables_grow_by_doubling():
    told = dictionary.given(dictionary.empty(NOW), np.arange(1, 1500), np.arange(1, 5), now_s=NOW)
    assert (len(told.videos), len(told.authors)) == (2048, 1024)
    assert (told.videos > 0).sum() == 1499
    assert told.videos[0] == told.authors[0] == 0
