"""Photos of every kind that phones and screens make, drawn when a test asks for them."""

import pathlib
import struct
import subprocess
from collections.abc import Iterator

from PIL import Image, ImageDraw

from revue.media.ffmpeg.finder import find_ffmpeg
from tests.media import films

CANARY = "canary-7f3a"
RED, BLUE, GREEN = (255, 0, 0), (0, 0, 255), (0, 160, 0)
_TILE = 512


def drawn(size: tuple[int, int] = (400, 600), colour: tuple[int, int, int] = BLUE) -> Image.Image:
    """A plain picture whose top left quarter is red."""
    image = Image.new("RGB", size, colour)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2 - 1, size[1] // 2 - 1), fill=RED)
    return image


def still(path: pathlib.Path, size: tuple[int, int] = (400, 600), colour: tuple[int, int, int] = BLUE) -> pathlib.Path:
    """Such a picture as a file of the kind that its name says."""
    drawn(size, colour).save(path)
    return path


def from_a_phone(path: pathlib.Path) -> pathlib.Path:
    """A portrait that lies on its side with a word about it, and tells where, when and on what it was taken."""
    image = drawn().rotate(90, expand=True)
    exif = image.getexif()
    exif[0x0112] = 6  # "turn me by 90 degrees"
    exif[0x010F] = exif[0x0110] = exif[0x010E] = CANARY
    exif.get_ifd(0x8825)[29] = CANARY
    image.save(path, exif=exif)
    return path


def tiled_heic(path: pathlib.Path, *, size: tuple[int, int] = (1000, 800)) -> pathlib.Path:
    """What phones write: HEVC tiles under a grid that is turned by a quarter."""
    canvas = Image.new("RGB", (2 * _TILE, 2 * _TILE))
    canvas.paste(drawn(size).rotate(0), (0, 0))
    for number in range(4):
        left, top = number % 2 * _TILE, number // 2 * _TILE
        canvas.crop((left, top, left + _TILE, top + _TILE)).save(path.with_name(f"tile-{number}.png"))
    film = path.with_name("tiles.mp4")
    words = ["-c:v", "libx265", "-x265-params", "log-level=none:keyint=1", "-pix_fmt", "yuv420p", "-tag:v", "hvc1"]
    films.ffmpeg("-i", path.with_name("tile-%d.png"), *words, film)
    path.write_bytes(_heic(film.read_bytes(), size))
    return path


def _heic(film: bytes, size: tuple[int, int]) -> bytes:
    table = _inside(film, b"moov", b"trak", b"mdia", b"minf", b"stbl")
    config = _inside(_inside(table, b"stsd")[8 + 8 + 78 :], b"hvcC")
    sizes = struct.unpack_from(">4I", _inside(table, b"stsz"), 12)
    begin = struct.unpack_from(">I", _inside(table, b"stco"), 8)[0]
    brand = _box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    at = len(brand) + len(_meta(config, sizes, 0, size)) + 8
    return brand + _meta(config, sizes, at, size) + _box(b"mdat", film[begin : begin + sum(sizes)])


def _meta(config: bytes, sizes: tuple[int, ...], at: int, size: tuple[int, int]) -> bytes:
    """The box that says: items 1 to 4 are tiles, item 5 is the picture they make, turned by 270 degrees."""
    grid = struct.pack(">4B2H", 0, 0, 1, 1, *size)
    items = [_full(b"infe", 2, number < 5, struct.pack(">2H", number, 0), kind, b"\0") for number, kind in _items()]
    places = [struct.pack(">4H2I", n, 0, 0, 1, at + sum(sizes[: n - 1]), sizes[n - 1]) for n in range(1, 5)]
    places.append(struct.pack(">4H2I", 5, 1, 0, 1, 0, len(grid)))
    properties = _box(
        b"ipco",
        _box(b"hvcC", config),
        _full(b"ispe", 0, 0, struct.pack(">2I", _TILE, _TILE)),
        _full(b"ispe", 0, 0, struct.pack(">2I", *size)),
        _box(b"irot", b"\3"),
    )
    owned = [struct.pack(">H3B", n, 2, 0x81, 2) for n in range(1, 5)] + [struct.pack(">H3B", 5, 2, 3, 0x84)]
    return _full(
        b"meta",
        0,
        0,
        _full(b"hdlr", 0, 0, bytes(4), b"pict", bytes(13)),
        _full(b"pitm", 0, 0, b"\0\5"),
        _full(b"iloc", 1, 0, struct.pack(">2BH", 0x44, 0, 5), *places),
        _full(b"iinf", 0, 0, struct.pack(">H", 5), *items),
        _full(b"iref", 0, 0, _box(b"dimg", struct.pack(">6H", 5, 4, 1, 2, 3, 4))),
        _box(b"iprp", properties, _full(b"ipma", 0, 0, struct.pack(">I", 5), *owned)),
        _box(b"idat", grid),
    )


def _items() -> Iterator[tuple[int, bytes]]:
    yield from ((number, b"hvc1") for number in range(1, 5))
    yield 5, b"grid"


def _box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + name + body


def _full(name: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    return _box(name, struct.pack(">I", version << 24 | flags), *parts)


def _inside(data: bytes, *path: bytes) -> bytes:
    """The body of a box within boxes."""
    at = 0
    while at + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        if name == path[0]:
            body = data[at + 8 : at + size]
            return body if len(path) == 1 else _inside(body, *path[1:])
        at += size
    raise ValueError(f"There is no box {path!r}.")


def colour_at(path: pathlib.Path, second: float, x: float, y: float) -> tuple[int, int, int]:
    """The colour of a film at a moment, at a share of its width and height."""
    words = ["-v", "error", "-ss", str(second), "-i", path, "-frames:v", "1"]
    crop = f"crop=2:2:iw*{x}:ih*{y},scale=1:1,format=rgb24"
    run = subprocess.run(
        [find_ffmpeg().path, *words, "-vf", crop, "-f", "rawvideo", "-"], capture_output=True, check=True
    )
    return run.stdout[0], run.stdout[1], run.stdout[2]
