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


class PersonChanged(Protocol):
    """Hears of somebody new, or of what others see of somebody."""

    def __call__(self, *, person_id: int) -> None:
        """Follow it; called inside the transaction that changed it."""


class PrivateChanged(Protocol):
    """Follows an account that became private, or open to everybody."""

    def __call__(self, *, person_id: int, is_private: bool) -> None:
        """Have what others find of the person be as it is to be now; an error here undoes the change."""


_person_deleted: list[PersonDeleted] = []
_person_changed: list[PersonChanged] = []
_security: list[SecurityHook] = []
_private_changed: list[PrivateChanged] = []


def on_person_deleted(remove: PersonDeleted) -> None:
    """Have `remove(person_id=…)` called inside `delete_person`'s transaction, before the person's row goes.

    Whoever registered last is called first: apps above let go before the apps they stand on.
    """
    if remove not in _person_deleted:
        _person_deleted.append(remove)


def on_private_changed(follow: PrivateChanged) -> None:
    """Have `follow(person_id=…, is_private=…)` called inside the transaction of the change, the person's row locked."""
    if follow not in _private_changed:
        _private_changed.append(follow)


def private_changed() -> Iterator[PrivateChanged]:
    """What to call when an account becomes private or open, in order."""
    return iter(_private_changed)


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


def on_person_changed(hear: PersonChanged) -> None:
    """Have `hear(person_id=…)` called when an account is made, opened or closed, or its profile changes."""
    if hear not in _person_changed:
        _person_changed.append(hear)


def person_changed() -> Iterator[PersonChanged]:
    """What to call when others see something else of a person, in order."""
    return iter(_person_changed)
