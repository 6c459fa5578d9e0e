"""Facts of a video → its vector: five blocks side by side, each with a published share of the whole.

The cosine of two vectors is the sum, over the blocks that both have, of share times the block's own cosine. So each
block can be told apart afterwards, and none speaks for what is not there.
"""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt

from revue.recommender.engine.content import heard, seen, told, usual
from revue.recommender.engine.content.facts import DIMENSIONS, Rows, Vector, VideoFacts

Numbers = npt.NDArray[np.float64]


@dataclasses.dataclass(frozen=True)
class Block:
    """A part of the vector that says one thing of a video."""

    name: str
    width: int
    share: float  # of a cosine, where both videos have every block; shares add up to 1


BLOCKS: Final = (
    Block("told", 24, 0.36),  # words, tags, maker, sound: what people chose to say
    Block("colour", seen.COLOURS, 0.08),  # the set and the light, hardly the kind
    Block("shape", seen.SHAPES, 0.13),
    Block("motion", seen.MOTIONS, 0.15),
    Block("sound", heard.SOUNDS, 0.28),
)
MOST_SPREADS: Final = 3.0  # further from the usual is no further


class Descriptors:
    """Words hashed, pictures and sound described by plain numbers: needs nothing but numpy."""

    means: Final = "descriptors-1"

    def __init__(self, table: usual.Table = usual.USUAL) -> None:
        self._table = table

    def vector(self, facts: VideoFacts) -> Vector:
        """Where a video lies; see `ContentModel`."""
        words = told.said(told.features(facts.caption, facts.tags), BLOCKS[0].width)
        return joined({"told": told.told(words, facts.author_id, facts.sound_id), **self._described(facts)})

    def compared(self, rows: Rows, among: Rows) -> Rows:
        """Seen from the catalogue's middle; see `centre`."""
        from revue.recommender.engine.content.centre import centred  # noqa: PLC0415 - it goes by our blocks

        return centred(rows, among)

    def _described(self, facts: VideoFacts) -> dict[str, Numbers]:
        """The blocks of what is seen and heard that a video has, each of length 1."""
        return {name: told.unit(_unusual(values, *self._table[name])) for name, values in measured(facts).items()}


def measured(facts: VideoFacts) -> dict[str, Numbers]:
    """The plain numbers of what is seen and heard of a video, by block; none of what there is not."""
    found = {}
    if len(facts.pictures):
        found["colour"], found["shape"] = seen.colours(facts.pictures), seen.shapes(facts.pictures)
    if len(facts.pictures) >= seen.LEAST_PAIRS:
        found["motion"] = seen.motions(facts.pictures)
    if heard.is_heard(facts.sound):
        found["sound"] = heard.sounds(facts.sound)
    return found


def joined(blocks: dict[str, Numbers]) -> Vector:
    """Blocks of length 1 (or zeros, or not there) side by side, each by its share, as one vector of length 1."""
    whole = np.zeros(DIMENSIONS)
    for block, part in places():
        if block.name in blocks:
            whole[part] = np.sqrt(block.share) * blocks[block.name]
    return told.unit(whole).astype(np.float32)


def places() -> list[tuple[Block, slice]]:
    """Each block and where in a vector it stands."""
    ends = np.cumsum([block.width for block in BLOCKS])
    return [(block, slice(int(end) - block.width, int(end))) for block, end in zip(BLOCKS, ends, strict=True)]


def _unusual(values: Numbers, mean: tuple[float, ...], spread: tuple[float, ...]) -> Numbers:
    """By how many spreads each number is off what is usual, within `MOST_SPREADS`."""
    off: Numbers = np.clip((values - np.array(mean)) / np.array(spread), -MOST_SPREADS, MOST_SPREADS)
    return off
