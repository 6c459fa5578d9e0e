"""A few raw pixels → the placeholder that is painted until the poster is there."""

import base64
import pathlib

from revue.media.ffmpeg import thumbhash


def placeholder(pixels: pathlib.Path, width: int, height: int) -> str:
    """The thumbhash in base64 of a file of `width * height` red, green, blue bytes; empty when it is not whole."""
    if not pixels.exists():
        return ""
    data = pixels.read_bytes()
    if len(data) != width * height * 3:
        return ""
    return base64.b64encode(thumbhash.encode(width, height, data)).decode()
