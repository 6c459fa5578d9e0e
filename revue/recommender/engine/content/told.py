"""What is said of a video: its words, tags, maker and sound, hashed so that no dictionary is needed.

Each feature has a pattern of plus and minus of its own, taken from a hash of its name; a text is the weighted sum of
its features' patterns. The cosine of two such sums is near the share of features that both have: a signed random
projection (Achlioptas 2003) of signed feature hashing (Weinberger et al. 2009), without the long vector in between.
"""

import collections
import functools
import hashlib
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

TAG_WEIGHT: Final = 3.0  # of a tag, beside a word of the caption: its author chose it to be found by
PIECES_WEIGHT: Final = 1.0  # of all pieces of a word together, beside the word: "dancing" is near "danced"
PIECE_LENGTHS: Final = (3, 4, 5)
FULL_WEIGHT_LETTERS: Final = 6  # shorter words weigh less: in every language the common ones are short
AUTHOR_WEIGHT: Final = 0.6  # beside all words together
SOUND_WEIGHT: Final = 0.4  # most videos are the only one with their sound
MOST_LETTERS: Final = 2200  # of a caption; more would be no caption of ours

_WORD = re.compile(r"\w+")

Signs = npt.NDArray[np.float64]


def features(caption: str, tags: Iterable[str]) -> dict[str, float]:
    """The words, tags and pieces of words in a caption, each with its weight.

    A tag and the same word in a caption are one feature; each counts once however often it is there.
    """
    known = {_plain(tag) for tag in tags} - {""}
    weights: dict[str, float] = collections.defaultdict(float)
    for word in {*_WORD.findall(_plain(caption[:MOST_LETTERS])), *known}:
        weight = TAG_WEIGHT if word in known else min(1.0, len(word) / FULL_WEIGHT_LETTERS)
        weights[f"word {word}"] = weight
        pieces = _pieces(word)
        for piece in pieces:
            weights[f"piece {piece}"] += PIECES_WEIGHT * weight / math.sqrt(len(pieces))
    return dict(weights)


def said(weights: Mapping[str, float], width: int) -> Signs:
    """The sum of the features' patterns, of length 1; zeros where there is none. Shape (width,)."""
    total = np.zeros(width)
    for name in sorted(weights):  # sums of floats depend on their order
        total += weights[name] * _pattern(name, width)
    return unit(total)


def told(words: Signs, author_id: int | None, sound_id: int | None) -> Signs:
    """Words, maker and sound in one block of the width of `words`, of length 1; zeros where nothing is told."""
    total = words.copy()
    if author_id is not None:
        total += AUTHOR_WEIGHT * unit(_pattern(f"author {author_id}", len(words)))
    if sound_id is not None:
        total += SOUND_WEIGHT * unit(_pattern(f"sound {sound_id}", len(words)))
    return unit(total)


def unit(values: Signs) -> Signs:
    """Values brought to length 1; zeros stay zeros."""
    length = float(np.linalg.norm(values))
    return values / length if length > 0 else values


@functools.lru_cache(maxsize=4096)
def _pattern(name: str, width: int) -> Signs:
    """Plus and minus 1, `width` of them, the same for a name on every machine for ever."""
    digest = hashlib.blake2b(name.encode(), digest_size=-(-width // 8)).digest()
    signs: Signs = np.where(np.unpackbits(np.frombuffer(digest, np.uint8))[:width], 1.0, -1.0)
    signs.flags.writeable = False
    return signs


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _pieces(word: str) -> list[str]:
    """Every run of some letters in a word with its ends marked."""
    marked = f"<{word}>"
    return [marked[at : at + size] for size in PIECE_LENGTHS for at in range(len(marked) - size + 1)]
