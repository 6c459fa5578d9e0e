"""Reads of the event log and the counters."""

import datetime
from collections.abc import Collection, Iterator

from revue.events.contracts import Counts, LoggedEvent, Served
from revue.events.models import Event, VideoCounts

_NOTHING = Counts()


def counts_of(video_ids: Collection[int]) -> dict[int, Counts]:
    """The counters of each of `video_ids`, zeros where nothing happened yet; one SELECT."""
    rows = VideoCounts.objects.filter(video_id__in=set(video_ids)).values_list(
        *(
            "video_id",
            "impressions",
            "plays",
            "completions",
            "loops",
            "watch_ms",
            "likes",
            "comments",
            "shares",
            "skips",
        ),
        *("saves", "reposts"),
    )
    found = {row[0]: Counts(*row[1:]) for row in rows}
    return {video_id: found.get(video_id, _NOTHING) for video_id in video_ids}


def watched(*, at_least: int, since: datetime.datetime) -> Iterator[tuple[int, int]]:
    """Videos that were played so often and not only long ago, each with how often."""
    rows = VideoCounts.objects.filter(plays__gte=at_least, recent_at__gte=since).order_by("pk")
    return rows.values_list("video_id", "plays").iterator()


def served(*, session: str, day: datetime.date, first: int, limit: int, round_: int = 0) -> list[Served]:
    """What a feed session was served in one round from place `first` on; `day` is that of the session's start."""
    rows = Event.objects.filter(day=day, session=session, kind="served", position__gte=first, data__round=round_)
    values = rows.order_by("position").values_list("position", "video_id", "propensity", "data")[:limit]
    return [
        Served(position, video_id, propensity or 1.0, data or {}) for position, video_id, propensity, data in values
    ]


def history_of(*, person_id: int, limit: int) -> list[LoggedEvent]:
    """The newest events of a person, for themselves and for the copy of their data."""
    rows = Event.objects.filter(person_id=person_id).order_by("-at")
    return [LoggedEvent(*row) for row in rows.values_list("at", "kind", "video_id", "source", "watch_ms")[:limit]]
