"""Clips known again by their pictures: PDQ of some frames, whole and in parts, through edits people make.

PDQ (Facebook, 2019) is a 256-bit hash of a picture that survives scaling and encoding, and nothing else. So each frame
is hashed whole and in six parts, without the bars around it, and the one asked about mirrored as well: that finds
crops, frames around the picture, captions and logos, and mirrors.
"""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt
import pdqhash
from PIL import Image

EDGE: Final = 256  # pixels of a square grey picture, as the pipeline hands them over
PICTURE_BYTES: Final = EDGE * EDGE
HASH_BYTES: Final = 32
MOST_BITS: Final = 31  # that may differ in one picture
LEAST_QUALITY: Final = 50  # of 100; flat and empty pictures say nothing
LEAST_FRAMES: Final = 3  # different ones that are found again: a still scene resembles every other take of it
LEAST_SHARE: Final = 0.25  # of one of the two clips
A_SECOND: Final = 8  # pictures looked at: moving ones differ after a few tenths of a second
MOST_KEPT: Final = 48  # of them, with a clip
MOST_ASKED: Final = 64  # of them, to compare with what is kept
_KEPT_A_SECOND = 2
_SAME_BITS = 8  # less than this from the last one kept is the same picture
_BAR = 20  # of 255: rows and columns that stay darker are bars
_PART_BITS = 16

Grey = npt.NDArray[np.uint8]  # shape (rows, columns)
Hashes = npt.NDArray[np.uint8]  # shape (regions, frames, HASH_BYTES)
# (top, bottom, left, right) as shares; whole first, halves last.
_REGIONS: Final = (
    (0.0, 1.0, 0.0, 1.0),
    (0.05, 0.95, 0.05, 0.95),
    (0.125, 0.875, 0.125, 0.875),
    (0.0, 0.5, 0.0, 1.0),
    (0.5, 1.0, 0.0, 1.0),
    (0.0, 1.0, 0.0, 0.5),
    (0.0, 1.0, 0.5, 1.0),
)
REGIONS: Final = len(_REGIONS)
_HALVES = (3, 4, 5, 6)


@dataclasses.dataclass(frozen=True)
class FrameMatch:
    """How much of one clip is found in another."""

    share: float  # of the clip of which more is found, 0 to 1
    frames: int  # different pictures found


@dataclasses.dataclass(frozen=True)
class Looks:
    """A clip's hashes, each of shape (`REGIONS`, frames, 32); no frames where nothing can be told."""

    kept: Hashes  # what others are compared with
    asked: tuple[Hashes, Hashes]  # what it is compared by: more frames, as they are and mirrored


def looks(pictures: bytes, *, a_second: float = A_SECOND) -> Looks:
    """What a clip looks like.

    Args:
        pictures: grey pictures of `EDGE` x `EDGE` bytes each, in the order of time.
        a_second: how many of them there are in a second; fewer than `A_SECOND` of a long clip.
    """
    count = len(pictures) // PICTURE_BYTES
    whole = np.frombuffer(pictures[: count * PICTURE_BYTES], np.uint8).reshape(count, EDGE, EDGE)
    clip = _without_bars(whole)
    kept = _distinct(clip[:: max(1, round(a_second / _KEPT_A_SECOND))], MOST_KEPT)
    asked = _distinct(clip, MOST_ASKED)
    return Looks(_hash_all(kept), (_hash_all(asked), _hash_all([one[:, ::-1] for one in asked])))


def keys(found: Hashes) -> list[int]:
    """Numbers by which a database finds clips worth comparing: sixteen parts of each whole picture's hash."""
    parts = found[0].view(np.uint16).astype(np.int64) if found.shape[1] else np.empty((0, _PART_BITS), np.int64)
    places = np.arange(parts.shape[1], dtype=np.int64) << _PART_BITS
    return [int(key) for key in np.unique(parts + places)]


def keys_of(one: bytes) -> list[int]:
    """The same numbers of one hash."""
    return keys(np.frombuffer(one, np.uint8).reshape(1, 1, HASH_BYTES))


def shows(asked: Hashes, one: bytes) -> bool:
    """Whether a picture is in a clip, whole or as a part of it."""
    if not asked.shape[1]:
        return False
    flat = np.ascontiguousarray(asked).reshape(-1, HASH_BYTES)
    return bool(_near(flat, np.frombuffer(one, np.uint8).reshape(1, HASH_BYTES)).any())


def asking_keys(asked: Hashes) -> list[int]:
    """Numbers to ask with: of the whole pictures and of every part, as either may be the other's whole."""
    return sorted({key for region in range(asked.shape[0]) for key in keys(asked[region : region + 1])})


def match(asked: Hashes, stored: Hashes) -> FrameMatch | None:
    """How much of one is found in the other: parts in wholes, both ways, and halves in halves. None: too little."""
    if not asked.shape[1] or not stored.shape[1]:
        return None
    pairs = [(region, 0) for region in range(REGIONS)] + [(0, region) for region in range(1, REGIONS)]
    pairs += [(half, half) for half in _HALVES]
    near = [_near(asked[one], stored[other]) for one, other in pairs]
    here = max(int(pair.any(axis=1).sum()) for pair in near)
    there = max(int(pair.any(axis=0).sum()) for pair in near)
    share = max(here / asked.shape[1], there / stored.shape[1])
    frames = min(here, there)
    return FrameMatch(share, frames) if frames >= LEAST_FRAMES and share >= LEAST_SHARE else None


def to_bytes(found: Hashes) -> bytes:
    """As a database keeps it."""
    return found.tobytes()


def from_bytes(kept: bytes) -> Hashes:
    """What `to_bytes` gave."""
    return np.frombuffer(kept, np.uint8).reshape(REGIONS, -1, HASH_BYTES)


def distances(ones: npt.NDArray[np.uint8], others: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """Bits that differ between hashes of shape (n, 32) and (m, 32): shape (n, m)."""
    words = np.ascontiguousarray(ones).view(np.uint64)[:, None, :] ^ np.ascontiguousarray(others).view(np.uint64)
    counted: npt.NDArray[np.int64] = np.bitwise_count(words).sum(axis=2, dtype=np.int64)
    return counted


def _near(ones: npt.NDArray[np.uint8], others: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    return distances(ones, others) <= MOST_BITS


def _without_bars(clip: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """The pictures without rows and columns at the edges that stay dark all the time, at their old size."""
    if not len(clip):
        return clip
    bright = clip.mean(axis=0)
    rows, columns = np.flatnonzero(bright.mean(axis=1) > _BAR), np.flatnonzero(bright.mean(axis=0) > _BAR)
    if not len(rows) or not len(columns):
        return clip
    box = (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)
    if box == (0, 0, EDGE, EDGE):
        return clip
    return np.stack([np.asarray(Image.fromarray(one).crop(box).resize((EDGE, EDGE))) for one in clip])


def _distinct(clip: npt.NDArray[np.uint8], most: int) -> list[Grey]:
    """Pictures that say something and differ from the one before; at most so many, evenly chosen."""
    kept: list[Grey] = []
    last: npt.NDArray[np.uint8] | None = None
    for picture in clip:
        hashed, quality = _hash(picture)
        if quality < LEAST_QUALITY:
            continue
        if last is None or int(distances(hashed[None], last[None])[0, 0]) >= _SAME_BITS:
            kept.append(picture)
            last = hashed
    if len(kept) <= most:
        return kept
    return [kept[place] for place in np.linspace(0, len(kept) - 1, most).round().astype(int)]


def _hash_all(clip: list[Grey]) -> Hashes:
    found = np.empty((REGIONS, len(clip), HASH_BYTES), np.uint8)
    for number, (top, bottom, left, right) in enumerate(_REGIONS):
        rows, columns = slice(round(top * EDGE), round(bottom * EDGE)), slice(round(left * EDGE), round(right * EDGE))
        for place, picture in enumerate(clip):
            found[number, place] = _hash(picture[rows, columns])[0]
    return found


def _hash(picture: Grey) -> tuple[npt.NDArray[np.uint8], int]:
    """The 32 bytes of a picture's PDQ, and how much there is to see in it, 0 to 100."""
    colours = np.ascontiguousarray(np.broadcast_to(picture[:, :, None], (*picture.shape, 3)))
    bits, quality = pdqhash.compute(colours)
    return np.packbits(bits.astype(np.uint8)), int(quality)
