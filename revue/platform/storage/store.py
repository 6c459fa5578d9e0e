"""What every store of files can do."""

import dataclasses
import pathlib
from collections.abc import Callable, Collection, Iterator
from typing import BinaryIO, Protocol

Tick = Callable[[], None]  # called now and then while bytes travel; may raise to cancel


@dataclasses.dataclass(frozen=True, slots=True)
class Stored:
    """A file that is there."""

    key: str
    bytes: int
    changed_at: float  # seconds since 1970


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A part of a large file that has arrived in the bucket."""

    number: int  # from 1
    bytes: int
    etag: str


class Store(Protocol):
    """Files by key. Each function is explained where it is offered: in the package's own words."""

    def put(self, key: str, path: pathlib.Path, tick: Tick) -> None:
        """Move a file in."""

    def put_if_absent(self, key: str, path: pathlib.Path) -> bool:
        """Copy a file in where there is none; whether there was none."""

    def put_bytes(self, key: str, data: bytes) -> None:
        """Write a small file whole."""

    def send_ahead(self, paths: Collection[pathlib.Path], tick: Tick) -> None:
        """Bring bytes near, so that `put` takes no time."""

    def copy(self, old_key: str, new_key: str) -> None:
        """Have a file under a second key too."""

    def fetch(self, key: str, tick: Tick) -> pathlib.Path:
        """A file's bytes on this machine."""

    def open(self, key: str) -> BinaryIO:
        """A file's bytes, in order."""

    def read(self, key: str, start: int, end: int) -> Iterator[bytes]:
        """A file's bytes from `start` to before `end`."""

    def stat(self, key: str) -> Stored | None:
        """What is known of a file."""

    def delete(self, key: str) -> None:
        """Remove a file."""

    def delete_tree(self, prefix: str) -> None:
        """Remove every file below a prefix."""

    def free_bytes(self) -> int | None:
        """How much more fits."""

    def files(self, prefix: str) -> Iterator[Stored]:
        """Every file below a prefix."""

    def folders(self, prefix: str) -> Iterator[tuple[str, float]]:
        """Names right below a prefix."""
