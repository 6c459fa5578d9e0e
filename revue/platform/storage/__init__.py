"""Files by key: in a folder on one machine, or in a bucket that speaks S3 for many.

Keys are relative POSIX paths such as `clips/4kQz/720.mp4`. A file is there whole or not at all, and is replaced, never
written to.
"""

import functools
import pathlib
import urllib.parse
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings

from revue.platform.storage.folder import Folder
from revue.platform.storage.keys import BadKey, StorageUnavailable, Stored

if TYPE_CHECKING:
    from revue.platform.storage.s3 import S3

__all__ = ["BadKey", "StorageUnavailable", "Stored"]
Tick = Callable[[], None]


def _nothing() -> None:
    """Nobody wants to hear how far it is."""


def put(key: str, path: pathlib.Path, *, tick: Tick = _nothing) -> None:
    """Move a file in. What was under `key` is replaced at once.

    Args:
        key: where to.
        path: a file of ours; it is gone afterwards.
        tick: called now and then while bytes travel; may raise to cancel.

    Raises:
        BadKey: anything but a plain relative path; the same for every function here.
        StorageUnavailable: the object store does not answer; the same for every function here.
    """
    store().put(key, path, tick)


def put_bytes(key: str, data: bytes) -> None:
    """Write a small file whole."""
    store().put_bytes(key, data)


def copy(old_key: str, new_key: str) -> None:
    """Have a file under a second key too; what was there is replaced at once.

    Raises:
        FileNotFoundError: nothing is under `old_key`.
    """
    store().copy(old_key, new_key)


def fetch(key: str, *, tick: Tick = _nothing) -> pathlib.Path:
    """A file on this machine with a key's bytes, to be read soon and not to be changed.

    Raises:
        FileNotFoundError: nothing is there.
    """
    return store().fetch(key, tick)


def open(key: str) -> BinaryIO:  # noqa: A001 - read as `storage.open`
    """A file's bytes, from the first to the last, to be closed by the caller.

    Raises:
        FileNotFoundError: nothing is there.
    """
    return store().open(key)


def local_path(key: str) -> pathlib.Path:
    """Where a key's file is, or would be, in the folder of this machine."""
    return folder().path(key)


def exists(key: str) -> bool:
    """Whether a file is there."""
    return store().stat(key) is not None


def size(key: str) -> int:
    """A file's length in bytes.

    Raises:
        FileNotFoundError: nothing is there.
    """
    found = store().stat(key)
    if found is None:
        raise FileNotFoundError(key)
    return found.bytes


def delete(key: str) -> None:
    """Remove a file; nothing happens when it is gone already."""
    store().delete(key)


def delete_tree(prefix: str) -> None:
    """Remove every file below `prefix`; nothing happens when there is none."""
    store().delete_tree(prefix.rstrip("/"))


def files(prefix: str = "") -> Iterator[Stored]:
    """Every file below a prefix."""
    return store().files(prefix)


def folders(prefix: str) -> Iterator[tuple[str, float]]:
    """Names right below a prefix that have files below them, and when something last came there, since 1970."""
    return store().folders(prefix)


def url(key: str) -> str:
    """The address at which viewers ask for a key."""
    return f"/media/{urllib.parse.quote(key)}"


def signed_url(key: str, content_type: str) -> str | None:
    """A short-lived address of the object store itself; None where our own front serves the bytes."""
    return store().signed_url(key, content_type)


def problem() -> str | None:
    """Why files cannot be kept, or None."""
    return store().problem()


def media_folder() -> pathlib.Path:
    """The folder of all keys, where that is on this machine."""
    return pathlib.Path(settings.DATA_ROOT) / "media"


def scratch() -> pathlib.Path:
    """A folder for unfinished files, on the same file system as the media."""
    made = pathlib.Path(settings.DATA_ROOT) / "tmp"
    made.mkdir(parents=True, exist_ok=True)
    return made


def store() -> "Folder | S3":
    """Where this instance keeps its files."""
    return bucket() if settings.S3_BUCKET else folder()


def folder() -> Folder:
    """The folder of this machine, whether or not it is in use."""
    return Folder(media_folder(), scratch())


def bucket() -> "S3":
    """The bucket that the settings name.

    Raises:
        StorageUnavailable: they name none.
    """
    if not settings.S3_BUCKET:
        raise StorageUnavailable("REVUE_S3_BUCKET names no bucket.")
    return _bucket(pathlib.Path(settings.DATA_ROOT) / "cache")


@functools.cache
def _bucket(cache: pathlib.Path) -> "S3":
    from revue.platform.storage.s3 import S3, Bucket  # noqa: PLC0415 - boto3 is loaded where it is used

    prefix = settings.S3_PREFIX.strip("/")
    where = Bucket(
        name=settings.S3_BUCKET,
        endpoint=settings.S3_ENDPOINT,
        region=settings.S3_REGION,
        access_key=settings.S3_ACCESS_KEY,
        secret_key=settings.S3_SECRET_KEY,
        prefix=f"{prefix}/" if prefix else "",
    )
    return S3(where, cache, settings.S3_CACHE_BYTES)
