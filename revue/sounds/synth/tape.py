"""The tape that sounds are laid on, and the desk that makes it loud enough and never too loud."""

import functools
import pathlib
import wave

import numpy as np
import numpy.typing as npt

from revue.sounds.synth.synth import RATE, Sound

Stereo = npt.NDArray[np.float32]  # shape (samples, 2)
TARGET_DB = -16.0  # loudness of a finished clip, LUFS
_PEAK = 0.84  # -1.5 dB


class Tape:
    """A stereo recording of fixed length."""

    def __init__(self, seconds: float) -> None:
        self.sound: Stereo = np.zeros((round(seconds * RATE), 2), np.float32)

    def lay(self, sound: Sound, at: float, gain: float = 1.0, pan: float = 0.0) -> None:
        """Add a mono sound from second `at` on; `pan` -1 is left, 1 is right. What runs past the end is cut."""
        start = round(at * RATE)
        room = len(self.sound) - start
        if start < 0 or room <= 0:
            return
        piece = sound[:room] * np.float32(gain)
        for channel, share in ((0, np.cos((pan + 1) * np.pi / 4)), (1, np.sin((pan + 1) * np.pi / 4))):
            self.sound[start : start + len(piece), channel] += piece * np.float32(share * 1.414)

    def lay_stereo(self, sound: Stereo, gain: float = 1.0) -> None:
        """Add another recording from the start on."""
        length = min(len(sound), len(self.sound))
        self.sound[:length] += sound[:length] * np.float32(gain)


@functools.lru_cache(maxsize=4)
def _room(seconds: float) -> Stereo:
    dice = np.random.default_rng(17)
    samples = int(seconds * RATE)
    fade = np.exp(-np.linspace(0, 6.5, samples, dtype=np.float32))[:, None]
    tail = dice.standard_normal((samples, 2)).astype(np.float32) * fade
    return tail / np.float32(np.sqrt((tail**2).sum(axis=0)).max())


def _quick_size(length: int) -> int:
    """The least length not below `length` that the Fourier transform is quick at."""
    powers = [(1 << a) * three * five for a in range(8, 21) for three in (1, 3, 9) for five in (1, 5, 25)]
    return min(size for size in powers if size >= length)


def in_room(sound: Stereo, share: float, seconds: float = 0.7) -> Stereo:
    """The sound with the echo of a small theatre mixed in (one send, a tail for each ear)."""
    tail = _room(seconds)
    size = _quick_size(len(sound) + len(tail))
    dry = np.fft.rfft(sound.mean(axis=1), size)
    wet = sound.copy()
    for ear in (0, 1):
        echo = np.fft.irfft(dry * np.fft.rfft(tail[:, ear], size), size)[: len(sound)]
        wet[:, ear] += np.float32(share) * echo.astype(np.float32)
    return wet


def loudness(sound: Stereo) -> float:
    """About the loudness that ITU-R BS.1770 would give, in LUFS: weighted like the ear, quiet parts left out."""
    size = _quick_size(len(sound))
    spectrum = np.fft.rfft(sound.mean(axis=1), size)
    pitch = np.maximum(np.fft.rfftfreq(size, 1 / RATE), 1).astype(np.float32)
    shelf = 10 ** (np.float32(0.2) / (1 + (1500 / pitch) ** 2)) / (1 + (38 / pitch) ** 2)
    heard = np.fft.irfft(spectrum * shelf, size)[: len(sound)]
    block = int(0.4 * RATE)
    count = max(1, len(heard) // block)
    power = 2 * (heard[: count * block].reshape(count, -1) ** 2).mean(axis=1)
    loud = power[power > power.max() * 0.04]
    return float(-0.691 + 10 * np.log10(loud.mean() + 1e-12))


def levelled(sound: Stereo, target_db: float) -> Stereo:
    """Bring to a loudness (LUFS) with soft peaks below -1.5 dB."""
    sound = sound * np.float32(10 ** ((target_db + 0.5 - loudness(sound)) / 20))
    softened: Stereo = np.tanh(sound / np.float32(_PEAK)) * np.float32(_PEAK)
    return softened


def mastered(sound: Stereo) -> Stereo:
    """Bring to TARGET_DB and fade both ends."""
    sound = levelled(sound, TARGET_DB)
    fade = int(0.012 * RATE)
    sound[:fade] *= np.linspace(0, 1, fade, dtype=np.float32)[:, None]
    sound[-fade * 4 :] *= np.linspace(1, 0, fade * 4, dtype=np.float32)[:, None]
    return sound


def write_wav(path: pathlib.Path, sound: Stereo) -> None:
    """Store as 16 bit PCM."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
