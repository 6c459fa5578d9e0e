"""Where somebody is in a list of what was found: the moment of its first page goes along, and all pages go by it."""

import dataclasses
import datetime
from typing import Any

from revue.platform import clock, paging


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A place in a list."""

    at: datetime.datetime  # when the first page was read: how fresh and popular things were then is what counts
    key: Any = None  # of the last one, by which the list is ordered; None: the list's beginning
    last: Any = None  # which one that was
    is_partial: bool = False  # what says only some of the words

    def after(self, key: Any, last: Any) -> "Place":
        """The place behind one."""
        return dataclasses.replace(self, key=key, last=last)

    def sign(self, name: str) -> str:
        """The cursor of this place in the list `name`."""
        data = {"t": self.at.isoformat(), "k": self.key, "i": self.last, "p": self.is_partial}
        return paging.sign(f"search.{name}", data)


def place_of(cursor: str, name: str) -> Place:
    """The place that a cursor of the list `name` stands for; its beginning for an empty one.

    Raises:
        BadCursor: the cursor is not ours, or belongs to another list.
    """
    if not cursor:
        return Place(clock.now())
    data = paging.read(f"search.{name}", cursor)
    return Place(datetime.datetime.fromisoformat(data["t"]), data["k"], data["i"], data["p"])
