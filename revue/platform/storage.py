"""Files by key: a folder on one machine today, shaped so that an object store can take its place.

Keys are relative POSIX paths such as `clips/4kQz/720.mp4`. A file is there whole or not at all: it is written
beside its place, flushed to the disk, and renamed.
"""

import contextlib
import os
import pathlib
import re
import shutil
import tempfile
import urllib.parse
from collections.abc import Iterator
from typing import BinaryIO

from django.conf import settings

from revue.platform.errors import RevueError

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,127}")  # no leading dot: neither `..` nor hidden files
_LONGEST_KEY = 512


class BadKey(RevueError):
    """A key that is not a plain relative path."""

    code = "bad_key"
    status = 404
    title = "There is no such file."


def put(key: str, path: pathlib.Path) -> None:
    """Move a file in (or copy it, from another file system). What was under `key` is replaced at once.

    Args:
        key: where to.
        path: a file of ours; it is gone afterwards.
    """
    with _place(key) as target:
        try:
            path.rename(target)
        except OSError:  # another file system
            shutil.copyfile(path, target)
            path.unlink()
        target.chmod(0o644)
        _flush(target)


def copy(old_key: str, new_key: str) -> None:
    """Have a file under a second key too; what was there is replaced at once.

    Raises:
        FileNotFoundError: nothing is under `old_key`.
    """
    with _place(new_key) as target:
        try:
            target.hardlink_to(local_path(old_key))  # files under keys are replaced, never written to
        except FileNotFoundError:
            raise
        except OSError:  # a file system without links
            shutil.copyfile(local_path(old_key), target)
            _flush(target)


def put_bytes(key: str, data: bytes) -> None:
    """Write a small file whole."""
    with _place(key) as target:
        target.write_bytes(data)
        _flush(target)


def open(key: str) -> BinaryIO:  # noqa: A001 - read as `storage.open`
    """A file's bytes, to be closed by the caller.

    Raises:
        FileNotFoundError: nothing is there.
    """
    return local_path(key).open("rb")


def local_path(key: str) -> pathlib.Path:
    """Where a key's file is on this machine, whether or not it exists.

    Raises:
        BadKey: anything but a plain relative path.
    """
    parts = key.split("/")
    if len(key) > _LONGEST_KEY or not all(_NAME.fullmatch(part) for part in parts):
        raise BadKey
    return media_folder().joinpath(*parts)


def exists(key: str) -> bool:
    """Whether a file is there."""
    return local_path(key).is_file()


def size(key: str) -> int:
    """A file's length in bytes.

    Raises:
        FileNotFoundError: nothing is there.
    """
    return local_path(key).stat().st_size


def delete(key: str) -> None:
    """Remove a file; nothing happens when it is gone already."""
    local_path(key).unlink(missing_ok=True)


def delete_tree(prefix: str) -> None:
    """Remove every file below `prefix`; nothing happens when there is none."""
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(local_path(prefix.rstrip("/")))


def url(key: str) -> str:
    """The address that serves a key."""
    return f"/media/{urllib.parse.quote(key)}"


def media_folder() -> pathlib.Path:
    """The folder of all keys."""
    return pathlib.Path(settings.DATA_ROOT) / "media"


def scratch() -> pathlib.Path:
    """A folder for unfinished files, on the same file system as the media."""
    folder = pathlib.Path(settings.DATA_ROOT) / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextlib.contextmanager
def _place(key: str) -> Iterator[pathlib.Path]:
    """A draft beside the final place; renamed onto it when the block ends well."""
    final = local_path(key)
    draft = pathlib.Path(tempfile.mkdtemp(dir=scratch())) / "draft"
    try:
        yield draft
        final.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(final)
        _flush(final.parent)
    finally:
        shutil.rmtree(draft.parent)


def _flush(path: pathlib.Path) -> None:
    """Wait until a file's bytes, or a folder's names, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
