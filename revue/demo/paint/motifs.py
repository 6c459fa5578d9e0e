"""The pictures on the backdrop: one function for each, all drawn in a palette's colours."""

import collections.abc
import math
import random

import numpy as np

from revue.demo.paint import shapes
from revue.demo.paint.canvas import WIDTH, Canvas, faded, mixed
from revue.demo.paint.palettes import Palette

HORIZON = 706.0  # where the floor begins
_MIDDLE = WIDTH / 2

Motif = collections.abc.Callable[[Canvas, Palette, random.Random], None]


def sunburst(canvas: Canvas, palette: Palette, dice: random.Random) -> None:
    """Rays from behind the performer."""
    rays, start = 16, dice.random()
    for k in range(rays):
        angle = (k + start) * 2 * math.pi / rays
        canvas.fill(shapes.pie((_MIDDLE, 470), 900, angle, angle + math.pi / rays, 6), faded(palette.motif, 0.75))
    canvas.fill(shapes.circle((_MIDDLE, 470), 226, 64), faded(palette.motif, 0.9))
    canvas.fill(shapes.circle((_MIDDLE, 470), 204, 64), faded(palette.glow, 0.9))


def dots(canvas: Canvas, palette: Palette, dice: random.Random) -> None:
    """Rows of dots that grow toward the floor."""
    for row in range(13):
        y = 60.0 + row * 54
        for column in range(-1, 11):
            x = column * 58.0 + (row % 2) * 29
            canvas.fill(shapes.circle((x, y), 6 + row * 1.25), faded(palette.motif, 0.85))


def scales(canvas: Canvas, palette: Palette, dice: random.Random) -> None:
    """Overlapping fans, as on a cinema's wall."""
    radius = 60.0
    for row in range(26):
        y = 20.0 + row * radius / 2
        for column in range(-1, 6):
            centre = (column * radius * 2 + (row % 2) * radius, y)
            for ring, tone in ((1.0, palette.motif), (0.8, palette.wall), (0.55, palette.motif), (0.3, palette.trim)):
                share = 0.9 if tone is not palette.trim else 0.55
                canvas.fill(shapes.circle(centre, radius * ring), faded(tone, share))


def stars(canvas: Canvas, palette: Palette, dice: random.Random) -> None:
    """A night sky with a moon."""
    for _ in range(70):
        at = (dice.uniform(0, WIDTH), dice.uniform(90, HORIZON - 40))
        size = dice.choice((3, 4, 5, 8, 12))
        canvas.fill(shapes.star(at, size, size * 0.34, 4), faded(palette.trim, dice.uniform(0.35, 0.9)))
    canvas.fill(shapes.circle((392, 272), 84, 48), faded(palette.light, 0.95))
    for x, y, radius in ((362, 250, 17), (414, 300, 24), (420, 238, 10), (380, 318, 8)):
        canvas.fill(shapes.circle((x, y), radius), faded(mixed(palette.light, palette.glow, 0.35), 0.8))
    for k in range(3):
        _hill(canvas, HORIZON - 90 + k * 38, 26, mixed(palette.motif, palette.wall, k * 0.4), dice)


def _hill(canvas: Canvas, y: float, height: float, tone: tuple[int, int, int], dice: random.Random) -> None:
    x = np.linspace(0, WIDTH, 60)
    phase = dice.uniform(0, 6)
    line = y + height * np.sin(x / 90 + phase) + height * 0.4 * np.sin(x / 37 + phase * 2)
    top = np.stack([x, line], axis=1)
    canvas.fill(np.concatenate([top, shapes.polygon((WIDTH, HORIZON + 20), (0, HORIZON + 20))]), tone)


def skyline(canvas: Canvas, palette: Palette, dice: random.Random) -> None:
    """A town at night with lit windows."""
    for depth in (0, 1):
        tone, x = mixed(palette.motif, palette.wall, depth * 0.7), -20.0
        while x < WIDTH:
            width = dice.uniform(62, 104)
            top = HORIZON - dice.uniform(170, 430) * (1 - depth * 0.42)
            _house(canvas, palette, (x, top, x + width - 6, HORIZON + 20), tone, dice)
            x += width


def _house(
    canvas: Canvas,
    palette: Palette,
    sides: tuple[float, float, float, float],
    tone: tuple[int, int, int],
    dice: random.Random,
) -> None:
    left, top, right, bottom = sides
    canvas.fill(shapes.box(left, top, right, bottom), tone)
    roof = dice.choice(("flat", "gable", "dome", "mast"))
    middle = (left + right) / 2
    if roof == "gable":
        canvas.fill(shapes.polygon((left, top + 1), (middle, top - 34), (right, top + 1)), tone)
    if roof == "dome":
        canvas.fill(shapes.pie((middle, top + 1), (right - left) / 2, math.pi, 2 * math.pi), tone)
    if roof == "mast":
        canvas.fill(shapes.box(middle - 3, top - 46, middle + 3, top), tone)
    for y in np.arange(top + 18, HORIZON - 30, 34):
        for x in np.arange(left + 12, right - 20, 25):
            if dice.random() < 0.55:
                canvas.fill(shapes.round_box(x, y, x + 13, y + 18, 3), faded(palette.trim, dice.uniform(0.35, 0.95)))


def harlequin(canvas: Canvas, palette: Palette, dice: random.Random) -> None:
    """Tall diamonds with small studs."""
    wide, tall = 45.0, 78.0
    for row in range(12):
        for column in range(-1, 8):
            x, y = column * wide * 2 + (row % 2) * wide, row * tall
            diamond = shapes.polygon((x, y - tall), (x + wide, y), (x, y + tall), (x - wide, y))
            if row % 2:
                canvas.fill(diamond, faded(palette.motif, 0.8))
            canvas.fill(shapes.circle((x, y - tall), 6), faded(palette.trim, 0.75))


def waves(canvas: Canvas, palette: Palette, dice: random.Random) -> None:
    """Painted cardboard waves under a low sun."""
    canvas.fill(shapes.circle((_MIDDLE, 400), 190, 64), faded(palette.trim, 0.35))
    canvas.fill(shapes.circle((_MIDDLE, 400), 150, 64), faded(palette.trim, 0.85))
    for row in range(5):
        y, tone = 500.0 + row * 46, mixed(palette.motif, palette.wall, row / 5)
        canvas.fill(shapes.box(0, y, WIDTH, HORIZON + 20), tone)
        for column in range(-1, 10):
            centre = (column * 68.0 + (row % 2) * 34, y)
            canvas.fill(shapes.circle(centre, 35), tone)
            arc = shapes.fan(centre, 26, math.pi * 1.08, math.pi * 1.92, 19)
            canvas.fill(arc, faded(palette.light, 0.4))


def tent(canvas: Canvas, palette: Palette, dice: random.Random) -> None:
    """The inside of a circus tent, with bunting."""
    peak = (_MIDDLE, -120.0)
    for k in range(12):
        left, right = -640 + k * 150.0, -565 + k * 150.0
        canvas.fill(shapes.polygon(peak, (left, HORIZON + 20), (right, HORIZON + 20)), faded(palette.motif, 0.85))
    for y, sag in ((236.0, 60.0), (300.0, 92.0)):
        line = shapes.bend((-10, y), (_MIDDLE, y + sag), (WIDTH + 10, y), 15)
        canvas.fill(shapes.ribbon(line, 3), faded(palette.light, 0.8))
        for k, (x, top) in enumerate(line[1:-1].tolist()):
            tone = (palette.trim, palette.pop, palette.curtain)[k % 3]
            canvas.fill(shapes.polygon((x - 15, top), (x + 15, top), (x, top + 34)), faded(tone, 0.95))


def clouds(canvas: Canvas, palette: Palette, dice: random.Random) -> None:
    """A rainbow and cardboard clouds on strings."""
    bands = (palette.pop, palette.trim, palette.curtain, palette.motif)
    for k, tone in enumerate(bands):
        outer = 300.0 - k * 27
        canvas.fill(shapes.fan((_MIDDLE, 620), outer, math.pi, 2 * math.pi, outer - 27, 48), faded(tone, 0.8))
    for x, y, size in ((92, 250, 1.0), (452, 216, 0.85), (40, 600, 1.25), (506, 604, 1.3), (290, 158, 0.6)):
        canvas.fill(shapes.box(x - 1, 0, x + 1, y), faded(palette.wall, 0.5))
        for dx, dy, radius in ((-46, 8, 30), (-12, -12, 42), (34, 0, 35), (66, 14, 24), (-72, 18, 18)):
            canvas.fill(shapes.circle((x + dx * size, y + dy * size), radius * size), faded(palette.light, 0.96))


def confetti(canvas: Canvas, palette: Palette, dice: random.Random) -> None:
    """Bold loose shapes: squiggles, triangles, rings."""
    tones = (palette.motif, palette.trim, palette.pop, palette.curtain)
    for row in range(7):
        for column in range(5):
            at = (column * 122 + dice.uniform(-20, 40), 90 + row * 98 + dice.uniform(-22, 22))
            tone, angle = faded(dice.choice(tones), 0.85), dice.uniform(0, 6.3)
            kind = (row * 5 + column * 3 + dice.randrange(2)) % 4
            if kind == 0:
                x = np.linspace(-42, 42, 16)
                line = np.stack([x, 13 * np.sin(x / 10)], axis=1)
                canvas.fill(shapes.placed(shapes.ribbon(line, 9), at, angle), tone)
            elif kind == 1:
                canvas.fill(shapes.placed(shapes.polygon((0, -24), (24, 18), (-24, 18)), at, angle), tone)
            elif kind == 2:
                canvas.fill(shapes.fan(at, 24, 0, 2 * math.pi, 14, 33), tone)
            else:
                canvas.fill(shapes.placed(shapes.polygon((-20, -7), (20, -7), (20, 7), (-20, 7)), at, angle), tone)


def stripes(canvas: Canvas, palette: Palette, dice: random.Random) -> None:
    """Parlour wallpaper with a framed oval."""
    for k in range(10):
        canvas.fill(shapes.box(k * 60.0, 0, k * 60.0 + 30, HORIZON + 20), faded(palette.motif, 0.8))
    for x, y in ((116.0, 320.0), (424.0, 320.0)):
        canvas.fill(shapes.ellipse((x, y), 62, 80), palette.trim)
        canvas.fill(shapes.ellipse((x, y), 52, 70), palette.wall)
        canvas.fill(shapes.circle((x, y - 14), 22), faded(palette.glow, 0.8))
        canvas.fill(shapes.pie((x, y + 52), 40, math.pi, 2 * math.pi), faded(palette.glow, 0.8))
    canvas.fill(shapes.box(0, HORIZON - 70, WIDTH, HORIZON - 56), palette.trim)
    canvas.fill(shapes.box(0, HORIZON - 56, WIDTH, HORIZON + 20), palette.motif)


def jungle(canvas: Canvas, palette: Palette, dice: random.Random) -> None:
    """Big leaves from both sides."""
    canvas.fill(shapes.circle((_MIDDLE, 350), 150, 60), faded(palette.trim, 0.55))
    for side in (-1, 1):
        for k in range(13):
            root = (_MIDDLE + side * dice.uniform(215, 300), 130.0 + k * 52)
            length, angle = dice.uniform(130, 210), math.pi * (side > 0) + dice.uniform(-0.75, 0.75)
            leaf = shapes.blob(shapes.polygon((0, 0), (length * 0.4, -34), (length, 0), (length * 0.4, 34)), 8)
            tone = mixed(palette.motif, palette.wall if k % 2 else palette.glow, dice.uniform(0, 0.6))
            canvas.fill(shapes.placed(leaf, root, angle), tone)
            vein = shapes.ribbon(shapes.polygon((0, 0), (length * 0.85, 0)), 5, 1)
            canvas.fill(shapes.placed(vein, root, angle), faded(palette.wall, 0.5))


MOTIFS: dict[str, Motif] = {
    motif.__name__: motif
    for motif in (sunburst, dots, scales, stars, skyline, harlequin, waves, tent, clouds, confetti, stripes, jungle)
}
