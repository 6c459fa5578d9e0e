"""The catalogue in this process's memory: swapped whole between requests, at most a few seconds old.

Whoever asks while something is held gets it at once; a thread beside the requests then reads what has changed. Within
a transaction everything is read at once instead: another connection would not see what this one wrote.
"""

import contextlib
import dataclasses
import logging
import pathlib
import threading
import time
from collections.abc import Iterator
from typing import Final

import numpy as np
from django.conf import settings
from django.db import connection

from revue.events.policy import HALF_LIFE_S
from revue.platform import clock
from revue.recommender import rows, stock, vectors
from revue.recommender.disk import Disk
from revue.recommender.engine import catalogue
from revue.recommender.engine.catalogue import Catalogue, Columns, Ids
from revue.recommender.rows import Moment
from revue.recommender.stock import Stock

_log = logging.getLogger(__name__)
OLDEST_S: Final = 2.0  # a page ranks by numbers at most this old …
COST_SHARE: Final = 0.05  # … or older, where reading them more often would take more than this share of the time
FIRST: Final = 10_000  # videos that the very first page of a process waits for, where nothing is kept
WHOLE_S: Final = 3600.0  # so often everything is read, whatever changed
STILL_S: Final = 30.0  # so long a catalogue serves on while nothing changes; what is new fades over days
KEPT_S: Final = 600.0  # so often it is kept on the disk …
TRY_AGAIN_S: Final = 30.0  # … and tried again where it could not be
FOLDER: Final = pathlib.Path("recommender") / "catalogue"  # in the data folder


class Snapshot:
    """Holds the newest catalogue; readers never wait for a refresh unless there is nothing yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._catalogue: Catalogue | None = None
        self._stock: Stock | None = None  # None also after a reading that others cannot go on from
        self._disk = Disk(settings.DATA_ROOT / FOLDER, vectors.model().means)
        self._due, self._built_at, self._keep_at = 0.0, 0.0, 0.0  # by time.monotonic
        self._built_of: Columns | None = None  # what the catalogue was made of
        self._is_failing = False
        self.generation = 0

    @property
    def is_whole(self) -> bool:
        """Whether all videos are held, from which refreshes go on; at first it may be the newest alone."""
        return self._stock is not None

    def current(self) -> Catalogue:
        """The catalogue, read again when it is due; until that is done, the one before."""
        held = self._catalogue
        if held is None:
            return self._first()
        if time.monotonic() < self._due or not self._lock.acquire(blocking=False):
            return held
        if connection.in_atomic_block:
            with _let_go(self._lock):
                return self._read()
        try:
            threading.Thread(target=self._read_apart, name="catalogue", daemon=True).start()
        except RuntimeError:  # this machine has no thread left; the next page tries again
            self._lock.release()
        return held

    def renewed(self) -> Catalogue:
        """The catalogue as it is now, for decisions that an old one would get wrong, such as "this is the end"."""
        with self._lock:
            due = self._due
            renewed = self._read()
            self._due = due  # the next reading beside the requests is not put off: it also keeps the catalogue
            return renewed

    def forget(self) -> None:
        """Read again at the next page: something was published or deleted in this process."""
        self._due = 0.0

    def _first(self) -> Catalogue:
        """What there is at once: what is kept on the disk, or the newest videos, and the rest beside the requests."""
        with self._lock:
            held = self._catalogue
            return self._read(at_most=FIRST) if held is None else held

    def _read_apart(self) -> None:
        """Read in a thread of its own, which begins with our lock. What fails leaves the catalogue as it is."""
        with _let_go(self._lock):
            try:
                self._read()
                self._keep()
            except Exception:  # noqa: BLE001 - whatever it is: pages go on, and the next reading may succeed
                self._due = time.monotonic() + OLDEST_S
                if not self._is_failing:
                    _log.exception("The catalogue could not be read; pages are ranked by the one before.")
                self._is_failing = True
            else:
                if self._is_failing:
                    _log.info("The catalogue is read again.")
                self._is_failing = False
            finally:
                connection.close()

    def _read(self, *, at_most: int | None = None) -> Catalogue:
        """Read and swap; the caller holds the lock.

        Args:
            at_most: so many videos will do, where nothing is held or kept.
        """
        started = time.monotonic()
        now = rows.moment()
        fresh = None if connection.in_atomic_block else self._changed(now, is_first=at_most is not None)
        if fresh is None:
            fresh = self._whole(now, None if connection.in_atomic_block else at_most)
        built = self._built(fresh)
        ended = time.monotonic()
        is_part, is_begin = fresh.whole_at_s == stock.IN_PART, self._stock is None
        pause = 0.0 if is_part else OLDEST_S if is_begin else max(OLDEST_S, (ended - started) / COST_SHARE)
        self._stock = None if is_part or connection.in_atomic_block else fresh
        self._due = ended + pause
        self.generation += 1
        return built

    def _built(self, fresh: Stock) -> Catalogue:
        """The catalogue of a stock; the one that is held, where nothing but a little time has passed."""
        held = self._catalogue
        if held is not None and self._built_of is fresh.columns and time.monotonic() - self._built_at < STILL_S:
            return held
        self._catalogue = catalogue.build(
            fresh.columns,
            now_s=clock.now().timestamp(),
            half_life_s=HALF_LIFE_S,
            vectors=fresh.vectors,
            centres=fresh.shelf.centres,
            of=fresh.of,
        )
        self._built_of, self._built_at = fresh.columns, time.monotonic()
        return self._catalogue

    def _changed(self, now: Moment, *, is_first: bool) -> Stock | None:
        """What is held, or kept, with what has changed since; None where everything must be read."""
        if (kept := self._disk.newer(now)) is not None:
            self._stock, self._keep_at = kept, time.monotonic() + KEPT_S
        held = self._stock
        if held is None or (not is_first and clock.now().timestamp() - held.whole_at_s > WHOLE_S):
            return None
        change = rows.changed(held.moment.since)
        if len(change.ids) > rows.AT_ONCE:
            return None
        fresh = _replaced(held, change.ids, change.ids)
        if not fresh.fits(change):  # somebody's videos are gone, or back, without a change of their own
            public = rows.public_ids()
            fresh = _replaced(fresh, np.setdiff1d(fresh.columns.ids, public), np.setdiff1d(public, fresh.columns.ids))
        if fresh.vectors is not held.vectors and fresh.is_outgrown:
            return None
        return dataclasses.replace(fresh, moment=now)

    def _whole(self, now: Moment, at_most: int | None) -> Stock:
        """Everything, or the newest `at_most`: those alone are not divided into clusters if there may be more."""
        if at_most is not None:
            newest = rows.newest(at_most)
            if len(newest.columns.ids) == at_most:
                return stock.part(newest, now)
        else:
            newest = rows.everything()
        self._keep_at = 0.0
        shelf = self._stock.shelf if self._stock is not None else None
        return stock.whole(newest, vectors.model(), now, at_s=clock.now().timestamp(), shelf=shelf)

    def _keep(self) -> None:
        """Keep what was read on the disk, now and then; a stock that is kept is mapped instead of held."""
        if self._stock is None or time.monotonic() < self._keep_at:
            return
        kept = self._disk.save(self._stock)
        self._keep_at = time.monotonic() + (KEPT_S if kept is not self._stock else TRY_AGAIN_S)
        self._stock, self._built_of = kept, kept.columns  # the same numbers


def _replaced(held: Stock, old: Ids, new: Ids) -> Stock:
    """A stock less what of `old` is not public any more, and with what of `new` is."""
    fresh = rows.these(new) if len(new) else None
    gone = np.setdiff1d(old, fresh.columns.ids) if fresh is not None else old
    left = held.without(gone)
    return left if fresh is None else left.having(fresh, vectors.model())


@contextlib.contextmanager
def _let_go(lock: threading.Lock) -> Iterator[None]:
    """Release at the end what was acquired before."""
    try:
        yield
    finally:
        lock.release()


snapshot = Snapshot()
