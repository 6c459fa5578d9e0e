"""Juggling as arithmetic: siteswap digits → where each thing and each hand is at any moment.

Beat i belongs to the right hand when i is even, else to the left. A digit n thrown at beat i comes
down at beat i + n, hence into the other hand when n is odd; it is caught HOLD beats before it is thrown
again. One gravity holds for all throws of a pattern, so a 5 really flies higher than a 3.
"""

import dataclasses
import math

from revue.demo.paint.shapes import Point

HOLD = 0.72  # beats in the hand
_INSIDE, _OUTSIDE = 44.0, 128.0  # where hands throw and catch, from the middle
_LEVEL = 0.0  # hands' height when throwing; y is down


@dataclasses.dataclass(frozen=True, slots=True)
class Throw:
    """One flight: at which beats it leaves and is caught, from which side to which (1 right, -1 left)."""

    toy: int
    digit: int
    leaves: float
    caught: float
    start: int
    end: int


def is_pattern(digits: str) -> bool:
    """Whether no two throws come down at once."""
    landings = {(k + int(digit)) % len(digits) for k, digit in enumerate(digits)}
    return len(landings) == len(digits)


def toys_in(digits: str) -> int:
    """How many things a pattern keeps going: the mean of its digits."""
    return sum(map(int, digits)) // len(digits)


class Juggling:
    """Patterns juggled one after the other, each for at least `beats_each` beats, from before beat 0 on."""

    def __init__(self, patterns: tuple[str, ...], beats: int, beats_each: int = 8) -> None:
        self.toys = toys_in(patterns[0])
        self.highest = max(int(digit) for pattern in patterns for digit in pattern)
        digits = self._digits(patterns, beats + 12, beats_each)
        self.throws = self._fly(digits)
        top = max(throw.caught - throw.leaves for throw in self.throws)
        self._pull = 8 / top**2  # gravity, so that the longest flight rises exactly 1

    @staticmethod
    def _digits(patterns: tuple[str, ...], beats: int, beats_each: int) -> list[int]:
        digits: list[int] = [int(d) for d in patterns[0]] * (12 // len(patterns[0]))
        index = 0
        while len(digits) < beats + 12:
            pattern = patterns[index % len(patterns)]
            digits += [int(d) for d in pattern] * max(1, beats_each // len(pattern))
            index += 1
        return digits

    def _fly(self, digits: list[int]) -> list[Throw]:
        coming: dict[int, int] = {}  # beat → toy that is thrown then
        fresh, throws = 0, []
        lead = 12
        for place, digit in enumerate(digits):
            toy = coming.pop(place, None)
            if digit == 0:
                continue
            if toy is None:
                if fresh >= self.toys:
                    continue
                toy, fresh = fresh, fresh + 1
            beat = place - lead
            start, end = self._side(beat), self._side(beat + digit)
            throws.append(Throw(toy, digit, beat, beat + digit - HOLD, start, end))
            coming[place + digit] = toy
        return throws

    @staticmethod
    def _side(beat: int) -> int:
        return 1 if beat % 2 == 0 else -1

    def hand(self, side: int, beat: float) -> Point:
        """Where a hand is, x from the body's middle in pixels, y downward from throwing height."""
        offset = 0 if side == 1 else 1
        since = (beat - offset) % 2  # beats since this hand's last throw
        empty = 2 - HOLD
        if since < empty:
            share = since / empty
            smooth = share * share * (3 - 2 * share)
            return side * (_INSIDE + (_OUTSIDE - _INSIDE) * smooth), _LEVEL - 14 * math.sin(math.pi * share)
        share = (since - empty) / HOLD
        smooth = share * share * (3 - 2 * share)
        return side * (_OUTSIDE + (_INSIDE - _OUTSIDE) * smooth), _LEVEL + 34 * math.sin(math.pi * share)

    def where(self, toy: int, beat: float, height: float) -> tuple[Point, float]:
        """A toy's place (as for `hand`) and its age of flight in beats (negative while held)."""
        last = None
        for throw in self.throws:
            if throw.toy == toy and throw.leaves <= beat:
                last = throw
        if last is None:
            first = next(throw for throw in self.throws if throw.toy == toy)
            return self.hand(first.start, beat), -1.0
        if beat >= last.caught:
            return self.hand(last.end, beat), -1.0
        span = last.caught - last.leaves
        share = (beat - last.leaves) / span
        rise = height * self._pull * span**2 / 8
        x = last.start * _INSIDE + (last.end * _OUTSIDE - last.start * _INSIDE) * share
        return (x, _LEVEL - 4 * rise * share * (1 - share)), beat - last.leaves

    def catches(self, beats: float) -> list[tuple[float, Throw]]:
        """When things land in hands between beat 0 and `beats`."""
        return [(throw.caught, throw) for throw in self.throws if 0 <= throw.caught < beats]
