"""Named points where apps above join in, registered in their `apps.py`."""

from collections.abc import Iterator
from typing import Protocol

from revue.accounts.contracts import SecurityEvent


class PersonDeleted(Protocol):
    """Removes what one app holds of a person."""

    def __call__(self, *, person_id: int) -> None:
        """Delete rows now, and files by a job enqueued in the same transaction."""


class SecurityHook(Protocol):
    """Hears what happened to how somebody signs in."""

    def __call__(self, *, person_id: int, event: SecurityEvent, user_agent: str) -> None:
        """Follow it; `user_agent` is the browser's that did it, as it calls itself."""


_person_deleted: list[PersonDeleted] = []
_security: list[SecurityHook] = []


def on_person_deleted(remove: PersonDeleted) -> None:
    """Have `remove(person_id=…)` called inside `delete_person`'s transaction, before the person's row goes.

    Whoever registered last is called first: apps above let go before the apps they stand on.
    """
    if remove not in _person_deleted:
        _person_deleted.append(remove)


def person_deleted() -> Iterator[PersonDeleted]:
    """What to call when a person is deleted, in order."""
    return reversed(_person_deleted)


def on_security(hear: SecurityHook) -> None:
    """Have `hear(…)` called when somebody signs in with another browser, or how they sign in is changed."""
    if hear not in _security:
        _security.append(hear)


def security() -> Iterator[SecurityHook]:
    """What to call when how somebody signs in is changed, in order."""
    return iter(_security)
