"""Time-ordered 64-bit ids and the short strings people see in addresses.

Layout, high to low: 1 sign bit (0) · 41 bits of milliseconds since 2024-01-01 · 22 random bits.
"""

import datetime
import secrets
import threading
import time

EPOCH_MS = 1_704_067_200_000  # 2024-01-01T00:00:00Z
RANDOM_BITS = 22
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
_LONGEST = 11  # letters in base 59 that hold 63 bits
_lock = threading.Lock()
_last = 0


class NotAnId(ValueError):
    """The text is not a short id."""


def new_id() -> int:
    """A positive 63-bit id, greater than every id this process made before."""
    global _last  # noqa: PLW0603 - one counter per process, under its lock
    stamp = (time.time_ns() // 1_000_000 - EPOCH_MS) << RANDOM_BITS
    with _lock:
        _last = max(_last + 1, stamp | secrets.randbits(RANDOM_BITS))
        return _last


def first_at(moment: datetime.datetime) -> int:
    """The least id that can have been made at a moment: what is smaller is older."""
    return max(0, int(moment.timestamp() * 1000) - EPOCH_MS) << RANDOM_BITS


def to_short(value: int) -> str:
    """The short string for an id, for example in `/@ana/4kQz…`."""
    letters = ""
    while value:
        value, rest = divmod(value, len(_ALPHABET))
        letters = _ALPHABET[rest] + letters
    return letters or _ALPHABET[0]


def from_short(text: str) -> int:
    """The id behind a short string.

    Raises:
        NotAnId: a foreign letter, nothing at all, or a number beyond 63 bits.
    """
    if not 0 < len(text) <= _LONGEST or any(letter not in _VALUES for letter in text):
        raise NotAnId(text)
    value = 0
    for letter in text:
        value = value * len(_ALPHABET) + _VALUES[letter]
    if value >> 63:
        raise NotAnId(text)
    return value
