"""Whether a file can be read while it still comes, from the part of it that is there.

It can where everything that describes the pictures stands before the first of them: Matroska with its tracks in front,
MP4 with its index in front, and MP4 in fragments. Only headers of boxes are read, and few of them.
"""

import enum
import os
import struct
from typing import BinaryIO

from revue.media.ffmpeg.sniff import MATROSKA, Demuxer, demuxer_of

MOST_BOXES = 64  # before the pictures; files that people make have fewer than ten
MOST_HEAD_BYTES = 32 * 1024 * 1024  # ten minutes at 240 pictures a second have an index of 2 MB

_BEFORE_INDEX = {b"ftyp", b"styp", b"free", b"skip", b"wide", b"uuid", b"pdin", b"sidx"}
_SEGMENT, _TRACKS, _CLUSTER = 0x18538067, 0x1654AE6B, 0x1F43B675
_LARGE = 1  # this size of a box says that the real one follows in 8 bytes
_LONGEST_ID, _LONGEST_SIZE = 4, 8  # bytes of an EBML number


class Verdict(enum.Enum):
    """Whether a file can be read as it comes."""

    YES = "yes"
    TOO_SOON = "too soon"  # to say so: more of it must be there
    NEVER = "never"


class _TooSoon(Exception):
    """What is to be read is not there yet."""


def streamable(file: BinaryIO, length_bytes: int) -> Verdict:
    """The verdict on the part of a file that is there.

    Args:
        file: open for reading, at any place.
        length_bytes: how long the whole file will be; what claims to be longer is believed in nothing.
    """
    there = os.fstat(file.fileno()).st_size
    demuxer = demuxer_of(_read(file, 0, min(64, there)))
    if demuxer is None:
        return Verdict.NEVER if there else Verdict.TOO_SOON
    try:
        return _walk(file, demuxer, length_bytes, min(there, MOST_HEAD_BYTES))
    except _TooSoon:
        return Verdict.NEVER if there >= min(length_bytes, MOST_HEAD_BYTES) else Verdict.TOO_SOON


def is_in_fragments(file: BinaryIO) -> bool:
    """Whether a file that is streamable says piece by piece what is in it, so that its head knows little."""
    there, place = os.fstat(file.fileno()).st_size, 0
    for _ in range(MOST_BOXES):
        try:
            size, kind = struct.unpack(">I4s", _whole(file, place, 8, there))
        except _TooSoon:
            return False
        if kind == b"moov":
            return b"mvex" in _read(file, place, min(size, MOST_HEAD_BYTES))
        place += max(8, size)
    return False


def _walk(file: BinaryIO, demuxer: Demuxer, length_bytes: int, there: int) -> Verdict:
    """Go from element to element until one decides."""
    place = 0
    for _ in range(MOST_BOXES):
        verdict, place = (_element if demuxer == MATROSKA else _box)(file, place, there)
        if verdict is not Verdict.TOO_SOON:
            return verdict
        if place >= length_bytes:
            return Verdict.NEVER
    return Verdict.NEVER


def _box(file: BinaryIO, place: int, there: int) -> tuple[Verdict, int]:
    """What an MP4 box says, and where the next one begins."""
    size, kind = struct.unpack(">I4s", _whole(file, place, 8, there))
    if size == _LARGE:
        (size,) = struct.unpack(">Q", _whole(file, place + 8, 8, there))
    if kind == b"moov" and size >= 8:  # noqa: PLR2004 - a header
        _whole(file, place + size - 1, 1, there)
        return Verdict.YES, place
    if kind not in _BEFORE_INDEX or size < 8:  # noqa: PLR2004
        return Verdict.NEVER, place
    return Verdict.TOO_SOON, place + size


def _element(file: BinaryIO, place: int, there: int) -> tuple[Verdict, int]:
    """What a Matroska element says, and where the next one begins; the inside of the segment counts as outside."""
    kind, begin = _number(file, place, there, longest=_LONGEST_ID, keeps_mark=True)
    size, begin = _number(file, begin, there, longest=_LONGEST_SIZE, keeps_mark=False)
    if kind == _TRACKS:
        _whole(file, begin + size - 1, 1, there)
        return Verdict.YES, place
    if kind == _CLUSTER:
        return Verdict.NEVER, place
    return Verdict.TOO_SOON, begin if kind == _SEGMENT else begin + size


def _number(file: BinaryIO, place: int, there: int, *, longest: int, keeps_mark: bool) -> tuple[int, int]:
    """An EBML number and the place behind it; a number that is none counts as very large."""
    first = _whole(file, place, 1, there)[0]
    length = 9 - first.bit_length()
    if length > longest:
        return MOST_HEAD_BYTES, place + 1
    value = int.from_bytes(_whole(file, place, length, there))
    return value if keeps_mark else value & ((1 << 7 * length) - 1), place + length


def _whole(file: BinaryIO, place: int, size: int, there: int) -> bytes:
    """So many bytes from a place.

    Raises:
        _TooSoon: they are not all there.
    """
    if place + size > there:
        raise _TooSoon
    return _read(file, place, size)


def _read(file: BinaryIO, place: int, size: int) -> bytes:
    return os.pread(file.fileno(), size, place)
