"""Who may work on the troupe: one process raises, and one that removes makes it stop.

Both are advisory locks of the database, which lets go of them when their holder dies, however it dies.
"""

import contextlib
from collections.abc import Iterator

from django.db import connection

_RAISING, _REMOVING = 0x5265767565_01, 0x5265767565_02  # any two numbers that nothing else here uses


@contextlib.contextmanager
def raising() -> Iterator[bool]:
    """Yields whether this process is the one that raises."""
    has_lock = _ask("SELECT pg_try_advisory_lock(%s)", _RAISING)
    try:
        yield has_lock
    finally:
        if has_lock:
            _ask("SELECT pg_advisory_unlock(%s)", _RAISING)


@contextlib.contextmanager
def removing() -> Iterator[None]:
    """Ask a running raise to stop, and wait until it has."""
    _ask("SELECT pg_advisory_lock(%s) IS NULL", _REMOVING)
    try:
        _ask("SELECT pg_advisory_lock(%s) IS NULL", _RAISING)
        try:
            yield
        finally:
            _ask("SELECT pg_advisory_unlock(%s)", _RAISING)
    finally:
        _ask("SELECT pg_advisory_unlock(%s)", _REMOVING)


def is_removal_waiting() -> bool:
    """Whether a raise should stop now."""
    if not _ask("SELECT pg_try_advisory_lock_shared(%s)", _REMOVING):
        return True
    _ask("SELECT pg_advisory_unlock_shared(%s)", _REMOVING)
    return False


def _ask(question: str, number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [number])
        row = cursor.fetchone()
    return bool(row and row[0])
