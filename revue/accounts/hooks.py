"""Named points where apps above join in, registered in their `apps.py`."""

from collections.abc import Iterator
from typing import Protocol


class PersonDeleted(Protocol):
    """Removes what one app holds of a person."""

    def __call__(self, *, person_id: int) -> None:
        """Delete rows now, and files by a job enqueued in the same transaction."""


class PersonChanged(Protocol):
    """Hears of somebody new, or of what others see of somebody."""

    def __call__(self, *, person_id: int) -> None:
        """Follow it; called inside the transaction that changed it."""


_person_deleted: list[PersonDeleted] = []
_person_changed: list[PersonChanged] = []


def on_person_deleted(remove: PersonDeleted) -> None:
    """Have `remove(person_id=…)` called inside `delete_person`'s transaction, before the person's row goes.

    Whoever registered last is called first: apps above let go before the apps they stand on.
    """
    if remove not in _person_deleted:
        _person_deleted.append(remove)


def person_deleted() -> Iterator[PersonDeleted]:
    """What to call when a person is deleted, in order."""
    return reversed(_person_deleted)


def on_person_changed(hear: PersonChanged) -> None:
    """Have `hear(person_id=…)` called when an account is made, opened or closed, or its profile changes."""
    if hear not in _person_changed:
        _person_changed.append(hear)


def person_changed() -> Iterator[PersonChanged]:
    """What to call when others see something else of a person, in order."""
    return iter(_person_changed)
