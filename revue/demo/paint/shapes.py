"""Outlines as arrays of points, shape (n, 2), in pixels with y downward. Pure geometry, no colour."""

import functools
import math

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
Point = tuple[float, float]


@functools.cache
def _unit_circle(n: int) -> Points:
    angles = np.linspace(0, 2 * math.pi, n, endpoint=False)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def ellipse(centre: Point, rx: float, ry: float, angle: float = 0.0, n: int = 36) -> Points:
    """An ellipse, turned by `angle` radians (clockwise on screen)."""
    points = _unit_circle(n) * (rx, ry)
    return turned(points, angle) + centre if angle else points + centre


def circle(centre: Point, radius: float, n: int = 32) -> Points:
    """A circle."""
    return _unit_circle(n) * radius + centre


def turned(points: Points, angle: float) -> Points:
    """The points turned around the origin."""
    c, s = math.cos(angle), math.sin(angle)
    around: Points = points @ np.array([[c, s], [-s, c]])
    return around


def placed(points: Points, at: Point, angle: float = 0.0, scale: float = 1.0) -> Points:
    """An outline drawn around the origin: scaled, turned and carried to `at`."""
    return turned(points * scale, angle) + at


def polygon(*points: Point) -> Points:
    """Straight lines between corners."""
    return np.array(points, dtype=np.float64)


def box(left: float, top: float, right: float, bottom: float) -> Points:
    """An upright rectangle."""
    return polygon((left, top), (right, top), (right, bottom), (left, bottom))


def round_box(left: float, top: float, right: float, bottom: float, radius: float) -> Points:
    """An upright rectangle with round corners."""
    quarter = _unit_circle(32)[:9] * radius
    corners = [(right - radius, bottom - radius), (left + radius, bottom - radius)]
    corners += [(left + radius, top + radius), (right - radius, top + radius)]
    return np.concatenate([turned(quarter, k * math.pi / 2) + corner for k, corner in enumerate(corners)])


@functools.cache
def _spline_basis(steps: int) -> Points:
    """Uniform Catmull-Rom weights, one row for each step, one column for each of four points."""
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    return np.hstack([-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, -(t**2) + t**3]) / 2


def blob(points: Points, steps: int = 6) -> Points:
    """A smooth closed outline through all points."""
    around = points[_neighbours(len(points))]
    return (_spline_basis(steps) @ around).reshape(-1, 2)


@functools.cache
def _neighbours(n: int) -> npt.NDArray[np.intp]:
    """For each of n points around an outline: the one before, itself, and the next two."""
    return (np.arange(n)[:, None] + (-1, 0, 1, 2)) % n


def curve(points: Points, steps: int = 6) -> Points:
    """A smooth open line through all points."""
    padded = np.concatenate([points[:1], points, points[-1:]])
    n = len(points) - 1
    around = np.stack([padded[k : k + n] for k in range(4)])
    line = np.einsum("sk,kpd->psd", _spline_basis(steps), around).reshape(-1, 2)
    return np.concatenate([line, points[-1:]])


@functools.cache
def _even(start: float, end: float, n: int) -> Points:
    """Evenly spaced numbers in one column."""
    return np.linspace(start, end, n)[:, None]


def ribbon(line: Points, start: float, end: float | None = None) -> Points:
    """A band along a line, `start` pixels wide at its beginning and `end` at its end, with round ends."""
    end = start if end is None else end
    along = np.empty_like(line)
    along[0], along[-1] = line[1] - line[0], line[-1] - line[-2]
    along[1:-1] = line[2:] - line[:-2]
    along /= np.maximum(np.sqrt(along[:, :1] ** 2 + along[:, 1:] ** 2), 1e-6)
    side = along[:, ::-1] * _LEFT * (start / 2 + (end - start) / 2 * _even(0.0, 1.0, len(line)))
    tip = _cap(line[-1], along[-1], end / 2)
    tail = _cap(line[0], -along[0], start / 2)
    return np.concatenate([line - side, tip, (line + side)[::-1], tail])


_LEFT = np.array([-1.0, 1.0])
_HALF_TURN = np.stack(
    [np.cos(np.linspace(-1, 1, 9) * math.pi / 2), np.sin(np.linspace(-1, 1, 9) * math.pi / 2)], axis=1
)


def _cap(at: Points, direction: Points, radius: float) -> Points:
    x, y = float(direction[0]) * radius, float(direction[1]) * radius
    arc: Points = _HALF_TURN @ np.array([[x, y], [-y, x]]) + at
    return arc


@functools.cache
def _bend_basis(steps: int) -> Points:
    t = np.linspace(0, 1, steps)[:, None]
    return np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])


def bend(start: Point, through: Point, end: Point, steps: int = 12) -> Points:
    """A round line from start to end that passes `through` at its middle, like a bent hose."""
    dx = (through[0] - (start[0] + end[0]) / 2) / 0.75
    dy = (through[1] - (start[1] + end[1]) / 2) / 0.75
    # Pulling both ends the same way keeps a tight bend round; one shared handle would make a sharp knee.
    first = (start[0] + dx + (end[0] - start[0]) * 0.2, start[1] + dy + (end[1] - start[1]) * 0.2)
    second = (end[0] + dx + (start[0] - end[0]) * 0.2, end[1] + dy + (start[1] - end[1]) * 0.2)
    line: Points = _bend_basis(steps) @ np.array([start, first, second, end])
    return line


def star(centre: Point, outer: float, inner: float, points: int = 5, angle: float = -math.pi / 2) -> Points:
    """A star with straight sides."""
    angles = angle + np.arange(points * 2) * math.pi / points
    radii = np.where(np.arange(points * 2) % 2 == 0, outer, inner)
    return np.stack([np.cos(angles) * radii, np.sin(angles) * radii], axis=1) + centre


def pie(centre: Point, radius: float, start: float, end: float, n: int = 16) -> Points:
    """A slice of a disc, angles in radians."""
    angles = np.linspace(start, end, n)
    arc = np.stack([np.cos(angles), np.sin(angles)], axis=1) * radius + centre
    return np.concatenate([np.array([centre]), arc])


def fan(centre: Point, radius: float, start: float, end: float, inner: float = 0.0, n: int = 20) -> Points:
    """A part of a ring, angles in radians."""
    angles = np.linspace(start, end, n)
    arc = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return np.concatenate([arc * radius, arc[::-1] * inner]) + centre
