"""The one place that asks for the time, so that tests can say what time it is."""

import datetime


def now() -> datetime.datetime:
    """The current time, aware, in UTC."""
    return datetime.datetime.now(tz=datetime.UTC)
