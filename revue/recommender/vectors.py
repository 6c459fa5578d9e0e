"""Where videos lie among each other: reads of the content vectors that are kept."""

import functools
from collections.abc import Collection

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.utils.module_loading import import_string

from revue.recommender.engine.content.facts import DIMENSIONS, ContentModel, Vector
from revue.recommender.models import VideoVector

Rows = npt.NDArray[np.float32]  # shape (videos, DIMENSIONS)

BYTES = 4 * DIMENSIONS  # of a vector as it is kept


@functools.cache
def model() -> ContentModel:
    """How this instance makes content vectors.

    Raises:
        ImportError: the setting `REVUE_CONTENT_MODEL` names nothing that can be imported.
    """
    made: ContentModel = import_string(settings.CONTENT_MODEL)()
    return made


def vectors_of(video_ids: Collection[int]) -> dict[int, Vector]:
    """The vectors of some videos, made by today's means; those that have none are left out. One SELECT."""
    rows = VideoVector.objects.filter(video__in=video_ids, means=model().means)
    return {row.video_id: from_bytes(bytes(row.vector)) for row in rows if len(row.vector) == BYTES}


def to_bytes(vector: Vector) -> bytes:
    """A vector as the database keeps it: float32, little end first."""
    return vector.astype("<f4").tobytes()


def from_bytes(kept: bytes | memoryview) -> Rows:
    """What `to_bytes` gave, one after the other. Shape (numbers,)."""
    return np.frombuffer(kept, "<f4").astype(np.float32)


def problem() -> str | None:
    """Why no content vectors can be made, or None."""
    try:
        model()
    except ImportError as error:
        return f"REVUE_CONTENT_MODEL names no way of making content vectors: {error}. Leave it out, or mend it."
    return None
