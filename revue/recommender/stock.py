"""What the catalogue is made of, as it was read: immutable; a change makes another that shares what is the same."""

import dataclasses
from typing import Any

import numpy as np
import numpy.typing as npt

from revue.recommender import rows
from revue.recommender.engine.catalogue import Columns, Ids, found
from revue.recommender.engine.clusters import NOWHERE, Places, Vectors
from revue.recommender.engine.content.facts import ContentModel
from revue.recommender.rows import Moment, Rows
from revue.recommender.shelf import EMPTY, Shelf, fitted

IN_PART = -1.0


@dataclasses.dataclass(frozen=True)
class Stock:
    """Videos by ascending id, as of a moment."""

    columns: Columns
    vectors: Vectors  # as they are compared
    of: Places  # the cluster of each video
    shelf: Shelf
    moment: Moment
    whole_at_s: float  # when all of it was last read, in seconds since 1970; IN_PART: never

    def fits(self, change: rows.Change) -> bool:
        """Whether these are the public videos that there were at a change."""
        ids = self.columns.ids
        return len(ids) == change.count and int(np.bitwise_xor.reduce(ids, initial=0)) == change.parity

    @property
    def is_outgrown(self) -> bool:
        """Whether its shelf is to be made anew."""
        return self.shelf.is_outgrown(int(self.vectors.any(axis=1).sum()))

    def without(self, ids: Ids) -> "Stock":
        """The same less some videos."""
        places, _ = found(self.columns.ids, ids)
        if not len(places):
            return self
        left = np.ones(len(self.columns.ids), np.bool_)
        left[places] = False
        return dataclasses.replace(
            self,
            columns=_map(lambda array: array[left], self.columns),
            vectors=self.vectors[left],
            of=self.of[left],
        )

    def having(self, fresh: Rows, model: ContentModel) -> "Stock":
        """The same with videos that are new, or that replace what is known of them."""
        if not len(fresh.columns.ids):
            return self
        vectors, of = self.shelf.placed(fresh.made, model)
        places, known = found(self.columns.ids, fresh.columns.ids)
        if known.all():
            return self._updated(places, fresh.columns, vectors, of)
        old = self.without(fresh.columns.ids[known])
        order = np.argsort(np.concatenate([old.columns.ids, fresh.columns.ids]), kind="stable")
        return dataclasses.replace(
            self,
            columns=_map(lambda one, other: np.concatenate([one, other])[order], old.columns, fresh.columns),
            vectors=np.concatenate([old.vectors, vectors])[order],
            of=np.concatenate([old.of, of])[order],
        )

    def _updated(self, places: Places, columns: Columns, vectors: Vectors, of: Places) -> "Stock":
        """Other facts about videos that it has; vectors, the most of it, are copied only where one is another."""
        changed = dataclasses.replace(
            self, columns=_map(lambda one, other: _with(one, places, other), self.columns, columns)
        )
        if np.array_equal(self.vectors[places], vectors):
            return changed
        return dataclasses.replace(changed, vectors=_with(self.vectors, places, vectors), of=_with(self.of, places, of))


def whole(read: Rows, model: ContentModel, moment: Moment, *, at_s: float, shelf: Shelf | None = None) -> Stock:
    """All videos.

    Args:
        read: them.
        model: who made their vectors.
        moment: before they were read.
        at_s: the same in seconds since 1970.
        shelf: to be used where it is not outgrown; else one of their own is made.
    """
    count = int(read.made.any(axis=1).sum())
    if shelf is None or shelf.is_outgrown(count):
        shelf = fitted(read.made, model)
    return Stock(read.columns, *shelf.placed(read.made, model), shelf, moment, at_s)


def part(read: Rows, moment: Moment) -> Stock:
    """Some videos, for the first pages of a process: without vectors, and nothing can be added to it."""
    nowhere = np.full(len(read.made), NOWHERE, np.int64)
    return Stock(read.columns, np.zeros_like(read.made), nowhere, EMPTY, moment, IN_PART)


def _with(array: npt.NDArray[Any], places: Places, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A copy with other values at some places."""
    copy = np.array(array)
    copy[places] = values
    return copy


def _map(how: Any, *columns: Columns) -> Columns:
    """Each column by itself."""
    names = [field.name for field in dataclasses.fields(Columns)]
    return Columns(**{name: how(*(getattr(one, name) for one in columns)) for name in names})
