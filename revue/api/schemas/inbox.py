"""What people are told, and what they want to be told."""

import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from revue.accounts.contracts import SecurityEvent
from revue.api.schemas.people import Author, author
from revue.inbox.notifications.contracts import (
    MOST_COUNTED,
    MOST_SHOWN,
    MOST_UNREAD,
    TOPIC_OF,
    NoticeKind,
    NoticePage,
    NoticeTopic,
    NoticeVideo,
    NoticeView,
    PreferencesView,
    QuietHours,
)
from revue.inbox.push import services
from revue.platform import ids

_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]"
Topics = Annotated[list[NoticeTopic], Field(max_length=len(NoticeTopic))]
TimeOfDay = Annotated[str, Field(pattern=f"^{_TIME}$", description="hours and minutes, such as 22:00")]


class NoticeVideoOut(Schema):
    """The video that a notice is about."""

    id: str
    handle: str = Field(description="of its author")
    poster_small_url: str | None
    thumbhash: str


class NoticeOut(Schema):
    """Something that the viewer is told."""

    id: str = Field(description="another one when somebody joins; the later, the higher its number")
    kind: NoticeKind
    topic: NoticeTopic
    at: datetime.datetime = Field(description="when it last said something new")
    is_read: bool
    people: list[Author] = Field(description=f"who did it, the latest first, at most {MOST_SHOWN}")
    person_count: int = Field(description=f"all of them; {MOST_COUNTED} means so many or more")
    is_followed: bool = Field(description="by the viewer: the first of them, where they started following")
    is_requested: bool = Field(description="the viewer has asked to follow the first of them, who has not answered")
    video: NoticeVideoOut | None
    text: str = Field(description="the beginning of the comment")
    event: SecurityEvent | None = Field(description="what was done to how the viewer signs in")
    browser: str = Field(description="the name of the browser that did it; empty where it is unknown")
    path: str = Field(description="the page it leads to")


class NoticePageOut(Schema):
    """Notices, newest first; `next_cursor` is null at the end."""

    items: list[NoticeOut]
    next_cursor: str | None


class Unread(Schema):
    """How many notices the viewer has not read."""

    unread: int = Field(description=f"{MOST_UNREAD} means so many or more")


class ReadUpTo(Schema):
    """Up to where the viewer has read."""

    up_to: str = Field(max_length=11, description="the `id` of the newest notice they have seen")


class Quiet(Schema):
    """When nothing is pushed; across midnight where `end` comes before `start`."""

    start: TimeOfDay
    end: TimeOfDay
    time_zone: str = Field(max_length=64, description="IANA, such as Europe/Berlin")


class PreferencesOut(Schema):
    """What the viewer wants to be told, and how."""

    hidden: list[NoticeTopic] = Field(description="topics of which they are told nothing")
    not_pushed: list[NoticeTopic] = Field(description="topics of which they are told in the app only")
    quiet: Quiet | None
    wants_digest: bool = Field(description="a mail each week with what they have not read")
    may_have_digest: bool = Field(description="they have proved an address for it")
    push_key: str | None = Field(description="what browsers subscribe with; null: this instance pushes nothing")


class PreferencesPatch(Schema):
    """What to change; a part that is left out stays as it is."""

    hidden: list[NoticeTopic] | None = Field(
        default=None, max_length=len(NoticeTopic), description="security and messages are told always"
    )
    not_pushed: list[NoticeTopic] | None = Field(default=None, max_length=len(NoticeTopic))
    quiet: Quiet | None = Field(default=None, description="null: no such hours")
    wants_digest: bool | None = None

    def changes(self) -> dict[str, Any]:
        """What `preferences.change` takes."""
        changes: dict[str, Any] = {"hidden": self.hidden, "not_pushed": self.not_pushed}
        changes["wants_digest"] = self.wants_digest
        if "quiet" in self.model_fields_set:
            changes["quiet"] = self.quiet and QuietHours(
                _minutes(self.quiet.start), _minutes(self.quiet.end), self.quiet.time_zone
            )
        return changes


class PushEndpoint(Schema):
    """A browser's address at its push service."""

    endpoint: str = Field(max_length=services.LONGEST_ENDPOINT)


class NewSubscription(PushEndpoint):
    """A browser's push subscription, as `PushSubscription.toJSON()` has it."""

    p256dh: str = Field(max_length=100, description="its public key, as base64url")
    auth: str = Field(max_length=40, description="the shared secret, as base64url")


def page(found: NoticePage) -> dict[str, Any]:
    """A `NoticePageOut` as a plain dict."""
    return {"items": [_notice(view) for view in found.notices], "next_cursor": found.next_cursor}


def preferences(view: PreferencesView, *, push_key: str | None) -> dict[str, Any]:
    """A `PreferencesOut` as a plain dict."""
    return {
        "hidden": sorted(view.hidden),
        "not_pushed": sorted(view.not_pushed),
        "quiet": view.quiet and _quiet(view.quiet),
        "wants_digest": view.wants_digest,
        "may_have_digest": view.may_have_digest,
        "push_key": push_key,
    }


def _notice(view: NoticeView) -> dict[str, Any]:
    return {
        "id": ids.to_short(view.id),
        "kind": view.kind,
        "topic": TOPIC_OF[view.kind],
        "at": view.at,
        "is_read": view.is_read,
        "people": [author(card) for card in view.people],
        "person_count": view.person_count,
        "is_followed": view.is_followed,
        "is_requested": view.is_requested,
        "video": view.video and _video(view.video),
        "text": view.text,
        "event": view.event,
        "browser": view.browser,
        "path": view.path,
    }


def _video(video: NoticeVideo) -> dict[str, Any]:
    return {
        "id": ids.to_short(video.id),
        "handle": video.handle,
        "poster_small_url": video.poster_url,
        "thumbhash": video.thumbhash,
    }


def _quiet(quiet: QuietHours) -> dict[str, str]:
    return {"start": _clock(quiet.start), "end": _clock(quiet.end), "time_zone": quiet.time_zone}


def _minutes(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
