"""How browsers keep the service worker: not at all, or they would go on with an old one."""

from collections.abc import MutableMapping


def worker_is_asked_for_anew(headers: MutableMapping[str, str], path: str, url: str) -> None:  # noqa: ARG001
    """WhiteNoise asks for each file when it starts; the worker is the one whose name never changes."""
    if url == "/sw.js":
        headers["Cache-Control"] = "no-cache"
