"""A picture to draw on: flat antialiased shapes through a camera (aggdraw behind it, decision 0040)."""

import dataclasses
import functools

import aggdraw
import numpy as np
import numpy.typing as npt

from revue.demo.paint.shapes import Points

Colour = tuple[int, int, int] | tuple[int, int, int, int]  # red, green, blue and how opaque, 0-255
Pixels = npt.NDArray[np.uint8]  # shape (height, width, 3)

WIDTH, HEIGHT = 540, 960


@dataclasses.dataclass(frozen=True, slots=True)
class Camera:
    """What the lens sees: `zoom` times larger, with stage point (x, y) in the middle of the picture."""

    zoom: float = 1.0
    x: float = WIDTH / 2
    y: float = HEIGHT / 2

    @property
    def shift(self) -> tuple[float, float]:
        """What to add to a zoomed point."""
        return WIDTH / 2 - self.x * self.zoom, HEIGHT / 2 - self.y * self.zoom


WIDE = Camera()


@functools.lru_cache(maxsize=4096)
def _brush(colour: Colour) -> aggdraw.Brush:
    return aggdraw.Brush(colour[:3], colour[3] if len(colour) == 4 else 255)


class Canvas:
    """One reusable picture. `start` lays a finished background, `fill` paints over it."""

    def __init__(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.width, self.height = width, height
        self._draw = aggdraw.Draw("RGB", (width, height))
        self._zoom, self._shift = 1.0, (0.0, 0.0)
        self._stamps: list[tuple[npt.NDArray[np.float32], Colour, int, int]] = []

    def start(self, background: bytes, camera: Camera = WIDE) -> None:
        """Begin a frame on `background` (width x height x 3 bytes); later shapes go through `camera`."""
        self._draw.frombytes(background)
        self._zoom, self._shift = camera.zoom, camera.shift

    def look(self, camera: Camera) -> None:
        """Later shapes go through `camera`."""
        self._zoom, self._shift = camera.zoom, camera.shift

    def fill(self, points: Points, colour: Colour) -> None:
        """Paint the inside of an outline."""
        seen = points * self._zoom + self._shift
        self._draw.polygon(seen.ravel().tolist(), None, _brush(colour))

    def stamp(self, mask: npt.NDArray[np.float32], colour: Colour, x: float, y: float) -> None:
        """Print a mask (0-1) in a colour with its left top corner at picture pixel (x, y), over all shapes."""
        self._stamps.append((mask, colour, round(x), round(y)))

    def bytes(self) -> bytes:
        """The frame: rows of red, green, blue."""
        data: bytes = self._draw.tobytes()
        if not self._stamps:
            return data
        frame = np.frombuffer(bytearray(data), np.uint8).reshape(self.height, self.width, 3)
        for mask, colour, x, y in self._stamps:
            _print(frame, mask, colour, x, y)
        self._stamps.clear()
        return frame.tobytes()

    def pixels(self) -> Pixels:
        """The frame as an array of its own."""
        return np.frombuffer(self.bytes(), np.uint8).reshape(self.height, self.width, 3).copy()


def _print(frame: Pixels, mask: npt.NDArray[np.float32], colour: Colour, x: int, y: int) -> None:
    left, top = max(0, -x), max(0, -y)
    part = mask[top : max(0, frame.shape[0] - y), left : max(0, frame.shape[1] - x)]
    if part.size == 0:
        return
    spot = frame[y + top : y + top + part.shape[0], x + left : x + left + part.shape[1]]
    tone = np.array(colour[:3], np.float32)
    spot[:] = (spot + (tone - spot) * part[..., None]).astype(np.uint8)


def mixed(a: Colour, b: Colour, share: float) -> tuple[int, int, int]:
    """A colour between a (share 0) and b (share 1)."""
    red, green, blue = (round(p + (q - p) * share) for p, q in zip(a[:3], b[:3], strict=True))
    return red, green, blue


def faded(colour: Colour, opacity: float) -> tuple[int, int, int, int]:
    """The colour, as opaque as `opacity` (0-1) says."""
    return colour[0], colour[1], colour[2], max(0, min(255, round(opacity * 255)))


def rgb(code: int) -> tuple[int, int, int]:
    """A colour from 0xRRGGBB."""
    return code >> 16 & 255, code >> 8 & 255, code & 255
