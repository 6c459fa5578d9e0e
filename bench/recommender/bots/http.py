"""A small HTTP/1.1 client that keeps its connection and its cookies, so that a thousand bots fit beside the server."""

import asyncio
import contextlib
import dataclasses
import json
from typing import Any

_LONGEST = 4 * 1024 * 1024  # bytes of an answer


class Refused(RuntimeError):
    """An answer that is no success."""

    def __init__(self, status: int, line: str, retry_after_s: float) -> None:
        super().__init__(f"{status} for {line}")
        self.status, self.retry_after_s = status, retry_after_s


@dataclasses.dataclass
class Browser:
    """One visitor's browser, as far as requests go."""

    port: int
    cookies: dict[str, str] = dataclasses.field(default_factory=dict)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> bytes:
        """One request; answers the body.

        Args:
            method: GET, POST …
            path: with the query.
            body: becomes JSON, as text: like the app's own reports of events.
            headers: more of them, with `_` for `-`.

        Raises:
            Refused: the server says no.
            OSError: it does not answer.
        """
        data = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Sec-Fetch-Site: same-origin"]
        lines += [f"Origin: http://127.0.0.1:{self.port}", f"Referer: http://127.0.0.1:{self.port}/"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if data:
            kind = headers.get("Content_Type", "text/plain")
            lines += [*([] if "Content_Type" in headers else [f"Content-Type: {kind}"]), f"Content-Length: {len(data)}"]
        request = "\r\n".join([*lines, "", ""]).encode() + data
        try:
            return await self._send(request, lines[0])
        except (asyncio.IncompleteReadError, ConnectionError):
            await self.close()  # an idle connection that the server has closed meanwhile
            return await self._send(request, lines[0])

    async def _send(self, request: bytes, line: str) -> bytes:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port, limit=_LONGEST)
        reader, writer = self._streams
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status, length, retry_after_s = int(head[0].split()[1]), 0, 0.0
        for name, _, value in (one.partition(": ") for one in head[1:]):
            match name.lower():
                case "content-length":
                    length = int(value)
                case "set-cookie":
                    key, _, held = value.partition(";")[0].partition("=")
                    self.cookies[key] = held
                case "retry-after":
                    retry_after_s = float(value)
        body = await reader.readexactly(length)
        if not 200 <= status < 300:
            raise Refused(status, line, retry_after_s)
        return body

    async def close(self) -> None:
        """Close the connection; the cookies stay."""
        if self._streams is not None:
            self._streams[1].close()
            with contextlib.suppress(OSError):
                await self._streams[1].wait_closed()
        self._streams = None
