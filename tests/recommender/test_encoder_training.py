"""Learning: numpy and JAX agree, a planted pattern is learnt, one seed gives one result. Needs the extra `train`."""

import dataclasses
import functools

import numpy as np
import pytest

pytest.importorskip("jax", reason="the extra `train` is not installed")
pytest.importorskip("optax", reason="the extra `train` is not installed")

import jax
import jax.numpy as jnp

from revue.recommender.engine import encoder, heads, train, trainer
from revue.recommender.engine.train import Config, Window

VIDEOS, LENGTH = 13, 12
pytestmark = pytest.mark.timeout(600)  # XLA compiles for 20 s of CPU, and a busy machine gives it little
SMALL = Config(events=LENGTH, d=16, layers=1, feed=32, batch=16, negatives=24, dropout=0.0, rate=5e-3, mean_decay=0.9)


def window(rng: np.random.Generator, *, planted: bool = True) -> Window:
    """Each video is followed by the one after it; the even ones are viewed long."""
    steps = np.arange(LENGTH) if planted else rng.permutation(LENGTH)
    videos = 1 + (int(rng.integers(VIDEOS - 1)) + steps) % (VIDEOS - 1)
    labels = np.full((LENGTH, len(heads.TASKS)), np.nan, np.float32)
    labels[:, heads.LONG] = 1.0
    labels[:, heads.TASKS.index("like")] = videos % 2
    return Window(
        videos.astype(np.int32),
        np.full(LENGTH, encoder.WATCH_BUCKETS - 1, np.int32),
        np.cumsum(rng.integers(5, 50, LENGTH)).astype(np.float64),
        labels,
        np.zeros((LENGTH, 2), np.float32),
        np.ones(LENGTH, np.bool_),
    )


def windows(count: int, seed: int = 1) -> list[Window]:
    rng = np.random.default_rng(seed)
    return [window(rng) for _ in range(count)]


@pytest.fixture(scope="module")
def videos():
    return train.catalogue(
        np.random.default_rng(2).normal(size=(VIDEOS, 3)).astype(np.float32),
        np.arange(VIDEOS) % 4,
        np.full(VIDEOS, 50.0),
        np.arange(VIDEOS, dtype=float),
    )


def begin(seed: int = 1) -> trainer.Trainer:
    weights = train.fresh_weights(SMALL, videos=VIDEOS, authors=4, content=3, counters=2, seed=seed)
    return trainer.Trainer(SMALL, weights, seed)


@pytest.fixture(scope="module")
def learnt(videos):
    made = begin()
    minutes = []
    for seed in range(50):
        given = windows(16, seed)
        judged = trainer.judge(given, videos, made.weights(), most=200)
        minutes.append((judged, made.minute(given, videos, replay=windows(16, seed + 1000))))
    return made, minutes


def test_numpy_and_jax_read_alike():
    rng = np.random.default_rng(8)
    weights = {
        name: rng.normal(0, 0.2, shape).astype(np.float32)
        for name, shape in (encoder.shapes(videos=40, authors=5, content=4) | heads.shapes(counters=3)).items()
    }
    rows, authors, actions = (rng.integers(0, most, (3, 100)).astype(np.int32) for most in (40, 5, 64))
    content = rng.normal(size=(3, 100, 4)).astype(np.float32)
    shown = rng.integers(0, 200, (3, 100)).astype(np.float32)
    times = np.sort(rng.uniform(0, 9e5, (3, 100))).astype(np.float32)
    given = rows, content, shown, authors, actions, times

    def read(xp, weights, rows, content, shown, *rest):
        vectors = encoder.video_vectors(weights, rows, content, shown)
        encoded = encoder.encode(xp, weights, encoder.Tokens(vectors, *rest))
        counters = xp.zeros((3, 7, 3), "float32")
        scored = heads.predict(xp, weights, encoded.retrieval[:, -1:], encoded.ranking, vectors[:, :7], counters)
        return vectors, *encoded, scored

    found = read(np, weights, *given), jax.jit(functools.partial(read, jnp))(weights, *given)
    for one, other in zip(*found, strict=True):
        assert np.abs(np.asarray(one) - np.asarray(other)).max() < 2e-4


def test_a_planted_pattern_is_learnt(learnt):
    _, minutes = learnt
    assert minutes[-1][1].loss < minutes[0][1].loss
    assert minutes[-1][0].ndcg > 0.85
    assert minutes[-1][0].ndcg > minutes[0][0].ndcg + 0.2


def test_what_was_learnt_is_more_than_what_is_popular(learnt, videos):
    """Without the planted order the same videos are hard to tell."""
    made, minutes = learnt
    rng = np.random.default_rng(5)
    shuffled = [window(rng, planted=False) for _ in range(16)]
    judged = trainer.judge(shuffled, videos, made.weights(), most=200)
    assert judged.ndcg < minutes[-1][0].ndcg - 0.2


def test_the_heads_learn_their_labels(learnt, videos):
    made, _ = learnt
    judged = trainer.judge(windows(20, seed=99), videos, made.weights(), most=1000)
    like = heads.TASKS.index("like")
    assert trainer.area(judged.chances[:, like], judged.labels[:, like]) > 0.8


def test_one_seed_gives_one_result(videos):
    made = [begin(seed=4) for _ in range(2)]
    for each in made:
        for minute in range(3):
            each.minute(windows(20, seed=minute), videos)
    for name, array in made[0].weights().items():
        assert np.array_equal(array, made[1].weights()[name]), name


def test_rows_that_no_batch_names_stay_as_they_are(videos):
    """So a delta holds few rows."""
    made = begin()
    before = made.weights()["authors"]
    few = [dataclasses.replace(each, videos=np.full(LENGTH, 4, np.int32)) for each in windows(8)]
    made.minute(few, videos)
    after = made.weights()["authors"]
    assert np.array_equal(before[1:], after[1:])
    assert not np.array_equal(before[0], after[0])


def test_what_is_not_fresh_teaches_nothing(videos):
    made = begin()
    before = made.weights()
    stale = [dataclasses.replace(each, fresh=np.zeros(LENGTH, np.bool_)) for each in windows(8)]
    progress = made.minute(stale, videos)
    assert progress.events == 0
    assert trainer.judge(stale, videos, made.weights(), most=200).ndcg is None
    for name, array in made.weights().items():
        assert np.array_equal(array, before[name]), name


def test_tables_grow_without_changing_what_was_learnt(videos):
    made = begin()
    made.minute(windows(16), videos)
    before = made.weights()
    made.state = train.grown(made.state, {"ids": 20, "authors": 6})
    after = made.weights()
    assert after["ids"].shape == (20, SMALL.d)
    assert after["authors"].shape == (6, SMALL.d)
    for name, array in before.items():
        assert np.array_equal(after[name][: len(array)], array), name
    moments = jax.tree.leaves_with_path(made.state.moments)
    assert {leaf.shape for path, leaf in moments if "'ids'" in str(path)} == {(20, SMALL.d)}


def test_negatives_are_drawn_only_among_videos_that_there_are():
    few = train.catalogue(np.zeros((3, 0), np.float32), np.zeros(3, int), np.ones(3), np.array([0, 1, 5.0]), size=8)
    drawn = np.searchsorted(np.asarray(few.reached), np.linspace(0, 1, 1001), side="right")
    assert set(drawn) == {1, 2}
    assert np.asarray(few.drawn).tolist() == pytest.approx([0, 0.25 + 1 / 12, 0.25 + 5 / 12, 0, 0, 0, 0, 0])


def test_the_reservoir_gives_every_window_the_same_chance():
    rng = np.random.default_rng(1)
    kept = np.zeros(40)
    for _ in range(300):
        reservoir = trainer.Reservoir(10, rng)
        for number in range(40):
            reservoir.add(number)
        kept[reservoir.held] += 1
    assert abs(kept / 300 - 0.25).max() < 0.1


def test_area_under_the_curve():
    chances, truths = np.array([0.1, 0.4, 0.4, 0.8, 0.9]), np.array([0, 1, 0, 1, np.nan])
    assert trainer.area(chances, truths) == pytest.approx(3.5 / 4)
    assert trainer.area(chances[:1], truths[:1]) is None
