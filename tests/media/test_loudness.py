"""Every clip is about as loud as the next, whatever it was recorded with."""

import pathlib
from collections.abc import Callable

import pytest

from revue.media.contracts import ClipState, ClipView
from revue.media.ffmpeg import loudness
from tests.media import films

Make = Callable[[pathlib.Path], ClipView]
Stored = Callable[[str], pathlib.Path]


@pytest.mark.parametrize(
    ("lufs", "gain"),
    [(-24.0, 10.0), (-8.0, -6.0), (-45.0, 15.0), (-14.2, 0.0), (-55.0, 0.0), (float("-inf"), 0.0), (None, 0.0)],
)
def test_the_gain_is_what_is_missing_within_reason(lufs: float | None, gain: float) -> None:
    assert loudness.gain_db(lufs) == pytest.approx(gain)


def test_the_last_summary_counts_and_nothing_is_no_number() -> None:
    assert loudness.parse("  I:   -70.0 LUFS\n x\n    I:         -21.5 LUFS\n    Threshold: -31.5 LUFS") == -21.5
    assert loudness.parse("    I:  -inf LUFS") == float("-inf")
    assert loudness.parse("Output file does not contain any stream") is None


@pytest.mark.parametrize(("volume", "wanted"), [("0.6", -14.0), ("8", -14.0), ("0.1", -26.6)])
def test_quiet_and_loud_films_come_out_alike_in_every_rendition(
    make: Make, stored: Stored, tmp_path: pathlib.Path, volume: str, wanted: float
) -> None:
    film = films.film(tmp_path / "a.mp4", size="540x960", seconds=2, extra=("-af", f"volume={volume}"))
    clip = make(film)
    heard = [films.loudness(stored(rendition.url)) for rendition in clip.renditions]
    assert len(heard) == 2
    assert heard == pytest.approx([wanted, wanted], abs=0.7)


def test_silence_stays_silent(make: Make, stored: Stored, tmp_path: pathlib.Path) -> None:
    clip = make(films.film(tmp_path / "a.mp4", extra=("-af", "volume=0")))
    assert clip.has_audio
    assert films.loudness(stored(clip.renditions[0].url)) <= -70


def test_a_film_without_sound_is_made_as_before(make: Make, tmp_path: pathlib.Path) -> None:
    clip = make(films.film(tmp_path / "a.mp4", sound=False))
    assert (clip.state, clip.has_audio) == (ClipState.READY, False)
