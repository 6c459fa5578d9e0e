"""The jugglers: siteswap patterns in time with the band; each catch plays a note."""

import math

from revue.demo.acts.scene import Scene
from revue.demo.acts.siteswap import Juggling
from revue.demo.acts.turn import Turn
from revue.demo.paint import props
from revue.demo.paint.canvas import WIDE, Camera, Canvas, mixed
from revue.demo.paint.face import Expression
from revue.demo.paint.look import Look
from revue.demo.paint.performer import ARM, Performer
from revue.demo.paint.pose import Pose
from revue.sounds.synth import effects
from revue.sounds.synth.band import pitch
from revue.sounds.synth.tape import Stereo, Tape, in_room, mastered

_HIGH = Camera(1.14, 270, 480)
_LENSES: tuple[tuple[Camera, ...], ...] = ((WIDE, _HIGH), (WIDE, WIDE, _HIGH), (_HIGH, WIDE))
_SPINS = {"club": 2.0, "ring": 0.5, "star": 1.5, "egg": 1.0, "apple": 0.6, "ball": 0.5}


class Juggle(Scene):
    """`script` is (toy, pattern, pattern …): one siteswap beat is half a beat of the band."""

    def __init__(self, turn: Turn, look: Look) -> None:
        super().__init__(turn, look)
        self.seconds = turn.bars * 4 * self.band.beat
        self.cut_on_bars(_LENSES[turn.seed % len(_LENSES)], every=8)
        self._tick = self.band.beat / 2
        self.juggling = Juggling(turn.script[1:], int(turn.bars * 8) + 2)
        self._height = {3: 345.0, 4: 440.0}.get(self.juggling.highest, 540.0)
        self.performer = Performer(look, self.stage.palette.ink, 0.96)
        palette = self.stage.palette
        tones = (palette.pop, palette.trim, mixed(palette.curtain, palette.light, 0.25), palette.light, palette.glow)
        self._toys = [
            props.toy(turn.script[0], tones[k], tones[(k + 2) % len(tones)]) for k in range(self.juggling.toys)
        ]

    def sound(self) -> Stereo:
        """The band without its tune: the catches are the tune."""
        tape = Tape(self.seconds)
        self.band.play(tape, self.turn.bars, tune=False, drums=0.8)
        for beat, throw in self.juggling.catches(self.turn.bars * 8):
            at = beat * self._tick
            bar = int(at / (4 * self.band.beat))
            step = (0, 2, 4, 7, 9)[(throw.toy + throw.digit) % 5]
            note = pitch(self.band.style, self.turn.tonic + 12, self.band.root(bar) % 7 + step)
            tape.lay(effects.pop(note), at, 0.42, throw.end * 0.4)
            if throw.digit >= 5:
                tape.lay(effects.whoosh(), throw.leaves * self._tick, 0.5, throw.start * 0.3)
        tape.lay(effects.applause(1.4), self.seconds - 1.5, 0.32)
        return mastered(in_room(tape.sound, 0.12))

    def paint(self, canvas: Canvas, t: float) -> None:
        """One frame: body, then what flies, then what is held stays in front of the hands."""
        self.begin(canvas, t)
        beat = t / self._tick
        pose = self._with_hands(self._stance(t), beat)
        highest = self._highest(beat)
        mood = Expression(
            open=0.22 + 0.25 * highest, wide=0.2, smile=0.9, brow=0.3 + 0.5 * highest, blink=self.blink(t)
        )
        mood.gaze_y, mood.gaze_x = -0.3 - 0.6 * highest, math.sin(beat * math.pi / 2) * 0.7
        self.performer.shadow(canvas, pose)
        self.performer.paint(canvas, pose, mood)
        middle, level = self._middle(pose)
        for toy, pieces in enumerate(self._toys):
            (x, y), age = self.juggling.where(toy, beat, self._height)
            spin = _SPINS[self.turn.script[0]] * math.pi * max(0.0, age)
            at = (middle + x * self.performer.size, level + y - 24)
            props.draw_piece(canvas, pieces, at, spin + toy, 1.0, self.stage.palette.ink)

    def _stance(self, t: float) -> Pose:
        beat = t / self.band.beat
        sway = math.sin(math.pi * beat / 2)
        crouch = 12 + 8 * abs(math.cos(math.pi * beat))
        return Pose(
            hip=10 * sway, lean=-0.03 * sway, tilt=0.04 * sway, crouch=crouch, lfx=-46, rfx=46, turn=0.25 * sway
        )

    def _middle(self, pose: Pose) -> tuple[float, float]:
        joints = self.performer.joints(pose)
        return joints.pelvis[0] + (joints.neck[0] - joints.pelvis[0]) * 0.5, joints.pelvis[1] - 46 * self.performer.size

    def _with_hands(self, pose: Pose, beat: float) -> Pose:
        """The stance with both hands where the pattern wants them."""
        joints, reach = self.performer.joints(pose), ARM * self.performer.size
        middle, level = self._middle(pose)
        places = []
        for side in (-1, 1):
            x, y = self.juggling.hand(side, beat)
            shoulder = joints.shoulders[(side + 1) // 2]
            places.append(((middle + x * self.performer.size - shoulder[0]) / reach, (level + y - shoulder[1]) / reach))
        (lhx, lhy), (rhx, rhy) = places
        return pose._replace(lhx=lhx, lhy=lhy, rhx=rhx, rhy=rhy)

    def _highest(self, beat: float) -> float:
        """How high the highest toy is, 0-1."""
        heights = [-self.juggling.where(toy, beat, 1.0)[0][1] for toy in range(self.juggling.toys)]
        return min(1.0, max(0.0, *heights))
