"""Live streams: server-sent events (WHATWG HTML §9.2) fed by the bus."""

import asyncio
import contextlib
from typing import Any

import orjson

from revue.front.bridge import Header
from revue.platform import bus

PING_SECONDS = 15.0
_HEADERS: list[Header] = [
    ("content-type", "text/event-stream; charset=utf-8"),
    ("cache-control", "no-store"),
    ("x-accel-buffering", "no"),
]
_HELLO = b"retry: 2000\nevent: hello\ndata: {}\n\n"


async def stream(topics: list[str], proto: Any, *, without: frozenset[str] = frozenset()) -> None:
    """Send what happens on `topics` until the client goes away, or may have lost the right to hear it.

    Clients open a stream that ended once more, and Django decides anew.

    Args:
        topics: of the bus.
        proto: RSGI's, of the request.
        without: what is about one of these people, as messages name them (`bus.ABOUT`), is not sent.
    """
    transport = proto.response_stream(200, _HEADERS)
    await transport.send_bytes(_HELLO)
    sending = asyncio.create_task(_send(topics, transport, without))
    leaving = asyncio.ensure_future(proto.client_disconnect())
    try:
        await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (sending, leaving):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, RuntimeError):  # RSGI's "closed" is a RuntimeError
                await task


async def _send(topics: list[str], transport: Any, without: frozenset[str]) -> None:
    messages = bus.subscribe(topics)
    waiting: asyncio.Task[bus.Message] | None = None
    try:
        while True:
            waiting = waiting or asyncio.ensure_future(anext(messages))
            done, _ = await asyncio.wait({waiting}, timeout=PING_SECONDS)
            if done:
                message, waiting = waiting.result(), None
                if message.event != bus.RECHECK and without.isdisjoint(message.data.get(bus.ABOUT, ())):
                    await transport.send_bytes(_event(message))
                if message.event == bus.RECHECK or message == bus.LOST:  # a recheck may be among what was lost
                    return
            else:
                await transport.send_bytes(b": ping\n\n")
    finally:
        if waiting is not None:
            waiting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await waiting
        await messages.aclose()  # type: ignore[attr-defined]


def _event(message: bus.Message) -> bytes:
    told = {name: value for name, value in message.data.items() if name != bus.ABOUT}
    data = orjson.dumps({"topic": message.topic, **told})
    return b"event: " + message.event.encode() + b"\ndata: " + data + b"\n\n"
