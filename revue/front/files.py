"""Sending a file that Django allowed: conditions, ranges, and its bytes by the server's own hands."""

import dataclasses
import email.utils
import pathlib
import time
from typing import Any
from urllib.parse import unquote

from revue.front.bridge import Answer, Header
from revue.platform import ranges

INTERNAL = "/internal-media/"
REMEMBERED_SECONDS = 2.0  # how long an answer that is public anyway is not asked for again
MOST_REMEMBERED = 4096
_OURS = ("x-accel-redirect", "content-length", "set-cookie", "vary")


@dataclasses.dataclass(frozen=True, slots=True)
class Allowed:
    """A file that may be sent, and the headers Django gave it."""

    path: pathlib.Path
    headers: tuple[Header, ...]

    @property
    def is_public(self) -> bool:
        """Whether everyone gets the same answer."""
        return any(name == "cache-control" and value.startswith("public") for name, value in self.headers)


class Files:
    """Which paths were allowed a moment ago, so that the ranges of one play ask Django once."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder
        self._remembered: dict[str, tuple[float, Allowed]] = {}

    def recall(self, path: str) -> Allowed | None:
        """The public file behind a path, if it was allowed just now."""
        found = self._remembered.get(path)
        if found is None or found[0] < time.monotonic():
            return None
        return found[1]

    def allow(self, path: str, answer: Answer) -> Allowed | None:
        """The file that an answer with X-Accel-Redirect names; None when it names none of ours."""
        target = unquote(answer.header("x-accel-redirect") or "")
        if not target.startswith(INTERNAL):
            return None
        file = (self._folder / target.removeprefix(INTERNAL)).resolve()
        if not file.is_relative_to(self._folder.resolve()):
            return None
        allowed = Allowed(file, tuple(pair for pair in answer.headers if pair[0] not in _OURS))
        if allowed.is_public:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[path] = (time.monotonic() + REMEMBERED_SECONDS, allowed)
        return allowed


def send(allowed: Allowed, scope: Any, proto: Any) -> None:
    """Answer one request for an allowed file."""
    try:
        about = allowed.path.stat()
    except FileNotFoundError:
        proto.response_empty(404, [("cache-control", "no-store")])
        return
    etag = f'"{about.st_mtime_ns:x}-{about.st_size:x}"'
    modified = email.utils.formatdate(about.st_mtime, usegmt=True)
    headers = [*allowed.headers, ("etag", etag), ("last-modified", modified), ("accept-ranges", "bytes")]
    if ranges.matches(scope.headers.get("if-none-match"), etag):
        proto.response_empty(304, headers)
        return
    is_current = ranges.range_is_current(scope.headers.get("if-range"), etag, modified)
    try:
        part = ranges.wanted(scope.headers.get("range") if is_current else None, about.st_size)
    except ranges.Unsatisfiable:
        proto.response_empty(416, [*headers, ("content-range", f"bytes */{about.st_size}")])
        return
    _send_bytes(allowed.path, part, about.st_size, headers, scope, proto)


def _send_bytes(
    path: pathlib.Path, part: ranges.Part | None, size: int, headers: list[Header], scope: Any, proto: Any
) -> None:
    status = 200
    if part is not None:
        status = 206
        headers = [*headers, ("content-range", f"bytes {part.start}-{part.end - 1}/{size}")]
    length = size if part is None else part.end - part.start
    headers = [*headers, ("content-length", str(length))]
    if scope.method == "HEAD" or length == 0:
        proto.response_empty(status, headers)
    elif part is None:
        proto.response_file(status, headers, str(path))
    else:
        proto.response_file_range(status, headers, str(path), part.start, part.end)
