"""Pictures for avatars, as cameras and programs make them."""

import io
from typing import Any

from PIL import Image

RED, GREEN, BLUE, GREY = (230, 20, 20), (20, 200, 20), (20, 20, 230), (128, 128, 128)


def quarters(width: int = 1200, height: int = 800) -> Image.Image:
    """Red, green / blue, grey."""
    made = Image.new("RGB", (width, height))
    half = (width // 2, height // 2)
    for place, colour in (((0, 0), RED), ((half[0], 0), GREEN), ((0, half[1]), BLUE), (half, GREY)):
        made.paste(colour, (*place, place[0] + half[0], place[1] + half[1]))
    return made


def picture(kind: str = "JPEG", made: Image.Image | None = None, **options: Any) -> io.BytesIO:
    """A file of the picture, open at its beginning."""
    buffer = io.BytesIO()
    (made or quarters()).save(buffer, kind, **options)
    buffer.seek(0)
    return buffer


def near(pixel: tuple[int, ...], colour: tuple[int, int, int]) -> bool:
    """Whether a pixel is a colour, as far as lossy files keep it."""
    return all(abs(a - b) < 40 for a, b in zip(pixel, colour, strict=False))
