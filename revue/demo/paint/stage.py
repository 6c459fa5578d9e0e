"""The stage of one clip: backdrop, floor, curtains and light, painted once and lit in steps."""

import dataclasses
import functools
import itertools
import math
import random

import numpy as np
import numpy.typing as npt
from PIL import Image

from revue.demo.paint import shapes
from revue.demo.paint.canvas import HEIGHT, WIDE, WIDTH, Camera, Canvas, Colour, faded, mixed
from revue.demo.paint.motifs import HORIZON, MOTIFS
from revue.demo.paint.palettes import PALETTES, Palette

LIGHT_STEPS = 4  # how many brightnesses the pulse on the beat has
GROUND = 820.0  # where feet stand
_Plane = npt.NDArray[np.float32]


@dataclasses.dataclass(frozen=True, slots=True)
class Set:
    """What a stage looks like: names of a palette, a motif, a floor and a frame, and a seed for the rest."""

    palette: str
    motif: str
    floor: str = "planks"  # planks, checks, gloss
    frame: str = "drapes"  # drapes, arch, open
    seed: int = 0


@functools.cache
def _grid() -> tuple[_Plane, _Plane]:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    return x, y


def _pool(x: float, y: float, rx: float, ry: float, power: float = 2.0) -> _Plane:
    """How bright a soft oval of light is at each pixel, 0-1."""
    across, down = _grid()
    distance = ((across - x) / rx) ** 2 + ((down - y) / ry) ** 2
    return np.exp(-(distance ** (power / 2))).astype(np.float32)


def _blend(picture: _Plane, colour: Colour, share: _Plane) -> _Plane:
    tone = np.array(colour[:3], np.float32)
    blended: _Plane = picture + (tone - picture) * share[..., None]
    return blended


class Stage:
    """A painted stage that can be seen through any camera at each step of light."""

    def __init__(self, look: Set) -> None:
        self.palette = PALETTES[look.palette]
        self._look = look
        self._dice = random.Random(look.seed)
        self._views: dict[tuple[Camera, int], bytes] = {}

    def view(self, camera: Camera, step: int) -> bytes:
        """The background's bytes through `camera` at light `step` (0 … LIGHT_STEPS - 1)."""
        key = (camera, step)
        if key not in self._views:
            self._views[key] = self._expose(camera, step)
        return self._views[key]

    def _expose(self, camera: Camera, step: int) -> bytes:
        (dark, lit), share = self._painted, step / (LIGHT_STEPS - 1)
        frame = Image.fromarray((dark + (lit - dark) * share).astype(np.uint8))
        if camera == WIDE:
            return frame.tobytes()
        half_w, half_h = WIDTH / 2 / camera.zoom, HEIGHT / 2 / camera.zoom
        x = min(max(camera.x, half_w), WIDTH - half_w)
        y = min(max(camera.y, half_h), HEIGHT - half_h)
        box = (x - half_w, y - half_h, x + half_w, y + half_h)
        return frame.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC, box=box).tobytes()

    @functools.cached_property
    def _painted(self) -> tuple[_Plane, _Plane]:
        """The stage with lamps down and with lamps up."""
        canvas = Canvas()
        canvas.start(self._wall().astype(np.uint8).tobytes())
        MOTIFS[self._look.motif](canvas, self.palette, self._dice)
        _FLOORS[self._look.floor](canvas, self.palette)
        back = canvas.pixels().astype(np.float32)
        canvas.start(self._shade(back).astype(np.uint8).tobytes())
        _FRAMES[self._look.frame](canvas, self.palette)
        _footlights(canvas, self.palette)
        dark = canvas.pixels().astype(np.float32)
        return dark * 0.93, np.clip(self._light(dark), 0, 255)

    def _wall(self) -> _Plane:
        flat = np.broadcast_to(np.array(self.palette.wall[:3], np.float32), (HEIGHT, WIDTH, 3))
        return _blend(flat.copy(), self.palette.glow, _pool(WIDTH / 2, 430, 330, 430) * 0.95)

    def _shade(self, picture: _Plane) -> _Plane:
        """The spot from above, its pool on the floor, and darkness at the edges."""
        across, down = _grid()
        cone = np.clip(1 - np.abs(across - WIDTH / 2) / (70 + down * 0.24), 0, 1) ** 0.8
        picture = _blend(picture, self.palette.wall, (1 - _pool(WIDTH / 2, 500, 330, 560, 4)) * 0.55)
        picture = _blend(picture, self.palette.light, cone * np.clip(1 - down / 1250, 0, 1) * 0.2)
        picture = _blend(picture, self.palette.light, _pool(WIDTH / 2, 470, 190, 300) * 0.22)
        return _blend(picture, self.palette.light, _pool(WIDTH / 2, GROUND + 6, 205, 42, 6) * 0.5)

    def _light(self, dark: _Plane) -> _Plane:
        """The same with all lamps up."""
        lit = dark * 1.04
        lit = _blend(lit, self.palette.light, _pool(WIDTH / 2, 470, 300, 420) * 0.16)
        return _blend(lit, self.palette.trim, _pool(WIDTH / 2, HEIGHT, 420, 130) * 0.42)


def _planks(canvas: Canvas, palette: Palette) -> None:
    _ground(canvas, palette)
    for k in range(-7, 8):
        left, right = WIDTH / 2 + k * 46, WIDTH / 2 + k * 46 + 3
        wide = 2.3
        far = shapes.polygon((left, HORIZON), (right, HORIZON), *_near(left, right, wide))
        canvas.fill(far, faded(palette.ink, 0.35))
    canvas.fill(shapes.box(0, HORIZON, WIDTH, HORIZON + 7), faded(palette.ink, 0.45))


def _near(left: float, right: float, wide: float) -> tuple[tuple[float, float], tuple[float, float]]:
    middle = WIDTH / 2
    return (middle + (right - middle) * wide, HEIGHT), (middle + (left - middle) * wide, HEIGHT)


def _checks(canvas: Canvas, palette: Palette) -> None:
    _ground(canvas, palette)
    rows = [HORIZON + 254 * (k / 6) ** 1.55 for k in range(7)]
    for row, (top, bottom) in enumerate(itertools.pairwise(rows)):
        near, far = 1 + (bottom - HORIZON) / 150, 1 + (top - HORIZON) / 150
        for column in range(-6, 6):
            if (row + column) % 2 == 0:
                x = column * 62.0
                corners = ((x * far, top), ((x + 62) * far, top), ((x + 62) * near, bottom), (x * near, bottom))
                tile = shapes.polygon(*((WIDTH / 2 + a, b) for a, b in corners))
                canvas.fill(tile, faded(palette.light, 0.26))
    canvas.fill(shapes.box(0, HORIZON, WIDTH, HORIZON + 7), faded(palette.ink, 0.45))


def _gloss(canvas: Canvas, palette: Palette) -> None:
    _ground(canvas, palette)
    for k in range(9):
        y = HORIZON + 12 + k * k * 3.3
        canvas.fill(shapes.ellipse((WIDTH / 2, y), 300 - k * 14, 2.0 + k * 0.5), faded(palette.glow, 0.28))


def _ground(canvas: Canvas, palette: Palette) -> None:
    for k in range(26):
        top = HORIZON + k * 10
        tone = mixed(mixed(palette.floor, palette.glow, 0.30), palette.floor, k / 25)
        canvas.fill(shapes.box(0, top, WIDTH, top + 11), tone)


_FLOORS = {"planks": _planks, "checks": _checks, "gloss": _gloss}


def _drape(canvas: Canvas, palette: Palette, side: int) -> None:
    """A side curtain, gathered by a cord at two thirds of its height."""
    edge = 0.0 if side < 0 else float(WIDTH)
    folds = 7
    for k in range(folds, 0, -1):
        y = np.linspace(0, HEIGHT, 40)
        hang = 92 - 38 * np.exp(-(((y - 600) / 130) ** 2)) + 22 * np.clip((y - 640) / 320, 0, 1)
        x = hang * k / folds + 4 * np.sin(y / 60 + k)
        tone = mixed(palette.curtain, palette.ink, 0.42 if k % 2 else 0.0)
        if k % 2 == 0:
            tone = mixed(tone, palette.light, 0.05 + 0.02 * k)
        line = np.stack([edge - side * x, y], axis=1)
        canvas.fill(np.concatenate([line, shapes.polygon((edge, HEIGHT), (edge, 0))]), tone)
    cord = shapes.bend((edge, 592), (edge - side * 30, 612), (edge - side * 58, 600), 10)
    canvas.fill(shapes.ribbon(cord, 12), palette.trim)
    tassel = shapes.polygon((-9, 0), (9, 0), (13, 46), (-13, 46))
    canvas.fill(shapes.placed(tassel, (edge - side * 40, 612)), mixed(palette.trim, palette.ink, 0.12))


def _valance(canvas: Canvas, palette: Palette) -> None:
    """The short curtain along the top: swags with a fringe."""
    canvas.fill(shapes.box(0, 0, WIDTH, 66), mixed(palette.curtain, palette.ink, 0.25))
    for k in range(5):
        middle = 54.0 + k * 108
        for depth, tone in ((1.0, palette.trim), (0.9, palette.curtain)):
            line = shapes.bend((middle - 64, 50), (middle, 50 + 74 * depth), (middle + 64, 50), 18)
            canvas.fill(np.concatenate([line, shapes.polygon((middle + 64, -8), (middle - 64, -8))]), tone)
        for j in range(1, 4):
            fold = shapes.bend((middle - 60, 10 + j * 4.0), (middle, 12 + j * 26.0), (middle + 60, 10 + j * 4.0), 14)
            canvas.fill(shapes.ribbon(fold, 4), faded(palette.ink, 0.28))
    canvas.fill(shapes.box(0, 0, WIDTH, 16), mixed(palette.trim, palette.ink, 0.1))


def _drapes(canvas: Canvas, palette: Palette) -> None:
    _drape(canvas, palette, -1)
    _drape(canvas, palette, 1)
    _valance(canvas, palette)


def _arch(canvas: Canvas, palette: Palette) -> None:
    """A proscenium arch with bulbs."""
    for inset, tone in ((0.0, palette.curtain), (13.0, mixed(palette.curtain, palette.ink, 0.5))):
        top, side = 74 - inset, 46 - inset
        inner = shapes.fan((WIDTH / 2, top + 250), 270 - side, math.pi, 2 * math.pi, 0, 40)[:40]
        inner[:, 1] = top + 250 + (inner[:, 1] - top - 250) * 0.93
        left = shapes.polygon((-1, HEIGHT), (-1, -1), (WIDTH / 2, -1), (WIDTH / 2, float(inner[20, 1])))
        canvas.fill(np.concatenate([left, inner[:20][::-1], shapes.polygon((side, HEIGHT))]), tone)
        right = left.copy()
        right[:, 0] = WIDTH - right[:, 0]
        mirror = inner[:20][::-1].copy()
        mirror[:, 0] = WIDTH - mirror[:, 0]
        canvas.fill(np.concatenate([right, mirror, shapes.polygon((WIDTH - side, HEIGHT))]), tone)
    for x, y in bulbs():
        canvas.fill(shapes.circle((x, y), 12), faded(palette.trim, 0.25))
        canvas.fill(shapes.circle((x, y), 6.5), palette.trim)
        canvas.fill(shapes.circle((x - 1.5, y - 2), 2.5), palette.light)


def bulbs() -> list[tuple[float, float]]:
    """Where the arch's bulbs sit."""
    sides = [(x, float(y)) for y in range(360, HEIGHT - 40, 58) for x in (17.0, WIDTH - 17.0)]
    angles = np.linspace(math.pi, 2 * math.pi, 17)
    return sides + [(WIDTH / 2 + 250 * math.cos(a), 310 + 242 * math.sin(a)) for a in angles]


def _open(canvas: Canvas, palette: Palette) -> None:
    """No curtains: only a row of lamps above."""
    canvas.fill(shapes.box(0, 0, WIDTH, 30), palette.ink)
    for k in range(5):
        x = 62.0 + k * 104
        canvas.fill(shapes.box(x - 3, 24, x + 3, 48), palette.ink)
        canvas.fill(
            shapes.polygon((x - 17, 44), (x + 17, 44), (x + 27, 92), (x - 27, 92)),
            mixed(palette.ink, palette.wall, 0.35),
        )
        canvas.fill(shapes.ellipse((x, 92), 27, 8), palette.light)
        beam = shapes.polygon((x - 24, 94), (x + 24, 94), (x + 110, 640), (x - 110, 640))
        canvas.fill(beam, faded(palette.light, 0.05))


_FRAMES = {"drapes": _drapes, "arch": _arch, "open": _open}


def _footlights(canvas: Canvas, palette: Palette) -> None:
    """Shell lamps along the front edge."""
    canvas.fill(shapes.box(0, HEIGHT - 26, WIDTH, HEIGHT), mixed(palette.ink, palette.curtain, 0.3))
    for k in range(7):
        x = 30.0 + k * 80
        canvas.fill(shapes.circle((x, HEIGHT - 26), 40), faded(palette.trim, 0.16))
        canvas.fill(shapes.pie((x, HEIGHT - 14), 28, math.pi, 2 * math.pi), palette.trim)
        for j in range(1, 6):
            angle = math.pi + j * math.pi / 6
            tip = (x + 26 * math.cos(angle), HEIGHT - 14 + 26 * math.sin(angle))
            canvas.fill(shapes.ribbon(shapes.polygon((x, HEIGHT - 14), tip), 2), faded(palette.ink, 0.3))
    canvas.fill(shapes.box(0, HEIGHT - 14, WIDTH, HEIGHT), palette.ink)
