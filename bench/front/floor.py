"""The floor: a bare RSGI application that answers the same bytes and does nothing else."""

import os
from typing import Any

_TRIVIAL = b'{"status": "ok"}'
_FEED = bytes(int(os.environ.get("FLOOR_FEED_BYTES", "20000")))
_FILE = os.environ.get("FLOOR_FILE", "")


async def application(scope: Any, proto: Any) -> None:
    """Answer by path, from memory or by the server's own file range."""
    if scope.path == "/file":
        first, _, last = scope.headers.get("range").removeprefix("bytes=").partition("-")
        headers = [("content-length", str(int(last) + 1 - int(first)))]
        proto.response_file_range(206, headers, _FILE, int(first), int(last) + 1)
    else:
        body = _FEED if scope.path == "/feed" else _TRIVIAL
        proto.response_bytes(200, [("content-type", "application/json")], body)
