"""What a viewer did with a video, beside how long they watched it, and what that is worth."""

import enum

import numpy as np
import numpy.typing as npt

from revue.recommender.engine.formula import FORMULA, Formula

Floats = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]


class Mark(enum.IntFlag):
    """Bits of what was done; the database packs them likewise."""

    LONG = 1
    LIKED = 2
    SHARED = 4
    COMMENTED = 8
    FOLLOWED = 16
    SKIPPED = 32
    SAVED = 64
    REPOSTED = 128


def worth(watched: Floats, marks: Ids, formula: Formula = FORMULA) -> Floats:
    """What each watch says of a viewer's liking, 0 … 1: a like says as much as some more of the video watched.

    Args:
        watched: share of each video that was watched, 0 … 1.
        marks: `Mark` bits of each.
        formula: the numbers.
    """
    told = watched.astype(np.float64)
    for mark, more in (
        (Mark.LIKED, formula.like_worth),
        (Mark.SHARED, formula.share_worth),
        (Mark.COMMENTED, formula.comment_worth),
        (Mark.FOLLOWED, formula.follow_worth),
        (Mark.SAVED, formula.save_worth),
        (Mark.REPOSTED, formula.repost_worth),
    ):
        told = told + more * ((marks & mark) != 0)
    return np.minimum(told, 1.0)
