"""Heads: skulls, ears, hair and hats, as layers in head coordinates (origin in the middle, radius about 72)."""

import collections.abc
import dataclasses
import math

import numpy as np

from revue.demo.paint import shapes
from revue.demo.paint.canvas import Colour, faded, mixed, rgb
from revue.demo.paint.look import Look
from revue.demo.paint.shapes import Points


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """One layer of a head. `depth`: pixels it shifts when the head turns fully; `lag`: how much it trails motion."""

    points: Points
    colour: Colour
    depth: float = 0.0
    lag: float = 0.0
    edge: bool = True  # whether the dark outline goes around it


Pieces = list[Piece]
_Hair = collections.abc.Callable[[Look], tuple[Pieces, Pieces]]  # behind the skull, before it
_DARK = rgb(0x2A1420)


def head(look: Look) -> tuple[Pieces, Pieces]:
    """The pieces behind the face and those in front of it."""
    behind, front = _KINDS[look.kind](look)
    if look.hat:
        front = [*front, *_HATS[look.hat](look)]
    return behind, front


def _human(look: Look) -> tuple[Pieces, Pieces]:
    back, front = _HAIR[look.style](look)
    ears = [Piece(shapes.ellipse((side * 68, 6), 14, 18), mixed(look.skin, _DARK, 0.08), -10) for side in (-1, 1)]
    skull = shapes.blob(
        shapes.polygon((0, -74), (56, -50), (69, 4), (46, 54), (0, 72), (-46, 54), (-69, 4), (-56, -50))
    )
    return [*back, *ears, Piece(skull, look.skin)], front


def _curls(spots: list[tuple[float, float, float]], tone: Colour, depth: float, lag: float = 0.0) -> Pieces:
    return [Piece(shapes.circle((x, y), r, 24), tone, depth, lag) for x, y, r in spots]


def _cap(hair: Colour, fringe: list[tuple[float, float]]) -> Piece:
    """Hair over the crown with a hairline through `fringe`, left to right."""
    crown = [(70.0, -4.0), (72, -34), (48, -70), (0, -84), (-48, -70), (-72, -34), (-70, -4)]
    return Piece(shapes.blob(shapes.polygon(*fringe, *crown), 5), hair, 5)


def _bob(look: Look) -> tuple[Pieces, Pieces]:
    back = shapes.polygon((0, -86), (62, -66), (86, 0), (84, 56), (52, 66), (-52, 66), (-84, 56), (-86, 0), (-62, -66))
    fringe = [(-62.0, -18.0), (-36, -34), (0, -40), (36, -34), (62, -18)]
    return [Piece(shapes.blob(back), look.hair, -6, 0.35)], [_cap(look.hair, fringe)]


def _curly(look: Look) -> tuple[Pieces, Pieces]:
    angles = np.linspace(math.pi * 0.92, math.pi * 2.08, 10)
    back = [(88 * math.cos(a), -14 + 82 * math.sin(a), 34.0) for a in angles]
    back += [(0.0, -40.0, 74.0)]
    front = [(-48.0, -50.0, 24.0), (-18, -62, 26), (16, -63, 26), (47, -50, 24)]
    return _curls(back, look.hair, -6, 0.3), _curls(front, look.hair, 4)


def _bun(look: Look) -> tuple[Pieces, Pieces]:
    fringe = [(-64.0, -8.0), (-44, -38), (-6, -50), (32, -40), (64, -14)]
    return _curls([(0, -98, 34)], look.hair, -4, 0.5), [_cap(look.hair, fringe)]


def _quiff(look: Look) -> tuple[Pieces, Pieces]:
    wave = shapes.polygon(
        (-70, -14),
        (-60, -40),
        (-20, -44),
        (58, -36),
        (69, -12),
        (74, -54),
        (58, -96),
        (6, -118),
        (-34, -104),
        (-14, -92),
        (-62, -76),
    )
    return [], [Piece(shapes.blob(wave, 5), look.hair, 5, 0.15)]


def _long(look: Look) -> tuple[Pieces, Pieces]:
    back = shapes.polygon(
        (0, -88),
        (64, -66),
        (88, 0),
        (96, 90),
        (72, 142),
        (40, 120),
        (-40, 120),
        (-72, 142),
        (-96, 90),
        (-88, 0),
        (-64, -66),
    )
    fringe = [(-66.0, 4.0), (-50, -30), (-8, -58), (34, -34), (66, 4)]
    return [Piece(shapes.blob(back), look.hair, -8, 0.8)], [_cap(look.hair, fringe)]


def _pigtails(look: Look) -> tuple[Pieces, Pieces]:
    tails: Pieces = []
    for side in (-1, 1):
        tail = shapes.polygon(
            (side * 70, -20), (side * 108, -36), (side * 128, 10), (side * 112, 66), (side * 94, 84), (side * 86, 30)
        )
        tails.append(Piece(shapes.blob(tail), look.hair, -8, 1.0))
        tails.append(Piece(shapes.circle((side * 76, -18), 12), look.detail, -6))
    fringe = [(-64.0, -12.0), (-34, -26), (-10, -46), (14, -28), (64, -12)]
    return tails, [_cap(look.hair, fringe)]


def _mohawk(look: Look) -> tuple[Pieces, Pieces]:
    spikes = shapes.polygon(
        (-26, -62), (-46, -104), (-22, -92), (-16, -132), (4, -100), (24, -128), (28, -92), (50, -100), (28, -62)
    )
    return [Piece(spikes, look.hair, -2, 0.4)], []


def _bald(look: Look) -> tuple[Pieces, Pieces]:
    sides = [Piece(shapes.ellipse((side * 66, -6), 15, 28), look.hair, -8) for side in (-1, 1)]
    shine = Piece(shapes.ellipse((-24, -52), 15, 7, -0.5), faded(rgb(0xFFFFFF), 0.4), 8, 0, edge=False)
    return list(sides), [shine]


_HAIR: dict[str, _Hair] = {
    "bob": _bob,
    "curly": _curly,
    "bun": _bun,
    "quiff": _quiff,
    "long": _long,
    "pigtails": _pigtails,
    "mohawk": _mohawk,
    "bald": _bald,
}


def _skull(look: Look, width: float = 76, height: float = 68) -> Piece:
    return Piece(shapes.ellipse((0, 2), width, height, n=44), look.skin)


def _muzzle(tone: Colour, width: float = 36) -> Piece:
    return Piece(shapes.ellipse((0, 32), width, 27), tone, 22, 0, edge=False)


def _cat(look: Look) -> tuple[Pieces, Pieces]:
    ears: Pieces = []
    for side in (-1, 1):
        ears.append(Piece(shapes.polygon((side * 22, -52), (side * 74, -108), (side * 76, -16)), look.skin, -5, 0.2))
        inner = shapes.polygon((side * 38, -58), (side * 67, -90), (side * 68, -34))
        ears.append(Piece(inner, mixed(look.skin, rgb(0xFF7F98), 0.7), -3, 0.2, edge=False))
    front: Pieces = [_muzzle(look.hair)]
    for side in (-1, 1):
        for k in (-1, 0, 1):
            whisker = shapes.polygon((side * 40, 26 + k * 8), (side * 94, 20 + k * 17))
            front.append(Piece(shapes.ribbon(whisker, 4, 1.5), _DARK, 12, 0.2, edge=False))
    for k in (-1, 0, 1):
        stripe = shapes.polygon((k * 20 - 7, -66 + abs(k) * 5), (k * 20 + 7, -66 + abs(k) * 5), (k * 18, -40))
        front.append(Piece(stripe, mixed(look.skin, _DARK, 0.35), 6, 0, edge=False))
    return [*ears, _skull(look, 80, 64)], front


def _bear(look: Look) -> tuple[Pieces, Pieces]:
    ears: Pieces = []
    for side in (-1, 1):
        ears.append(Piece(shapes.circle((side * 57, -55), 29), look.skin, -4, 0.15))
        ears.append(Piece(shapes.circle((side * 57, -53), 16), mixed(look.skin, look.hair, 0.8), -3, 0.15, edge=False))
    return [*ears, _skull(look)], [_muzzle(look.hair, 40)]


def _fox(look: Look) -> tuple[Pieces, Pieces]:
    ears: Pieces = []
    for side in (-1, 1):
        ears.append(Piece(shapes.polygon((side * 16, -56), (side * 66, -126), (side * 80, -20)), look.skin, -5, 0.2))
        ears.append(
            Piece(shapes.polygon((side * 54, -92), (side * 66, -126), (side * 71, -84)), _DARK, -5, 0.2, edge=False)
        )
    face = shapes.polygon((0, -66), (60, -44), (96, 26), (48, 58), (0, 74), (-48, 58), (-96, 26), (-60, -44))
    front: Pieces = []
    for side in (-1, 1):
        cheek = shapes.polygon((side * 4, 16), (side * 46, 2), (side * 90, 26), (side * 46, 55), (0, 70))
        front.append(Piece(shapes.blob(cheek, 5), look.hair, 8, 0, edge=False))
    return [*ears, Piece(shapes.blob(face), look.skin)], front


def _rabbit(look: Look) -> tuple[Pieces, Pieces]:
    ears: Pieces = []
    for side in (-1, 1):
        ears.append(Piece(shapes.ellipse((side * 36, -118), 23, 68, side * 0.16), look.skin, -4, 1.0))
        inner = shapes.ellipse((side * 36, -116), 12, 52, side * 0.16)
        ears.append(Piece(inner, mixed(look.skin, rgb(0xFF7F98), 0.55), -4, 1.0, edge=False))
    return [*ears, _skull(look, 74, 68)], [_muzzle(look.hair, 34)]


def _frog(look: Look) -> tuple[Pieces, Pieces]:
    domes = [Piece(shapes.circle((side * 36, -52), 33), look.skin, 20) for side in (-1, 1)]
    belly = Piece(shapes.ellipse((0, 38), 58, 26), mixed(look.skin, rgb(0xFFFFFF), 0.35), 12, 0, edge=False)
    return [*domes, _skull(look, 88, 60)], [belly]


def _robot(look: Look) -> tuple[Pieces, Pieces]:
    mast = Piece(shapes.ribbon(shapes.polygon((0, -70), (0, -104)), 6), look.hair, 0, 0.6)
    lamp = Piece(shapes.circle((0, -110), 13), look.detail, 0, 0.9)
    ears = [Piece(shapes.round_box(x - 11, -22, x + 11, 24, 7), look.hair, -6) for x in (-80.0, 80.0)]
    case = Piece(shapes.round_box(-77, -70, 77, 68, 26), look.skin)
    screen = Piece(shapes.round_box(-62, -46, 62, 58, 20), mixed(look.skin, rgb(0xFFFFFF), 0.55), 8, 0, edge=False)
    return [mast, lamp, *ears, case], [screen]


_KINDS = {
    "human": _human,
    "cat": _cat,
    "bear": _bear,
    "fox": _fox,
    "rabbit": _rabbit,
    "frog": _frog,
    "robot": _robot,
}


def _top_hat(look: Look) -> Pieces:
    tall = shapes.polygon((-44, -62), (-52, -146), (0, -152), (52, -146), (44, -62))
    band = shapes.polygon((-45, -68), (-47, -90), (0, -93), (47, -90), (45, -68), (0, -64))
    brim = shapes.ellipse((0, -60), 80, 13)
    return [
        Piece(tall, look.hat_colour, 3),
        Piece(band, look.detail, 3, 0, edge=False),
        Piece(brim, look.hat_colour, 4),
    ]


def _boater(look: Look) -> Pieces:
    crown = shapes.round_box(-50, -104, 50, -58, 8)
    band = shapes.box(-50, -80, 50, -62)
    return [
        Piece(crown, look.hat_colour, 3),
        Piece(band, look.detail, 3, 0, edge=False),
        Piece(shapes.ellipse((0, -58), 84, 12), look.hat_colour, 4),
    ]


def _bow(look: Look) -> Pieces:
    wings = [shapes.blob(shapes.polygon((34, -70), (34 + s * 42, -98), (34 + s * 46, -56))) for s in (-1, 1)]
    return [
        *(Piece(wing, look.hat_colour, 6, 0.3) for wing in wings),
        Piece(shapes.circle((34, -74), 12), look.detail, 6),
    ]


def _party(look: Look) -> Pieces:
    cone = shapes.polygon((-40, -60), (8, -164), (46, -64), (0, -54))
    bands = [
        shapes.polygon((-26, -91), (28, -110), (34, -94), (-33, -75)),
        shapes.polygon((-10, -124), (18, -137), (23, -123), (-17, -110)),
    ]
    ball = Piece(shapes.circle((8, -166), 14), look.detail, 4, 0.4)
    return [Piece(cone, look.hat_colour, 4), *(Piece(b, look.detail, 4, 0, edge=False) for b in bands), ball]


def _crown(look: Look) -> Pieces:
    points = shapes.polygon((-48, -56), (-58, -112), (-28, -86), (0, -122), (28, -86), (58, -112), (48, -56), (0, -50))
    gems = [
        Piece(shapes.circle((x, y), 7, 16), look.detail, 4, 0, edge=False)
        for x, y in ((-58, -112), (0, -122), (58, -112), (0, -70))
    ]
    return [Piece(points, look.hat_colour, 4), *gems]


def _beret(look: Look) -> Pieces:
    cloth = shapes.blob(shapes.polygon((-78, -50), (-84, -84), (-20, -104), (56, -92), (72, -56), (0, -58)))
    stalk = shapes.ribbon(shapes.polygon((-18, -100), (-12, -116)), 8)
    return [Piece(stalk, look.hat_colour, 3), Piece(cloth, look.hat_colour, 4)]


def _headphones(look: Look) -> Pieces:
    arc = shapes.ribbon(shapes.bend((-80, -10), (0, -100), (80, -10), 18), 13)
    cups = [Piece(shapes.round_box(s * 80 - 16, -24, s * 80 + 16, 34, 12), look.detail, -4) for s in (-1, 1)]
    return [Piece(arc, look.hat_colour, 0), *cups]


_HATS = {
    "top": _top_hat,
    "boater": _boater,
    "bow": _bow,
    "party": _party,
    "crown": _crown,
    "beret": _beret,
    "headphones": _headphones,
}
