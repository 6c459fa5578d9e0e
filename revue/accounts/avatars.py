"""An uploaded picture made into avatars: upright, square, small, and without anything else that was in the file."""

import dataclasses
import hashlib
import io
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps

from revue.accounts.errors import BadImage

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
SIZES = (512, 96)  # pixels of the edge, largest first
_QUALITY = 84
_SIGNS = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF"}
_WEBP_MARK = slice(8, 12)  # where a RIFF file says that it holds WebP


@dataclasses.dataclass(frozen=True, slots=True)
class Avatar:
    """WebP files by the pixels of their edge, and a name made of their content."""

    name: str
    files: dict[int, bytes]


def make(image: BinaryIO) -> Avatar:
    """Avatars of a JPEG, PNG or WebP file.

    Raises:
        BadImage: another format, broken, empty, too many bytes or pixels.
    """
    data = image.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadImage
    square = _square(data, _format(data))
    files = {size: _webp(square, size) for size in SIZES}
    return Avatar(hashlib.sha256(files[SIZES[0]]).hexdigest()[:20], files)


def _format(data: bytes) -> str:
    """The format by the file's first bytes; its name and what the browser says of it count for nothing."""
    for name, sign in _SIGNS.items():
        if data.startswith(sign) and (name != "WEBP" or data[_WEBP_MARK] == b"WEBP"):
            return name
    raise BadImage


def _square(data: bytes, format_name: str) -> Image.Image:
    """The picture upright, in sRGB, cropped to its middle square of the largest size."""
    edge = SIZES[0]
    try:
        with Image.open(io.BytesIO(data), formats=[format_name]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise BadImage
            picture.draft("RGB", (edge * 2, edge * 2))  # a large JPEG is decoded at a fraction of its size
            upright = ImageOps.exif_transpose(picture)
            square = ImageOps.fit(_in_colour(upright), (edge, edge), Image.Resampling.LANCZOS)
            return _in_srgb(square, picture.info.get("icc_profile"))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadImage from error


def _in_colour(picture: Image.Image) -> Image.Image:
    """The picture in RGB, with its transparency if it has any."""
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    return picture if picture.mode == mode else picture.convert(mode)


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture's colours as browsers take them when no profile is told."""
    if not profile:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB")) or picture
    except (ImageCms.PyCMSError, OSError):
        return picture  # a broken profile, or one for other channels: the numbers are all there is


def _webp(square: Image.Image, size: int) -> bytes:
    small = square if square.width == size else square.resize((size, size), Image.Resampling.LANCZOS)
    clean = Image.frombytes(small.mode, small.size, small.tobytes())  # pixels only: no EXIF, no profile, no comments
    buffer = io.BytesIO()
    clean.save(buffer, "WEBP", quality=_QUALITY, method=4)
    return buffer.getvalue()
