"""Nearest neighbours, whoever finds them."""

import numpy as np
import pytest

from revue.recommender.engine import nearest
from revue.recommender.engine.nearest import Nearest, recall

needs_index = pytest.mark.skipif(not nearest.has_index(), reason="the extra ann is not installed")


def rows(count: int, *, seed: int = 1) -> np.ndarray:
    """Unit vectors around a hundred centres."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(100, 32))
    found = centres[rng.integers(0, 100, count)] + rng.normal(0, 0.6, (count, 32))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def test_the_nearest_come_first_and_all_that_there_are():
    vectors = rows(50)
    found = Nearest(vectors).search(3 * vectors[7], 5)
    assert found.tolist() == np.argsort(-(vectors @ vectors[7]))[:5].tolist()
    assert sorted(Nearest(vectors).search(vectors[0], 80)) == list(range(50))


@pytest.mark.parametrize("exact_to", [nearest.EXACT_TO, 0])
def test_what_has_no_vector_is_never_found(exact_to):
    vectors = rows(400)
    vectors[::2] = 0
    found = Nearest(vectors, exact_to=exact_to).search(vectors[1], 400)
    assert len(found)
    assert (found % 2 == 1).all()


def test_nothing_is_found_among_nothing():
    assert len(Nearest(np.zeros((0, 32), np.float32)).search(rows(1)[0], 10)) == 0
    assert len(Nearest(np.zeros((5, 32), np.float32)).search(rows(1)[0], 10)) == 0


def test_without_the_extra_all_are_looked_at(monkeypatch):
    monkeypatch.setattr(nearest, "has_index", lambda: False)
    assert Nearest(rows(100), exact_to=10).is_exact


@needs_index
def test_an_index_finds_nearly_all_of_the_nearest():
    vectors = rows(20_000)
    index, exact = Nearest(vectors, exact_to=0), Nearest(vectors)
    assert exact.is_exact
    assert not index.is_exact
    assert recall(index, exact, vectors[:50], 50) > 0.9
