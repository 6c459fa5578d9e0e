"""What the feed asks of the recommender and gets from it."""

import dataclasses
import enum


class Why(enum.StrEnum):
    """The largest term of a score, or the way around it."""

    FRESH = "fresh"
    FINISHED = "finished"
    FOLLOWED = "followed"
    EXPLORE = "explore"
    AGAIN = "again"
    CHANCE = "chance"


@dataclasses.dataclass(frozen=True, slots=True)
class Pick:
    """A chosen video."""

    video_id: int
    author_id: int
    propensity: float  # probability with which it was put into its slot, in (0, 1]
    why: Why
