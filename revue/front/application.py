"""The RSGI application: routes a request to a file, a stream or Django."""

import asyncio
import logging
import os
from typing import Any

import orjson

from revue.front import files, live
from revue.front.bridge import Answer, BodyTooLarge, Bridge, Header, Overloaded
from revue.front.files import Files

_log = logging.getLogger(__name__)
_NO_BODY = (204, 304)
_LONGEST_PATH = 2048


class Front:
    """What granian calls for each request."""

    def __init__(self) -> None:
        self._bridge: Bridge | None = None
        self._files: Files | None = None

    def __rsgi_init__(self, _loop: asyncio.AbstractEventLoop) -> None:
        """Load Django once per process, before the first request."""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "revue.settings.django")
        from revue.settings.env import settings  # noqa: PLC0415 - after the environment is settled
        from revue.wsgi import application  # noqa: PLC0415

        env = settings()
        self._files = Files(env.root / "media")
        self._bridge = Bridge(
            application,
            threads=env.web_threads,
            most_body_bytes=env.max_upload_bytes + 1_048_576,
            proxies=frozenset(filter(None, (word.strip() for word in env.trusted_proxies.split(",")))),
        )

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        """Answer one request."""
        if scope.proto != "http":
            proto.close(403)
            return
        try:
            await self._answer(scope, proto)
        except Overloaded:
            _problem(
                proto, 503, "overloaded", "Too many people at once. Try again in a moment.", [("retry-after", "1")]
            )
        except BodyTooLarge:
            _problem(proto, 413, "body_too_large", "This is larger than this instance takes.")
        except Exception:  # noqa: BLE001 - the last line of defence: the client gets an answer, the log the trace
            _log.exception("The front failed at %s %s", scope.method, scope.path)
            _problem(proto, 500, "internal", "Something went wrong on our side.")

    async def _answer(self, scope: Any, proto: Any) -> None:
        assert self._bridge is not None  # noqa: S101 - set by __rsgi_init__
        assert self._files is not None  # noqa: S101
        if len(scope.path) > _LONGEST_PATH or "\0" in scope.path or "%00" in scope.path:
            _problem(proto, 400, "bad_path", "This address cannot be read.")
            return
        if scope.path.startswith("/media/") and scope.method in ("GET", "HEAD"):
            remembered = self._files.recall(scope.path)
            if remembered is not None:
                files.send(remembered, scope, proto)
                return
        answer = await self._bridge.call(scope, proto)
        await self._deliver(answer, scope, proto)

    async def _deliver(self, answer: Answer, scope: Any, proto: Any) -> None:
        """Send what Django said, or do what it asked us to."""
        assert self._bridge is not None  # noqa: S101
        assert self._files is not None  # noqa: S101
        if answer.header("x-accel-redirect") is not None:
            allowed = self._files.allow(scope.path, answer)
            if allowed is None:
                raise RuntimeError(f"X-Accel-Redirect leaves the media folder: {answer.header('x-accel-redirect')}")
            files.send(allowed, scope, proto)
        elif topics := answer.header("x-accel-live"):
            without = (answer.header("x-accel-live-without") or "").split(",")
            await live.stream(topics.split(","), proto, without=frozenset(filter(None, without)))
        elif answer.stream is not None and scope.method != "HEAD":
            transport = proto.response_stream(answer.status, answer.headers)
            await self._bridge.send_stream(answer, transport.send_bytes)
        elif scope.method == "HEAD" or answer.status in _NO_BODY:
            self._bridge.finish(answer) if answer.stream is not None else None
            proto.response_empty(answer.status, answer.headers)
        else:
            proto.response_bytes(answer.status, answer.headers, answer.body)


def _problem(proto: Any, status: int, code: str, title: str, headers: list[Header] | None = None) -> None:
    """An RFC 9457 answer from the front itself."""
    body = orjson.dumps({"type": "about:blank", "title": title, "status": status, "code": code, "detail": title})
    proto.response_bytes(status, [("content-type", "application/problem+json"), *(headers or [])], body)
