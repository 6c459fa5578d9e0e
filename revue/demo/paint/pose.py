"""How a body stands: a handful of numbers that can be blended and mirrored."""

import math
import typing


class Pose(typing.NamedTuple):
    """A stance, seen from the front. Hands are in arm lengths from their shoulder, all else in pixels or radians."""

    x: float = 0.0  # the whole body, to the right
    y: float = 0.0  # the whole body, off the ground
    crouch: float = 0.0  # hips lowered; feet stay
    hip: float = 0.0  # hips pushed to the right
    lean: float = 0.0  # torso, clockwise
    turn: float = 0.0  # where the face points, -1 left … 1 right
    tilt: float = 0.0  # head, clockwise
    lhx: float = -0.42
    lhy: float = 0.82
    rhx: float = 0.42
    rhy: float = 0.82
    lfx: float = -34.0
    lfy: float = 0.0  # lift
    rfx: float = 34.0
    rfy: float = 0.0
    shrug: float = 0.0  # shoulders raised


STAND = Pose()


def blended(a: Pose, b: Pose, share: float) -> Pose:
    """A stance between a (0) and b (1); outside of 0-1 it overshoots."""
    return Pose(*(p + (q - p) * share for p, q in zip(a, b, strict=True)))


def mirrored(pose: Pose) -> Pose:
    """The same stance with left and right exchanged."""
    return pose._replace(
        x=-pose.x,
        hip=-pose.hip,
        lean=-pose.lean,
        turn=-pose.turn,
        tilt=-pose.tilt,
        lhx=-pose.rhx,
        lhy=pose.rhy,
        rhx=-pose.lhx,
        rhy=pose.lhy,
        lfx=-pose.rfx,
        lfy=pose.rfy,
        rfx=-pose.lfx,
        rfy=pose.lfy,
    )


def snap(share: float) -> float:
    """Easing for dance: quick departure, a little past the mark, then settled."""
    if share >= 1:
        return 1.0
    return 1 - math.exp(-6.5 * share) * math.cos(7.5 * share)


def ease(share: float) -> float:
    """Easing for calm motion: slow in, slow out."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)
