"""Draws the app's icons as PNG from its SVG, which has only rectangles and paths filled with one colour.

`python -m revue.web.icons` writes them to `frontend/public/icons`, where they are committed.
"""

import pathlib
import re
from xml.etree import ElementTree

import aggdraw
from PIL import Image

PUBLIC = pathlib.Path(__file__).resolve().parents[2] / "frontend" / "public"
SIZES = (192, 512)
_FINER = 4  # drawn so much larger and then made smaller: smooth edges
_SAFE = 0.8  # of a maskable icon's width, at least: a circle of that size is never cut off


def draw(source: pathlib.Path, size: int, *, is_maskable: bool) -> Image.Image:
    """The picture in `source` as `size` x `size` pixels; a maskable one fills the square and keeps to its middle."""
    root = ElementTree.parse(source).getroot()  # noqa: S314 -- a file of our own
    edge = size * _FINER
    whole = edge / float(root.attrib["viewBox"].split()[2])
    scale = whole * _SAFE if is_maskable else whole
    canvas = Image.new("RGBA", (edge, edge))
    pen = aggdraw.Draw(canvas)
    for shape in root:
        brush = aggdraw.Brush(shape.attrib["fill"])
        if shape.tag.endswith("rect"):  # the ground: it reaches every edge
            radius = 0 if is_maskable else float(shape.attrib["rx"]) * whole
            pen.rounded_rectangle((0, 0, edge, edge), radius, None, brush)
            continue
        margin = (1 - scale / whole) * edge / 2
        pen.settransform((margin, margin))
        for outline in _outlines(shape.attrib["d"], scale):
            pen.symbol((0, 0), aggdraw.Symbol(outline), None, brush)
        pen.settransform()
    pen.flush()
    return canvas.resize((size, size), Image.Resampling.LANCZOS)


def _outlines(path: str, scale: float) -> list[str]:
    """Each closed part of a path, as large as it will be drawn: aggdraw bends curves before it scales them."""
    larger = re.sub(r"-?[\d.]+", lambda number: f" {float(number[0]) * scale:.3f}", path)
    return [f"M{part}" for part in larger.split("M") if part]


def main() -> None:
    """Write every icon that the manifest names."""
    for size in SIZES:
        for purpose in ("any", "maskable"):
            icon = draw(PUBLIC / "favicon.svg", size, is_maskable=purpose == "maskable")
            icon.save(PUBLIC / "icons" / f"{purpose}-{size}.png", optimize=True)


if __name__ == "__main__":
    main()
