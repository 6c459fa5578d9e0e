"""The log files of an instance: one per process kind, kept below a size."""

import os
import pathlib
import shutil
from typing import BinaryIO

LARGEST_BYTES = 20_000_000  # then the file begins anew, and one older file is kept


def path_of(root: pathlib.Path, name: str) -> pathlib.Path:
    """Where one kind of process writes."""
    return root / "logs" / f"{name}.log"


def open_for(root: pathlib.Path, name: str) -> BinaryIO:
    """The file to append to; it is appended to even after `keep_small` has emptied it."""
    path = path_of(root, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("ab")


def tail(path: pathlib.Path, *, lines: int = 20) -> str:
    """The last lines of a log, for a person."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 16_384))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])


def keep_small(root: pathlib.Path) -> None:
    """Set large logs aside. Their writers keep their open file, so it is copied and then emptied."""
    for path in (root / "logs").glob("*.log"):
        if path.stat().st_size > LARGEST_BYTES:
            shutil.copyfile(path, path.with_suffix(".log.1"))
            os.truncate(path, 0)
