"""Two stores while files move from one to the other: new ones go to the first, old ones are found in either."""

import contextlib
import pathlib
from collections.abc import Collection, Iterator
from typing import BinaryIO

from revue.platform.storage.store import Store, Stored, Tick


class Both:
    """A store that takes over from another.

    Args:
        main: where files go.
        other: where some may still be.
    """

    def __init__(self, main: Store, other: Store) -> None:
        self._main = main
        self._other = other

    def put(self, key: str, path: pathlib.Path, tick: Tick) -> None:
        """Move a file in; an old one under the same key is gone from the other store."""
        self._main.put(key, path, tick)
        self._other.delete(key)

    def put_if_absent(self, key: str, path: pathlib.Path) -> bool:
        """Copy a file in where there is none in either."""
        return self._other.stat(key) is None and self._main.put_if_absent(key, path)

    def put_bytes(self, key: str, data: bytes) -> None:
        """Write a small file whole."""
        self._main.put_bytes(key, data)
        self._other.delete(key)

    def send_ahead(self, paths: Collection[pathlib.Path], tick: Tick) -> None:
        """Bring bytes near."""
        self._main.send_ahead(paths, tick)

    def copy(self, old_key: str, new_key: str) -> None:
        """Have a file under a second key too, in the store that has the first."""
        self._holder(old_key).copy(old_key, new_key)

    def fetch(self, key: str, tick: Tick) -> pathlib.Path:
        """A file's bytes on this machine."""
        try:
            return self._main.fetch(key, tick)
        except FileNotFoundError:
            return self._other.fetch(key, tick)

    def open(self, key: str) -> BinaryIO:
        """A file's bytes, in order."""
        return self._holder(key).open(key)

    def read(self, key: str, start: int, end: int) -> Iterator[bytes]:
        """A file's bytes from `start` to before `end`."""
        return self._holder(key).read(key, start, end)

    def stat(self, key: str) -> Stored | None:
        """What is known of a file."""
        return self._main.stat(key) or self._other.stat(key)

    def delete(self, key: str) -> None:
        """Remove a file from both."""
        self._main.delete(key)
        self._other.delete(key)

    def delete_tree(self, prefix: str) -> None:
        """Remove every file below a prefix from both."""
        self._main.delete_tree(prefix)
        self._other.delete_tree(prefix)

    def free_bytes(self) -> int | None:
        """How much more fits where files go."""
        return self._main.free_bytes()

    def files(self, prefix: str) -> Iterator[Stored]:
        """Every file below a prefix in either, each once."""
        seen = set()
        for file in self._main.files(prefix):
            seen.add(file.key)
            yield file
        yield from (file for file in self._other.files(prefix) if file.key not in seen)

    def folders(self, prefix: str) -> Iterator[tuple[str, float]]:
        """Names right below a prefix in either, and when something last came there."""
        newest = dict(self._main.folders(prefix))
        for name, changed_at in self._other.folders(prefix):
            newest[name] = max(newest.get(name, 0.0), changed_at)
        yield from newest.items()

    def _holder(self, key: str) -> Store:
        return self._main if self._main.stat(key) is not None else self._other


def move_all(source: Store, target: Store) -> Iterator[Stored]:
    """Bring every file of one store into another, one after the other; yields each.

    A file leaves the source once it is in the target with the same length. What the target has already stays as it is:
    it is newer. Killed at any line, it goes on when it is called again; two at once do no harm.

    Raises:
        StorageUnavailable: a store does not answer; what was moved is moved.
        WrongLength: a file did not arrive whole; it stays where it was.
    """
    for file in source.files(""):
        with contextlib.suppress(FileNotFoundError):  # deleted since it was listed
            is_new = target.put_if_absent(file.key, source.fetch(file.key, _nothing))
            arrived = target.stat(file.key)
            if is_new and (arrived is None or arrived.bytes != file.bytes):
                raise WrongLength(f"{file.key}: {arrived.bytes if arrived else 0} of {file.bytes} bytes arrived.")
            source.delete(file.key)
            yield file


class WrongLength(RuntimeError):
    """A file did not arrive whole."""


def _nothing() -> None:
    """Nobody wants to hear how far it is."""
