"""Words in pictures: set once with Pillow's own typeface, then stamped onto frames."""

import dataclasses
import functools

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

Mask = npt.NDArray[np.float32]  # how much ink each pixel holds, 0-1


@dataclasses.dataclass(frozen=True, slots=True)
class Word:
    """A word of a set text: its ink and its left top corner within the text's box."""

    text: str
    mask: Mask
    x: int
    y: int


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """A text set in centred lines."""

    words: tuple[Word, ...]
    width: int
    height: int


@functools.cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _ink(text: str, size: int, weight: float) -> Mask:
    """The mask of one word; `weight` pixels thicken the typeface's only weight."""
    box = _font(size).getbbox(text)
    image = Image.new("L", (int(box[2]) + 8, round(size * 1.36)))
    draw = ImageDraw.Draw(image)
    draw.text((4, round(size * 0.08)), text, font=_font(size), fill=255, stroke_width=weight, stroke_fill=255)
    return np.asarray(image, dtype=np.float32) / np.float32(255)


def set_text(text: str, size: int, width: int, weight: float = 0.7) -> Block:
    """Break `text` into centred lines of about equal length, none wider than `width` pixels."""
    space = size * 0.26
    widths = [_ink(word, size, weight).shape[1] - 8 for word in text.split()]
    lines = _lines(text.split(), widths, space, width)
    leading, placed = round(size * 1.22), []
    widest = max(sum(w for _, w in line) + space * (len(line) - 1) for line in lines)
    for row, line in enumerate(lines):
        length = sum(w for _, w in line) + space * (len(line) - 1)
        x = (widest - length) / 2
        for word, wide in line:
            placed.append(Word(word, _ink(word, size, weight), round(x) - 4, row * leading))
            x += wide + space
    return Block(tuple(placed), round(widest), leading * len(lines))


def _lines(words: list[str], widths: list[int], space: float, width: float) -> list[list[tuple[str, int]]]:
    """Lines of equal length rather than full ones with a lonely word at the end."""
    total = sum(widths) + space * (len(words) - 1)
    target = total / max(1, -(-total // width)) + max(widths) * 0.45
    lines: list[list[tuple[str, int]]] = [[]]
    used = 0.0
    for word, wide in zip(words, widths, strict=True):
        if lines[-1] and used + wide > min(width, target):
            lines.append([])
            used = 0.0
        lines[-1].append((word, wide))
        used += wide + space
    return lines
