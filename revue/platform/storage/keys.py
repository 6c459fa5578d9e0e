"""What a key may look like, and what goes wrong with files."""

import re

from revue.platform.errors import RevueError

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,127}")  # no leading dot: neither `..` nor hidden files
_LONGEST = 512


class BadKey(RevueError):
    """A key that is not a plain relative path."""

    code = "bad_key"
    status = 404
    title = "There is no such file."


class StorageUnavailable(RevueError):
    """The object store does not answer, or refuses us."""

    code = "storage_unavailable"
    status = 503
    title = "The files of this instance cannot be reached right now. Try again in a moment."


class PartsGone(Exception):
    """The bucket knows nothing of parts on their way: they were put together, given up, or forgotten."""


def parts_of(key: str) -> list[str]:
    """A key's names.

    Raises:
        BadKey: anything but a plain relative path.
    """
    parts = key.split("/")
    if len(key) > _LONGEST or not all(_NAME.fullmatch(part) for part in parts):
        raise BadKey
    return parts
