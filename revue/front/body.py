"""A request's body, handed from the event loop to the thread that reads it as `wsgi.input`."""

import asyncio
import collections
import threading

MOST_BUFFERED = 1_048_576  # bytes that may wait for the reader


class BodyPipe:
    """A bounded pipe: the loop feeds, one thread reads, memory stays small however large the body is.

    A client that goes away ends the body early: the reader gets what came, then nothing.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._blocks: collections.deque[bytes] = collections.deque()
        self._buffered = 0
        self._is_over = False
        self._changed = threading.Condition()
        self._has_room = asyncio.Event()
        self._has_room.set()

    async def feed(self, block: bytes) -> None:
        """Add a block; waits while too much is waiting already."""
        await self._has_room.wait()
        with self._changed:
            self._blocks.append(block)
            self._buffered += len(block)
            if self._buffered >= MOST_BUFFERED:
                self._has_room.clear()
            self._changed.notify()

    def end(self) -> None:
        """Nothing more will come."""
        with self._changed:
            self._is_over = True
            self._changed.notify()

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes as soon as there are any (all of them for -1); empty at the end."""
        if size < 0:
            return b"".join(iter(lambda: self.read(MOST_BUFFERED), b""))
        with self._changed:
            while not self._blocks and not self._is_over:
                self._changed.wait()
            return self._take(size)

    def _take(self, size: int) -> bytes:
        if not self._blocks:
            return b""
        block = self._blocks.popleft()
        if len(block) > size:
            self._blocks.appendleft(block[size:])
            block = block[:size]
        self._buffered -= len(block)
        if self._buffered < MOST_BUFFERED and not self._has_room.is_set():
            self._loop.call_soon_threadsafe(self._has_room.set)
        return block

    def readline(self, size: int = -1) -> bytes:
        """One line, or at most `size` bytes of it."""
        line = b""
        while not line.endswith(b"\n") and (size < 0 or len(line) < size):
            byte = self.read(1)
            if not byte:
                break
            line += byte
        return line

    def __iter__(self) -> "BodyPipe":
        return self

    def __next__(self) -> bytes:
        line = self.readline()
        if not line:
            raise StopIteration
        return line
