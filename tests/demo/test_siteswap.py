"""Juggling as arithmetic."""

import pytest

from revue.demo.acts.siteswap import Juggling, is_pattern, toys_in
from revue.demo.programme import PROGRAMME

PATTERNS = sorted({turn.script[1:] for turn in PROGRAMME if turn.act == "juggle"})


def test_a_pattern_in_which_two_things_would_land_at_once_is_none():
    assert is_pattern("441")
    assert not is_pattern("432")


@pytest.mark.parametrize("patterns", PATTERNS)
def test_every_pattern_of_the_programme_can_be_juggled(patterns):
    assert all(is_pattern(digits) for digits in patterns)
    assert len({toys_in(digits) for digits in patterns}) == 1


@pytest.mark.parametrize("patterns", PATTERNS)
def test_no_hand_throws_two_things_at_once_and_nothing_is_lost(patterns):
    juggling = Juggling(patterns, 40)
    assert len({throw.leaves for throw in juggling.throws}) == len(juggling.throws)
    assert {throw.toy for throw in juggling.throws if throw.leaves > 20} == set(range(juggling.toys))


def test_a_five_flies_higher_than_a_three_by_the_square_of_its_time():
    juggling = Juggling(("531",), 30)
    tops = {}
    for digit in (3, 5):
        throw = next(throw for throw in juggling.throws if throw.digit == digit and throw.leaves >= 0)
        middle = (throw.leaves + throw.caught) / 2
        tops[digit] = -juggling.where(throw.toy, middle, 300)[0][1]
    ratio = (5 - 0.72) ** 2 / (3 - 0.72) ** 2
    assert tops[5] == pytest.approx(300)
    assert tops[5] / tops[3] == pytest.approx(ratio)
