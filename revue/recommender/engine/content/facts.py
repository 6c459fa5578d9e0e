"""What is known of a video when its vector is made, and what every way of making one offers."""

import dataclasses
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

DIMENSIONS: Final = 64
SOUND_RATE: Final = 16_000  # samples a second

Vector = npt.NDArray[np.float32]  # shape (DIMENSIONS,)
Rows = npt.NDArray[np.float32]  # shape (videos, DIMENSIONS)
Pictures = npt.NDArray[np.uint8]  # shape (pairs, 2, rows, columns, 3)
Samples = npt.NDArray[np.float32]  # shape (samples,)

NO_PICTURES: Final[Pictures] = np.zeros((0, 2, 1, 1, 3), np.uint8)
NO_SOUND: Final[Samples] = np.zeros(0, np.float32)


@dataclasses.dataclass(frozen=True)
class VideoFacts:
    """A video as its makers and viewers know it; whatever is left out has no say in the vector."""

    pictures: Pictures = dataclasses.field(default_factory=lambda: NO_PICTURES)
    """Red, green, blue of small pictures: pairs an eighth of a second apart, evenly over the whole video."""
    sound: Samples = dataclasses.field(default_factory=lambda: NO_SOUND)
    """What is heard, one channel, -1 to 1, `SOUND_RATE` samples a second; its first minute will do."""
    caption: str = ""
    tags: tuple[str, ...] = ()  # without #
    author_id: int | None = None
    sound_id: int | None = None


class ContentModel(Protocol):
    """A way of making content vectors."""

    @property
    def means(self) -> str:
        """A name of at most 40 letters that changes whenever the same facts would give another vector.

        Vectors of different means are never compared.
        """

    def vector(self, facts: VideoFacts) -> Vector:
        """Where a video lies: of length 1, or all zeros where nothing at all is known. Always the same for the same."""

    def compared(self, rows: Rows, among: Rows) -> Rows:
        """Vectors as they are compared within a catalogue of which `among` is a fair sample. Both (any, DIMENSIONS).

        A row's answer depends on that row and on `among` alone, so that videos can be added one by one.
        """
