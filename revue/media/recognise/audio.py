"""Sounds known again by their chromaprint, through other encodings, cuts, volumes and noise.

A fingerprint is a list of 32-bit numbers, about eight a second, each made of the chroma of 2.6 s of sound
(Haitsma & Kalker 2002, Chromaprint by Lalinský). Two sounds are the same where few of their bits differ; for
unrelated ones 40 % do.
"""

import dataclasses
from collections import Counter

# Share of differing bits up to which two stretches are one sound. Re-encoded, cut, turned and noisy ones stay about or
# below 0.12; other tunes over the same kind of band at nearly the same tempo begin at 0.14 (python -m bench.sounds).
MOST_DIFFERENT = 0.13
LEAST_OVERLAP = 14  # numbers: 4.4 s of sound, as the first says something of 2.6 s
LEAST_DISTINCT = 8  # of them, else it is silence or one held tone, which is everybody's
MS_PER_NUMBER = 123.84  # 1365 samples at 11025 Hz
MOST_NUMBERS = 4000  # eight minutes; the rest of a longer sound adds nothing
_OFFSETS_TRIED = 6
_LOW_24 = 0xFF_FFFF


@dataclasses.dataclass(frozen=True)
class AudioMatch:
    """Where and how well one sound lies in another."""

    difference: float  # share of differing bits, 0 to `MOST_DIFFERENT`
    overlap: int  # numbers compared
    offset_ms: int  # where in the second sound the first begins; negative: before it


def numbers(raw: bytes) -> tuple[int, ...]:
    """A fingerprint's numbers from its bytes, as ffmpeg's `-f chromaprint -fp_format raw` writes them."""
    whole = raw[: min(len(raw) // 4, MOST_NUMBERS) * 4]
    return tuple(memoryview(whole).cast("I")) if whole else ()


def keys(fingerprint: tuple[int, ...]) -> list[int]:
    """Numbers below 2^25 by which a database finds sounds worth comparing: two sounds that share none are not one.

    Each fingerprint number gives its lower and its upper 24 bits, so that a few differing bits leave one of them.
    A sound with too little in it gives none.
    """
    distinct = set(fingerprint)
    if len(distinct) < LEAST_DISTINCT:
        return []
    return sorted({n & _LOW_24 for n in distinct} | {(1 << 24) | (n >> 8) for n in distinct})


def match(one: tuple[int, ...], other: tuple[int, ...]) -> AudioMatch | None:
    """How `one` lies in `other`, or None when they are different sounds or there is too little to say."""
    found = [_at(one, other, offset) for offset in _offsets(one, other)]
    same = [match for match in found if match is not None and match.difference <= MOST_DIFFERENT]
    return min(same, key=lambda match: match.difference, default=None)


def _offsets(one: tuple[int, ...], other: tuple[int, ...]) -> list[int]:
    """The likeliest places, by the votes of equal 16-bit halves."""
    places: dict[tuple[int, int], list[int]] = {}
    for at, number in enumerate(other):
        for half in (0, 1):
            places.setdefault((half, number >> (16 * half) & 0xFFFF), []).append(at)
    votes: Counter[int] = Counter()
    for at, number in enumerate(one):
        for half in (0, 1):
            votes.update(place - at for place in places.get((half, number >> (16 * half) & 0xFFFF), ())[:50])
    return [offset for offset, _ in votes.most_common(_OFFSETS_TRIED)]


def _at(one: tuple[int, ...], other: tuple[int, ...], offset: int) -> AudioMatch | None:
    """The comparison at one offset; None where too little overlaps or it says too little."""
    begin, end = max(0, -offset), min(len(one), len(other) - offset)
    overlap = end - begin
    here = one[begin:end]
    if overlap < LEAST_OVERLAP or len(set(here)) < LEAST_DISTINCT:
        return None
    there = other[begin + offset : end + offset]
    different = sum((a ^ b).bit_count() for a, b in zip(here, there, strict=True))
    return AudioMatch(different / (32 * overlap), overlap, round(offset * MS_PER_NUMBER))
