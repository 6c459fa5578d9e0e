"""When a person is left alone. Pure, apart from the time zones that the system knows."""

import datetime
import zoneinfo
from typing import Final

from revue.inbox.notifications.contracts import QuietHours
from revue.inbox.notifications.errors import BadQuietHours

DAY_MINUTES: Final = 24 * 60
# Nobody below these ages is disturbed at night, whatever they have set.
_YOUNG: Final = ((16, (21 * 60, 8 * 60)), (18, (22 * 60, 8 * 60)))


def clean_quiet_hours(quiet: QuietHours) -> QuietHours:
    """The hours, if there are such.

    Raises:
        BadQuietHours: a time is none of a day, both are the same, or nobody knows the time zone.
    """
    are_times = all(0 <= time < DAY_MINUTES for time in (quiet.start, quiet.end))
    if not are_times or quiet.start == quiet.end or _zone(quiet.time_zone) is None:
        raise BadQuietHours(fields={"quiet": BadQuietHours.title})
    return quiet


def is_quiet(now: datetime.datetime, *, quiet: QuietHours | None, time_zone: str, age: int | None) -> bool:
    """Whether nothing is to be pushed now.

    Args:
        now: aware.
        quiet: what the person has set, if anything.
        time_zone: theirs, as far as it is known; "": UTC.
        age: theirs in years, if it is known.
    """
    hours = [(quiet.start, quiet.end)] if quiet is not None else []
    if age is not None:
        hours += [night for below, night in _YOUNG if age < below][:1]
    local = now.astimezone(_zone(time_zone) or datetime.UTC)
    minute = local.hour * 60 + local.minute
    return any(_is_between(minute, start, end) for start, end in hours)


def _is_between(minute: int, start: int, end: int) -> bool:
    return start <= minute < end if start < end else minute >= start or minute < end


def _zone(name: str) -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones, or no name at all
        return None
