"""Things on stage: microphones, what jugglers throw, notes in the air, confetti, speech bubbles."""

import math
import random

import numpy as np

from revue.demo.paint import shapes
from revue.demo.paint.canvas import HEIGHT, WIDTH, Canvas, Colour, faded, mixed, rgb
from revue.demo.paint.lettering import Block
from revue.demo.paint.palettes import Palette
from revue.demo.paint.shapes import Point, Points
from revue.demo.paint.stage import GROUND

_STEEL, _WHITE = rgb(0xC9CEDA), rgb(0xFFFFFF)
Piece = tuple[Points, Colour]


def draw_piece(canvas: Canvas, pieces: list[Piece], at: Point, angle: float, scale: float, ink: Colour) -> None:
    """Draw layers made around the origin; the first is the silhouette and gets the dark line."""
    first = pieces[0][0]
    away = first - first.mean(axis=0)
    edge = first + away / np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-6)[:, None] * 4 / scale
    canvas.fill(shapes.placed(edge, at, angle, scale), ink)
    for points, colour in pieces:
        canvas.fill(shapes.placed(points, at, angle, scale), colour)


def microphone(canvas: Canvas, at: Point, angle: float, size: float, ink: Colour) -> None:
    """A hand microphone; its head points along `angle`."""
    handle = shapes.ribbon(shapes.polygon((-34, 0), (26, 0)), 15, 20)
    head = shapes.circle((38, 0), 20, 24)
    draw_piece(canvas, [(handle, rgb(0x2E3040))], at, angle, size, ink)
    shine = shapes.fan((38, 0), 14, -2.6, -1.2, 9, 8)
    draw_piece(canvas, [(head, _STEEL), (shine, _WHITE)], at, angle, size, ink)


def stand(canvas: Canvas, x: float, top: float, size: float, ink: Colour, metal: Colour) -> None:
    """A microphone on a stand, its head at (x, top)."""
    base = shapes.ellipse((x, GROUND + 14), 50 * size, 11 * size)
    canvas.fill(shapes.placed(base, (0, 4)), ink)
    canvas.fill(base, metal)
    canvas.fill(shapes.ribbon(shapes.polygon((x, GROUND + 10), (x, top + 30)), 15 * size), ink)
    canvas.fill(shapes.ribbon(shapes.polygon((x, GROUND + 10), (x, top + 30)), 8 * size), metal)
    body = shapes.round_box(-21, -30, 21, 34, 20)
    bars: list[Piece] = [(shapes.box(-21, y, 21, y + 4), mixed(metal, ink, 0.45)) for y in (-14, -2, 10)]
    draw_piece(canvas, [(body, metal), *bars], (x, top), 0, size, ink)


def toy(kind: str, colour: Colour, trim: Colour) -> list[Piece]:
    """Something to juggle, around the origin, about 56 pixels across."""
    return _TOYS[kind](colour, trim)


def _ball(colour: Colour, trim: Colour) -> list[Piece]:
    band = np.concatenate(
        [shapes.fan((0, 0), 27, -0.5, 0.5, 0, 8)[:8], shapes.fan((0, 0), 27, math.pi - 0.5, math.pi + 0.5, 0, 8)[:8]]
    )
    return [
        (shapes.circle((0, 0), 27), colour),
        (band, trim),
        (shapes.ellipse((-9, -14), 7, 4, -0.6, 14), faded(_WHITE, 0.75)),
    ]


def _club(colour: Colour, trim: Colour) -> list[Piece]:
    body = shapes.blob(
        shapes.polygon((-62, 5), (-62, -5), (-20, -6), (14, -17), (44, -15), (56, 0), (44, 15), (14, 17), (-20, 6)), 4
    )
    return [
        (body, colour),
        (shapes.box(10, -16, 22, 16), trim),
        (shapes.box(-34, -6, -26, 6), trim),
        (shapes.circle((-62, 0), 8, 16), trim),
    ]


def _ring(colour: Colour, trim: Colour) -> list[Piece]:
    return [
        (shapes.fan((0, 0), 38, 0, 2 * math.pi, 24, 40), colour),
        (shapes.fan((0, 0), 38, 0.3, 1.5, 24, 12), trim),
        (shapes.fan((0, 0), 38, 3.4, 4.6, 24, 12), trim),
    ]


def _apple(colour: Colour, trim: Colour) -> list[Piece]:
    body = shapes.blob(
        shapes.polygon((0, -18), (20, -26), (32, -4), (18, 26), (0, 23), (-18, 26), (-32, -4), (-20, -26)), 5
    )
    leaf = shapes.blob(shapes.polygon((2, -24), (14, -40), (28, -38), (18, -26)), 4)
    return [
        (body, rgb(0xE23B3B)),
        (shapes.ribbon(shapes.polygon((0, -18), (4, -34)), 5), rgb(0x5A3416)),
        (leaf, rgb(0x58B14C)),
        (shapes.ellipse((-14, -9), 5, 9, 0.4, 14), faded(_WHITE, 0.6)),
    ]


def _star(colour: Colour, trim: Colour) -> list[Piece]:
    return [(shapes.star((0, 0), 36, 17), colour), (shapes.star((0, 0), 20, 9), trim)]


def _egg(colour: Colour, trim: Colour) -> list[Piece]:
    shell = shapes.blob(shapes.polygon((0, -34), (19, -18), (25, 8), (0, 28), (-25, 8), (-19, -18)), 6)
    spots = [(shapes.circle((x, y), r, 14), colour) for x, y, r in ((-9, -6, 5), (8, 6, 6), (5, -18, 4), (-6, 14, 4))]
    return [(shell, rgb(0xFFF4DC)), *spots]


_TOYS = {"ball": _ball, "club": _club, "ring": _ring, "apple": _apple, "star": _star, "egg": _egg}


def note(canvas: Canvas, at: Point, size: float, angle: float, colour: Colour, ink: Colour, *, double: bool) -> None:
    """A quaver, or two joined."""
    stems = (16.0, 52.0) if double else (16.0,)
    pieces: list[Piece] = []
    for x in stems:
        pieces.append((shapes.ellipse((x - 12, 26), 14, 10.5, -0.35, 18), colour))
        pieces.append((shapes.box(x - 3, -34, x + 3, 24), colour))
    if double:
        pieces.append((shapes.polygon((13, -42), (55, -42), (55, -28), (13, -28)), colour))
    else:
        pieces.append((shapes.blob(shapes.polygon((14, -38), (30, -20), (34, 2), (24, -10), (14, -16)), 4), colour))
    for points, _ in pieces:
        middle = points.mean(axis=0)
        away = points - middle
        edge = points + away / np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-6)[:, None] * 5
        canvas.fill(shapes.placed(edge, at, angle, size), ink)
    for points, tone in pieces:
        canvas.fill(shapes.placed(points, at, angle, size), tone)


class Confetti:
    """Paper falling: each piece sways and turns; `since` seconds after it was thrown."""

    def __init__(self, palette: Palette, seed: int, count: int = 46) -> None:
        dice = random.Random(seed)
        tones = (palette.pop, palette.trim, palette.light, palette.curtain)
        self._pieces = [
            (
                dice.uniform(-30, WIDTH + 30),
                dice.uniform(-460, -10),
                dice.uniform(230, 420),
                dice.uniform(0, 6.3),
                dice.choice(tones),
            )
            for _ in range(count)
        ]

    def paint(self, canvas: Canvas, since: float) -> None:
        """Draw the pieces that are in the air."""
        for x, y, speed, phase, tone in self._pieces:
            fall = y + speed * since
            if not -20 < fall < HEIGHT + 20:
                continue
            flat = abs(math.cos(phase + since * 7)) * 8 + 2
            paper = shapes.polygon((-9, -flat), (9, -flat), (9, flat), (-9, flat))
            at = (x + 26 * math.sin(phase + since * 3), fall)
            canvas.fill(shapes.placed(paper, at, phase + since * 2.4), tone)


def bubble(canvas: Canvas, block: Block, middle: Point, tip: Point, ink: Colour, *, grow: float, spoken: float) -> None:
    """A speech bubble around set words; `grow` 0-1 pops it up, `spoken` is how many words show."""
    x, y = middle
    half_w, half_h = (block.width / 2 + 34) * grow, (block.height / 2 + 26) * grow
    for rim, tone in ((6.0, ink), (0.0, rgb(0xFFFDF5))):
        box = shapes.round_box(
            x - half_w - rim, y - half_h - rim, x + half_w + rim, y + half_h + rim, min(38 * grow + rim, half_h)
        )
        canvas.fill(box, tone)
        base, lean = y + half_h - 6 + rim * 0.6, max(-70.0, min(70.0, tip[0] - x))
        width = 19 + rim * 1.4
        tail = shapes.bend(
            (x + lean * 0.5 - width, base), (x + lean * 0.75 - 6, (base + tip[1]) / 2), (tip[0], tip[1] + rim * 1.6), 8
        )
        back = shapes.bend(
            (tip[0], tip[1] + rim * 1.6), (x + lean * 0.75 + 14, (base + tip[1]) / 2), (x + lean * 0.5 + width, base), 8
        )
        if grow > 0.8:
            canvas.fill(np.concatenate([tail, back]), tone)
    if grow < 0.95:
        return
    left, top = x - block.width / 2, y - block.height / 2 - 2
    for index, word in enumerate(block.words):
        share = min(1.0, max(0.0, spoken - index))
        if share > 0:
            canvas.stamp(word.mask * np.float32(share), ink, left + word.x, top + word.y + (1 - share) * 10)
