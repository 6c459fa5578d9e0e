"""The words of the event log, and what other apps see of it."""

import dataclasses
import datetime
import enum
import uuid
from collections.abc import Mapping
from typing import Any


class Kind(enum.StrEnum):
    """What happened."""

    IMPRESSION = "impression"  # it was on the screen
    PLAY_START = "play_start"  # the first frame moved
    PROGRESS = "progress"  # a quarter of the way; data.quarter
    WATCH_MS = "watch_ms"  # a view ended: watch_ms, loops and max_pos_ms of it
    LOOPS = "loops"  # it began again; loops so far in this view
    COMPLETE = "complete"  # the end was reached for the first time in this view
    SKIP = "skip"  # swiped away early
    PAUSE = "pause"
    SEEK = "seek"
    SPEED = "speed"
    MUTE = "mute"
    REBUFFER = "rebuffer"
    SWIPE = "swipe"
    EXIT = "exit"
    LIKE = "like"
    UNLIKE = "unlike"
    SAVE = "save"
    UNSAVE = "unsave"
    REPOST = "repost"
    UNREPOST = "unrepost"
    COMMENT_OPEN = "comment_open"
    COMMENT_POST = "comment_post"
    SHARE = "share"
    PROFILE_OPEN = "profile_open"
    FOLLOW = "follow"
    TAG_OPEN = "tag_open"


class Surface(enum.StrEnum):
    """Where it happened."""

    FORYOU = "foryou"
    FOLLOWING = "following"
    PROFILE = "profile"
    TAG = "tag"
    LINK = "link"
    EMBED = "embed"
    SEARCH = "search"


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """One event as it was reported."""

    id: uuid.UUID
    kind: Kind
    video_id: int
    at_ms: int  # the reporter's clock
    position: int = 0
    source: Surface = Surface.FORYOU
    session: str = ""
    propensity: float | None = None
    model_version: str = ""
    watch_ms: int | None = None
    loops: int | None = None
    max_pos_ms: int | None = None
    data: str = ""  # JSON, or nothing


@dataclasses.dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a batch."""

    accepted: int
    repeated: int
    ignored: int


@dataclasses.dataclass(frozen=True, slots=True)
class Served:
    """One video that a feed put at one position of a session."""

    position: int
    video_id: int
    propensity: float
    detail: Mapping[str, Any]  # why it stands there, in the words and numbers of whoever put it there


@dataclasses.dataclass(frozen=True, slots=True)
class Counts:
    """What happened to a video so far."""

    impressions: int = 0
    plays: int = 0
    completions: int = 0
    loops: int = 0
    watch_ms: int = 0
    likes: int = 0
    comments: int = 0
    shares: int = 0
    skips: int = 0
    saves: int = 0
    reposts: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class LoggedEvent:
    """One line of a person's own history."""

    at: datetime.datetime
    kind: str
    video_id: int
    source: str
    watch_ms: int | None
