"""Files by key: in a folder on one machine, or in a bucket that speaks S3 for many.

Keys are relative POSIX paths such as `clips/4kQz/720.mp4`. A file is there whole or not at all, and is replaced, never
written to. While a bucket is named in the settings, files are found in both, so that they may move at any time.
"""

import datetime
import functools
import pathlib
import urllib.parse
from collections.abc import Collection, Iterator
from types import ModuleType
from typing import TYPE_CHECKING, BinaryIO, Final

from django.conf import settings

from revue.platform import clock
from revue.platform.storage.both import Both, WrongLength, move_all
from revue.platform.storage.folder import Folder
from revue.platform.storage.keys import BadKey, PartsGone, StorageUnavailable
from revue.platform.storage.store import Part, Store, Stored, Tick

if TYPE_CHECKING:
    from revue.platform.storage.s3 import S3

__all__ = ["BadKey", "Part", "PartsGone", "StorageUnavailable", "Stored", "WrongLength"]
SHARED_STEP_S: Final = 1800  # all who ask for a public file within so long get the same address, good for twice that
PRIVATE_STEP_S: Final = 60
PRIVATE_SECONDS: Final = 900  # a private film is watched by one address for so long
PARTS_FORGOTTEN_AFTER: Final = datetime.timedelta(days=7)
_FOR_EVER = "public, max-age=31536000, immutable"

_SHOWN_AT = "/media/"


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


def send_ahead(paths: Collection[pathlib.Path], *, tick: Tick = _nothing) -> None:
    """Let the bytes of files that will be `put` travel now, so that no row is locked meanwhile; whoever can does."""
    store().send_ahead(paths, tick)


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


def read(key: str, start: int, end: int) -> Iterator[bytes]:
    """A file's bytes from `start` to before `end`, as far as there are any, in blocks.

    Raises:
        FileNotFoundError: nothing is there.
    """
    return store().read(key, start, end)


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
    return f"{_SHOWN_AT}{urllib.parse.quote(key)}"


def key_of(url: str) -> str:
    """The key behind an address that `url` made."""
    return urllib.parse.unquote(url.removeprefix(_SHOWN_AT))


def signed_url(key: str, content_type: str, *, is_public: bool, disposition: str = "") -> str | None:
    """A short-lived address of the bucket itself; None where bytes are to pass through us.

    Args:
        key: which file; nobody looks whether it is there.
        content_type: as what it is sent.
        is_public: the same address for all who ask within half an hour, to be kept by any cache; else for one viewer.
        disposition: the header Content-Disposition that it is sent with, for what is to be saved; empty: none.
    """
    if not settings.S3_BUCKET or not settings.S3_DIRECT:
        return None
    return bucket().signed(
        "GET",
        key,
        seconds=SHARED_STEP_S if is_public else PRIVATE_SECONDS,
        step_s=SHARED_STEP_S if is_public else PRIVATE_STEP_S,
        query={
            "response-content-type": content_type,
            "response-cache-control": _FOR_EVER if is_public else "private, no-store",
            **({"response-content-disposition": disposition} if disposition else {}),
        },
    )


def has_bucket() -> bool:
    """Whether a bucket is named, be it for new files or for old ones."""
    return bool(settings.S3_BUCKET)


def takes_parts() -> bool:
    """Whether browsers may send files to the bucket themselves."""
    return settings.MEDIA_STORE == "s3" and settings.S3_DIRECT


def begin_parts(key: str) -> str:
    """The bucket's own name for a new file that comes to it in parts."""
    name: str = _multipart().begin(bucket(), key)
    return name


def part_url(key: str, name: str, number: int, length: int) -> str:
    """Where a browser may PUT one part of so many bytes, for an hour."""
    address: str = _multipart().address(bucket(), key, name, number, length)
    return address


def arrived_parts(key: str, name: str) -> list[Part]:
    """The parts that are in the bucket, by number.

    Raises:
        PartsGone: there is no such file on its way.
    """
    parts: list[Part] = _multipart().arrived(bucket(), key, name)
    return parts


def join_parts(key: str, name: str, parts: list[Part]) -> None:
    """Make a file of its parts.

    Raises:
        PartsGone: that was done, or they were given up, before.
    """
    _multipart().complete(bucket(), key, name, parts)


def drop_parts(key: str, name: str) -> None:
    """Have the bucket forget parts that came, and the file if they were joined; again changes nothing."""
    _multipart().give_up(bucket(), key, name)
    bucket().delete(key)


def _multipart() -> ModuleType:
    from revue.platform.storage import multipart  # noqa: PLC0415 - boto3 is loaded where it is used

    return multipart


def move() -> Iterator[Stored]:
    """Bring every file that is elsewhere to where new ones are kept, while the instance runs; yields each.

    Raises:
        StorageUnavailable: there is no bucket, or it does not answer; what was moved is moved.
        WrongLength: a file did not arrive whole; it stays where it was.
    """
    stores: tuple[Store, Store] = (folder(), bucket())
    source, target = stores if settings.MEDIA_STORE == "s3" else reversed(stores)
    return move_all(source, target)


def problem() -> str | None:
    """Why files cannot be kept, or None."""
    return bucket().problem() if settings.S3_BUCKET else None


def tidy() -> None:
    """Remove what killed processes left in the bucket."""
    if not settings.S3_BUCKET:
        return
    bucket().forget_ahead()
    _multipart().give_up_old(bucket(), clock.now() - PARTS_FORGOTTEN_AFTER)


def free_bytes() -> int | None:
    """How much more fits where files are kept; None where nobody says: a bucket has no end that we could ask for."""
    return store().free_bytes()


def media_folder() -> pathlib.Path:
    """The folder of all keys, where that is on this machine."""
    return pathlib.Path(settings.DATA_ROOT) / "media"


def scratch() -> pathlib.Path:
    """A folder for unfinished files, on the same file system as the media."""
    made = pathlib.Path(settings.DATA_ROOT) / "tmp"
    made.mkdir(parents=True, exist_ok=True)
    return made


def store() -> Store:
    """Where this instance keeps its files."""
    if not settings.S3_BUCKET:
        return folder()
    return Both(bucket(), folder()) if settings.MEDIA_STORE == "s3" else Both(folder(), bucket())


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
    return _bucket(
        pathlib.Path(settings.DATA_ROOT) / "cache",
        (settings.S3_BUCKET, settings.S3_ENDPOINT, settings.S3_PUBLIC_ENDPOINT or settings.S3_ENDPOINT),
        (settings.S3_REGION, settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY, settings.S3_PREFIX.strip("/")),
    )


@functools.cache
def _bucket(cache: pathlib.Path, place: tuple[str, str, str], rest: tuple[str, str, str, str]) -> "S3":
    from revue.platform.storage.s3 import S3, Bucket  # noqa: PLC0415 - boto3 is loaded where it is used

    region, access_key, secret_key, prefix = rest
    return S3(
        Bucket(*place, region, access_key, secret_key, f"{prefix}/" if prefix else ""), cache, settings.S3_CACHE_BYTES
    )
