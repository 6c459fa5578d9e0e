"""The encoder and its heads in numpy: causal, padding-proof, isolated; and new videos begin where their content is."""

import numpy as np
import pytest

from revue.recommender.engine import encoder, heads
from revue.recommender.engine.encoder import Tokens

rng = np.random.default_rng(3)
D, COUNTERS = 16, 5


@pytest.fixture
def weights():
    shapes = encoder.shapes(videos=50, authors=9, content=6, d=D, feed=32) | heads.shapes(d=D, counters=COUNTERS)
    return {name: rng.normal(0, 0.3, shape).astype(np.float32) for name, shape in shapes.items()}


def tokens(weights, length: int, *, before: tuple[int, ...] = ()) -> Tokens:
    rows = rng.integers(0, 50, (*before, length))
    content = rng.normal(size=(*before, length, 6)).astype(np.float32)
    vectors = encoder.video_vectors(weights, rows, content, rng.integers(0, 99, rows.shape).astype(float))
    times = np.cumsum(rng.integers(1, 90, rows.shape), axis=-1).astype(float)
    return Tokens(vectors, rng.integers(0, 9, rows.shape), rng.integers(0, encoder.ACTIONS, rows.shape), times)


def first(told: Tokens, count: int) -> Tokens:
    return Tokens(told.vectors[:count], *(column[:count] for column in told[1:]))


def test_what_follows_never_changes_what_was_read_before(weights):
    told = tokens(weights, 20)
    whole, part = encoder.encode(np, weights, told), encoder.encode(np, weights, first(told, 12))
    assert part.retrieval.shape == (13, D)
    assert np.allclose(whole.retrieval[:13], part.retrieval, atol=1e-5)
    assert np.allclose(whole.ranking[:13], part.ranking, atol=1e-5)


def test_many_viewers_at_once_read_as_each_alone(weights):
    told = tokens(weights, 10, before=(4,))
    whole = encoder.encode(np, weights, told)
    for viewer in range(4):
        alone = encoder.encode(np, weights, Tokens(*(column[viewer] for column in told)))
        assert np.allclose(whole.retrieval[viewer], alone.retrieval, atol=1e-5)


def test_a_viewer_without_events_has_a_state(weights):
    found = encoder.encode(np, weights, first(tokens(weights, 1), 0))
    assert found.retrieval.shape == (1, D)
    assert np.isfinite(found.ranking).all()


def test_the_order_of_events_matters(weights):
    told = tokens(weights, 6)
    turned = Tokens(told.vectors[::-1], told.authors[::-1], told.actions[::-1], told.times)
    one, other = (encoder.encode(np, weights, each).retrieval[-1] for each in (told, turned))
    assert not np.allclose(one, other, atol=1e-3)


def test_a_skip_is_told_from_a_like(weights):
    told = tokens(weights, 6)
    skipped = encoder.action_codes(np.array([0.1]), np.array([0]), np.array([0]), np.array([1]))
    liked = encoder.action_codes(np.array([0.1]), np.array([1]), np.array([0]), np.array([0]))
    states = []
    for code in (skipped, liked):
        actions = told.actions.copy()
        actions[-1] = code[0]
        states.append(encoder.encode(np, weights, told._replace(actions=actions)).retrieval[-1])
    assert not np.allclose(*states, atol=1e-3)


def test_each_action_has_its_own_code():
    watch, liked, shared, negative = np.meshgrid(np.arange(8) / 8, [0, 1], [0, 1], [0, 1])
    codes = encoder.action_codes(watch.ravel(), liked.ravel(), shared.ravel(), negative.ravel())
    assert sorted(codes) == list(range(encoder.ACTIONS))
    assert encoder.action_codes(np.array([1.0]), *(np.zeros((3, 1), int)))[0] == encoder.WATCH_BUCKETS - 1


def test_the_gap_between_events_matters(weights):
    told = tokens(weights, 6)
    later = told._replace(times=told.times + np.array([0, 0, 0, 0, 0, 86_400.0]))
    one, other = (encoder.encode(np, weights, each).retrieval[-1] for each in (told, later))
    assert not np.allclose(one, other, atol=1e-3)


def test_a_new_video_lies_where_its_content_is_and_drifts_to_its_own_place(weights):
    content = rng.normal(size=(4, 6)).astype(np.float32)
    shown = content @ weights["content"]
    rows = np.array([0, 7, 7, 7])
    found = encoder.video_vectors(weights, rows, content, np.array([1e6, 0, 20, 1e9]))
    assert np.allclose(found[0], shown[0])
    assert np.allclose(found[1], shown[1])
    assert np.allclose(found[2], shown[2] + weights["ids"][7] / 2, atol=1e-5)
    assert np.allclose(found[3], shown[3] + weights["ids"][7], atol=1e-5)


def candidates(weights, count: int):
    vectors = rng.normal(size=(count, D)).astype(np.float32)
    return vectors, rng.normal(size=(count, COUNTERS)).astype(np.float32)


def test_a_candidate_is_scored_alike_in_any_company(weights):
    encoded = encoder.encode(np, weights, tokens(weights, 15))
    vectors, counters = candidates(weights, 30)
    viewer = encoded.retrieval[-1:]
    whole = heads.predict(np, weights, viewer, encoded.ranking, vectors, counters)
    assert whole.shape == (30, len(heads.TASKS))
    assert ((whole >= 0) & (whole <= 1)).all()
    for chosen in ([4], [29, 4, 11]):
        part = heads.predict(np, weights, viewer, encoded.ranking, vectors[chosen], counters[chosen])
        assert np.allclose(part, whole[chosen], atol=1e-5)


def test_a_candidate_attends_only_to_what_it_may(weights):
    encoded = encoder.encode(np, weights, tokens(weights, 15))
    vectors, counters = candidates(weights, 3)
    allowed = np.arange(16) < 8
    masked = heads.predict(
        np, weights, encoded.retrieval[-1:], encoded.ranking, vectors, counters, np.tile(allowed, (3, 1))
    )
    part = heads.predict(np, weights, encoded.retrieval[-1:], encoded.ranking[:8], vectors, counters)
    assert np.allclose(masked, part, atol=1e-5)
