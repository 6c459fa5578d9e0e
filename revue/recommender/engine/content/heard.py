"""What is heard in a video: how its loudness, timbre and onsets go, a few plain numbers."""

from typing import Final

import numpy as np
import numpy.typing as npt

from revue.recommender.engine.content.facts import SOUND_RATE, Samples

Numbers = npt.NDArray[np.float64]

SOUNDS: Final = 12
BANDS: Final = 24
LEAST_SAMPLES: Final = SOUND_RATE // 4  # less is a click
SILENT: Final = 3e-4  # root mean square; below there is nothing to hear
_WINDOW, _STEP = 512, 256  # samples: 32 ms, each 16 ms
_LOWEST_HZ, _HIGHEST_HZ = 60.0, 7600.0
_FLOOR = 1e-6  # of power: keeps logarithms finite
_PAUSE = 2.0  # below the mean of log power: somebody breathes
_KEPT = 3  # cepstral coefficients whose spread says how a sound varies


def is_heard(sound: Samples) -> bool:
    """Whether there is enough sound to say something of it."""
    return len(sound) >= LEAST_SAMPLES and float(np.sqrt(np.mean(np.square(sound, dtype=np.float64)))) > SILENT


def sounds(sound: Samples) -> Numbers:
    """Onsets, zero crossings, pauses, how timbre varies and what it is. Shape (`SOUNDS`,)."""
    windows = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[::_STEP]
    power = np.abs(np.fft.rfft(windows * np.hanning(_WINDOW), axis=1)) ** 2
    bands = np.log(power @ _FILTERS.T + _FLOOR)
    loud = np.log(power.sum(axis=1) + _FLOOR)
    rises = np.maximum(0, np.diff(bands, axis=0)).mean(axis=1)
    crossings = np.diff(np.signbit(windows), axis=1).mean(axis=1)
    cepstrum = bands @ _COSINES.T
    onsets = [rises.mean(), rises.std(), np.log(np.percentile(rises, 95) / (np.median(rises) + 1e-3) + 1e-3)]
    return np.array(
        [
            *onsets,
            *(crossings.mean(), crossings.std()),
            *(loud.std(), (loud < loud.mean() - _PAUSE).mean()),
            *np.log(cepstrum.std(axis=0)[:_KEPT] + 1e-3),
            *cepstrum.mean(axis=0)[1:3],
        ],
        np.float64,
    )


def _mel(hertz: float) -> float:
    return float(2595 * np.log10(1 + hertz / 700))


def _filters() -> Numbers:
    """Triangles evenly spaced in mel: shape (`BANDS`, bins)."""
    mels = np.linspace(_mel(_LOWEST_HZ), _mel(_HIGHEST_HZ), BANDS + 2)
    edges = 700 * (10 ** (mels / 2595) - 1)
    hertz = np.linspace(0, SOUND_RATE / 2, _WINDOW // 2 + 1)
    low, middle, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    return np.maximum(0, np.minimum((hertz - low) / (middle - low), (high - hertz) / (high - middle)))


_FILTERS: Final = _filters()
_COSINES: Final = np.cos(np.pi * np.outer(np.arange(_KEPT), np.arange(BANDS) + 0.5) / BANDS) * np.sqrt(2 / BANDS)
