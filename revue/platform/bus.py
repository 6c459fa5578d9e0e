"""Live messages between processes: PostgreSQL's LISTEN/NOTIFY, one listening connection per process.

A message is a hint ("this changed"), never the truth: nobody who was away hears it again. When the connection
to the database was lost and came back, every subscriber gets `LOST`, so that its client can read anew.
"""

import asyncio
import dataclasses
import logging
from collections.abc import AsyncIterator, Collection
from typing import Any

import orjson
import psycopg
from django.db import connection

_log = logging.getLogger(__name__)
CHANNEL = "revue_bus"
LARGEST_BYTES = 7_500  # PostgreSQL refuses 8000
LONGEST_QUEUE = 256  # messages; who reads slower than that is told that some were lost
_QUIET_SECONDS = 15.0
_LONGEST_PAUSE = 5.0


class MessageTooLarge(ValueError):
    """A message beyond `LARGEST_BYTES`: publish ids, let the reader ask for the rest."""


@dataclasses.dataclass(frozen=True, slots=True)
class Message:
    """One thing that happened on one topic."""

    topic: str
    event: str
    data: dict[str, Any]


ABOUT = "about"  # in a message's data: people. Who is apart from one of them is not sent it; nobody is sent their ids
RECHECK = "recheck"  # an event: streams that hear it end, and who listened is asked once more whether they may
LOST = Message(topic="", event="bus.lost", data={})  # some messages may have been missed


def publish(topic: str, event: str, data: dict[str, Any]) -> None:
    """Tell every process, when the current transaction commits.

    Args:
        topic: for example `video:4kQz`.
        event: for example `comment.created`.
        data: JSON values.

    Raises:
        MessageTooLarge: the message does not fit.
    """
    payload = orjson.dumps([topic, event, data])
    if len(payload) > LARGEST_BYTES:
        raise MessageTooLarge(f"{event} on {topic}: {len(payload)} bytes, at most {LARGEST_BYTES}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload.decode()])


def recheck(topic: str) -> None:
    """End every stream that has this topic, when the current transaction commits: who may listen has changed."""
    publish(topic, RECHECK, {})


async def subscribe(topics: Collection[str]) -> AsyncIterator[Message]:
    """Messages on `topics` from now on, for ever. Close the iterator (or cancel its task) to leave."""
    listener = _listener()
    queue = listener.join(topics)
    try:
        while True:
            yield await queue.get()
    finally:
        listener.leave(topics, queue)


class _Listener:
    """The one connection of an event loop and the queues it feeds."""

    def __init__(self) -> None:
        self._queues: dict[str, set[asyncio.Queue[Message]]] = {}
        self._task: asyncio.Task[None] | None = None

    def join(self, topics: Collection[str]) -> asyncio.Queue[Message]:
        queue: asyncio.Queue[Message] = asyncio.Queue(LONGEST_QUEUE)
        for topic in topics:
            self._queues.setdefault(topic, set()).add(queue)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._listen(), name="bus")
        return queue

    def leave(self, topics: Collection[str], queue: asyncio.Queue[Message]) -> None:
        for topic in topics:
            readers = self._queues.get(topic, set())
            readers.discard(queue)
            if not readers:
                self._queues.pop(topic, None)
        if not self._queues and self._task is not None:
            self._task.cancel()
            self._task = None

    async def _listen(self) -> None:
        """Listen until the last subscriber has left, over any number of lost connections."""
        pause = 0.1
        was_lost = False
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True) as listening:
                    await listening.execute(f"LISTEN {CHANNEL}")
                    if was_lost:
                        self._tell_all(LOST)
                    pause = 0.1
                    await self._pass_on(listening)
            except psycopg.OperationalError as error:
                _log.warning("The bus lost its connection and tries again: %s", error)
            was_lost = True
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _pass_on(self, listening: psycopg.AsyncConnection[Any]) -> None:
        while True:
            async for notice in listening.notifies(timeout=_QUIET_SECONDS):
                self._deliver(Message(*orjson.loads(notice.payload)))
            await listening.execute("SELECT 1")  # a connection that died silently raises here

    def _deliver(self, message: Message) -> None:
        for queue in self._queues.get(message.topic, ()):
            _put(queue, message)

    def _tell_all(self, message: Message) -> None:
        for queue in {queue for readers in self._queues.values() for queue in readers}:
            _put(queue, message)


def _put(queue: asyncio.Queue[Message], message: Message) -> None:
    """Queue a message; a full queue is emptied and its reader told so."""
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        message = LOST
    queue.put_nowait(message)


def _parameters() -> dict[str, Any]:
    """Django's own connection parameters, as psycopg takes them."""
    parameters = connection.get_connection_params()
    return {name: value for name, value in parameters.items() if name not in ("cursor_factory", "context")}


_listeners: dict[asyncio.AbstractEventLoop, _Listener] = {}


def _listener() -> _Listener:
    loop = asyncio.get_running_loop()
    for other in [other for other in _listeners if other.is_closed()]:
        del _listeners[other]
    return _listeners.setdefault(loop, _Listener())
