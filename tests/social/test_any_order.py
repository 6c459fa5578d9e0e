"""Whatever people do to each other, in any order: what each finds, counts and is told follows from what was done.

A longer walk: WALK_STEPS=100000 WALK_PEOPLE=100 pytest tests/social/test_any_order.py
"""

import datetime
import itertools
import os
import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.social.walk import STEPS, World, look_everywhere, walk

IS_LONG = "WALK_STEPS" in os.environ
LONG_WALK, LONG_PEOPLE = int(os.environ.get("WALK_STEPS", "150")), int(os.environ.get("WALK_PEOPLE", "6"))
PEOPLE = 3
START = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
_numbers = itertools.count(1)
_pairs = st.permutations(range(PEOPLE)).map(lambda order: tuple(order[:2]))

pytestmark = pytest.mark.usefixtures("fresh_catalogue")


def world_of(count: int, monkeypatch: pytest.MonkeyPatch) -> World:
    number = next(_numbers)
    handles = [f"walker.{number}.{place:03}" for place in range(count)]
    begins_at = START + number * datetime.timedelta(hours=1)  # each has orders of its own for everybody's For You
    return World(handles, begins_at, monkeypatch, random.Random(number))


@pytest.mark.django_db
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(sorted(set(STEPS))), _pairs, st.integers(1, 2)), max_size=12))
def test_what_each_finds_follows_from_what_was_done(steps) -> None:
    with pytest.MonkeyPatch.context() as patch:
        world = world_of(PEOPLE, patch)
        for name, (one, other), times in steps:
            for _ in range(times):
                world.step(name, one, other)
                world.check_messages()
        look_everywhere(world)


@pytest.mark.timeout(120 + LONG_WALK)
@pytest.mark.django_db(transaction=IS_LONG)  # committed, or a database in which nothing is ever tidied up grows slow
def test_a_long_walk_by_chance_finds_nothing_that_it_may_not(monkeypatch: pytest.MonkeyPatch) -> None:
    world, started = world_of(LONG_PEOPLE, monkeypatch), time.monotonic()
    chance, done = random.Random(7), 0
    while done < LONG_WALK:
        steps = min(1000, LONG_WALK - done)
        walk(world, steps=steps, chance=chance, looks=1 if IS_LONG else 3)
        done += steps
        pace = done / (time.monotonic() - started)
        print(f"{done} steps of {LONG_PEOPLE} people, {pace:.0f} a second", flush=True)  # noqa: T201 - with -s
