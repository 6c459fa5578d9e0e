"""Tunes that differ, for films that must not be taken for one another."""

import pathlib
import random

from tests.media import films


def tune(path: pathlib.Path, *, seed: int, seconds: float) -> pathlib.Path:
    """A film with a melody of its own: four notes a second over a moving bass, and nothing to see."""
    dice = random.Random(seed)
    notes = [220 * 2 ** (dice.choice((0, 2, 3, 5, 7, 8, 10, 12, 14, 15)) / 12) for _ in range(int(seconds * 4) + 1)]
    basses = [110 * 2 ** (dice.choice((0, 3, 5, 7, 8, 10)) / 12) for _ in range(int(seconds) + 1)]
    lead, low = _steps(notes, 0.25), _steps(basses, 1.0)
    wave = f"0.25*sin(2*PI*t*{lead})*exp(-3*mod(t,0.25))+0.2*sin(2*PI*t*{low})+0.1*sin(4*PI*t*{lead})"
    sound = ["-f", "lavfi", "-i", f"aevalsrc='{wave}':d={seconds}:s=44100"]
    picture = ["-f", "lavfi", "-i", f"color=teal:size=180x320:rate=10:duration={seconds}"]
    films.ffmpeg(*picture, *sound, *films.X264, "-c:a", "aac", "-b:a", "128k", path)
    return path


def _steps(values: list[float], each: float) -> str:
    """An expression of `t` that holds each value for `each` seconds."""
    return (
        "("
        + "+".join(f"{value:.2f}*between(t,{n * each},{(n + 1) * each - 1e-4})" for n, value in enumerate(values))
        + ")"
    )
