"""What the event log takes, how it names a viewer, and how long it remembers."""

import datetime
import hashlib
import uuid

from django.conf import settings

from revue.accounts.contracts import Viewer

HALF_LIFE_S = 72 * 3600  # of a video's recent plays: three days keep a weekend's favourite in view
OLDEST = datetime.timedelta(days=7)  # a phone that was offline for a week still counts
FURTHEST_AHEAD = datetime.timedelta(days=1)  # clocks of clients may run ahead by a time zone set wrong
LOOSE_KEYS_FOR = OLDEST + FURTHEST_AHEAD + datetime.timedelta(days=1)
SEEN_FOR = datetime.timedelta(days=180)
MOST_WATCH_MS = 6 * 3600 * 1000
MOST_LOOPS = 1000
MOST_DATA_LETTERS = 1024
NOBODY = 0
_TIME_ORDERED = 7  # the UUID version that begins with milliseconds since 1970


def viewer_key(viewer: Viewer) -> int:
    """A viewer as one number: the person's id, minus a hash of a visitor's session, or 0 for nobody in particular."""
    if viewer.person_id is not None:
        return viewer.person_id
    if not viewer.session_key:
        return NOBODY
    digest = hashlib.blake2b(viewer.session_key.encode(), digest_size=8, person=b"revue-viewer").digest()
    return -max(1, int.from_bytes(digest) >> 1)


def time_of(at_ms: int) -> datetime.datetime:
    """Milliseconds since 1970 as a time; the last one there is for years beyond the calendar."""
    try:
        return datetime.datetime.fromtimestamp(at_ms / 1000, tz=datetime.UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.datetime.max.replace(tzinfo=datetime.UTC)


def own_time(event_id: uuid.UUID) -> datetime.datetime | None:
    """The time that a version 7 id carries; None for other versions."""
    if event_id.version != _TIME_ORDERED:
        return None
    return time_of(event_id.int >> 80)


def served_id(*, session: str, started_ms: int, position: int, round_: int = 0) -> uuid.UUID:
    """The id of what a feed serves at one place of a session, in one round: the same place has the same id, for ever.

    Keyed, so that a client cannot take the place before us, and of version 7 with the session's start, so that a
    whole session lies in one day's partition.
    """
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32).digest()
    place = f"{session}/{position}/{round_}" if round_ else f"{session}/{position}"
    digest = hashlib.blake2b(place.encode(), key=key, digest_size=10).digest()
    noise = int.from_bytes(digest)
    high = (started_ms << 16) | (_TIME_ORDERED << 12) | (noise >> 68)
    low = (0b10 << 62) | (noise & (2**62 - 1))
    return uuid.UUID(int=(high << 64) | low)


def is_believable(at: datetime.datetime, *, now: datetime.datetime) -> bool:
    """Whether something may have happened at `at` if it is told at `now`."""
    return now - OLDEST <= at <= now + FURTHEST_AHEAD


def clamped(value: int | None, most: int) -> int | None:
    """`value` within 0 and `most`."""
    return None if value is None else max(0, min(value, most))
