"""Faces: eyes that blink and look, brows that mean it, and mouths with visemes."""

import dataclasses
import math

import numpy as np

from revue.demo.paint import shapes
from revue.demo.paint.canvas import Colour, faded, rgb
from revue.demo.paint.look import Look
from revue.demo.paint.shapes import Points

Layer = tuple[Points, Colour]
_WHITE, _DARK, _TONGUE = rgb(0xFFFFFF), rgb(0x2A1420), rgb(0xF0717C)


@dataclasses.dataclass(slots=True)
class Expression:
    """What a face does at one moment."""

    open: float = 0.0  # mouth, 0 shut … 1 wide open
    wide: float = 0.0  # mouth corners, -1 pursed … 1 stretched
    smile: float = 0.7  # -1 … 1
    brow: float = 0.0  # -1 frown … 1 raised
    blink: float = 0.0  # 1 is shut
    joy: float = 0.0  # eyes squeezed into arcs above 0.5
    gaze_x: float = 0.0  # -1 … 1
    gaze_y: float = 0.0


def face(look: Look, mood: Expression, turn: float) -> list[Layer]:
    """The layers of a face in head coordinates: origin at the head's middle, radius about 72."""
    shift = turn * 22
    layers: list[Layer] = [] if look.kind == "robot" else _cheeks(shift, look)
    spread = 29.0 if look.kind != "frog" else 36.0
    height = -10.0 if look.kind != "frog" else -58.0
    for side in (-1, 1):
        x = shift + side * spread * (1 - 0.18 * abs(turn)) + turn * 3
        layers += _eye(look, mood, x, height)
        layers += _brow(look, mood, x, height, side)
    if look.glasses:
        layers += _glasses(shift, spread, height)
    layers += _nose(look, shift)
    layers += _mouth(mood, shift * 1.08, 33.0 if look.kind not in ("cat", "bear", "fox", "rabbit") else 36.0)
    if look.moustache:
        layers += _moustache(look, shift)
    return layers


def _cheeks(shift: float, look: Look) -> list[Layer]:
    blush = faded(rgb(0xFF5A6E), 0.30 if look.kind != "frog" else 0.22)
    return [(shapes.ellipse((shift + side * 47, 18), 14, 9, n=20), blush) for side in (-1, 1)]


def _eye(look: Look, mood: Expression, x: float, y: float) -> list[Layer]:
    if mood.joy > 0.5 or mood.blink > 0.75:
        rise = -11.0 if mood.joy > 0.5 else 5.0
        line = shapes.bend((x - 14, y + 4), (x, y + 4 + rise), (x + 14, y + 4), 9)
        return [(shapes.ribbon(line, 6), _DARK)]
    shut = 1 - mood.blink
    look_x, look_y = x + mood.gaze_x * 5, y + mood.gaze_y * 6.5
    if look.eyes == "dot":
        return [
            (shapes.ellipse((look_x, look_y), 9.5, 14 * shut + 1, n=24), _DARK),
            (shapes.circle((look_x - 3, look_y - 5 * shut), 3.6, 12), _WHITE),
        ]
    return [
        (shapes.ellipse((x, y), 18.5, 23 * shut + 1, n=28), _DARK),
        (shapes.ellipse((x, y), 15.5, 20 * shut, n=28), _WHITE),
        (shapes.ellipse((look_x, look_y), 10.6, min(13.4, 20 * shut), n=24), _DARK),
        (shapes.circle((look_x - 3.6, look_y - 5 * shut), 3.9, 12), _WHITE),
    ]


def _brow(look: Look, mood: Expression, x: float, y: float, side: int) -> list[Layer]:
    tone = look.hair if look.kind == "human" else _DARK
    lift = y - (33 if look.eyes == "wide" else 27) - mood.brow * 9
    inner, outer = lift + max(0.0, -mood.brow) * 11, lift + 4
    line = shapes.bend((x - side * 13, inner), (x, lift - 4), (x + side * 15, outer), 7)
    return [(shapes.ribbon(line, 7, 4), tone)]


def _glasses(shift: float, spread: float, height: float) -> list[Layer]:
    rim = rgb(0x2B2B3A)
    layers: list[Layer] = []
    for side in (-1, 1):
        ring = shapes.fan((shift + side * spread, height), 27, 0, 2 * math.pi, 22, 33)
        layers.append((ring, rim))
    bridge = shapes.bend((shift - 6, height), (shift, height - 5), (shift + 6, height), 5)
    return [*layers, (shapes.ribbon(bridge, 5), rim)]


def _nose(look: Look, shift: float) -> list[Layer]:
    x = shift * 1.35
    if look.kind in ("cat", "rabbit"):
        return [(shapes.blob(shapes.polygon((x - 8, 9), (x, 7), (x + 8, 9), (x, 18)), 4), rgb(0xE8607A))]
    if look.kind in ("bear", "fox"):
        return [
            (shapes.ellipse((x, 13), 13, 9.5, n=20), _DARK),
            (shapes.ellipse((x - 4, 10), 4, 2.4, n=12), faded(_WHITE, 0.7)),
        ]
    if look.kind in ("robot", "frog"):
        return []
    shade = faded(rgb(0x7A2E1E), 0.32)
    return [(shapes.ellipse((x, 12), 9, 7.5, n=20), shade)]


def _moustache(look: Look, shift: float) -> list[Layer]:
    x, y = shift * 1.2, 22.0
    half = shapes.polygon((0, 0), (16, -7), (32, -1), (43, -13), (40, 6), (24, 11), (6, 8))
    right = shapes.placed(shapes.blob(half, 4), (x, y))
    left = shapes.placed(shapes.blob(half * (-1, 1), 4), (x, y))
    return [(left, look.hair), (right, look.hair)]


def _mouth(mood: Expression, x: float, y: float) -> list[Layer]:
    half = 25 + 9 * mood.wide - 4 * max(0.0, -mood.wide) + 3 * mood.smile
    corner = -7 * mood.smile
    if mood.open < 0.06:
        line = shapes.bend((x - half, y + corner), (x, y + 6 * mood.smile), (x + half, y + corner), 11)
        return [(shapes.ribbon(line, 6.5), _DARK)]
    across, bow = _ACROSS, _BOW
    drop = 40 * mood.open
    upper = y + corner * (1 - bow) - (4 + 10 * max(0.0, -mood.wide)) * bow * mood.open + 2 * mood.smile * bow
    lower = y + corner * (1 - bow) + (drop + 6 * mood.smile) * bow ** (0.72 if mood.wide < 0 else 0.85)
    columns = x + across * half
    top, bottom = np.stack([columns, upper], axis=1), np.stack([columns, lower], axis=1)
    lips = np.concatenate([top, bottom[::-1]])
    layers: list[Layer] = [(_grown(lips, x, y + drop / 2, 3.5), _DARK), (lips, rgb(0x6B1230))]
    if mood.open > 0.2:
        bulge = np.stack([columns, lower - (lower - upper) * 0.42 * bow**0.5], axis=1)[2:-2]
        layers.append((np.concatenate([bulge, bottom[2:-2][::-1]]), _TONGUE))
    if mood.open > 0.28 and mood.wide > -0.6:
        edge = np.stack([columns, np.minimum(upper + 8 * bow**0.4, lower)], axis=1)[1:-1]
        layers.append((np.concatenate([top[1:-1], edge[::-1]]), _WHITE))
    return layers


_ACROSS = np.linspace(-1, 1, 15)
_BOW = 1 - _ACROSS**2


def _grown(points: Points, x: float, y: float, by: float) -> Points:
    away = points - (x, y)
    return points + away / np.maximum(np.hypot(away[:, 0], away[:, 1]), 1)[:, None] * by
