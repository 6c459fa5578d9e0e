"""Vectors seen from the middle of their own catalogue: what all videos share tells none from another."""

from typing import Final

import numpy as np
import numpy.typing as npt

from revue.recommender.engine.content.model import BLOCKS, Block, places

Rows = npt.NDArray[np.float32]  # shape (videos, DIMENSIONS)
Numbers = npt.NDArray[np.float64]

PRIOR: Final = 8.0  # so many videos around the origin are assumed: the middle of a few is no middle


def centred(rows: Rows, among: Rows | None = None) -> Rows:
    """Each block less its mean over the catalogue, by its spread there, at its share again; rows of length 1.

    Two videos of a school that films everything in one hall are near by the hall alone; from the middle of that
    catalogue, what is left tells them apart. Zeros stay zeros and have no say. Rows from before and after are not to be
    compared, nor rows of two catalogues.

    Args:
        rows: vectors of `Descriptors`, shape (videos, DIMENSIONS).
        among: a fair sample of the catalogue, whose middle is meant; None: `rows` are the catalogue.
    """
    sample = rows if among is None else among
    moved = np.concatenate(
        [
            _moved(rows[:, part].astype(np.float64), sample[:, part].astype(np.float64), block)
            for block, part in places()
        ],
        axis=1,
    )
    again: Rows = _unit(moved).astype(np.float32)
    return again


def _moved(part: Numbers, sample: Numbers, block: Block) -> Numbers:
    """One block of all rows, seen from its middle; hashed words have the same spread everywhere and keep it."""
    count = float(sample.any(axis=1).sum()) + PRIOR
    middle = _unit(sample).sum(axis=0) / count
    off = _off(part, middle)
    if block is not BLOCKS[0]:
        off = off / np.sqrt(((_off(sample, middle) ** 2).sum(axis=0) + PRIOR / block.width) / count)
    moved: Numbers = np.sqrt(block.share) * _unit(off)
    return moved


def _off(rows: Numbers, middle: Numbers) -> Numbers:
    """Directions, less the middle; zeros stay zeros."""
    return np.where(rows.any(axis=1, keepdims=True), _unit(rows) - middle, 0.0)


def _unit(rows: Numbers) -> Numbers:
    """Rows of length 1; zeros stay zeros."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    units: Numbers = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return units
