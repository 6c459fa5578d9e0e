"""The singers: one score gives the notes, the vowels and the mouth."""

import dataclasses
import math

from revue.demo.acts.scene import CLOSE, MEDIUM, Scene
from revue.demo.acts.turn import Turn
from revue.demo.paint import props
from revue.demo.paint.canvas import WIDE, Camera, Canvas
from revue.demo.paint.face import Expression
from revue.demo.paint.look import Look
from revue.demo.paint.pose import Pose, blended, ease, mirrored
from revue.sounds.synth import voice
from revue.sounds.synth.band import pitch
from revue.sounds.synth.tape import Stereo, Tape, in_room, mastered
from revue.sounds.synth.voice import Syllable, Throat

_LENSES: tuple[tuple[Camera, ...], ...] = (
    (MEDIUM, CLOSE),
    (WIDE, CLOSE, MEDIUM),
    (CLOSE, MEDIUM),
    (MEDIUM, CLOSE, WIDE),
)
_PITCHES = {"cat": 1.22, "rabbit": 1.28, "bear": 0.84, "frog": 0.9, "robot": 0.95, "fox": 1.1}


class Sing(Scene):
    """`script` holds the syllables, consonants before a vowel: "la", "doo", "shi"."""

    def __init__(self, turn: Turn, look: Look) -> None:
        super().__init__(turn, look)
        self.seconds = turn.bars * 4 * self.band.beat
        self.cut_on_bars(_LENSES[turn.seed % len(_LENSES)])
        self.throat = Throat(size=_PITCHES.get(look.kind, 1.0 + self.dice.uniform(-0.08, 0.12)), vibrato=0.25)
        self.score = self._compose()

    def _compose(self) -> list[Syllable]:
        """A tune of chord tones and passing notes; each second bar ends on a long note."""
        score: list[Syllable] = []
        place, count = self.dice.choice((2, 4)), 0
        for bar in range(self.turn.bars):
            for step, length in self._rhythm(bar):
                place = self._next(place, strong=step % 8 == 0)
                note = pitch(self.band.style, self.turn.tonic, self.band.root(bar) % 7 + place)
                while note > self.turn.tonic + 14:
                    note -= 12
                consonant, vowel = _parted(self.turn.script[count % len(self.turn.script)])
                start = self.band.at(bar, step)
                score.append(Syllable(start, length * self.band.beat / 4 * 0.9, note, consonant, vowel))
                count += 1
        return score

    def _rhythm(self, bar: int) -> list[tuple[int, int]]:
        """(sixteenth, length) of the notes of a bar."""
        patterns = (
            [(0, 4), (4, 2), (6, 2), (8, 4), (12, 4)],
            [(0, 3), (3, 3), (6, 2), (8, 3), (11, 3), (14, 2)],
            [(0, 2), (2, 2), (4, 4), (8, 2), (10, 2), (12, 4)],
        )
        last = bar == self.turn.bars - 1 or bar % 2 == 1
        return [(0, 4), (4, 4), (8, 7)] if last else patterns[(self.turn.seed + bar // 2) % len(patterns)]

    def _next(self, place: int, *, strong: bool) -> int:
        place = max(-1, min(8, place + self.dice.choice((-2, -1, -1, 1, 1, 2))))
        return min((0, 2, 4, 7), key=lambda tone: abs(tone - place)) if strong else place

    def sound(self) -> Stereo:
        """The voice, doubled a little out of tune on the left for width, in front of the band."""
        tape = Tape(self.seconds)
        self.band.play(tape, self.turn.bars, tune=False, drums=0.7)
        for syllable in self.score:
            tape.lay(voice.sing(syllable, self.throat), syllable.at, 0.62)
            double = dataclasses.replace(syllable, note=syllable.note + 0.11)
            tape.lay(voice.sing(double, self.throat), syllable.at + 0.017, 0.26, -0.5)
        return mastered(in_room(tape.sound, 0.16))

    def paint(self, canvas: Canvas, t: float) -> None:
        """One frame."""
        camera = self.begin(canvas, t)
        pose = self._pose(t)
        opened, wide = voice.mouth_at(self.score, t)
        long_note = any(s.at + 0.2 < t < s.at + s.length and s.length > self.band.beat * 0.8 for s in self.score)
        mood = Expression(
            open=opened, wide=wide, smile=0.55, brow=0.3 + opened * 0.6, blink=self.blink(t), joy=float(long_note)
        )
        self.performer.shadow(canvas, pose)
        self._notes(canvas, t, behind=True)
        joints = self.performer.paint(canvas, pose, mood)
        hand, head = joints.hands[1], joints.head
        angle = math.atan2(head[1] + 42 - hand[1], head[0] + 10 - hand[0])
        grip = (hand[0] + math.cos(angle) * 8, hand[1] + math.sin(angle) * 8)
        props.microphone(canvas, grip, angle, self.performer.size * 0.92, self.stage.palette.ink)
        if camera is not CLOSE:
            self._notes(canvas, t, behind=False)

    def _pose(self, t: float) -> Pose:
        beat = t / self.band.beat
        side = Pose(hip=18, lean=-0.07, tilt=-0.09, turn=0.32, crouch=12, lhx=-0.86, lhy=0.12, rhx=0.02, rhy=0.02)
        other = mirrored(side)._replace(rhx=0.02, rhy=0.02, lhx=-0.5, lhy=-0.25)
        share = 0.5 - 0.5 * math.cos(math.pi * beat / 2)
        pose = blended(side, other, share)
        opened, _ = voice.mouth_at(self.score, t)
        reach = -0.1 + 0.02 * math.sin(beat * math.pi)
        return pose._replace(
            crouch=pose.crouch + 7 * abs(math.cos(math.pi * beat)),
            rhx=reach,
            rhy=0.2 + 0.03 * opened,
            tilt=pose.tilt * (1 + opened * 0.5),
        )

    def _notes(self, canvas: Canvas, t: float, *, behind: bool) -> None:
        """A note rises for each syllable, to the left and right in turn."""
        for index, syllable in enumerate(self.score):
            since = t - syllable.at
            if not 0.05 < since < 1.5 or (index % 3 == 0) != behind:
                continue
            side = -1 if index % 2 else 1
            x = 270 + side * (112 + 60 * since + 14 * math.sin(since * 5 + index))
            y = 430 - 190 * since - (index % 4) * 22
            size = 0.62 * ease(min(1.0, since * 5)) * (1 - max(0.0, since - 1.2) / 0.3)
            tones = (self.stage.palette.pop, self.stage.palette.trim)
            props.note(
                canvas,
                (x, y),
                size,
                0.25 * math.sin(since * 4 + index),
                tones[index % 2],
                self.stage.palette.ink,
                double=index % 3 == 1,
            )


def _parted(syllable: str) -> tuple[str, str]:
    """Consonant and vowel of "shoo" → ("sh", "u")."""
    for place, letter in enumerate(syllable):
        if letter in "aeiou":
            vowel = "u" if syllable[place:].startswith("oo") else "i" if syllable[place:].startswith("ee") else letter
            return syllable[:place], vowel
    return "m", "m"
