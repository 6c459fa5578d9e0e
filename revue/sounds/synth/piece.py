"""A piece of the sound library: a band that plays some bars which can be repeated without a seam."""

import dataclasses

from revue.sounds.synth.band import STYLES, Band
from revue.sounds.synth.synth import RATE
from revue.sounds.synth.tape import Stereo, Tape, in_room, levelled

BARS = 16
BEATS = BARS * 4
_ECHO_SECONDS = 1.5  # of the last bar, laid over the first
_LUFS = -14.0  # as loud as what people upload is made


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """What is played. Its slug stands in addresses that never change: another piece has another slug."""

    slug: str
    name: str
    mood: str
    style: str
    tempo: int  # beats a minute
    key: int  # MIDI note
    seed: int

    @property
    def beats_ms(self) -> list[int]:
        """When each beat falls."""
        return [round(beat * 60_000 / self.tempo) for beat in range(BEATS)]

    @property
    def seconds(self) -> float:
        """How long it lasts before it begins anew."""
        return BEATS * 60 / self.tempo


def play(piece: Piece) -> Stereo:
    """The piece at 48 kHz: four bars of accompaniment, eight with a tune, four with another."""
    tape = Tape(piece.seconds + _ECHO_SECONDS)
    style = STYLES[piece.style]
    first = Band(style, piece.tempo, piece.key, piece.seed)
    second = Band(style, piece.tempo, piece.key, piece.seed + 1000)
    first.play(tape, 4, tune=False)
    first.play(tape, 8, first=4)
    second.play(tape, 4, first=12)
    length = round(piece.seconds * RATE)
    whole = in_room(tape.sound, 0.12)
    sound, echo = whole[:length], whole[length:]
    sound[: len(echo)] += echo
    return levelled(sound, _LUFS)
