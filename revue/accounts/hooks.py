"""Named points where apps above join in, registered in their `apps.py`."""

from collections.abc import Iterator
from typing import Protocol


class PersonDeleted(Protocol):
    """Removes what one app holds of a person."""

    def __call__(self, *, person_id: int) -> None:
        """Delete rows now, and files by a job enqueued in the same transaction."""


class PrivateChanged(Protocol):
    """Follows an account that became private, or open to everybody."""

    def __call__(self, *, person_id: int, is_private: bool) -> None:
        """Have what others find of the person be as it is to be now; an error here undoes the change."""


_person_deleted: list[PersonDeleted] = []
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
