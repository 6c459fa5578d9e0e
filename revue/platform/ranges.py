"""HTTP byte ranges and conditions (RFC 9110 §13, §14), as pure functions."""

import dataclasses
import re

_RANGE = re.compile(r"^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$", re.IGNORECASE)
_LONGEST_NUMBER = 18  # digits; beyond that no file is that large


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """Bytes `start` to `end` of a file, `end` exclusive."""

    start: int
    end: int


class Unsatisfiable(ValueError):
    """The range lies outside the file: answer 416."""


def wanted(header: str | None, size: int) -> Part | None:
    """The one part that a Range header asks for, or None for the whole file.

    Several ranges, other units and nonsense are answered whole, as the standard allows.

    Args:
        header: the Range header, if any.
        size: the file's length in bytes.

    Raises:
        Unsatisfiable: the range begins at or after the end, or asks for the last 0 bytes.
    """
    match = _RANGE.match(header) if header else None
    if match is None or max(len(match[1]), len(match[2])) > _LONGEST_NUMBER:
        return None
    first, last = match[1], match[2]
    if not first:
        return _suffix(last, size)
    start = int(first)
    if last and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return Part(start, min(int(last) + 1, size) if last else size)


def _suffix(length: str, size: int) -> Part | None:
    if not length:
        return None
    if int(length) == 0 or size == 0:
        raise Unsatisfiable
    return Part(max(0, size - int(length)), size)


def matches(header: str | None, etag: str) -> bool:
    """Whether an If-None-Match header names this entity tag (weak comparison)."""
    if not header:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in tags or etag in tags


def range_is_current(if_range: str | None, etag: str, last_modified: str) -> bool:
    """Whether an If-Range condition lets the range stand (strong comparison)."""
    return if_range is None or if_range.strip() in (etag, last_modified)
