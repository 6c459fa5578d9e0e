"""The catalogue on this machine's disk: what is dear to read and to compute, written by one process, mapped by all.

A file holds a `Stock`, in the format of `engine.weights`. It is only ever a shortcut: what is in it is verified before
it is believed, what has changed since is read from the database, and without it everything is.
"""

import contextlib
import dataclasses
import fcntl
import json
import logging
import os
import pathlib
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from revue.recommender.engine import weights
from revue.recommender.engine.catalogue import Columns
from revue.recommender.engine.weights import BadWeights, Snapshot
from revue.recommender.rows import Moment
from revue.recommender.shelf import Shelf
from revue.recommender.stock import Stock

_log = logging.getLogger(__name__)
FORMAT: Final = 1  # of what is kept; another one is passed over
_KEPT: Final = 2  # files: the newest and the one before it
_DIGITS = 12  # of a version in a file's name
_FACTS = "facts"


class Disk:
    """One folder of stocks. Not safe for threads at once."""

    def __init__(self, folder: pathlib.Path, means: str) -> None:
        """Where stocks are, and by which means their vectors were made."""
        self._folder, self._means = folder, means
        self._passed_over: set[pathlib.Path] = set()  # told already
        self._is_failing = False
        self.version = 0  # of the file that was loaded or saved last

    def newer(self, now: Moment) -> Stock | None:
        """The newest whole stock of this database, mapped, if this process has not got it already."""
        for path in self._files():
            if _version(path) <= self.version:
                break
            if path not in self._passed_over and (found := self._load(path, now)):
                return found
        return None

    def save(self, stock: Stock) -> Stock:
        """Keep a stock, unless another process is doing so or just did; answers it mapped, if it was kept.

        A disk that is full or cannot be written to is told once, and tried again the next time.
        """
        try:
            with self._alone() as is_alone:
                newest = max((_version(path) for path in self._files() if path not in self._passed_over), default=0)
                if not is_alone or newest > self.version:
                    return stock
                version = max(map(_version, self._files()), default=0) + 1
                path = weights.save(self._folder, Snapshot(version, None, _arrays(stock, self._means)))
                self.version = version
                self._clear()
        except OSError as error:
            if not self._is_failing:
                _log.warning("The catalogue cannot be kept in %s: %s. It is held in memory.", self._folder, error)
            self._is_failing = True
            return stock
        if self._is_failing:
            _log.info("The catalogue is kept in %s again.", self._folder)
        self._is_failing = False
        return self._load(path, stock.moment) or stock

    def _files(self) -> list[pathlib.Path]:
        """The newest first."""
        return sorted(self._folder.glob(f"{'[0-9]' * _DIGITS}.whole.npz"), reverse=True)

    def _load(self, path: pathlib.Path, now: Moment) -> Stock | None:
        try:
            found = weights.load(path)
            stock = _stock(found.arrays, self._means) if isinstance(found, Snapshot) else None
        except FileNotFoundError:  # another process has just removed it
            return None
        except (BadWeights, OSError, KeyError, TypeError, ValueError) as error:
            _log.warning("A kept catalogue is passed over and made anew: %s", error)
            self._passed_over.add(path)
            return None
        if stock is None or stock.moment.database != now.database or stock.moment.since > now.since:
            self._passed_over.add(path)  # of other means, or of another database or an older copy of it
            return None
        self.version = _version(path)
        return stock

    def _clear(self) -> None:
        """Remove what is too old and, as we are alone, what a killed process left half written."""
        for path in [*self._files()[_KEPT:], *self._folder.glob("*.part")]:
            path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[bool]:
        """Whether no other process writes here; the kernel ends our turn when this process dies."""
        self._folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield True
        except BlockingIOError:
            yield False
        finally:
            os.close(handle)


def _version(path: pathlib.Path) -> int:
    return int(path.name.partition(".")[0])


def _arrays(stock: Stock, means: str) -> dict[str, npt.NDArray[Any]]:
    facts = {
        "format": FORMAT,
        "means": means,
        "since": stock.moment.since,
        "database": stock.moment.database,
        "whole_at_s": stock.whole_at_s,
        "count": stock.shelf.count,
    }
    return {
        _FACTS: np.frombuffer(json.dumps(facts).encode(), np.uint8),
        **{field.name: getattr(stock.columns, field.name) for field in dataclasses.fields(Columns)},
        "vectors": stock.vectors,
        "of": stock.of,
        "among": stock.shelf.among,
        "centres": stock.shelf.centres,
    }


def _stock(arrays: weights.Arrays, means: str) -> Stock | None:
    """What `_arrays` was given; None when it is of another format or other means."""
    facts = json.loads(bytes(arrays[_FACTS]))
    if (facts["format"], facts["means"]) != (FORMAT, means):
        return None
    plain = {name: np.asarray(array) for name, array in arrays.items()}  # still mapped, and quicker to look up in
    columns = Columns(**{field.name: plain[field.name] for field in dataclasses.fields(Columns)})
    shelf = Shelf(plain["among"], plain["centres"], facts["count"])
    moment = Moment(facts["since"], facts["database"])
    return Stock(columns, plain["vectors"], plain["of"], shelf, moment, facts["whole_at_s"])
