"""Single sounds as arrays: oscillators, envelopes, drums and pitched instruments. Mono, 48 kHz, about -1 to 1."""

import functools
import math

import numpy as np
import numpy.typing as npt

RATE = 48_000
Sound = npt.NDArray[np.float32]


def clock(seconds: float) -> Sound:
    """The time of each sample."""
    return np.arange(int(seconds * RATE), dtype=np.float32) / np.float32(RATE)


def hertz(note: float) -> float:
    """The frequency of a MIDI note number."""
    return 440.0 * math.pow(2.0, (note - 69) / 12)


def noise(seconds: float, seed: int = 1) -> Sound:
    """White noise, the same for the same seed."""
    return np.random.default_rng(seed).uniform(-1, 1, int(seconds * RATE)).astype(np.float32)


def filtered(sound: Sound, low: float, high: float) -> Sound:
    """What lies between two frequencies, with soft edges."""
    spectrum = np.fft.rfft(sound)
    pitch = np.fft.rfftfreq(len(sound), 1 / RATE)
    keep = 1 / (1 + (low / np.maximum(pitch, 1)) ** 4) / (1 + (pitch / high) ** 4)
    return np.fft.irfft(spectrum * keep, len(sound)).astype(np.float32)


def shaped(sound: Sound, attack: float, release: float) -> Sound:
    """The same with a short fade at both ends (seconds), so that nothing clicks."""
    rise, fall = min(int(attack * RATE), len(sound)), min(int(release * RATE), len(sound))
    if rise:
        sound[:rise] *= np.linspace(0, 1, rise, dtype=np.float32)
    if fall:
        sound[-fall:] *= np.linspace(1, 0, fall, dtype=np.float32) ** 1.5
    return sound


@functools.cache
def kick() -> Sound:
    """A round bass drum."""
    t = clock(0.32)
    sweep = 48 * t + 4.6 * (1 - np.exp(-t * 34))
    return shaped(np.sin(2 * math.pi * sweep) * np.exp(-t * 9) + 0.25 * noise(0.32) * np.exp(-t * 380), 0.0005, 0.05)


@functools.cache
def snare() -> Sound:
    """A bright snare drum."""
    t = clock(0.22)
    body = np.sin(2 * math.pi * (186 * t + 1.2 * (1 - np.exp(-t * 60)))) * np.exp(-t * 24)
    return shaped(0.5 * body + 0.85 * filtered(noise(0.22, 3), 900, 9000) * np.exp(-t * 19), 0.0005, 0.03)


@functools.cache
def clap() -> Sound:
    """Several hands at once."""
    t = clock(0.24)
    bursts = sum(np.where(t >= d, np.exp(-(t - d) * 160), 0) for d in (0.0, 0.011, 0.023))
    tail = np.where(t >= 0.03, np.exp(-(t - 0.03) * 22), 0)
    return shaped(filtered(noise(0.24, 5), 800, 5200) * (bursts + tail).astype(np.float32) * 1.2, 0.0005, 0.03)


@functools.cache
def hat(seconds: float = 0.05) -> Sound:
    """A hi-hat; longer is more open."""
    t = clock(seconds + 0.03)
    return shaped(filtered(noise(seconds + 0.03, 7), 6500, 16000) * np.exp(-t * 3.2 / seconds), 0.0005, 0.02)


@functools.cache
def brush() -> Sound:
    """A wire brush on a drum."""
    t = clock(0.16)
    swell = np.sin(math.pi * np.minimum(t / 0.16, 1)) ** 0.6 * np.exp(-t * 8)
    return shaped(filtered(noise(0.16, 9), 1800, 9500) * swell * 0.8, 0.004, 0.03)


@functools.cache
def rim() -> Sound:
    """A stick on the rim, or a wood block."""
    t = clock(0.07)
    return shaped(
        (np.sin(2 * math.pi * 1720 * t) + 0.6 * np.sin(2 * math.pi * 860 * t)) * np.exp(-t * 70), 0.0005, 0.01
    )


@functools.cache
def cowbell() -> Sound:
    """Two square-ish tones."""
    t = clock(0.2)
    pair = sum(np.tanh(3 * np.sin(2 * math.pi * f * t)) for f in (562.0, 845.0))
    return shaped(0.4 * pair * np.exp(-t * 17), 0.0005, 0.03)


@functools.cache
def tom(note: int = 45) -> Sound:
    """A tuned drum."""
    t = clock(0.34)
    pitch = hertz(note)
    return shaped(np.sin(2 * math.pi * (pitch * t + 1.5 * (1 - np.exp(-t * 26)))) * np.exp(-t * 10), 0.001, 0.05)


@functools.cache
def crash(seconds: float = 1.6) -> Sound:
    """A cymbal."""
    t = clock(seconds)
    metal = sum(np.sin(2 * math.pi * f * t + k) for k, f in enumerate((3170.0, 4230, 5410, 6770, 8130)))
    return shaped((filtered(noise(seconds, 11), 3000, 15000) + 0.05 * metal) * np.exp(-t * 3.4), 0.001, 0.2)


@functools.lru_cache(maxsize=512)
def pluck(note: int, seconds: float, bright: float = 0.6) -> Sound:
    """A string: high partials fade first."""
    t = clock(seconds + 0.15)
    pitch, sound = hertz(note), np.zeros(len(t), np.float32)
    for k in range(1, 9):
        if pitch * k < 9000:
            sound += np.sin(2 * math.pi * pitch * k * t) * (bright**k / k**0.4) * np.exp(-t * (2.4 + 1.9 * k))
    return shaped(sound, 0.002, 0.1)


@functools.lru_cache(maxsize=512)
def keys(note: int, seconds: float) -> Sound:
    """An electric piano (two operators of frequency modulation)."""
    t = clock(seconds + 0.12)
    pitch = hertz(note)
    modulator = np.sin(2 * math.pi * pitch * 2 * t) * (1.7 * np.exp(-t * 6) + 0.25)
    return shaped(np.sin(2 * math.pi * pitch * t + modulator) * np.exp(-t * 2.1), 0.003, 0.1)


@functools.lru_cache(maxsize=512)
def bell(note: int, seconds: float) -> Sound:
    """A glockenspiel or music box."""
    t = clock(seconds + 0.5)
    pitch = hertz(note)
    parts = ((1.0, 1.0, 4.0), (2.76, 0.45, 8.0), (5.4, 0.22, 15.0))
    sound = sum(a * np.sin(2 * math.pi * pitch * r * t) * np.exp(-t * d) for r, a, d in parts)
    return shaped(np.asarray(sound, np.float32), 0.001, 0.2)


@functools.lru_cache(maxsize=512)
def reed(note: int, seconds: float) -> Sound:
    """A clarinet or a toy synthesiser: odd partials, a late vibrato."""
    t = clock(seconds + 0.05)
    pitch = hertz(note)
    phase = 2 * math.pi * pitch * t + 0.25 * np.clip(t * 3 - 0.4, 0, 1) * np.sin(2 * math.pi * 5.6 * t)
    sound = sum(np.sin(k * phase) / k**1.25 for k in (1, 3, 5, 7) if pitch * k < 9000)
    return shaped(np.asarray(0.7 * sound, np.float32), 0.014, 0.05)


@functools.lru_cache(maxsize=512)
def brass(note: int, seconds: float) -> Sound:
    """A brass stab that opens as it swells."""
    t = clock(seconds + 0.06)
    pitch, sound = hertz(note), np.zeros(int((seconds + 0.06) * RATE), np.float32)
    swell = np.minimum(1, t / 0.05) * np.exp(-t * 1.6)
    for k in range(1, 9):
        if pitch * k < 9000:
            sound += np.sin(2 * math.pi * pitch * k * t) * swell ** (0.6 + 0.35 * k) / k**0.75
    return shaped(0.6 * sound, 0.006, 0.06)


@functools.lru_cache(maxsize=512)
def square(note: int, seconds: float) -> Sound:
    """The pulse wave of an old games console."""
    t = clock(seconds)
    pitch = hertz(note)
    limit = max(1, min(11, int(9000 / pitch)))
    sound = sum(np.sin(2 * math.pi * pitch * k * t) / k for k in range(1, limit + 1, 2))
    return shaped(np.asarray(0.75 * sound * np.exp(-t * 1.5), np.float32), 0.003, 0.02)


@functools.lru_cache(maxsize=512)
def bass(note: int, seconds: float) -> Sound:
    """A round bass with some growl."""
    t = clock(seconds + 0.04)
    pitch = hertz(note)
    tone = np.sin(2 * math.pi * pitch * t) + 0.5 * np.sin(4 * math.pi * pitch * t) * np.exp(-t * 5)
    tone = tone + 0.28 * np.sin(6 * math.pi * pitch * t) * np.exp(-t * 9)
    return shaped(np.tanh(1.3 * tone) * np.exp(-t * 2.2), 0.004, 0.04)


@functools.lru_cache(maxsize=256)
def pad(note: int, seconds: float) -> Sound:
    """Soft strings."""
    t = clock(seconds + 0.25)
    pitch = hertz(note)
    sound = np.zeros(len(t), np.float32)
    for drift in (-0.6, 0.5):
        for k in (1, 2, 3):
            sound += np.sin(2 * math.pi * (pitch * k + drift * k) * t) / (k**1.6) * 0.5
    return shaped(sound, 0.12, 0.25)
