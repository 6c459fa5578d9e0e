"""What the feed asks of the recommender and gets from it."""

import dataclasses
import datetime
import enum


class Why(enum.StrEnum):
    """The largest term of a score, or the way around it."""

    TASTE = "taste"
    FRESH = "fresh"
    FINISHED = "finished"
    FOLLOWED = "followed"
    REPOSTED = "reposted"
    DIAL = "dial"
    TOGETHER = "together"
    MODEL = "model"
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


@dataclasses.dataclass(frozen=True, slots=True)
class Engine:
    """Which engine ranks For You here and now, and how the learning part of it fares."""

    name: str  # "taste", or "taste + sequence model"
    version: str  # of the published ranking
    model_version: int | None  # None: there is no model, or none that can be used
    model_age_s: float | None  # since it was published
    learnt_to_s: float | None  # how old the newest watch is that it learnt
    trust: float  # what say it has earned, 0 … 1
    steps: int  # minutes and refits of the last day
    judged_at: datetime.datetime | None  # when it was last compared with what people did
    ndcg: float | None  # of that minute: NDCG@10 before it was learnt
    auc: float | None  # of long views, likewise
    refused: str  # why the newest weights are not served; empty: they are


class Found(enum.StrEnum):
    """Among which candidates a video was found."""

    NEAR = "near"  # of a kind that the viewer likes
    ASKED = "asked"  # of a kind of which the viewer was not asked yet
    MODEL = "model"  # nearest to the viewer by the sequence model
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
    weights: int | None = None  # version of the sequence model behind its term; None: it had no say
