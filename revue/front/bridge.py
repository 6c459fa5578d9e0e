"""RSGI request → WSGI environ → Django in a thread → answer."""

import asyncio
import dataclasses
import io
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO, cast
from urllib.parse import unquote_to_bytes

from revue.front.body import BodyPipe

SMALL_BODY = 65_536  # bytes that are read whole before a thread is taken
SPOOL_BYTES = 1_048_576
MOST_WAITING = 500  # requests per thread that may wait (a crowd of live streams opens at once); beyond that we say so
_NO_PREFIX = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Header = tuple[str, str]


class Overloaded(RuntimeError):
    """More requests wait than will be answered in good time."""


class BodyTooLarge(ValueError):
    """The body is larger than anything this instance takes."""


@dataclasses.dataclass(slots=True)
class Answer:
    """What Django said. `stream` holds the rest of an answer that is made while it is sent."""

    status: int = 500
    headers: list[Header] = dataclasses.field(default_factory=list)
    body: bytes = b""
    stream: Iterable[bytes] | None = None
    close: Callable[[], None] | None = None

    def header(self, name: str) -> str | None:
        """The first header of that (lower case) name."""
        return next((value for key, value in self.headers if key == name), None)


class Bridge:
    """Calls a WSGI application on a pool of threads that keep their database connections."""

    def __init__(self, app: Wsgi, *, threads: int, most_body_bytes: int, proxies: frozenset[str]) -> None:
        self._app = app
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="django")
        self._most_waiting = threads * MOST_WAITING
        self._most_body_bytes = most_body_bytes
        self._proxies = proxies
        self._waiting = 0

    async def call(self, scope: Any, proto: Any) -> Answer:
        """The application's answer to one request.

        Raises:
            Overloaded: the pool is too far behind.
            BodyTooLarge: the announced or actual body is over the limit.
        """
        if self._waiting >= self._most_waiting:
            raise Overloaded
        self._waiting += 1
        try:
            return await self._call(scope, proto)
        finally:
            self._waiting -= 1

    async def _call(self, scope: Any, proto: Any) -> Answer:
        loop = asyncio.get_running_loop()
        environ = self._environ(scope)
        length = _length(environ)
        if length > self._most_body_bytes:
            raise BodyTooLarge
        feeding: asyncio.Task[None] | None = None
        if "HTTP_TRANSFER_ENCODING" in environ:
            environ["wsgi.input"], environ["CONTENT_LENGTH"] = await self._spool(proto)
        elif length > SMALL_BODY:
            pipe = BodyPipe(loop)
            environ["wsgi.input"] = pipe
            feeding = asyncio.create_task(_feed(pipe, proto))
        elif length:
            environ["wsgi.input"] = io.BytesIO(await proto())
        try:
            return await loop.run_in_executor(self._pool, self._run, environ)
        finally:
            if feeding is not None:
                feeding.cancel()

    async def _spool(self, proto: Any) -> tuple[BinaryIO, str]:
        """A body of unknown length, whole, in a temporary file; WSGI wants its length beforehand."""
        file = tempfile.SpooledTemporaryFile(SPOOL_BYTES)  # noqa: SIM115 - closed with the answer's last reference
        length = 0
        async for block in proto:
            length += len(block)
            if length > self._most_body_bytes:
                raise BodyTooLarge
            file.write(block)
        file.seek(0)
        return cast("BinaryIO", file), str(length)

    def _environ(self, scope: Any) -> dict[str, Any]:
        name, _, port = scope.server.rpartition(":")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": scope.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
            "QUERY_STRING": scope.query_string,
            "SERVER_NAME": name,
            "SERVER_PORT": port,
            "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
            "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scope.scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        for key, value in scope.headers.items():
            if "_" not in key:  # X_Forwarded_For must not pass for X-Forwarded-For
                _add_header(environ, key, value)
        if scope.authority and "HTTP_HOST" not in environ:
            environ["HTTP_HOST"] = scope.authority
        self._believe_proxy(environ)
        return environ

    def _believe_proxy(self, environ: dict[str, Any]) -> None:
        """Take the client's address and scheme from a proxy of the owner's, and from nobody else."""
        if environ["REMOTE_ADDR"] not in self._proxies:
            for name in ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST"):
                environ.pop(name, None)
        elif forwarded := environ.get("HTTP_X_FORWARDED_FOR"):
            environ["REMOTE_ADDR"] = forwarded.rpartition(",")[2].strip()

    def _run(self, environ: dict[str, Any]) -> Answer:
        """One call of the application, in a thread of the pool."""
        answer = Answer()

        def start_response(status: str, headers: list[Header], *_: object) -> Callable[[bytes], None]:
            answer.status = int(status.split(" ", 1)[0])
            answer.headers = [(name.lower(), value) for name, value in headers]
            return lambda _block: None

        result = self._app(environ, start_response)
        answer.close = getattr(result, "close", None)
        if getattr(result, "streaming", False) and answer.header("content-length") is None:
            answer.stream = result
        else:
            answer.body = b"".join(result)
            self.finish(answer)
        return answer

    async def send_stream(self, answer: Answer, send: Callable[[bytes], Awaitable[None]]) -> None:
        """Send an answer that is made while it is sent; its thread waits for the client's pace."""
        loop = asyncio.get_running_loop()

        def pump() -> None:
            try:
                for block in answer.stream or ():
                    asyncio.run_coroutine_threadsafe(_awaited(send(block)), loop).result()
            finally:
                self.finish(answer)

        await loop.run_in_executor(self._pool, pump)

    @staticmethod
    def finish(answer: Answer) -> None:
        """Tell the application that its answer has been taken."""
        if answer.close is not None:
            answer.close()


async def _awaited(waiting: Awaitable[None]) -> None:
    await waiting


async def _feed(pipe: BodyPipe, proto: Any) -> None:
    """Move the body into the pipe until it ends, or until the client is gone."""
    try:
        async for block in proto:
            await pipe.feed(block)
    finally:
        pipe.end()


def _add_header(environ: dict[str, Any], key: str, value: str) -> None:
    name = _NO_PREFIX.get(key) or "HTTP_" + key.upper().replace("-", "_")
    if name in environ and name not in _NO_PREFIX.values():
        value = environ[name] + ("; " if name == "HTTP_COOKIE" else ", ") + value
    environ[name] = value


def _length(environ: dict[str, Any]) -> int:
    value = environ.get("CONTENT_LENGTH", "")
    return int(value) if value.isdecimal() else 0
