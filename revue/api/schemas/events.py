"""Watch events as clients send them."""

import uuid
from typing import Any

from ninja import Schema
from pydantic import Field

from revue.events.contracts import Kind, Surface

MOST_EVENTS = 200
_BIGGEST = 2**31 - 1
_LATEST_MS = 2**48 - 1


class WatchEvent(Schema):
    """One thing that happened in front of a viewer. Repeating it (same `id`) changes nothing."""

    id: uuid.UUID = Field(description="made by the client, version 7 (time-ordered) preferred")
    kind: Kind
    video_id: str = Field(max_length=11)
    at_ms: int = Field(description="the client's clock, milliseconds since 1970", ge=0, le=_LATEST_MS)
    position: int = Field(default=0, ge=0, le=_BIGGEST)
    source: Surface = Surface.FORYOU
    session: str = Field(default="", max_length=64, description="one visit of one page")
    propensity: float | None = Field(default=None, ge=0, le=1)
    model_version: str = Field(default="", max_length=40)
    watch_ms: int | None = Field(default=None, ge=0, le=_BIGGEST)
    loops: int | None = Field(default=None, ge=0, le=_BIGGEST)
    max_pos_ms: int | None = Field(default=None, ge=0, le=_BIGGEST)
    data: dict[str, Any] | None = Field(default=None, description="details of this kind, at most 1 kB of JSON")


class WatchEvents(Schema):
    """A batch of events."""

    events: list[WatchEvent] = Field(max_length=MOST_EVENTS)


class EventsReceipt(Schema):
    """What became of a batch."""

    accepted: int = Field(description="new events, now counted")
    repeated: int = Field(description="events that were already there")
    ignored: int = Field(description="events of unknown videos, or too old or too far in the future to be true")
