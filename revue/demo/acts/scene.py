"""What all four acts share: a stage that pulses on the beat, camera cuts, a performer who blinks."""

import abc
import math
import random

from revue.demo.acts.turn import Turn
from revue.demo.paint.canvas import WIDE, Camera, Canvas
from revue.demo.paint.face import Expression
from revue.demo.paint.look import Look
from revue.demo.paint.performer import Performer
from revue.demo.paint.stage import LIGHT_STEPS, Stage
from revue.sounds.synth.band import STYLES, Band
from revue.sounds.synth.tape import Stereo

MEDIUM = Camera(1.28, 270, 556)
CLOSE = Camera(1.72, 270, 462)
SIZE = 1.12


class Scene(abc.ABC):
    """One clip in the making. `sound` and `paint` depend on the turn alone."""

    seconds: float

    def __init__(self, turn: Turn, look: Look) -> None:
        self.turn = turn
        self.dice = random.Random(turn.seed)
        self.band = Band(STYLES[turn.style], turn.bpm, turn.tonic, turn.seed)
        self.stage = Stage(turn.set)
        self.performer = Performer(look, self.stage.palette.ink, SIZE)
        self.cuts: list[tuple[float, Camera]] = [(0.0, WIDE)]  # from second … on
        self._blinks = [self.dice.uniform(0.4, 1.4) + 2.1 * k + self.dice.uniform(0, 0.7) for k in range(8)]

    @abc.abstractmethod
    def sound(self) -> Stereo:
        """The finished recording."""

    @abc.abstractmethod
    def paint(self, canvas: Canvas, t: float) -> None:
        """Draw the frame at second `t`; called in order of time."""

    def begin(self, canvas: Canvas, t: float) -> Camera:
        """Lay the background as lit at second `t` and choose the camera."""
        camera = [lens for start, lens in self.cuts if start <= t + 1e-6][-1]
        pulse = math.exp(-3.4 * (t / self.band.beat % 1.0))
        canvas.start(self.stage.view(camera, round(pulse * (LIGHT_STEPS - 1))), camera)
        return camera

    def blink(self, t: float) -> float:
        """How shut the eyes are: a blink takes 0.16 s."""
        return max(0.0, *(1 - abs(t - at) / 0.08 for at in self._blinks))

    def cut_on_bars(self, lenses: tuple[Camera, ...], every: int = 4) -> None:
        """Change the camera each `every` beats, in turn."""
        count = math.ceil(self.seconds / (every * self.band.beat))
        self.cuts = [(k * every * self.band.beat, lenses[k % len(lenses)]) for k in range(count)]


def expression(*, blink: float = 0.0, **parts: float) -> Expression:
    """A face with a blink laid over it."""
    return Expression(blink=blink, **parts)
