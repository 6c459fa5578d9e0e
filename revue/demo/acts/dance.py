"""The dancers: key poses on the beat, a bounce between them, cuts on the bar."""

import math

from revue.demo.acts.moves import MOVES
from revue.demo.acts.scene import CLOSE, MEDIUM, Scene
from revue.demo.acts.turn import Turn
from revue.demo.paint.canvas import WIDE, Camera, Canvas
from revue.demo.paint.face import Expression
from revue.demo.paint.look import Look
from revue.demo.paint.pose import STAND, Pose, blended, snap
from revue.sounds.synth.tape import Stereo, Tape, in_room, mastered

_EARLY = 0.14  # beats by which a body leaves before the beat, so that it arrives on it
_LENSES: tuple[tuple[Camera, ...], ...] = (
    (WIDE, WIDE, MEDIUM),
    (WIDE, MEDIUM, WIDE, MEDIUM),
    (MEDIUM, WIDE, WIDE, CLOSE),
    (WIDE,),
)


class Dance(Scene):
    """`script` names the moves; each is danced for four beats."""

    def __init__(self, turn: Turn, look: Look) -> None:
        super().__init__(turn, look)
        self.seconds = turn.bars * 4 * self.band.beat
        self.cut_on_bars(_LENSES[turn.seed % len(_LENSES)])

    def sound(self) -> Stereo:
        """The band, tune and all."""
        tape = Tape(self.seconds)
        self.band.play(tape, self.turn.bars)
        return mastered(in_room(tape.sound, 0.10))

    def paint(self, canvas: Canvas, t: float) -> None:
        """One frame."""
        self.begin(canvas, t)
        beat = t / self.band.beat
        pose = self.pose(beat)
        self.performer.shadow(canvas, pose)
        self.performer.paint(canvas, pose, self._mood(beat, t))

    def pose(self, beat: float) -> Pose:
        """The stance at a beat: from the key pose before to the one now, with a bounce."""
        now = beat + _EARLY
        length, steps = self._steps(now)
        place = now / length
        share = snap(min(1.0, (place % 1.0) * length / 0.55))
        pose = blended(self._key(math.floor(place) * length - length / 2), steps[math.floor(place) % len(steps)], share)
        bounce = 9 * abs(math.cos(math.pi * beat)) ** 1.5
        return pose._replace(crouch=max(-4.0, pose.crouch + bounce - 3))

    def _steps(self, beat: float) -> tuple[float, tuple[Pose, ...]]:
        script = self.turn.script
        return MOVES[script[max(0, math.floor(beat / 4)) % len(script)]]

    def _key(self, beat: float) -> Pose:
        if beat < 0:
            return STAND
        length, steps = self._steps(beat)
        return steps[math.floor(beat / length) % len(steps)]

    def _mood(self, beat: float, t: float) -> Expression:
        bar = int(beat // 4)
        joyful = float((bar + self.turn.seed) % 3 == 2 and beat % 4 > 1)
        shout = max(0.0, 1 - (beat % 4) * 1.2) if bar % 2 == 0 else 0.0
        opened = 0.35 + 0.4 * shout + 0.12 * math.cos(2 * math.pi * beat)
        gaze = math.sin(beat * math.pi / 4) * 0.6
        return Expression(open=opened, wide=0.4, smile=1.0, brow=0.35, blink=self.blink(t), joy=joyful, gaze_x=gaze)
