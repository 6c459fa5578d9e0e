"""The days of the event log: made ahead, dropped when they are older than the owner keeps them.

Events of a day without a partition go to the default one and move when the day gets its own.
"""

import datetime
import re

from django.db import connection, transaction

DAYS_AHEAD = 7
_NAME = re.compile(r"events_event_(\d{8})")
_LOCK = 0x5265767565  # any number that only this module locks


def name_of(day: datetime.date) -> str:
    """The table that holds a day."""
    return f"events_event_{day:%Y%m%d}"


def existing() -> dict[datetime.date, str]:
    """Day → table, of the days that have their own partition."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'events_event'::regclass")
        names = [row[0] for row in cursor.fetchall()]
    matches = [(name, _NAME.fullmatch(name)) for name in names]
    return {
        datetime.datetime.strptime(match[1], "%Y%m%d").replace(tzinfo=datetime.UTC).date(): name
        for name, match in matches
        if match
    }


def make(first: datetime.date, *, days: int) -> list[datetime.date]:
    """Give each of `days` days from `first` its own partition; those that were missing."""
    wanted = [first + datetime.timedelta(days=number) for number in range(days)]
    return [day for day in wanted if _make_one(day)]


def drop_before(first_kept: datetime.date) -> list[datetime.date]:
    """Drop the days before `first_kept`, also what lies in the default partition; the days that were dropped."""
    old = sorted(day for day in existing() if day < first_kept)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        for day in old:
            cursor.execute(f"DROP TABLE IF EXISTS {name_of(day)}")
        cursor.execute("DELETE FROM events_event_default WHERE day < %s", [first_kept])
    return old


@transaction.atomic
def _make_one(day: datetime.date) -> bool:
    """Make one day's partition and move in what waits for it in the default one; False when it is there already."""
    table, following = name_of(day), day + datetime.timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("SELECT to_regclass(%s)", [table])
        if cursor.fetchone()[0] is not None:
            return False
        cursor.execute("LOCK TABLE events_event_default IN ACCESS EXCLUSIVE MODE")
        cursor.execute(f"CREATE TABLE {table} (LIKE events_event INCLUDING ALL)")
        cursor.execute(
            f"WITH moved AS (DELETE FROM events_event_default WHERE day = %s RETURNING *) "  # noqa: S608 - our own name
            f"INSERT INTO {table} SELECT * FROM moved",
            [day],
        )
        cursor.execute(
            f"ALTER TABLE events_event ATTACH PARTITION {table} FOR VALUES FROM ('{day}') TO ('{following}')"
        )
    return True
