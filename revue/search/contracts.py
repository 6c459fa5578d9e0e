"""What others see of a search."""

import dataclasses
import enum

from revue.accounts.contracts import PersonCard
from revue.videos.contracts import SoundPage

Span = tuple[int, int]  # from where to where in a text, in code points: what was asked for stands there


class Sort(enum.StrEnum):
    """In which order videos come."""

    RELEVANCE = "relevance"
    LIKES = "likes"
    DATE = "date"


class Since(enum.StrEnum):
    """From when videos are."""

    ANY = "any"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    HALF_YEAR = "half_year"


class Seen(enum.StrEnum):
    """What the viewer has to do with videos."""

    ANY = "any"
    WATCHED = "watched"
    UNWATCHED = "unwatched"
    LIKED = "liked"


@dataclasses.dataclass(frozen=True, slots=True)
class Filters:
    """Which videos, and in which order."""

    sort: Sort = Sort.RELEVANCE
    since: Since = Since.ANY
    seen: Seen = Seen.ANY


@dataclasses.dataclass(frozen=True, slots=True)
class VideoHit:
    """A video that was found; whether the viewer may watch it is for its card to say."""

    video_id: int
    places: tuple[int, ...]  # numbers of the words of its caption that were asked for, from 1


@dataclasses.dataclass(frozen=True, slots=True)
class VideoHits:
    """One page of them; `next_cursor` is None at the end."""

    hits: tuple[VideoHit, ...]
    next_cursor: str | None
    is_partial: bool  # nothing says all of it: these say some


@dataclasses.dataclass(frozen=True, slots=True)
class PersonHit:
    """Somebody who was found."""

    card: PersonCard
    followers: int  # as last counted
    is_followed: bool  # by whoever asks
    is_requested: bool  # they wait for leave to follow them
    is_self: bool
    name_spans: tuple[Span, ...]
    handle_spans: tuple[Span, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class PersonHits:
    """One page of people; `next_cursor` is None at the end."""

    hits: tuple[PersonHit, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class SoundHit:
    """A sound that was found."""

    page: SoundPage
    spans: tuple[Span, ...]  # of its name


@dataclasses.dataclass(frozen=True, slots=True)
class SoundHits:
    """One page of sounds; `next_cursor` is None at the end."""

    hits: tuple[SoundHit, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class TagHit:
    """A tag that was found."""

    name: str  # lower case, without #
    videos: int  # public ones, as last counted; 0: not counted yet
    spans: tuple[Span, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class TagHits:
    """One page of tags; `next_cursor` is None at the end."""

    hits: tuple[TagHit, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class Suggestions:
    """What somebody who is typing may mean."""

    tags: tuple[TagHit, ...]
    people: tuple[PersonHit, ...]
