"""The ladder: which renditions a clip gets, and how large."""

import dataclasses
import enum
import hashlib

LADDER = ((360, 27, 700), (540, 26, 1500), (720, 25, 2800))  # short edge, CRF, most kbit/s
FULL_HD = (1080, 25, 5000)  # the same; of clips that are watched, see `revue.media.enrich`
AV1_CRFS = (38, 48)  # tried in this order until one is worth its place: better pictures, then fewer bytes
AV1_PRESET = 8  # of SVT-AV1; from 10 on it lost to x264 on textured clips
RECIPE = 1  # one more whenever clips made from now on differ from older ones in a way that the ladder does not show
MAX_FPS = 60
KEYFRAME_SECONDS = 2
FIRST_EDGE = 540  # the first rendition is the largest up to this
SMALL_HOST_CORES = 4


class Codec(enum.StrEnum):
    """How a rendition's pictures are encoded."""

    H264 = "h264"
    AV1 = "av1"


@dataclasses.dataclass(frozen=True)
class Rung:
    """One rendition to make; sizes in pixels, both even."""

    name: str
    width: int
    height: int
    crf: int
    max_kbit: int
    codec: Codec = Codec.H264


def preset(cores: int) -> str:
    """x264's preset for a machine: on a small one, being watchable soon is worth a few more bits."""
    return "veryfast" if cores <= SMALL_HOST_CORES else "fast"


def first(ladder: list[Rung]) -> Rung:
    """The rendition that is made and published before all others."""
    return next((rung for rung in reversed(ladder) if int(rung.name) <= FIRST_EDGE), ladder[0])


def early(ladder: list[Rung]) -> Rung:
    """The rendition that is made while an upload comes: it has to keep pace with the line."""
    return ladder[0]


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


def full_hd(width: int, height: int) -> Rung | None:
    """The rendition above the ladder; None where the source is smaller."""
    return _rung(width, height, *FULL_HD) if min(width, height) >= FULL_HD[0] else None


def av1(name: str, width: int, height: int) -> Rung:
    """What a rendition of the ladder is in AV1."""
    rate = next((rate for edge, _, rate in LADDER if edge >= min(width, height)), LADDER[-1][2])
    return Rung(av1_name(name), width, height, AV1_CRFS[0], rate, Codec.AV1)


def av1_name(name: str) -> str:
    """The name of a rendition in AV1, by that of the same size in H.264."""
    return f"{name}-av1"


def recipe(version: str) -> str:
    """What tells clips made one way from clips made another way: ffmpeg's version and what we ask of it."""
    asked = hashlib.sha256(repr((RECIPE, LADDER, MAX_FPS, KEYFRAME_SECONDS)).encode()).hexdigest()[:8]
    return f"{version[:50]} {asked}"


def _rung(width: int, height: int, edge: int, crf: int, rate: int) -> Rung:
    scale = edge / min(width, height)
    return Rung(str(edge), _even(width * scale), _even(height * scale), crf, rate)


def _even(pixels: float) -> int:
    return max(2, round(pixels / 2) * 2)
