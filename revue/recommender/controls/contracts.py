"""What a viewer has set about their feeds, as other apps see it."""

import dataclasses
import datetime
import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


class Hidden(enum.StrEnum):
    """What somebody may be not interested in."""

    VIDEO = "video"
    CREATOR = "creator"
    SOUND = "sound"
    TOPIC = "topic"
    TAG = "tag"


class Step(enum.IntEnum):
    """How much of a topic."""

    NEVER = -2
    LESS = -1
    USUAL = 0
    MORE = 1
    MUCH_MORE = 2


# What a topic's score is multiplied by. A step is felt and not absolute; `NEVER` is no factor, see `Controls.never`.
FACTORS: Final[Mapping[Step, float]] = MappingProxyType({Step.LESS: 0.5, Step.MORE: 1.5, Step.MUCH_MORE: 2.5})


@dataclasses.dataclass(frozen=True, slots=True)
class Controls:
    """Everything that one viewer has set; the defaults are those of somebody who has set nothing."""

    videos: frozenset[int] = frozenset()
    creators: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()  # whom the viewer has muted, and from whom a block keeps them apart
    sounds: frozenset[int] = frozenset()
    tags: frozenset[str] = frozenset()  # as `wording.plain` has them
    topics: frozenset[int] = frozenset()
    never: frozenset[int] = frozenset()  # topics whose dial stands at Never
    factors: Mapping[int, float] = dataclasses.field(default_factory=dict)  # topic → what its score is multiplied by
    muted: frozenset[str] = frozenset()  # words and #tags as `wording.plain` has them
    is_personalised: bool = True
    is_history_paused: bool = False
    most_videos: int | None = None  # in one visit
    most_minutes: int | None = None  # of one visit


NO_CONTROLS: Final = Controls()


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One line of a viewer's list of what they are not interested in."""

    kind: Hidden
    target: str  # an id in digits, or a tag
    name: str  # for people; empty when there is nothing behind it any more
    made_at: datetime.datetime


@dataclasses.dataclass(frozen=True, slots=True)
class Panel:
    """A viewer's controls as their page shows them."""

    is_personalised: bool
    is_history_paused: bool
    most_videos: int | None
    most_minutes: int | None
    steps: Mapping[int, Step]  # topic → step, where it is not `USUAL`
    muted_words: tuple[str, ...]  # as they were written, newest first


MOST_MUTED: Final = 200
MOST_HIDDEN: Final = 5000
MOST_VIDEOS: Final = range(1, 1001)  # of a bounded visit
MOST_MINUTES: Final = range(1, 601)
