"""What the feed asks of the recommender and gets from it."""

import dataclasses
import enum


class Why(enum.StrEnum):
    """The largest term of a score, or the way around it."""

    TASTE = "taste"
    FRESH = "fresh"
    FINISHED = "finished"
    FOLLOWED = "followed"
    DIAL = "dial"
    TOGETHER = "together"
    ASKED = "asked"
    EXPLORE = "explore"
    AGAIN = "again"
    CHANCE = "chance"


@dataclasses.dataclass(frozen=True, slots=True)
class Number:
    """One number of the ranking."""

    name: str
    value: float
    reason: str  # what it is for


@dataclasses.dataclass(frozen=True, slots=True)
class Ranking:
    """The published ranking."""

    version: str
    formula: str
    numbers: tuple[Number, ...]
    sha256: str  # of the file, in hex


class Stage(enum.StrEnum):
    """How far a video has come on its way through its pools."""

    IN_POOL = "in_pool"
    STOPPED = "stopped"  # it filled one, and too few of those watched it to its end; may go on when more do
    THROUGH = "through"  # it has filled all
    NOT_LISTED = "not_listed"  # not for everyone, or not published: it is in no feed for strangers


@dataclasses.dataclass(frozen=True, slots=True)
class Reach:
    """Which pool a video has come to, and how it did."""

    stage: Stage
    pool: int  # 1 … : the one it is in, or was in last
    pools: tuple[int, ...]  # impressions at which each is full
    impressions: int
    plays: int
    completions: int
    better: float | None  # the chance that more people finish it than half of all; None while nobody has played it
    passes: float  # so much is asked of that


class Found(enum.StrEnum):
    """Among which candidates a video was found."""

    NEAR = "near"  # of a kind that the viewer likes
    ASKED = "asked"  # of a kind of which the viewer was not asked yet
    NEWEST = "newest"
    BEST = "best"  # worth most to somebody of whom nothing is known
    FOLLOWED = "followed"
    BESIDE = "beside"  # watched long by others who watched the same
    POOL = "pool"  # new, on its way through its pools
    EVERYTHING = "everything"


@dataclasses.dataclass(frozen=True, slots=True)
class Pick:
    """A chosen video, with everything that chose it."""

    video_id: int
    author_id: int
    propensity: float  # probability with which it was put into its slot, in (0, 1]
    why: Why
    found: Found
    is_explorer: bool  # it stands here to learn something, not for its score
    score: float
    terms: tuple[tuple[str, float], ...]  # (name, what it adds to the score); their sum is the score
