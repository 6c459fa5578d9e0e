"""The counting engine: right after an event it knows of it, and nothing else changes."""

import numpy as np
import pytest

from revue.recommender.engine.covisit import Counting, CoVisits, Numbers, Popularity

NUMBERS = Numbers(smooth=0.0)


def rows(*items: int) -> np.ndarray:
    return np.array(items, np.int64)


def watched(visits: CoVisits, *items: int) -> None:
    """One viewer's positives, one after the other."""
    for place in range(len(items)):
        visits.add(rows(*items[:place]), items[place])


def scores(visits: CoVisits, *history: int) -> dict[int, float]:
    found, values = visits.scores(rows(*history))
    return dict(zip(found.tolist(), values.tolist(), strict=True))


def by_definition(people: list[list[int]], history: list[int], numbers: Numbers) -> np.ndarray:
    """The dense formula: C[a, b] grows by near^k, and the newest positives speak with recent^k."""
    count = 1 + max(max(person) for person in people)
    together, views = np.zeros((count, count)), np.zeros(count)
    for person in people:
        for place, item in enumerate(person):
            for age, earlier in enumerate(person[:place][::-1][: numbers.before]):
                together[item, earlier] += numbers.near**age
                if earlier != item:
                    together[earlier, item] += numbers.near**age
            views[item] += 1
    made = np.zeros(count)
    for age, item in enumerate(history[::-1][: numbers.history]):
        made += (
            numbers.recent**age * together[item] / np.sqrt((views[item] + numbers.smooth) * (views + numbers.smooth))
        )
    return made


def test_an_event_is_known_at_once():
    visits = CoVisits()
    assert scores(visits, 1) == {}
    watched(visits, 1, 2)
    assert set(scores(visits, 1)) == {2}
    assert set(scores(visits, 2)) == {1}


def test_scores_are_those_of_the_dense_formula():
    rng = np.random.default_rng(4)
    people = [rng.integers(0, 30, rng.integers(1, 40)).tolist() for _ in range(60)]
    visits = CoVisits()
    for person in people:
        watched(visits, *person)
    for history in (people[0], [3], [5, 5, 9], people[7][:3]):
        wanted = by_definition(people, history, Numbers())
        found = scores(visits, *history)
        assert np.allclose([found.get(item, 0.0) for item in range(30)], wanted, rtol=1e-4)


def test_the_newest_view_speaks_loudest():
    visits = CoVisits(NUMBERS)
    for _ in range(5):
        watched(visits, 1, 2)
        watched(visits, 3, 4)
    found = scores(visits, 1, 3)
    assert found[4] > found[2]
    assert found[2] == pytest.approx(found[4] * NUMBERS.recent)


def test_a_video_of_many_other_people_is_no_neighbour():
    visits = CoVisits()
    for _ in range(4):
        watched(visits, 1, 2)
        watched(visits, 1, 3)
    for other in range(50):
        watched(visits, 100 + other, 3)
    found = scores(visits, 1)
    assert found[2] > 2 * found[3]


def test_the_weakest_neighbour_makes_room():
    visits = CoVisits(Numbers(neighbours=3))
    for other, times in ((2, 5), (3, 4), (4, 1)):
        for _ in range(times):
            watched(visits, other, 1)
    watched(visits, 5, 1)
    watched(visits, 5, 1)
    assert set(scores(visits, 1)) == {2, 3, 5}
    assert scores(visits, 5).keys() == {1}


def test_more_new_neighbours_than_places_fit():
    visits = CoVisits(Numbers(neighbours=4))
    watched(visits, *range(12))
    assert len(scores(visits, 11)) == 4


def test_videos_nobody_viewed_say_nothing():
    visits = CoVisits()
    watched(visits, 1, 2)
    assert scores(visits, 900) == {}
    assert scores(visits) == {}


def test_a_view_fades_to_one_e_th_in_a_span():
    popularity = Popularity(span=100.0)
    popularity.add(7, 50.0)
    popularity.add(7, 150.0)
    assert popularity.at(rows(7, 3, 500), 150.0) == pytest.approx([1 + np.exp(-1), 0, 0])


def test_popularity_lasts_longer_than_numbers_reach():
    popularity = Popularity(span=1.0)
    for moment in range(0, 5000, 10):
        popularity.add(1, float(moment))
    assert popularity.at(rows(1), 4990.0) == pytest.approx([1 / (1 - np.exp(-10))])


def test_what_grows_comes_before_what_was_always_there():
    engine = Counting(fast_span=20.0, slow_span=500.0)
    for moment in range(400):
        engine.add(rows(), 1 if moment % 2 else 2, float(moment))
    for moment in range(400, 420):
        engine.add(rows(), 3 if moment % 2 else 1, float(moment))
    found, values = engine.scores(rows(), 420.0)
    assert found[values.argmax()] == 3


def test_what_people_alike_view_comes_before_what_everybody_views():
    engine = Counting(fast_span=100.0, slow_span=1000.0)
    for moment in range(0, 60, 2):
        engine.add(rows(), 1, float(moment))
        engine.add(rows(5), 6, float(moment + 1))
    _, values = engine.scores(rows(5), 60.0, rows(1, 6))
    assert values[1] > values[0]


def test_candidates_may_be_named_and_may_be_new():
    engine = Counting(fast_span=10.0, slow_span=100.0)
    engine.add(rows(1), 2, 1.0)
    found, values = engine.scores(rows(1), 2.0, rows(2, 77))
    assert found.tolist() == [2, 77]
    assert np.isfinite(values).all()
    assert values[0] > values[1]
