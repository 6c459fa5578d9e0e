"""What a feed page is made of."""

import dataclasses
import datetime
import enum
from collections.abc import Mapping

from revue.accounts.contracts import PersonCard
from revue.events.contracts import Counts
from revue.recommender.contracts import Why
from revue.recommender.topics import Topic
from revue.search.contracts import Span
from revue.videos.contracts import Show, VideoCard, VideoStatus


class Source(enum.StrEnum):
    """Which feed an item stands in; watch events repeat it."""

    FORYOU = "foryou"
    FOLLOWING = "following"


@dataclasses.dataclass(frozen=True, slots=True)
class ReasonTerm:
    """One term of a score."""

    name: str
    label: str  # for people
    value: float  # what it adds


@dataclasses.dataclass(frozen=True, slots=True)
class Reason:
    """Why this video: a code for programs, a sentence for people, and the score that it was ranked by."""

    code: Why
    text: str
    terms: tuple[ReasonTerm, ...] = ()  # their sum is the score
    score: float | None = None  # None: the feed has no scores
    found: str = ""  # among which candidates, for people
    found_code: str = ""  # the same for programs
    is_explorer: bool = False  # it stands here to learn something, not for its score


@dataclasses.dataclass(frozen=True, slots=True)
class ShownVideo:
    """A video with its counts and the viewer's marks."""

    card: VideoCard
    likes: int
    comments: int
    shares: int
    saves: int
    reposts: int
    plays: int
    liked: bool
    saved: bool
    reposted: bool
    following: bool
    is_author: bool
    topics: tuple[Topic, ...]  # what it is about


@dataclasses.dataclass(frozen=True, slots=True)
class Repost:
    """Who passed a video on, with which words, and when."""

    person: PersonCard
    note: str
    made_at: datetime.datetime


@dataclasses.dataclass(frozen=True, slots=True)
class FeedEntry:
    """A video at one place of a feed."""

    video: ShownVideo
    reason: Reason
    source: Source
    propensity: float  # in (0, 1]
    position: int  # from 0, over the whole session
    repost: Repost | None = None  # in Following: it stands there because of it


@dataclasses.dataclass(frozen=True, slots=True)
class FeedPage:
    """One page of a feed; `next_cursor` is None at its end."""

    entries: tuple[FeedEntry, ...]
    next_cursor: str | None
    model_version: str
    onward_cursor: str | None = None  # at an end that the viewer has set: where they may go on all the same
    is_personalised: bool = True  # False: it is the same for everybody, without anybody's marks


@dataclasses.dataclass(frozen=True, slots=True)
class VideoPage:
    """One page of a list of videos; `next_cursor` is None at its end."""

    videos: tuple[ShownVideo, ...]
    next_cursor: str | None
    pinned: tuple[int, ...] = ()  # those of them that stand first because their author wants it
    reposts: Mapping[int, Repost] = dataclasses.field(default_factory=dict)  # why each of them is on it, if for that


@dataclasses.dataclass(frozen=True, slots=True)
class FoundVideo:
    """A video that was searched for."""

    video: ShownVideo
    spans: tuple[Span, ...]  # of its caption


@dataclasses.dataclass(frozen=True, slots=True)
class FoundPage:
    """One page of videos that were searched for; `next_cursor` is None at its end."""

    videos: tuple[FoundVideo, ...]
    next_cursor: str | None
    is_partial: bool  # nothing says all of what was asked: these say some of it


class TagOrder(enum.StrEnum):
    """Of the videos with a tag."""

    NEWEST = "newest"
    TOP = "top"


class Order(enum.StrEnum):
    """Of the videos on a person's page."""

    LATEST = "latest"
    POPULAR = "popular"
    OLDEST = "oldest"


@dataclasses.dataclass(frozen=True, slots=True)
class Watched:
    """A video that the viewer has watched."""

    video: ShownVideo
    at: datetime.datetime  # the last time
    watch_ms: int  # of all views


@dataclasses.dataclass(frozen=True, slots=True)
class HistoryPage:
    """One page of what a viewer has watched; `next_cursor` is None at its end."""

    entries: tuple[Watched, ...]
    next_cursor: str | None


class OwnOrder(enum.StrEnum):
    """Of one's own videos."""

    NEWEST = "newest"
    OLDEST = "oldest"
    VIEWS = "views"
    LIKES = "likes"
    COMMENTS = "comments"


@dataclasses.dataclass(frozen=True, slots=True)
class OwnVideo:
    """One of the viewer's own videos, in any state, and what people did with it."""

    status: VideoStatus
    counts: Counts


@dataclasses.dataclass(frozen=True, slots=True)
class OwnPage:
    """One page of one's own videos; `next_cursor` is None at its end."""

    videos: tuple[OwnVideo, ...]
    next_cursor: str | None
    totals: dict[Show, int]  # how many there are of each kind
