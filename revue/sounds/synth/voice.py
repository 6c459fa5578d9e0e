"""A voice without words of its own: harmonics through formants, sung on notes or babbled like speech.

Each syllable also says what shape the mouth has, so that pictures and sound come from one score.
"""

import dataclasses
import math
import random

import numpy as np

from revue.sounds.synth.synth import RATE, Sound, filtered, noise, shaped

# Formants: (centre in Hz, width in Hz, strength) for each vowel.
_VOWELS: dict[str, tuple[tuple[float, float, float], ...]] = {
    "a": ((820, 150, 1.0), (1250, 170, 0.62), (2700, 260, 0.22)),
    "e": ((520, 120, 1.0), (1900, 190, 0.48), (2550, 260, 0.24)),
    "i": ((320, 100, 1.0), (2350, 220, 0.42), (3050, 280, 0.26)),
    "o": ((480, 120, 1.0), (880, 150, 0.55), (2500, 260, 0.10)),
    "u": ((350, 100, 1.0), (760, 140, 0.38), (2350, 260, 0.07)),
    "m": ((260, 90, 0.75), (1050, 220, 0.05), (2200, 300, 0.03)),
}
# Mouths: (open 0-1, wide -1-1) for each vowel.
MOUTHS: dict[str, tuple[float, float]] = {
    "a": (0.95, 0.25),
    "e": (0.55, 0.75),
    "i": (0.32, 1.0),
    "o": (0.75, -0.75),
    "u": (0.40, -1.0),
    "m": (0.0, 0.0),
}
_CLOSED = {"m", "b", "p", "w"}  # consonants that shut the lips


@dataclasses.dataclass(frozen=True, slots=True)
class Syllable:
    """One sung or spoken sound: when (s), how long (s), how high (MIDI), a consonant and a vowel."""

    at: float
    length: float
    note: float
    consonant: str
    vowel: str


@dataclasses.dataclass(frozen=True, slots=True)
class Throat:
    """Whose voice: formants moved up (small heads) or down, and how breathy and wobbly it is."""

    size: float = 1.0
    breath: float = 0.05
    vibrato: float = 0.22  # semitones
    buzz: float = 1.15  # how fast harmonics fall


def _formant(vowel: str, size: float, pitch: np.ndarray) -> np.ndarray:
    gain = np.zeros_like(pitch)
    for centre, width, strength in _VOWELS[vowel]:
        gain += strength / (1 + ((pitch - centre * size) / (width * size)) ** 2)
    return gain


def sing(syllable: Syllable, throat: Throat) -> Sound:
    """The sound of one syllable."""
    seconds = syllable.length + 0.05
    t = np.arange(int(seconds * RATE), dtype=np.float32) / np.float32(RATE)
    pitch = 440.0 * 2 ** ((syllable.note - 69) / 12)
    wobble = throat.vibrato * np.clip(t * 4 - 0.5, 0, 1) * np.sin(2 * math.pi * 5.4 * t)
    scoop = -0.9 * np.exp(-t * 26)
    phase = (2 * math.pi * pitch / RATE) * np.cumsum(2 ** ((wobble + scoop) / 12), dtype=np.float64)
    base = np.exp(1j * phase).astype(np.complex64)
    power, sound = base.copy(), np.zeros(len(t), np.float32)
    partials = np.arange(1, max(2, min(30, int(5200 / pitch))) + 1)
    gains = _formant(syllable.vowel, throat.size, partials * pitch) / partials ** (throat.buzz * 0.55)
    start = _formant("m", throat.size, partials * pitch) / partials ** (throat.buzz * 0.55)
    onset = np.exp(-t * 38) if syllable.consonant in ("l", "m", "n", "w", "y") else np.zeros(1, np.float32)
    for gain, hum in zip(gains, start, strict=True):
        sound += power.imag * (gain + (hum - gain) * onset).astype(np.float32)
        power *= base
    sound /= np.float32(np.sqrt((gains**2).sum()) + 1e-6)
    sound += throat.breath * noise(seconds, 23)[: len(t)] * np.abs(sound)
    return _with_consonant(shaped(0.6 * sound, 0.018, 0.07), syllable.consonant)


def _with_consonant(sound: Sound, consonant: str) -> Sound:
    if consonant in ("b", "d", "p", "t", "g", "k"):
        band = {"b": (150, 700), "p": (400, 1500), "d": (1500, 4200), "t": (2500, 7000)}.get(consonant, (900, 2600))
        burst = filtered(noise(0.03, 29), *band) * np.linspace(1, 0, int(0.03 * RATE), dtype=np.float32) ** 2
        sound[: len(burst)] += 0.5 * burst[: len(sound)]
    if consonant in ("s", "sh", "f", "ch"):
        hiss = filtered(noise(0.09, 31), *((4500, 11000) if consonant == "s" else (2200, 7000)))
        hiss *= np.sin(np.linspace(0, math.pi, len(hiss), dtype=np.float32))
        sound[: len(hiss)] += 0.32 * hiss[: len(sound)]
    return sound


def mouth_at(score: list[Syllable], t: float) -> tuple[float, float]:
    """How open and how wide the mouth is at second `t`: shut between syllables, moving in 60 ms."""
    opened, wide = 0.0, 0.0
    for syllable in score:
        since = t - syllable.at
        if since < -0.06 or since > syllable.length + 0.08:
            continue
        target_open, target_wide = MOUTHS[syllable.vowel]
        delay = 0.045 if syllable.consonant in _CLOSED else 0.0
        rise = min(1.0, max(0.0, (since + 0.05 - delay) / 0.06))
        fall = min(1.0, max(0.0, (syllable.length + 0.05 - since) / 0.08))
        strength = min(rise, fall)
        if target_open * strength >= opened:
            opened, wide = target_open * strength, target_wide * strength
    return opened, wide


_BABBLE = ("b", "d", "g", "l", "m", "n", "t", "w", "y", "s")


def babble(text: str, at: float, seconds: float, note: float, dice: random.Random) -> list[Syllable]:
    """Speech-like nonsense with a syllable for each group of vowels in `text`, fitted into `seconds`."""
    words = [max(1, _vowel_groups(word)) for word in text.split()]
    total = sum(words) + 0.45 * len(words)
    step, score, now = seconds / total, [], at
    question = text.rstrip().endswith("?")
    for index, count in enumerate(words):
        late = index / max(1, len(words) - 1)
        melody = (4 * late**3 if question else -3 * late) + dice.uniform(-1.5, 2)
        for _ in range(count):
            rise = melody + dice.uniform(-1.2, 1.2)
            score.append(Syllable(now, step * 0.82, note + rise, dice.choice(_BABBLE), dice.choice("aeiou")))
            now += step
        now += step * 0.45
    return score


def _vowel_groups(word: str) -> int:
    count, inside = 0, False
    for letter in word.lower():
        vowel = letter in "aeiouy"
        count += vowel and not inside
        inside = vowel
    return count
