"""ThumbHash: a picture of at most 25 bytes, painted as placeholder until the poster is there.

The format is Evan Wallace's ThumbHash; this encoder is written from its description and handles
opaque pictures, which is what films are made of.
"""

import math

_LONGEST_EDGE = 100
_MOST_WAVES = 7


def encode(width: int, height: int, rgb: bytes) -> bytes:
    """The hash of a small opaque picture.

    Args:
        width: pixels, at most 100.
        height: pixels, at most 100.
        rgb: `width * height * 3` bytes, row by row.

    Raises:
        ValueError: the picture is too large, or the bytes do not fit it.
    """
    if max(width, height) > _LONGEST_EDGE or len(rgb) != width * height * 3:
        raise ValueError(f"{len(rgb)} bytes are no picture of {width} x {height}")
    count = width * height
    red, green, blue = ([rgb[i * 3 + c] / 255 for i in range(count)] for c in range(3))
    light = [(r + g + b) / 3 for r, g, b in zip(red, green, blue, strict=True)]
    yellow = [(r + g) / 2 - b for r, g, b in zip(red, green, blue, strict=True)]
    magenta = [r - g for r, g in zip(red, green, strict=True)]
    longer = max(width, height)
    across = max(1, round(_MOST_WAVES * width / longer))
    down = max(1, round(_MOST_WAVES * height / longer))
    l_dc, l_ac, l_scale = _waves(light, width, height, max(3, across), max(3, down))
    p_dc, p_ac, p_scale = _waves(yellow, width, height, 3, 3)
    q_dc, q_ac, q_scale = _waves(magenta, width, height, 3, 3)
    is_landscape = width > height
    head = (
        _round(63 * l_dc)
        | _round(31.5 + 31.5 * p_dc) << 6
        | _round(31.5 + 31.5 * q_dc) << 12
        | _round(31 * l_scale) << 18
    )
    shape = (down if is_landscape else across) | _round(63 * p_scale) << 3 | _round(63 * q_scale) << 9
    shape |= int(is_landscape) << 15
    return head.to_bytes(3, "little") + shape.to_bytes(2, "little") + _nibbles([*l_ac, *p_ac, *q_ac])


def _waves(channel: list[float], width: int, height: int, across: int, down: int) -> tuple[float, list[float], float]:
    """The mean, the other cosine amplitudes scaled into 0…1, and their scale."""
    mean, rest, scale = 0.0, [], 0.0
    for v in range(down):
        column = [math.cos(math.pi / height * v * (y + 0.5)) for y in range(height)]
        for u in range(across):
            if u * down >= across * (down - v):
                continue
            row = [math.cos(math.pi / width * u * (x + 0.5)) for x in range(width)]
            total = sum(
                column[y] * sum(value * wave for value, wave in zip(channel[y * width :], row, strict=False))
                for y in range(height)
            ) / (width * height)
            if u or v:
                rest.append(total)
                scale = max(scale, abs(total))
            else:
                mean = total
    return mean, [0.5 + 0.5 / scale * value for value in rest] if scale else [0.0 for _ in rest], scale


def _nibbles(values: list[float]) -> bytes:
    packed = bytearray((len(values) + 1) // 2)
    for index, value in enumerate(values):
        packed[index >> 1] |= _round(15 * value) << ((index & 1) << 2)
    return bytes(packed)


def _round(value: float) -> int:
    return math.floor(value + 0.5)
