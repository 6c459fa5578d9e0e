"""The band: grooves of drums, bass, chords and tune in many styles, on a grid of sixteenths."""

import collections.abc
import dataclasses
import random

from revue.sounds.synth import synth
from revue.sounds.synth.synth import Sound
from revue.sounds.synth.tape import Tape

MAJOR = (0, 2, 4, 5, 7, 9, 11)
MINOR = (0, 2, 3, 5, 7, 8, 10)
Instrument = collections.abc.Callable[[int, float], Sound]
_DRUMS: dict[str, tuple[collections.abc.Callable[[], Sound], float, float]] = {  # sound, gain, pan
    "k": (synth.kick, 0.95, 0.0),
    "s": (synth.snare, 0.62, 0.05),
    "c": (synth.clap, 0.55, -0.05),
    "h": (synth.hat, 0.3, 0.3),
    "o": (lambda: synth.hat(0.22), 0.28, 0.3),
    "b": (synth.brush, 0.34, 0.2),
    "r": (synth.rim, 0.36, -0.35),
    "w": (synth.cowbell, 0.24, -0.3),
    "t": (lambda: synth.tom(50), 0.5, -0.25),
    "T": (lambda: synth.tom(43), 0.55, 0.25),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Style:
    """A way to play: sixteen steps a bar; in `bass` and `chop` a digit or letter is a step of the scale, `.` a rest."""

    drums: tuple[str, ...]  # one line for each drum: its letter, then 16 steps
    bass: str
    chop: str  # when chords sound: x short, X long
    chords: Instrument
    tune: Instrument
    roots: tuple[int, ...] = (0, 5, 3, 4)  # one step of the scale a bar
    scale: tuple[int, ...] = MAJOR
    swing: float = 0.0  # how late off-beat sixteenths come, in sixteenths
    density: float = 0.5  # how busy the tune is


STYLES: dict[str, Style] = {
    "disco": Style(("kx...x...x...x...", "c....x.......x...", "o..x...x...x...x.", "hx.xxx.xxx.xxx.xx"), "0.7.0.7.0.7.0.7.", "..x...x...x...xx", synth.keys, synth.brass, (0, 5, 3, 4), MINOR, 0, 0.45),
    "charleston": Style(("kx.....x.x.......", "s....x.......x...", "hx.x.x.x.x.x.x.x.", "r......x.........", ), "0...4...0...4...", "x.....x.........", synth.pluck, synth.reed, (0, 5, 1, 4), MAJOR, 0.5, 0.6),
    "bossa": Style(("kx..x..x.x..x..x.", "rx..x..x...x..x..", "bx.x.x.x.x.x.x.x."), "0..04..40..04..4", "x..x..x...x..x..", synth.pluck, synth.keys, (0, 3, 1, 4), MAJOR, 0, 0.4),
    "funk": Style(("kx..x..x...x..x..", "s....x..x.x..x..x", "hxxxxxxxxxxxxxxxx"), "0..0..70.07..34.", "..x...x..x....x.", synth.keys, synth.brass, (0, 0, 3, 4), MINOR, 0.15, 0.4),
    "house": Style(("kx...x...x...x...", "c....x.......x...", "o..x...x...x...x."), "..0..0..0..0..07", "x..x..x..x..x...", synth.pad, synth.pluck, (0, 5, 2, 6), MINOR, 0, 0.55),
    "march": Style(("kx.......x.......", "s....x..xxx..x.xx", "hx...x...x...x..."), "0...4...0...4...", "..x...x...x...x.", synth.brass, synth.reed, (0, 3, 4, 0), MAJOR, 0, 0.5),
    "hiphop": Style(("kx......x..x.....", "s....x.......x...", "hx.x.x.xxx.x.x.x.", "r..........x.....",), "0......0..3.4...", "X.......X.......", synth.keys, synth.bell, (0, 5, 3, 3), MINOR, 0.3, 0.35),
    "calypso": Style(("kx...x...x...x...", "r...x..x...x..x..", "w..x...x...x...x.", "hx.xxx.xxx.xxx.xx"), "0..4..7.0..4..7.", "..xx..x...xx..x.", synth.pluck, synth.bell, (0, 3, 4, 0), MAJOR, 0, 0.6),
    "polka": Style(("kx.......x.......", "s....x.......x...", "h..x...x...x...x."), "0.......4.......", "....x.......x...", synth.reed, synth.reed, (0, 4, 4, 0), MAJOR, 0, 0.7),
    "arcade": Style(("kx.....x.x.......", "s....x.......x...", "hx.x.x.x.x.x.x.xx"), "0.0.7.0.0.0.7.0.", "x.x.x.x.x.x.x.x.", synth.square, synth.square, (0, 5, 3, 4), MAJOR, 0, 0.75),
    "swing": Style(("kx...x...x...x...", "b....x.......x...", "hx...x..xx...x..x"), "0...2...4...5...", "....x.......x..x", synth.keys, synth.brass, (0, 5, 1, 4), MAJOR, 0.62, 0.5),
    "lullaby": Style(("kx.......x.......", "b....x.......x...", "r..........x...x."), "0.......4.......", "X.......X.......", synth.pad, synth.bell, (0, 4, 5, 3), MAJOR, 0, 0.5),
}  # fmt: skip


def pitch(style: Style, key: int, step: int) -> int:
    """The MIDI note of a step of the style's scale; steps may pass beyond one octave."""
    octave, place = divmod(step, 7)
    return key + 12 * octave + style.scale[place]


@dataclasses.dataclass(slots=True)
class Band:
    """Plays one style at one tempo in one key; the seed chooses the tune."""

    style: Style
    bpm: float
    key: int = 60
    seed: int = 0

    @property
    def beat(self) -> float:
        """Seconds of a quarter note."""
        return 60 / self.bpm

    def at(self, bar: int, step: float) -> float:
        """The second at which a sixteenth begins."""
        late = self.style.swing * 0.5 if step % 2 == 1 else 0.0
        return (bar * 16 + step + late) * self.beat / 4

    def root(self, bar: int) -> int:
        """The step of the scale that the chord of a bar stands on."""
        return self.style.roots[bar % len(self.style.roots)]

    def play(self, tape: Tape, bars: int, *, first: int = 0, tune: bool = True, drums: float = 1.0) -> None:
        """Lay bars `first` … `first + bars - 1` on the tape."""
        dice = random.Random(self.seed)
        phrase = self._phrase(dice)
        for bar in range(first, first + bars):
            self._drums(tape, bar, drums)
            self._bass(tape, bar)
            self._chords(tape, bar)
            if tune:
                self._tune(tape, bar, phrase)

    def _drums(self, tape: Tape, bar: int, gain: float) -> None:
        for line in self.style.drums:
            sound, level, pan = _DRUMS[line[0]]
            for step, mark in enumerate(line[1:17]):
                if mark == "x":
                    accent = 1.0 if step % 4 == 0 else 0.72
                    tape.lay(sound(), self.at(bar, step), level * accent * gain, pan)

    def _bass(self, tape: Tape, bar: int) -> None:
        for step, mark in enumerate(self.style.bass):
            if mark != ".":
                note = pitch(self.style, self.key - 24, self.root(bar) % 7 + int(mark))
                tape.lay(synth.bass(note, self.beat * 0.42), self.at(bar, step), 0.5)

    def _chords(self, tape: Tape, bar: int) -> None:
        for step, mark in enumerate(self.style.chop):
            if mark == ".":
                continue
            length = self.beat * (1.8 if mark == "X" else 0.3)
            for k, above in enumerate((0, 2, 4)):
                note = pitch(self.style, self.key, self.root(bar) % 7 + above)
                note -= 12 if note > self.key + 14 else 0
                tape.lay(self.style.chords(note, length), self.at(bar, step), 0.15, (k - 1) * 0.45)

    def _phrase(self, dice: random.Random) -> list[tuple[int, int, int]]:
        """Two bars of tune as (sixteenth, step above the chord, length in sixteenths), a wave of small steps."""
        notes, step, place = [], 0, dice.choice((0, 2, 4, 7))
        while step < 32:
            length = dice.choice((2, 2, 4) if self.style.density > 0.45 else (2, 4, 4, 6))
            if dice.random() < 0.55 + self.style.density * 0.45 or step % 16 == 0:
                notes.append((step, place, length))
            place = max(-2, min(9, place + dice.choice((-2, -1, -1, 1, 1, 2, 3))))
            if step % 8 == 0:
                place = min((0, 2, 4, 7), key=lambda tone: abs(tone - place))
            step += length
        return notes

    def _tune(self, tape: Tape, bar: int, phrase: list[tuple[int, int, int]]) -> None:
        for step, place, length in phrase:
            if step // 16 == bar % 2:
                note = pitch(self.style, self.key + 12, self.root(bar) % 7 + place)
                note -= 12 if note > self.key + 29 else 0
                sound = self.style.tune(note, length * self.beat / 4 * 0.92)
                tape.lay(sound, self.at(bar, step % 16), 0.2, 0.12)
