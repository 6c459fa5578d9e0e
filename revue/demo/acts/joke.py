"""The comedians: slide in, set up, wait for it, punchline, rimshot."""

import math

from revue.demo.acts.scene import CLOSE, Scene
from revue.demo.acts.turn import Turn
from revue.demo.paint import props
from revue.demo.paint.canvas import WIDE, Canvas
from revue.demo.paint.face import Expression
from revue.demo.paint.lettering import Block, set_text
from revue.demo.paint.look import Look
from revue.demo.paint.performer import Performer
from revue.demo.paint.pose import Pose, blended, ease, snap
from revue.demo.paint.props import Confetti
from revue.sounds.synth import effects, voice
from revue.sounds.synth.tape import Stereo, Tape, in_room, mastered
from revue.sounds.synth.voice import Throat

_ENTER, _PAUSE, _REST = 0.5, 0.62, 0.3
_VOICES = {"cat": 67, "rabbit": 69, "bear": 50, "frog": 53, "robot": 57, "fox": 64}
_GESTURES = (
    Pose(lean=0.05, tilt=0.08, turn=0.4, crouch=8, lhx=-0.36, lhy=0.5, rhx=0.78, rhy=0.05, hip=8),
    Pose(lean=-0.05, tilt=-0.06, turn=-0.2, crouch=4, lhx=-0.74, lhy=0.0, rhx=0.36, rhy=0.5, hip=-8),
    Pose(lean=0.0, tilt=0.05, turn=0.3, crouch=10, lhx=-0.6, lhy=0.25, rhx=0.6, rhy=0.25),
    Pose(lean=0.08, tilt=0.1, turn=0.5, crouch=6, lhx=-0.34, lhy=0.45, rhx=0.5, rhy=-0.5, hip=10),
)
_DEADPAN = Pose(turn=0.05, lhx=-0.4, lhy=0.8, rhx=0.4, rhy=0.8)
_TADA = Pose(crouch=6, lean=-0.06, tilt=-0.08, lhx=-0.84, lhy=-0.4, rhx=0.84, rhy=-0.4, lfx=-56, rfx=56, turn=0.2)


class Joke(Scene):
    """`script` is (set-up, punchline)."""

    def __init__(self, turn: Turn, look: Look) -> None:
        super().__init__(turn, look)
        self.performer = Performer(look, self.stage.palette.ink, 0.98)
        setup, punchline = turn.script
        self._setup_s, self._punch_s = max(1.3, len(setup) / 19), max(1.0, len(punchline) / 17)
        self._wait = _ENTER + self._setup_s + _REST
        self._punch = self._wait + _PAUSE
        self._hit = self._punch + self._punch_s + 0.12
        self.seconds = self._hit + 1.75
        self.cuts = [(0.0, WIDE), (self._wait, CLOSE), (self._punch, WIDE)]
        self._blocks = set_text(setup, 40, 400), set_text(punchline, 41, 400)
        self._confetti = Confetti(self.stage.palette, turn.seed, 40)
        self.throat = Throat(size=1.0 + self.dice.uniform(-0.1, 0.15), breath=0.07, vibrato=0.05)
        note = _VOICES.get(look.kind, self.dice.choice((55, 58, 60, 62)))
        self.score = voice.babble(setup, _ENTER, self._setup_s, note, self.dice)
        self.score += voice.babble(punchline, self._punch, self._punch_s, note + 1, self.dice)

    def sound(self) -> Stereo:
        """Whistle in, babble over a soft vamp, silence, punchline, rimshot, applause."""
        tape = Tape(self.seconds)
        tape.lay(effects.slide_whistle(0.42), 0.02, 0.34)
        bars = max(1, math.ceil((self._wait - _ENTER) / (4 * self.band.beat)))
        vamp = Tape(self._wait - _ENTER)
        self.band.play(vamp, bars, tune=False, drums=0.4)
        start = round(_ENTER * 48_000)
        tape.sound[start : start + len(vamp.sound)] += vamp.sound[: len(tape.sound) - start] * 0.42
        for syllable in self.score:
            tape.lay(voice.sing(syllable, self.throat), syllable.at, 0.72)
        tape.lay(effects.boing(), self._wait + 0.08, 0.4)
        effects.rimshot(tape, self._hit)
        tape.lay(effects.applause(1.3), self._hit + 0.42, 0.5)
        return mastered(in_room(tape.sound, 0.10))

    def paint(self, canvas: Canvas, t: float) -> None:
        """One frame."""
        camera = self.begin(canvas, t)
        pose = self._pose(t)
        self.performer.shadow(canvas, pose)
        joints = self.performer.paint(canvas, pose, self._mood(t))
        palette = self.stage.palette
        props.stand(canvas, 270 + 64, joints.neck[1] + 74 if t < 0 else 602, 0.82, palette.ink, palette.trim)
        if t > self._hit + 0.3:
            self._confetti.paint(canvas, (t - self._hit - 0.3) * 1.5 + 0.8)
        if camera is WIDE:
            self._speak(canvas, t, (joints.head[0] + 40, joints.head[1] - 84 * self.performer.size))

    def _speak(self, canvas: Canvas, t: float, tip: tuple[float, float]) -> None:
        setup, punchline = self._blocks
        if _ENTER - 0.1 < t < self._wait:
            self._bubble(canvas, setup, tip, t - _ENTER + 0.1, self._setup_s)
        if t >= self._punch - 0.05:
            self._bubble(canvas, punchline, tip, t - self._punch + 0.1, self._punch_s)

    def _bubble(self, canvas: Canvas, block: Block, tip: tuple[float, float], since: float, seconds: float) -> None:
        middle = (270.0, 118 + block.height / 2)
        low = middle[1] + block.height / 2 + 26
        tip = (min(max(tip[0], 200), 360), max(low + 26, min(tip[1] + 30, low + 70)))
        spoken = max(0.0, since - 0.1) / seconds * len(block.words) * 1.06
        props.bubble(canvas, block, middle, tip, self.stage.palette.ink, grow=snap(since / 0.16), spoken=spoken)

    def _pose(self, t: float) -> Pose:
        if t < _ENTER:
            return self._entrance(t)
        if t < self._wait:
            return self._talk(t - _ENTER, 0.62)
        if t < self._punch:
            return _DEADPAN._replace(tilt=0.05 * math.sin((t - self._wait) * 3))
        if t < self._hit + 0.36:
            return blended(_DEADPAN, self._talk(t - self._punch, 0.55), ease((t - self._punch) / 0.2))
        since = t - self._hit - 0.36
        jump = 46 * max(0.0, math.sin(math.pi * min(1.0, since / 0.36)))
        pose = blended(_GESTURES[0], _TADA, snap(min(1.0, since / 0.3)))
        return pose._replace(y=jump, crouch=pose.crouch + 5 * math.cos(since * 9))

    def _entrance(self, t: float) -> Pose:
        share = snap(t / _ENTER)
        return Pose(x=-430 * (1 - share), lean=0.22 * (1 - share), lhx=-0.7, lhy=0.3, rhx=0.7, rhy=0.1, turn=0.5)

    def _talk(self, since: float, every: float) -> Pose:
        place = since / every
        order = self.turn.seed % len(_GESTURES)
        before, now = (_GESTURES[(math.floor(place) + order + k) % len(_GESTURES)] for k in (-1, 0))
        pose = blended(before, now, snap(min(1.0, place % 1.0 / 0.5)))
        return pose._replace(crouch=pose.crouch + 3 * math.sin(since * 11))

    def _mood(self, t: float) -> Expression:
        opened, wide = voice.mouth_at(self.score, t)
        if self._wait <= t < self._punch:
            gaze = math.sin((t - self._wait) / _PAUSE * 2 * math.pi)
            return Expression(smile=0.1, brow=0.9, gaze_x=gaze, blink=0.0)
        if t > self._hit + 0.3:
            return Expression(open=0.75, wide=0.5, smile=1.0, brow=0.6, joy=1.0)
        late = t > self._hit
        return Expression(open=opened * 0.85, wide=wide, smile=0.5, brow=0.5 if late else 0.2, blink=self.blink(t))
