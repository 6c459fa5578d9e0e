"""What is spent on clips because they are watched: the whole policy, and what is kept of it.

Every clip gets the ladder at once (`ffmpeg/plan.py`). Encoders that need more processor time for fewer bytes or more
pixels pay only where many people watch, so those wait for views. A small machine has the time: nothing here runs while
anybody waits for anything else.
"""

from collections.abc import Collection
from typing import Final

from django.conf import settings

from revue.media.ffmpeg import plan

AV1_EDGES: Final = (
    360,
    720,
)  # of renditions of the ladder, in pixels: smaller ones weigh nothing, larger ones cost most
LEAST_SMALLER: Final = 0.20  # an AV1 file is kept if it is smaller by this share
MOST_WORSE: Final = 1.0  # and scores at most so many points of VMAF less than H.264 of the same size
WATCHED_DAYS: Final = 2  # only what was played within so many days counts as watched
PRESET: Final = "fast"  # of x264, on any machine: nobody waits
MOST_ATTEMPTS: Final = 10  # runs for one rendition, those that were killed included
PAUSE_SECONDS: Final = 900  # before a second try; the third waits twice as long


def least_views() -> int | None:
    """From how many plays on something is to be made; None: nothing ever is."""
    wanted = [count for count in (settings.FULL_HD_AFTER_VIEWS, settings.AV1_AFTER_VIEWS) if count]
    return min(wanted) if wanted else None


def wishes(
    *, plays: int, width: int, height: int, duration_ms: int, ladder: Collection[str], has_av1: bool
) -> list[str]:
    """The names of renditions that a clip is to have beyond its ladder, in the order in which they are made.

    Args:
        plays: so far.
        width: of the source, as shown.
        height: of the source, as shown.
        duration_ms: its length.
        ladder: the names of the renditions it has.
        has_av1: whether this machine can make AV1 and tell whether it is good.
    """
    if not 0 < duration_ms <= settings.ENRICH_MAX_SECONDS * 1000:
        return []
    full_hd = plan.full_hd(width, height) if is_due(plays, settings.FULL_HD_AFTER_VIEWS) else None
    found = [full_hd.name] if full_hd else []
    if has_av1 and is_due(plays, settings.AV1_AFTER_VIEWS):
        edges = sorted((int(name) for name in ladder if AV1_EDGES[0] <= int(name) <= AV1_EDGES[1]), reverse=True)
        found += [plan.av1_name(str(edge)) for edge in edges]
    return found


def is_due(plays: int, threshold: int) -> bool:
    """Whether so many plays reach a threshold; 0 is never reached."""
    return 0 < threshold <= plays


def switched_off() -> list[str]:
    """How the names end of what is no longer to be made, even if it was wanted once."""
    ends = ("1080", settings.FULL_HD_AFTER_VIEWS), (plan.av1_name(""), settings.AV1_AFTER_VIEWS)
    return [end for end, threshold in ends if not threshold]


def is_worth_it(*, av1_bytes: int, h264_bytes: int, av1_vmaf: float, h264_vmaf: float) -> bool:
    """Whether a file in AV1 is kept beside one in H.264 of the same size."""
    return av1_bytes <= (1 - LEAST_SMALLER) * h264_bytes and av1_vmaf >= h264_vmaf - MOST_WORSE
