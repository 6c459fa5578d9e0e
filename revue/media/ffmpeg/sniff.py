"""Which demuxer may open a file: decided by its first bytes and by us, never guessed by ffmpeg."""

import dataclasses
import pathlib

from revue.media.ffmpeg.errors import NotAVideo

_HEAD_BYTES = 64
_EBML = b"\x1a\x45\xdf\xa3"
_MOV_BOXES = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"styp"}


@dataclasses.dataclass(frozen=True)
class Demuxer:
    """ffmpeg's name for a container, and the names its own whitelist knows it by."""

    name: str
    formats: str


MOV = Demuxer("mov", "mov,mp4,m4a,3gp,3g2,mj2")
MATROSKA = Demuxer("matroska", "matroska,webm")


def sniff(path: pathlib.Path) -> Demuxer:
    """The demuxer for a file.

    Raises:
        NotAVideo: the first bytes belong to no container we read (a playlist in disguise, an empty file).
    """
    with path.open("rb") as file:
        found = demuxer_of(file.read(_HEAD_BYTES))
    if found is None:
        raise NotAVideo
    return found


def demuxer_of(head: bytes) -> Demuxer | None:
    """The demuxer for a file that begins so; None for what we do not read."""
    if head.startswith(_EBML):
        return MATROSKA
    return MOV if head[4:8] in _MOV_BOXES else None
