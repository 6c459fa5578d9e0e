"""The ladder: which renditions a clip gets, and how large."""

import dataclasses

LADDER = ((360, 27, 700), (540, 26, 1500), (720, 25, 2800))  # short edge, CRF, most kbit/s
MAX_FPS = 60
KEYFRAME_SECONDS = 2
FIRST_EDGE = 540  # the first rendition is the largest up to this
SMALL_HOST_CORES = 4


@dataclasses.dataclass(frozen=True)
class Rung:
    """One rendition to make; sizes in pixels, both even."""

    name: str
    width: int
    height: int
    crf: int
    max_kbit: int


def preset(cores: int) -> str:
    """x264's preset for a machine: on a small one, being watchable soon is worth a few more bits."""
    return "veryfast" if cores <= SMALL_HOST_CORES else "fast"


def first(ladder: list[Rung]) -> Rung:
    """The rendition that is made and published before all others."""
    return next((rung for rung in reversed(ladder) if int(rung.name) <= FIRST_EDGE), ladder[0])


def rungs(width: int, height: int) -> list[Rung]:
    """The renditions of a source, smallest first; never larger than it, at least one.

    Args:
        width: as shown, after rotation and pixel aspect.
        height: as shown.
    """
    short = min(width, height)
    made = [_rung(width, height, edge, crf, rate) for edge, crf, rate in LADDER if edge <= short]
    reached = int(made[-1].name) if made else 0
    between = next(((edge, crf, rate) for edge, crf, rate in LADDER if edge > short), None)
    if between is not None and short > reached * 1.1:  # a source between two rungs is its own top
        made.append(_rung(width, height, short - short % 2 or 2, between[1], between[2]))
    return made


def _rung(width: int, height: int, edge: int, crf: int, rate: int) -> Rung:
    scale = edge / min(width, height)
    return Rung(str(edge), _even(width * scale), _even(height * scale), crf, rate)


def _even(pixels: float) -> int:
    return max(2, round(pixels / 2) * 2)
