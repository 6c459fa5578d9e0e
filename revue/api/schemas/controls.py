"""What a viewer sets about their feeds, and what they have watched."""

import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from revue.api.schemas import feed
from revue.api.schemas.feed import Video, VideoMarks
from revue.feed.contracts import HistoryPage, ShownVideo
from revue.platform import ids
from revue.recommender import topics
from revue.recommender.controls import MOST_MINUTES, MOST_MUTED, MOST_VIDEOS, Entry, Hidden, Panel, Step

BY_ID = (Hidden.VIDEO, Hidden.CREATOR, Hidden.SOUND)  # named in addresses by a short id
Bound = int | None


class Dial(Schema):
    """A topic and how much of it."""

    id: int
    name: str
    step: Literal[-2, -1, 0, 1, 2] = Field(description="-2: never; 0: as it comes; 2: much more")


class FeedControls(Schema):
    """What a viewer has set about their feeds."""

    is_personalised: bool = Field(description="false: For You is the same for everybody")
    is_history_paused: bool = Field(description="true: what they watch leaves no trace of them")
    most_videos: Bound = Field(description="after so many a visit ends; null: never")
    most_minutes: Bound = Field(description="after so many a visit ends; null: never. Clients see to it")
    topics: list[Dial] = Field(description="every topic there is")
    muted_words: list[str] = Field(description=f"newest first; at most {MOST_MUTED}")


class FeedControlsPatch(Schema):
    """What to change; a part that is left out stays as it is."""

    is_personalised: bool | None = None
    is_history_paused: bool | None = None
    most_videos: Bound = Field(default=None, description=f"{MOST_VIDEOS[0]} to {MOST_VIDEOS[-1]}; null: no bound")
    most_minutes: Bound = Field(default=None, description=f"{MOST_MINUTES[0]} to {MOST_MINUTES[-1]}; null: no bound")

    def bounds(self) -> dict[str, Bound]:
        """The bounds that were sent, null included."""
        names = {"most_videos", "most_minutes"} & self.model_fields_set
        return {name: getattr(self, name) for name in names}


class DialStep(Schema):
    """Where to turn a dial."""

    step: Step


class MutedWord(Schema):
    """A word, several words, or a #tag."""

    word: str = Field(max_length=200)


class HiddenOut(Schema):
    """Something that the viewer is not interested in."""

    kind: Hidden
    target: str = Field(description="a short id, a topic's number or a tag: what its address ends with")
    name: str = Field(description="empty when there is nothing behind it any more")
    made_at: datetime.datetime


class HiddenPageOut(Schema):
    """One page of what the viewer is not interested in, newest first; `next_cursor` is null at the end."""

    items: list[HiddenOut]
    next_cursor: str | None


class WatchedOut(Schema):
    """A video that the viewer has watched."""

    video: Video
    at: datetime.datetime = Field(description="the last time")
    watch_ms: int = Field(description="of all views")


class HistoryPageOut(Schema):
    """One page of what the viewer has watched, newest first; `next_cursor` is null at the end."""

    items: list[WatchedOut]
    next_cursor: str | None


class MarkedOut(VideoMarks):
    """What the viewer has to do with one video."""

    id: str


class MarksOut(Schema):
    """What the viewer has to do with some videos; those they may not watch are left out."""

    items: list[MarkedOut]


def controls(panel: Panel) -> dict[str, Any]:
    """A `FeedControls` as a plain dict."""
    return {
        "is_personalised": panel.is_personalised,
        "is_history_paused": panel.is_history_paused,
        "most_videos": panel.most_videos,
        "most_minutes": panel.most_minutes,
        "topics": [
            {**feed.topic(topic), "step": panel.steps.get(topic.id, Step.USUAL).value} for topic in topics.TOPICS
        ],
        "muted_words": list(panel.muted_words),
    }


def hidden_page(entries: list[Entry], next_cursor: str | None) -> dict[str, Any]:
    """A `HiddenPageOut` as a plain dict."""
    return {"items": [_hidden(entry) for entry in entries], "next_cursor": next_cursor}


def _hidden(entry: Entry) -> dict[str, Any]:
    target = ids.to_short(int(entry.target)) if entry.kind in BY_ID else entry.target
    return {"kind": entry.kind.value, "target": target, "name": entry.name, "made_at": entry.made_at}


def history(page: HistoryPage) -> dict[str, Any]:
    """A `HistoryPageOut` as a plain dict."""
    items = [{"video": feed.video(line.video), "at": line.at, "watch_ms": line.watch_ms} for line in page.entries]
    return {"items": items, "next_cursor": page.next_cursor}


def marks(shown: dict[int, ShownVideo]) -> dict[str, Any]:
    """A `MarksOut` as a plain dict."""
    return {"items": [{"id": ids.to_short(video_id), **feed.marks(video)} for video_id, video in shown.items()]}
