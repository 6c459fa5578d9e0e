"""Which of some pictures to show for a clip: sharp, neither black nor white, with something in it.

Sharpness is the variance of the Laplacian (Pech-Pacheco and others, 2000), of luma, in pure Python: the pictures
are small and few.
"""

import array
import math

_DARK, _BRIGHT = 32, 224  # a mean beyond these is a fade or a flash
_EDGE_SHARE = 0.06  # of the clip at each end, where fades and hands at the camera are


def best(greys: bytes, width: int, height: int) -> int:
    """The number of the picture that shows a clip best.

    Args:
        greys: pictures of `width` x `height` bytes of luma, one after the other, in the order of the clip.

    Raises:
        ValueError: there is not one whole picture.
    """
    size = width * height
    count = len(greys) // size
    if count == 0:
        raise ValueError("no whole picture")
    margin = math.ceil(count * _EDGE_SHARE) if count > 2 else 0  # noqa: PLR2004 - of one or two, take any
    scores = [score(greys[n * size : (n + 1) * size], width) for n in range(count)]
    middle = range(margin, count - margin) or range(count)
    return max(middle, key=lambda n: (scores[n], -n))


def score(grey: bytes, width: int) -> float:
    """How well a picture shows something: its sharpness, less where it is nearly black or white."""
    mean = sum(grey) / len(grey)
    light = 1.0 if _DARK <= mean <= _BRIGHT else 0.1
    return light * _laplacian_variance(grey, width)


def _laplacian_variance(grey: bytes, width: int) -> float:
    """The variance of 4p - left - right - above - below over the inner pixels; every second row is enough."""
    values = array.array("i")
    for row in range(width, len(grey) - width, 2 * width):
        here, above, below = grey[row : row + width], grey[row - width : row], grey[row + width : row + 2 * width]
        values.extend(4 * here[x] - here[x - 1] - here[x + 1] - above[x] - below[x] for x in range(1, width - 1))
    if not values:
        return 0.0
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / len(values)
