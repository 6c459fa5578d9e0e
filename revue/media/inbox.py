"""The folder of files on their way in: one file per upload, which only grows, under a lock that dies with its owner."""

import contextlib
import fcntl
import hashlib
import os
import pathlib
import shutil
from collections.abc import Iterator
from typing import Protocol

from django.conf import settings

from revue.media.errors import DiskFull, StorageReadOnly, UploadBusy
from revue.media.ffmpeg.errors import NO_ROOM, READ_ONLY
from revue.platform import storage

BLOCK_BYTES = 64 * 1024  # read at once
EARLY = "early-"  # what the names of folders begin with in which something is made of an upload as it comes
SAFE_BYTES = 1024 * 1024  # written before the disk is waited for and the row is told


class Stream(Protocol):
    """What a request's body is read from."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


def folder() -> pathlib.Path:
    """Where files on their way in lie; not among the media, for nothing here is ever served."""
    return pathlib.Path(settings.DATA_ROOT) / "uploads"


def path(upload_id: int) -> pathlib.Path:
    """The file of one upload, whether or not it exists."""
    return folder() / str(upload_id)


@contextlib.contextmanager
def writing() -> Iterator[None]:
    """Says in our words that the disk refuses to be written.

    Raises:
        DiskFull, StorageReadOnly: see their words.
    """
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            raise DiskFull from error
        if error.errno in READ_ONLY:
            raise StorageReadOnly from error
        raise


@contextlib.contextmanager
def locked(upload_id: int) -> Iterator[int]:
    """The file's descriptor, held by nobody else while the block runs.

    The lock is the kernel's, on the open file: a process that is killed gives it back.

    Raises:
        UploadBusy: somebody else holds it.
        DiskFull, StorageReadOnly: the disk takes no more, or nothing; what it has is kept.
    """
    with writing():
        folder().mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path(upload_id), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UploadBusy from error
        with writing():
            yield descriptor
    finally:
        os.close(descriptor)


def settle(descriptor: int, *, length: int) -> int:
    """How many good bytes the file holds: all of it, up to `length`, once the disk has them."""
    size = os.fstat(descriptor).st_size
    if size > length:
        os.ftruncate(descriptor, length)
        size = length
    os.fsync(descriptor)
    return size


def receive(descriptor: int, stream: Stream, *, offset: int, room: int) -> Iterator[int]:
    """Write a body behind `offset`, at most `room` bytes; yields the new offset each time the disk has more.

    A client that goes away ends the body early: what came is kept.
    """
    written = unsafe = 0
    while written < room:
        block = _read(stream, min(BLOCK_BYTES, room - written))
        if not block:
            break
        _write(descriptor, block, offset + written)
        written += len(block)
        unsafe += len(block)
        if unsafe >= SAFE_BYTES:
            os.fsync(descriptor)
            unsafe = 0
            yield offset + written
    if unsafe:
        os.fsync(descriptor)
        yield offset + written


def _read(stream: Stream, size: int) -> bytes:
    try:
        return stream.read(size)
    except OSError:  # Django's UnreadablePostError is one: the line broke
        return b""


def _write(descriptor: int, block: bytes, offset: int) -> None:
    rest = memoryview(block)
    while rest:
        count = os.pwrite(descriptor, rest, offset)
        rest, offset = rest[count:], offset + count


def digest(descriptor: int, algorithm: str, *, start: int = 0) -> "hashlib._Hash":
    """The hash of the file from `start` to its end."""
    made = hashlib.new(algorithm, usedforsecurity=algorithm == "sha256")
    with os.fdopen(os.dup(descriptor), "rb") as file:
        file.seek(start)
        while block := file.read(SAFE_BYTES):
            made.update(block)
    return made


def cut(descriptor: int, size: int) -> None:
    """Forget everything behind `size`."""
    os.ftruncate(descriptor, size)
    os.fsync(descriptor)


def early_folder(upload_id: int) -> pathlib.Path:
    """Where what is made of an upload lies until its clip takes it, whether or not there is anything."""
    return storage.scratch() / f"{EARLY}{upload_id}"


def forget(upload_id: int) -> None:
    """Remove a file and what was made of it early; nothing happens when they are gone."""
    remove(upload_id)
    shutil.rmtree(early_folder(upload_id), ignore_errors=True)  # what cannot be removed now, the sweep removes


def remove(upload_id: int) -> None:
    """Remove a file; nothing happens when it is gone."""
    path(upload_id).unlink(missing_ok=True)
