"""What the band plays: on the beat, loud enough, and sung with formants."""

import numpy as np
import pytest

from revue.sounds.synth import synth, voice
from revue.sounds.synth.band import STYLES, Band
from revue.sounds.synth.tape import Tape, loudness, mastered
from revue.sounds.synth.voice import Syllable, Throat


@pytest.mark.parametrize("style", STYLES)
def test_every_style_is_louder_on_the_beat_than_before_it(style):
    band = Band(STYLES[style], 120, 60, 1)
    tape = Tape(8.0)
    band.play(tape, 4)
    power = (tape.sound**2).sum(axis=1)
    on = sum(power[int(k * 24_000) : int(k * 24_000) + 2400].sum() for k in range(0, 16, 2))
    before = sum(power[int(k * 24_000) + 21_600 : int(k * 24_000) + 24_000].sum() for k in range(0, 16, 2))
    assert on > 1.5 * before


def test_mastering_brings_quiet_and_loud_to_the_same_level():
    tone = np.repeat(np.sin(np.arange(96_000) / 20)[:, None], 2, axis=1).astype(np.float32)
    assert abs(loudness(mastered(tone * 0.01)) - loudness(mastered(tone * 0.9))) < 0.5


def test_vowels_differ_where_their_formants_lie():
    """An "i" has its second formant far above that of an "o"."""
    strengths = {}
    for vowel in "io":
        sound = voice.sing(Syllable(0, 0.5, 50, "", vowel), Throat(breath=0))
        spectrum = np.abs(np.fft.rfft(sound))
        pitch = np.fft.rfftfreq(len(sound), 1 / synth.RATE)
        strengths[vowel] = spectrum[(pitch > 2000) & (pitch < 2800)].sum() / spectrum[pitch < 1200].sum()
    assert strengths["i"] > 2 * strengths["o"]


def test_a_sung_note_has_its_pitch():
    sound = voice.sing(Syllable(0, 0.6, 57, "l", "a"), Throat(breath=0, vibrato=0))
    steady = sound[9600:24_000]
    echo = np.correlate(steady, steady, "full")[len(steady) :]
    period = 150 + int(np.argmax(echo[149:400]))
    assert synth.RATE / period == pytest.approx(220, rel=0.02)
