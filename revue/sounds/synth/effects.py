"""What a pit drummer has beside the kit: rimshot, slide whistle, drum roll, applause, whoosh, boing, tada."""

import functools
import math

import numpy as np

from revue.sounds.synth import synth
from revue.sounds.synth.synth import RATE, Sound, clock, filtered, noise, shaped
from revue.sounds.synth.tape import Tape


def rimshot(tape: Tape, at: float) -> None:
    """Ba-dum-tss."""
    tape.lay(synth.tom(50), at, 0.85, -0.3)
    tape.lay(synth.snare(), at, 0.35, -0.2)
    tape.lay(synth.tom(43), at + 0.15, 0.95, 0.3)
    tape.lay(synth.kick(), at + 0.36, 0.9)
    tape.lay(synth.crash(1.4), at + 0.36, 0.75, 0.15)


@functools.cache
def slide_whistle(seconds: float = 0.5, low: float = 520, high: float = 1650, *, down: bool = False) -> Sound:
    """Whoop: a whistle that slides up, or down."""
    t = clock(seconds)
    share = (t / seconds) ** 1.3
    share = 1 - share if down else share
    pitch = low * (high / low) ** share * (1 + 0.012 * np.sin(2 * math.pi * 7 * t))
    phase = 2 * math.pi * np.cumsum(pitch) / RATE
    return shaped((np.sin(phase) + 0.12 * np.sin(2 * phase)).astype(np.float32) * 0.6, 0.03, 0.06)


@functools.cache
def roll(seconds: float) -> Sound:
    """A drum roll that grows."""
    sound = np.zeros(int(seconds * RATE) + RATE // 2, np.float32)
    for k in range(int(seconds * 24)):
        start = int(k * RATE / 24)
        hit = synth.snare() * np.float32(0.16 + 0.3 * k / (seconds * 24))
        sound[start : start + len(hit)] += hit
    return sound[: int(seconds * RATE)]


@functools.cache
def applause(seconds: float, seed: int = 3) -> Sound:
    """A small, kind audience."""
    dice = np.random.default_rng(seed)
    sound = np.zeros(int(seconds * RATE) + RATE // 4, np.float32)
    claps = [filtered(noise(0.035, k), 700 + 160 * k, 3800 + 350 * k) for k in range(8)]
    claps = [clap * np.exp(-np.linspace(0, 7, len(clap), dtype=np.float32)) for clap in claps]
    for start in dice.uniform(0, seconds, int(seconds * 85)):
        clap = claps[int(dice.integers(8))] * np.float32(dice.uniform(0.25, 1))
        place = int(start * RATE)
        sound[place : place + len(clap)] += clap
    return shaped(sound[: int(seconds * RATE)], 0.25, min(0.8, seconds / 2))


@functools.cache
def whoosh(seconds: float = 0.28) -> Sound:
    """Something thrown."""
    t = clock(seconds)
    swell = np.sin(math.pi * t / seconds) ** 2
    return shaped(filtered(noise(seconds, 41), 500, 2400) * swell, 0.002, 0.01)


@functools.cache
def boing() -> Sound:
    """A spring."""
    t = clock(0.5)
    wobble = 190 + 90 * np.exp(-t * 5) * np.sin(2 * math.pi * 11 * t)
    return shaped(np.sin(2 * math.pi * np.cumsum(wobble) / RATE).astype(np.float32) * np.exp(-t * 6), 0.003, 0.05)


@functools.cache
def pop(note: int = 79) -> Sound:
    """A ball landing in a glove, tuned."""
    t = clock(0.14)
    pitch = synth.hertz(note) * (1 + 0.35 * np.exp(-t * 60))
    return shaped(np.sin(2 * math.pi * np.cumsum(pitch) / RATE).astype(np.float32) * np.exp(-t * 26), 0.002, 0.02)


def tada(tape: Tape, at: float, key: int = 60) -> None:
    """Two chords that end a number."""
    for start, length in ((at, 0.11), (at + 0.17, 0.9)):
        for k, above in enumerate((0, 4, 7, 12)):
            tape.lay(synth.brass(key + above, length), start, 0.24, (k - 1.5) * 0.3)
        tape.lay(synth.kick(), start, 0.7)
    tape.lay(synth.crash(1.4), at + 0.17, 0.5)
