"""The dance moves: key poses, one for each beat (or half beat), to be looped."""

from revue.demo.paint.pose import Pose, mirrored

Steps = tuple[float, tuple[Pose, ...]]  # beats a pose, poses


def _both(*poses: Pose) -> tuple[Pose, ...]:
    """The poses, then the same to the other side."""
    return (*poses, *(mirrored(pose) for pose in poses))


MOVES: dict[str, Steps] = {
    "side step": (1, _both(
        Pose(x=-44, hip=-10, lean=-0.07, lhx=-0.78, lhy=0.12, rhx=0.12, rhy=0.5, lfx=-44, rfx=34, turn=-0.5),
        Pose(x=-44, crouch=26, lhx=-0.3, lhy=0.42, rhx=0.3, rhy=0.42, lfx=-24, rfx=22, turn=0.1, tilt=0.06),
    )),
    "sway": (1, _both(Pose(hip=26, crouch=12, lean=-0.16, tilt=-0.12, lhx=-0.5, lhy=-0.82, rhx=0.62, rhy=-0.66, turn=0.4))),
    "pump": (0.5, _both(
        Pose(crouch=34, lean=0.06, lhx=-0.34, lhy=0.4, rhx=0.5, rhy=-0.42, turn=0.6, lfx=-56, rfx=50),
        Pose(crouch=6, lean=-0.04, lhx=-0.34, lhy=0.5, rhx=0.34, rhy=-0.93, turn=0.6, lfx=-56, rfx=50, shrug=4),
        Pose(crouch=34, lean=0.06, lhx=-0.34, lhy=0.4, rhx=0.5, rhy=-0.42, turn=0.6, lfx=-56, rfx=50),
        Pose(crouch=6, lean=-0.04, lhx=-0.34, lhy=0.5, rhx=0.34, rhy=-0.93, turn=0.6, lfx=-56, rfx=50, shrug=4),
    )),
    "star jump": (0.5, (
        Pose(crouch=46, lhx=-0.3, lhy=0.7, rhx=0.3, rhy=0.7),
        Pose(y=58, lhx=-0.8, lhy=-0.58, rhx=0.8, rhy=-0.58, lfx=-84, rfx=84, tilt=0.06),
        Pose(crouch=40, lhx=-0.4, lhy=0.6, rhx=0.4, rhy=0.6),
        Pose(crouch=4, lhx=-0.45, lhy=0.3, rhx=0.45, rhy=0.3),
    )),
    "twist": (0.5, _both(Pose(hip=24, crouch=30, lean=-0.12, turn=0.8, tilt=-0.05, lhx=-0.74, lhy=0.2, rhx=0.05, rhy=0.48, lfx=-44, rfx=40))),
    "high kick": (1, _both(
        Pose(crouch=22, lhx=-0.36, lhy=0.45, rhx=0.36, rhy=0.45, lfx=-30, rfx=30),
        Pose(hip=-16, lean=-0.15, lhx=-0.84, lhy=-0.1, rhx=0.8, rhy=-0.25, lfx=-22, rfx=104, rfy=96, turn=0.4),
    )),
    "flap": (0.5, (
        Pose(crouch=34, lhx=-0.46, lhy=0.42, rhx=0.46, rhy=0.42, shrug=-2, lfx=-52, rfx=52),
        Pose(crouch=12, lhx=-0.78, lhy=-0.18, rhx=0.78, rhy=-0.18, shrug=12, lfx=-52, rfx=52, tilt=0.08),
        Pose(crouch=34, lhx=-0.46, lhy=0.42, rhx=0.46, rhy=0.42, shrug=-2, lfx=-52, rfx=52),
        Pose(crouch=12, lhx=-0.78, lhy=-0.18, rhx=0.78, rhy=-0.18, shrug=12, lfx=-52, rfx=52, tilt=-0.08),
    )),
    "wave": (0.5, (
        Pose(hip=-16, lhx=-0.92, lhy=-0.34, rhx=0.92, rhy=0.3, lean=0.07, turn=-0.6, crouch=14),
        Pose(hip=-6, lhx=-0.95, lhy=0.1, rhx=0.95, rhy=0.22, lean=0.02, turn=-0.2, crouch=6, shrug=8),
        Pose(hip=16, lhx=-0.92, lhy=0.3, rhx=0.92, rhy=-0.34, lean=-0.07, turn=0.6, crouch=14),
        Pose(hip=6, lhx=-0.95, lhy=0.22, rhx=0.95, rhy=0.1, lean=-0.02, turn=0.2, crouch=6, shrug=8),
    )),
    "knee swap": (0.5, _both(
        Pose(crouch=54, lhx=0.22, lhy=0.76, rhx=-0.22, rhy=0.76, lfx=-64, rfx=64, turn=0.3),
        Pose(crouch=26, lhx=-0.42, lhy=0.7, rhx=0.42, rhy=0.7, lfx=-26, rfx=26, turn=-0.3),
    )),
    "searchlight": (1, _both(
        Pose(hip=20, crouch=10, lean=0.05, rhx=0.6, rhy=-0.8, lhx=-0.36, lhy=0.36, turn=0.8, tilt=0.1, lfx=-58, rfx=44),
        Pose(hip=-12, crouch=30, lean=0.1, rhx=-0.42, rhy=0.72, lhx=-0.36, lhy=0.36, turn=-0.4, tilt=-0.05, lfx=-58, rfx=44),
    )),
    "clockwork": (0.5, (
        Pose(lhx=-0.55, lhy=-0.2, rhx=0.55, rhy=0.6, turn=-0.7, tilt=0.0),
        Pose(lhx=-0.55, lhy=-0.62, rhx=0.55, rhy=0.6, turn=-0.7, tilt=-0.2),
        Pose(lhx=-0.55, lhy=0.6, rhx=0.55, rhy=-0.2, turn=0.7, tilt=0.0, crouch=16),
        Pose(lhx=-0.55, lhy=0.6, rhx=0.55, rhy=-0.62, turn=0.7, tilt=0.2),
    )),
    "stroll": (0.5, (
        Pose(x=-24, hip=-8, lfx=-26, rfx=46, rfy=52, lhx=0.1, lhy=0.72, rhx=0.66, rhy=0.42, turn=0.5, lean=0.06),
        Pose(x=0, crouch=14, lfx=-36, rfx=36, turn=0.5),
        Pose(x=24, hip=8, lfx=-46, lfy=52, rfx=26, lhx=-0.66, lhy=0.42, rhx=-0.1, rhy=0.72, turn=-0.5, lean=-0.06),
        Pose(x=0, crouch=14, lfx=-36, rfx=36, turn=-0.5),
    )),
    "bell": (1, _both(
        Pose(lean=0.2, hip=-26, crouch=18, lhx=-0.2, lhy=0.86, rhx=0.7, rhy=0.6, tilt=0.14, turn=0.5, lfx=-50, rfx=50),
        Pose(lean=0.0, crouch=0, lhx=-0.3, lhy=0.9, rhx=0.3, rhy=0.9, lfx=-50, rfx=50, y=0),
    )),
    "hop": (0.5, _both(
        Pose(crouch=30, lhx=-0.5, lhy=0.4, rhx=0.5, rhy=0.4, lfx=-26, rfx=26),
        Pose(y=44, x=-26, lfx=-20, rfx=44, rfy=40, lhx=-0.8, lhy=-0.3, rhx=0.6, rhy=0.3, lean=-0.1, turn=-0.4),
    )),
}  # fmt: skip

FINISH = Pose(
    crouch=10, hip=12, lean=-0.08, tilt=-0.06, lhx=-0.86, lhy=-0.42, rhx=0.86, rhy=-0.42, lfx=-60, rfx=60, turn=0.2
)
