"""Follow, ask, approve, block, mute, go private in any order, twice: what each finds follows from what was done."""

import datetime
import itertools
import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revue.platform import clock
from tests.social.walk import STEPS, World, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_catalogue")]

PEOPLE = 3
START = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
# A longer one: WALK_STEPS=100000 WALK_PEOPLE=100 pytest tests/social/test_any_order.py
LONG_WALK, LONG_PEOPLE = int(os.environ.get("WALK_STEPS", "120")), int(os.environ.get("WALK_PEOPLE", "6"))
_numbers = itertools.count(1)
_pairs = st.permutations(range(PEOPLE)).map(lambda order: tuple(order[:2]))


def world_of(count: int, monkeypatch: pytest.MonkeyPatch) -> World:
    number = next(_numbers)
    handles = [f"walker.{number}.{place}" for place in range(count)]
    begins_at = START + number * datetime.timedelta(hours=1)  # each has orders of its own for everybody's For You
    return World(handles, begins_at, lambda moment: monkeypatch.setattr(clock, "now", lambda: moment))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), _pairs, st.integers(1, 2)), max_size=12))
def test_what_each_finds_follows_from_what_was_done(steps, monkeypatch: pytest.MonkeyPatch) -> None:
    world = world_of(PEOPLE, monkeypatch)
    for name, (one, other), times in steps:
        for _ in range(times):
            world.step(name, one, other)
    for one, other in itertools.permutations(range(PEOPLE), 2):
        world.check(one, other)


def test_a_long_walk_by_chance_finds_nothing_that_it_may_not(monkeypatch: pytest.MonkeyPatch) -> None:
    walk(world_of(LONG_PEOPLE, monkeypatch), steps=LONG_WALK, chance=random.Random(7))
