"""What is seen in a video: its colours, its shapes and how it moves, each a few plain numbers."""

from typing import Final

import numpy as np
import numpy.typing as npt

from revue.recommender.engine.content.facts import Pictures

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]

HUES: Final = 6
LEAST_PAIRS: Final = 2  # one picture, or two, say nothing of how a video moves
_MOVED = 0.06  # of 1: a pixel that changes by more in an eighth of a second is in motion
_LEAST_EDGE, _LEAST_MOTION = 0.004, 0.002  # below is noise; they also keep logarithms finite
_GRID = 8  # cells of each side in which edges and motion are counted
_WAVES: Final = ((0, 1), (1, 0), (1, 1), (0, 2), (2, 0), (1, 2))  # (down, across): left and right, above and below, …
_LUMA: Final = np.array([0.299, 0.587, 0.114], np.float32)

COLOURS: Final = HUES + 2
SHAPES: Final = len(_WAVES) + 4
MOTIONS: Final = len(_WAVES) + 4


def colours(pictures: Pictures) -> Numbers:
    """How much of each hue there is, how bright it is, and how much brightness varies. Shape (`COLOURS`,)."""
    rgb = _flat(pictures)
    luma = rgb @ _LUMA
    blue, red = (rgb[..., 2] - luma) * 0.564, (rgb[..., 0] - luma) * 0.713
    strength = np.clip(np.hypot(blue, red) * 4, 0, 1)
    angle = np.arctan2(red, blue)
    shares = [
        np.sqrt((strength * np.maximum(0, np.cos(angle - middle)) ** 4).mean())
        for middle in 2 * np.pi * np.arange(HUES) / HUES
    ]
    return np.array([*shares, luma.mean(), luma.std()], np.float64)


def shapes(pictures: Pictures) -> Numbers:
    """Where edges are, which way they run, and how many there are. Shape (`SHAPES`,)."""
    luma = _flat(pictures) @ _LUMA
    across, down = np.diff(luma, axis=2)[:, :-1], np.diff(luma, axis=1)[:, :, :-1]
    edge, twice = np.hypot(across, down), 2 * np.arctan2(down, across)  # twice: an edge has no front
    total = edge.sum() + 1e-6
    ways = [(edge * np.cos(twice)).sum(), (edge * np.sin(twice)).sum(), (edge * np.cos(2 * twice)).sum()]
    place = _places(np.log(_cells(edge.mean(axis=0)) + _LEAST_EDGE))
    return np.array([*place, *(way / total for way in ways), np.log(edge.mean() + _LEAST_EDGE)], np.float64)


def motions(pictures: Pictures) -> Numbers:
    """Where something moves, how much, how evenly in time and in how much of the picture. Shape (`MOTIONS`,)."""
    luma = np.divide(pictures, 255, dtype=np.float32) @ _LUMA
    change = np.abs(luma[:, 1] - luma[:, 0])
    often = change.mean(axis=(1, 2))
    mean = often.mean() + _LEAST_MOTION
    place = _places(np.log(_cells(change.mean(axis=0)) + _LEAST_MOTION))
    bursts, middle = (often.std() + _LEAST_MOTION) / mean, (np.median(often) + _LEAST_MOTION) / mean
    share = np.sqrt((change > _MOVED).mean())
    return np.array([*place, np.log(mean), np.log(bursts), share, np.log(middle)], np.float64)


def _flat(pictures: Pictures) -> Floats:
    """Pictures one after the other, 0 to 1: shape (pictures, rows, columns, 3)."""
    return np.divide(pictures.reshape(-1, *pictures.shape[2:]), 255, dtype=np.float32)


def _cells(values: Floats) -> Floats:
    """Means of the cells of a grid laid over a picture; shape (`_GRID`, `_GRID`)."""
    rows = np.array_split(values, _GRID, axis=0)
    return np.array([[cell.mean() for cell in np.array_split(row, _GRID, axis=1)] for row in rows], np.float32)


def _places(grid: Floats) -> list[float]:
    """The slowest waves of a grid's cosine transform, without the mean: where values are large and where small."""
    at = (np.arange(_GRID) + 0.5) / _GRID
    waves = np.cos(np.pi * np.arange(3)[:, None] * at) / _GRID
    found = waves @ grid @ waves.T
    return [float(found[down, across]) for down, across in _WAVES]
