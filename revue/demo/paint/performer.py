"""A performer: rubber-hose limbs, a bending torso, a head with a face, and a dark line around it all."""

import dataclasses
import math

import numpy as np

from revue.demo.paint import shapes
from revue.demo.paint.canvas import WIDTH, Canvas, Colour, faded, mixed
from revue.demo.paint.face import Expression, face
from revue.demo.paint.heads import Piece, head
from revue.demo.paint.look import Look
from revue.demo.paint.pose import Pose
from revue.demo.paint.shapes import Point, Points
from revue.demo.paint.stage import GROUND

LEG, TORSO, ARM = 176.0, 122.0, 158.0
SOLE = 15.0  # the ankle's height above the ground
LINE = 4.5  # the dark outline
_HEAD_UP = 66.0  # the head's middle above the neck
_BUILDS: dict[str, tuple[float, float, float]] = {  # half widths of shoulders, waist, hips
    "even": (47, 42, 44),
    "slim": (41, 33, 36),
    "round": (49, 60, 55),
    "pear": (41, 45, 56),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Joints:
    """Where everything is, in stage pixels."""

    pelvis: Point
    neck: Point
    head: Point
    shoulders: tuple[Point, Point]
    hands: tuple[Point, Point]
    elbows: tuple[Point, Point]
    feet: tuple[Point, Point]  # ankles
    knees: tuple[Point, Point]
    lean: float


_Layer = tuple[Points, Points | None, Colour]  # shape, its dark outline, colour


class Performer:
    """Paints one look in any pose. Keeps the last head position so that hair and ears can trail."""

    def __init__(self, look: Look, ink: Colour, size: float = 1.0, home: float = WIDTH / 2) -> None:
        self.look, self._ink, self._home = look, ink, home
        self.size = size * look.size
        self._behind, self._front = head(look)
        self._widths = _BUILDS[look.build]
        self._trail: Point | None = None

    def joints(self, pose: Pose) -> Joints:
        """Solve the body for a pose."""
        s, w = self.size, self._widths
        ground = (self._home + pose.x * s, GROUND - pose.y * s)
        pelvis = (ground[0] + pose.hip * s, ground[1] - (SOLE + LEG * 0.97 - pose.crouch) * s)
        up = (math.sin(pose.lean), -math.cos(pose.lean))
        neck = (pelvis[0] + up[0] * TORSO * s, pelvis[1] + up[1] * TORSO * s)
        out = (-up[1] * s, up[0] * s)
        lift = (22 - pose.shrug) * s
        shoulders = [
            (neck[0] + side * out[0] * (w[0] - 9) - up[0] * lift, neck[1] + side * out[1] * (w[0] - 9) - up[1] * lift)
            for side in (-1, 1)
        ]
        arms = [
            self._arm(shoulders[0], pose.lhx, pose.lhy, -1),
            self._arm(shoulders[1], pose.rhx, pose.rhy, 1),
        ]
        feet = [
            (ground[0] + pose.lfx * s, ground[1] - (SOLE + pose.lfy) * s),
            (ground[0] + pose.rfx * s, ground[1] - (SOLE + pose.rfy) * s),
        ]
        knees = [self._knee(self._hip(pelvis, side), feet[(side + 1) // 2], side) for side in (-1, 1)]
        skull = pose.lean * 0.6 + pose.tilt
        middle = (neck[0] + math.sin(skull) * _HEAD_UP * s, neck[1] - math.cos(skull) * _HEAD_UP * s)
        return Joints(
            pelvis,
            neck,
            middle,
            (shoulders[0], shoulders[1]),
            (arms[0][0], arms[1][0]),
            (arms[0][1], arms[1][1]),
            (feet[0], feet[1]),
            (knees[0], knees[1]),
            pose.lean,
        )

    def _hip(self, pelvis: Point, side: int) -> Point:
        return pelvis[0] + side * (self._widths[2] - 21) * self.size, pelvis[1] - 4 * self.size

    def _arm(self, shoulder: Point, x: float, y: float, side: int) -> tuple[Point, Point]:
        """The hand and the elbow: the hose bows outward, and straightens as it passes the horizontal."""
        reach = ARM * self.size
        length = math.hypot(x, y)
        x, y = (x / length, y / length) if length > 1.0 else (x, y)
        length = min(max(length, 0.05), 1.0)
        bow = 0.46 * math.sqrt(1 - min(length, 0.97) ** 2) * math.tanh(3.2 * (y - 0.15 + 0.5 * (1 - length) ** 2))
        hand = (shoulder[0] + x * reach, shoulder[1] + y * reach)
        across = (side * y / length, -side * x / length)
        elbow = (
            shoulder[0] + (x / 2 + across[0] * bow) * reach,
            shoulder[1] + (y / 2 + across[1] * bow) * reach,
        )
        return hand, elbow

    def _knee(self, hip: Point, foot: Point, side: int) -> Point:
        dx, dy = foot[0] - hip[0], foot[1] - hip[1]
        length = max(math.hypot(dx, dy), 1.0)
        bow = 0.33 * math.sqrt(max((LEG * self.size) ** 2 - length**2, 0.0))
        return hip[0] + dx / 2 + side * dy / length * bow, hip[1] + dy / 2 - side * dx / length * bow

    def shadow(self, canvas: Canvas, pose: Pose) -> None:
        """The soft shadow on the floor; smaller and paler in a jump."""
        lift = max(0.0, 1 - pose.y / 260)
        at = (self._home + (pose.x + pose.hip * 0.4) * self.size, GROUND + 5)
        for grow, share in ((1.0, 0.16), (0.82, 0.18)):
            oval = shapes.ellipse(at, 96 * self.size * lift * grow, 17 * self.size * lift * grow)
            canvas.fill(oval, faded(self._ink, share))

    def paint(self, canvas: Canvas, pose: Pose, mood: Expression) -> Joints:
        """Draw the performer and tell where the hands went."""
        joints = self.joints(pose)
        self._paint_legs(canvas, joints)
        self._paint_torso(canvas, joints)
        self._paint_head(canvas, joints, pose, mood)
        for side in (0, 1):
            self._paint_arm(canvas, joints, side)
        return joints

    def _group(self, canvas: Canvas, layers: list[_Layer]) -> None:
        """Fill first every layer's outline in ink, then every layer."""
        for _, edge, _ in layers:
            if edge is not None:
                canvas.fill(edge, self._ink)
        for points, _, colour in layers:
            canvas.fill(points, colour)

    def _hose(self, line: Points, start: float, end: float, colour: Colour) -> _Layer:
        s, rim = self.size, 2 * LINE
        return shapes.ribbon(line, start * s, end * s), shapes.ribbon(line, start * s + rim, end * s + rim), colour

    def _paint_legs(self, canvas: Canvas, joints: Joints) -> None:
        look, layers = self.look, list[_Layer]()
        cloth = look.bottom if look.legs == "trousers" else look.skin
        for side in (0, 1):
            hip = self._hip(joints.pelvis, side * 2 - 1)
            line = shapes.bend(hip, joints.knees[side], joints.feet[side], 14)
            layers.append(self._hose(line, 40, 30, cloth if look.legs != "stockings" else look.detail))
            if look.legs == "shorts":
                layers.append(self._hose(line[:6], 47, 45, look.bottom))
            if look.legs == "stockings":
                layers.append(self._hose(line[:4], 46, 44, look.bottom))
                layers += [self._hose(line[k : k + 2], 33, 31, look.top) for k in range(5, 12, 3)]
            layers.append(self._shoe(joints.feet[side], joints.knees[side], side * 2 - 1))
        self._group(canvas, layers)

    def _shoe(self, ankle: Point, knee: Point, side: int) -> _Layer:
        swing = math.atan2(ankle[0] - knee[0], ankle[1] - knee[1])
        lift = min(1.0, max(0.0, (GROUND - SOLE * self.size - ankle[1]) / 60))
        shape = np.array([(-20, -12), (-4, -19), (14, -13), (36, -8), (46, 4), (42, 14), (10, 15), (-20, 14)], float)
        angle = -swing * 0.7 * lift + side * 0.35 * lift
        outline = shapes.placed(shapes.blob(shape * (side, 1), 4), ankle, angle, self.size)
        edge = shapes.placed(shapes.blob(_grown(shape, LINE / self.size) * (side, 1), 4), ankle, angle, self.size)
        return outline, edge, self.look.shoes

    def _torso_point(self, joints: Joints, u: float, v: float) -> Point:
        """A point of the torso: u from -1 (left edge) to 1, v from 0 (neck) to 1 (crotch)."""
        (nx, ny), (px, py) = joints.neck, joints.pelvis
        w, s = self._widths, self.size
        half = (w[0] * (1 - v) * (1 - 2 * v) + 4 * (w[1] * 1.0) * v * (1 - v) + w[2] * v * (2 * v - 1)) * s
        squeeze = (0.62 + 0.38 * min(1.0, v / 0.16)) if v < 0.16 else 1.0
        bow = math.sin(v * math.pi) * joints.lean * 16 * s
        x = nx + (px - nx) * v - bow
        y = ny + (py + 8 * s - ny) * v
        c, d = math.cos(joints.lean), math.sin(joints.lean)
        return x + u * half * squeeze * c, y + u * half * squeeze * d

    def _strip(self, joints: Joints, top: float, bottom: float, left: float = -1.0, right: float = 1.0) -> Points:
        """A part of the torso's cloth."""
        rows = [top + (bottom - top) * k / 4 for k in range(5)]
        sides = [self._torso_point(joints, right, v) for v in rows]
        return shapes.polygon(*sides, *(self._torso_point(joints, left, v) for v in reversed(rows)))

    def _paint_torso(self, canvas: Canvas, joints: Joints) -> None:
        look, s = self.look, self.size
        rows = (0.0, 0.08, 0.25, 0.5, 0.75, 0.97)
        right = [self._torso_point(joints, 1, v) for v in rows]
        left = [self._torso_point(joints, -1, v) for v in reversed(rows)]
        points = np.array([*right, self._torso_point(joints, 0, 1.07), *left])
        layers: list[_Layer] = []
        neck = shapes.polygon(
            joints.neck, ((joints.neck[0] + joints.head[0]) / 2, (joints.neck[1] + joints.head[1]) / 2)
        )
        layers.append(self._hose(neck, 34, 34, mixed(look.skin, self._ink, 0.18)))
        layers.append((shapes.blob(points, 4), shapes.blob(_grown(points, LINE), 4), look.top))
        layers += [(cloth, None, tone) for cloth, tone in self._pattern(joints)]
        if look.legs == "skirt":
            layers += self._skirt(joints)
        self._group(canvas, layers)
        for shape, tone in self._collar(joints, s):
            canvas.fill(shape, tone)

    def _pattern(self, joints: Joints) -> list[tuple[Points, Colour]]:
        shade = (self._strip(joints, 0.1, 0.98, 0.62, 0.98), faded(self._ink, 0.14))
        paint = _PATTERNS.get(self.look.pattern)
        return [shade, *paint(self, joints)] if paint else [shade]

    def _stripes(self, joints: Joints) -> list[tuple[Points, Colour]]:
        return [(self._strip(joints, v, v + 0.1, -0.99, 0.99), self.look.detail) for v in (0.2, 0.42, 0.64, 0.86)]

    def _dots(self, joints: Joints) -> list[tuple[Points, Colour]]:
        radius, tone = 7 * self.size, self.look.detail
        return [(shapes.circle(self._torso_point(joints, u, v), radius, 16), tone) for u, v in _SPOTS]

    def _buttons(self, joints: Joints) -> list[tuple[Points, Colour]]:
        places = [self._torso_point(joints, 0, v) for v in (0.34, 0.55, 0.76)]
        return [(shapes.circle(place, 6.5 * self.size, 16), self.look.detail) for place in places]

    def _star(self, joints: Joints) -> list[tuple[Points, Colour]]:
        middle, s = self._torso_point(joints, 0, 0.5), self.size
        return [(shapes.star(middle, 32 * s, 14 * s, 5, joints.lean - math.pi / 2), self.look.detail)]

    def _waistcoat(self, joints: Joints) -> list[tuple[Points, Colour]]:
        corners = [self._torso_point(joints, u, v) for u, v in ((-0.62, 0.04), (0.62, 0.04), (0, 0.66))]
        places = [self._torso_point(joints, 0.0, v) for v in (0.3, 0.46)]
        buttons = [(shapes.circle(place, 5 * self.size, 14), self._ink) for place in places]
        return [(shapes.polygon(*corners), self.look.detail), *buttons]

    def _bib(self, joints: Joints) -> list[tuple[Points, Colour]]:
        cloth = [self._strip(joints, 0.03, 0.45, side * 0.55 - 0.12, side * 0.55 + 0.12) for side in (-1, 1)]
        cloth += [self._strip(joints, 0.4, 0.62, -0.66, 0.66), self._strip(joints, 0.62, 1.0)]
        pocket = self._strip(joints, 0.48, 0.66, -0.3, 0.3)
        blue = self.look.bottom
        return [*((piece, blue) for piece in cloth), (pocket, mixed(blue, self._ink, 0.25))]

    def _skirt(self, joints: Joints) -> list[_Layer]:
        """A bell from the waist whose hem swings against the hips."""
        s = self.size
        left, right = self._torso_point(joints, -1, 0.62), self._torso_point(joints, 1, 0.62)
        swing = -joints.lean * 90 * s
        knees = [knee[0] for knee in joints.knees]
        x, y = joints.pelvis[0] + swing, joints.pelvis[1] + 66 * s
        low_left, low_right = min(x - 84 * s, knees[0] - 26 * s), max(x + 84 * s, knees[1] + 26 * s)
        hem = [(low_right + (low_left - low_right) * k / 8, y + (8 if k % 2 else -2) * s) for k in range(9)]
        points = np.array([left, right, *hem])
        shape = np.concatenate([points[:2], shapes.curve(points[2:], 4)])
        band = np.array([(px, py - 16 * s) for px, py in hem] + [(px, py - 27 * s) for px, py in reversed(hem)])
        band[:, 0] = joints.pelvis[0] + (band[:, 0] - joints.pelvis[0]) * 0.9
        return [(shape, _grown(shape, LINE), self.look.bottom), (band, None, self.look.detail)]

    def _collar(self, joints: Joints, s: float) -> list[tuple[Points, Colour]]:
        x, y = self._torso_point(joints, 0, 0.10)
        if self.look.tie == "bow":
            wings = [shapes.polygon((0, 0), (side * 27, -15), (side * 27, 15)) for side in (-1, 1)]
            dark = [(shapes.placed(_grown(wing, 4), (x, y), joints.lean, s), self._ink) for wing in wings]
            bright = [(shapes.placed(wing, (x, y), joints.lean, s), self.look.hat_colour) for wing in wings]
            return [*dark, *bright, (shapes.circle((x, y), 8 * s, 16), mixed(self.look.hat_colour, self._ink, 0.3))]
        if self.look.tie == "ruff":
            spots = [(x + k * 15 * s, y - 4 * s + abs(k) * -2 * s) for k in range(-3, 4)]
            dark = [(shapes.circle(spot, 15.5 * s, 20), self._ink) for spot in spots]
            return dark + [(shapes.circle(spot, 12 * s, 20), self.look.hand) for spot in spots]
        return []

    def _paint_head(self, canvas: Canvas, joints: Joints, pose: Pose, mood: Expression) -> None:
        trail = self._follow(joints.head)
        angle = pose.lean * 0.6 + pose.tilt
        layers = [self._set(piece, joints, angle, pose.turn, trail) for piece in self._behind]
        self._group(canvas, layers)
        muzzle = [piece for piece in self._front if not piece.edge and self.look.kind != "human"]
        rest = [piece for piece in self._front if piece.edge or self.look.kind == "human"]
        self._group(canvas, [self._set(piece, joints, angle, pose.turn, trail) for piece in muzzle])
        for points, colour in face(self.look, mood, pose.turn):
            canvas.fill(shapes.placed(points, joints.head, angle, self.size), colour)
        self._group(canvas, [self._set(piece, joints, angle, pose.turn, trail) for piece in rest])

    def _follow(self, at: Point) -> Point:
        """How far the head moved lately, smoothed: what hangs loose lags behind by this."""
        last = self._trail or at
        self._trail = (last[0] + (at[0] - last[0]) * 0.35, last[1] + (at[1] - last[1]) * 0.35)
        return last[0] - at[0], last[1] - at[1]

    def _set(self, piece: Piece, joints: Joints, angle: float, turn: float, trail: Point) -> _Layer:
        shift = (turn * piece.depth, 0.0)
        at = (joints.head[0] + trail[0] * piece.lag * 0.7, joints.head[1] + trail[1] * piece.lag * 0.7)
        points = shapes.placed(piece.points + shift, at, angle, self.size)
        return points, _grown(points, LINE) if piece.edge else None, piece.colour

    def _paint_arm(self, canvas: Canvas, joints: Joints, side: int) -> None:
        look, hand = self.look, joints.hands[side]
        line = shapes.bend(joints.shoulders[side], joints.elbows[side], hand, 14)
        sleeve = mixed(look.top, self._ink, 0.10)
        layers: list[_Layer] = []
        layers.append(self._hose(line, 31, 24, sleeve if look.sleeve == "long" else look.skin))
        if look.sleeve == "short":
            layers.append(self._hose(line[:6], 37, 37, sleeve))
        angle = math.atan2(*(line[-1] - line[-3])[::-1])
        flip = 1 if side else -1
        palm = shapes.blob(_HAND * (1, flip), 3)
        edge = shapes.blob(_grown(_HAND, LINE / self.size) * (1, flip), 3)
        layers.append(
            (shapes.placed(palm, hand, angle, self.size), shapes.placed(edge, hand, angle, self.size), look.hand)
        )
        self._group(canvas, layers)
        if look.sleeve == "long":
            canvas.fill(shapes.ribbon(line[-3:-1], 31 * self.size, 31 * self.size), look.detail)


_SPOTS = (
    *((-0.6, 0.25), (0.05, 0.22), (0.65, 0.27), (-0.3, 0.47), (0.36, 0.47)),
    *((-0.65, 0.7), (0.05, 0.71), (0.68, 0.7), (-0.3, 0.92), (0.38, 0.92)),
)
_PATTERNS = {
    "stripes": Performer._stripes,  # noqa: SLF001 - a table of this module's own methods
    "dots": Performer._dots,  # noqa: SLF001
    "buttons": Performer._buttons,  # noqa: SLF001
    "star": Performer._star,  # noqa: SLF001
    "waistcoat": Performer._waistcoat,  # noqa: SLF001
    "bib": Performer._bib,  # noqa: SLF001
}
_HAND = np.array(  # an open glove that points to the right, thumb up
    [
        (-12, -13), (0, -18), (4, -31), (12, -35), (17, -27), (16, -16), (30, -19), (42, -18), (44, -11), (36, -6),
        (46, -4), (49, 3), (41, 7), (42, 13), (40, 19), (31, 19), (14, 19), (-12, 13),
    ],
    dtype=np.float64,
)  # fmt: skip


def _grown(points: Points, by: float) -> Points:
    """The outline moved outward from its middle."""
    away = points - points.sum(axis=0) / len(points)
    grown: Points = points + away * (by / np.maximum(np.sqrt((away * away).sum(axis=1)), 1e-6))[:, None]
    return grown
