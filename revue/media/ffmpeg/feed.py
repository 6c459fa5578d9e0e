"""A file that still grows, given to a child as it comes."""

import fcntl
import hashlib
import os
import time
from typing import IO

READ_BYTES = 256 * 1024
PIPE_BYTES = 1024 * 1024  # what a pipe may hold at most without special rights


class Starved(Exception):
    """No more bytes come, or those that came have changed. The text says which."""


class Feed:
    """A growing file's bytes, each once, from the first to the last."""

    def __init__(self, file: IO[bytes], length_bytes: int, patience_s: float) -> None:
        """Begin at the first byte.

        Args:
            file: open for reading; somebody else writes to it.
            length_bytes: how long it will be.
            patience_s: seconds without a byte after which nobody expects any more.
        """
        self.offset = 0
        self._descriptor = file.fileno()
        self._length = length_bytes
        self._patience = patience_s
        self._hungry_since: float | None = None
        self._hash = hashlib.sha256()

    @property
    def is_over(self) -> bool:
        """Whether the last byte was given."""
        return self.offset == self._length

    @property
    def sha256(self) -> str:
        """Of everything given so far, in hex."""
        return self._hash.hexdigest()

    def read(self) -> bytes:
        """What has come since, at most `READ_BYTES`; nothing while nothing came.

        Raises:
            Starved: see its words.
        """
        there = min(os.fstat(self._descriptor).st_size, self._length)
        if there < self.offset:
            raise Starved("what came was taken back")
        data = os.pread(self._descriptor, min(READ_BYTES, there - self.offset), self.offset)
        if data:
            self._hungry_since = None
            self._hash.update(data)
            self.offset += len(data)
        elif not self.is_over:
            self._wait()
        return data

    def read_rest(self) -> None:
        """Count what nobody wanted: a child may end before it has seen everything behind the last picture.

        Raises:
            Starved: it is not all there.
        """
        while self.read():
            continue
        if not self.is_over:
            raise Starved("it ended before the last byte came")

    def _wait(self) -> None:
        now = time.monotonic()
        if self._hungry_since is None:
            self._hungry_since = now
        if now - self._hungry_since > self._patience:
            raise Starved(f"no byte for {self._patience:.0f} s")


class Spout:
    """What pours a feed into a child's standard input, as much as goes in."""

    def __init__(self, pipe: IO[bytes], feed: Feed) -> None:
        self._pipe = pipe
        self._feed = feed
        self._rest = memoryview(b"")
        os.set_blocking(pipe.fileno(), False)
        try:
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        except OSError:  # this user's pipes hold enough already: it goes in smaller gulps
            return

    def pour(self) -> bool:
        """Write until the pipe is full or nothing is left; whether the child waits for bytes that are not there yet.

        Raises:
            Starved: see its words.
        """
        while not self._pipe.closed:
            self._rest = self._rest or memoryview(self._feed.read())
            if not self._rest and not self._feed.is_over:
                return True
            if not self._rest or not self._write():
                self._pipe.close()
            elif self._rest:
                return False
        return False

    def _write(self) -> bool:
        """Write a part of the rest; whether the child still takes any."""
        try:
            self._rest = self._rest[os.write(self._pipe.fileno(), self._rest) :]
        except BlockingIOError:
            return True
        except BrokenPipeError:  # it has what it wanted, or has ended
            return False
        return True
