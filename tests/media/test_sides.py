"""What is made beside the renditions: sprite, preview, a poster worth looking at, the sound, and a laid track."""

import math
import pathlib
import subprocess
from collections.abc import Callable

import pytest

from revue.media import policy
from revue.media.contracts import ClipState, ClipView
from revue.media.ffmpeg import encode, errors, mix, plan, probe, sharp, side
from revue.media.ffmpeg.finder import find_ffmpeg
from revue.media.models import Clip
from revue.platform import storage
from tests.media import films

Make = Callable[[pathlib.Path], ClipView]
RATE = 8000  # samples a second at which sounds are compared


def stored(clip_id: int, name: str) -> pathlib.Path:
    return storage.local_path(policy.clip_key(clip_id, name))


def samples(path: pathlib.Path) -> list[float]:
    """A file's sound at `RATE`, one channel, -1 to 1, from the moment its pictures begin."""
    words = ["-v", "error", "-i", path, "-map", "0:a:0", "-af", "aresample=async=1:first_pts=0", "-ac", "1"]
    run = subprocess.run(
        [find_ffmpeg().path, *words, "-ar", str(RATE), "-f", "s16le", "-"], capture_output=True, check=True
    )
    return [value / 32768 for value in memoryview(run.stdout).cast("h")]


def level_db(sound: list[float]) -> float:
    return 10 * math.log10(sum(value * value for value in sound) / len(sound) + 1e-12)


def lag_ms(wanted: list[float], heard: list[float], *, most_ms: int = 200) -> float:
    """By how much `heard` is later than `wanted`, by the peak of their cross-correlation."""
    most = most_ms * RATE // 1000
    wanted = wanted[most : most + RATE]
    best = max(
        range(2 * most), key=lambda shift: sum(a * b for a, b in zip(wanted, heard[shift : shift + RATE], strict=False))
    )
    return (best - most) * 1000 / RATE


def chirps(path: pathlib.Path, *, seconds: float = 6) -> pathlib.Path:
    """A sound master whose every moment is different."""
    wave = "0.3*sin(2*PI*t*(300+200*floor(t*7)-17*floor(t*31)))"
    films.ffmpeg(
        "-f",
        "lavfi",
        "-i",
        f"aevalsrc='{wave}':d={seconds}:s=48000",
        "-c:a",
        "libopus",
        "-b:a",
        "128k",
        "-ac",
        "2",
        path,
    )
    return path


def sharpness_film(path: pathlib.Path) -> pathlib.Path:
    """Three seconds: a test card out of focus, the same in focus from 1 s to 2 s, then black."""
    card = "testsrc2=size=180x320:rate=30:duration=3"
    blur = "gblur=sigma=12:enable='lt(t,1)',drawbox=color=black:t=fill:enable='gte(t,2)'"
    films.ffmpeg("-f", "lavfi", "-i", f"{card},{blur}", *films.X264, path)
    return path


def test_a_clip_gets_a_sprite_a_small_preview_and_its_sound_by_itself(make: Make, tmp_path: pathlib.Path) -> None:
    clip = make(films.film(tmp_path / "a.mp4", size="360x640", seconds=4.5))
    row = Clip.objects.get(pk=clip.id)
    assert (row.sprite_step_ms, row.sprite_tiles, row.has_preview, row.has_sound_file) == (1000, 5, True, True)
    layout = side.sprite(clip.width, clip.height, clip.duration_ms)
    size = f"{layout.tile_width * layout.columns}x{layout.tile_height * layout.rows}"
    assert size in films.described(stored(clip.id, policy.SPRITE))
    assert stored(clip.id, policy.PREVIEW).stat().st_size <= 6_500
    assert films.frame_count(stored(clip.id, policy.PREVIEW)) == 30
    assert films.loudness(stored(clip.id, policy.SOUND)) == pytest.approx(-14, abs=1.5)
    ours, theirs = samples(stored(clip.id, policy.MASTER)), samples(stored(clip.id, "360.mp4"))
    assert len(ours) == pytest.approx(4.5 * RATE, abs=RATE // 20)
    assert abs(len(ours) - len(theirs)) < RATE // 10


@pytest.mark.parametrize("seconds", [0.2, 1.0, 130.0])
def test_the_sprite_has_a_tile_for_each_step_of_any_clip(seconds: float) -> None:
    layout = side.sprite(720, 1280, int(seconds * 1000))
    assert (layout.tiles - 1) * layout.step_ms < seconds * 1000 <= layout.tiles * layout.step_ms
    assert layout.tiles <= side.MOST_TILES
    assert max(layout.tile_width, layout.tile_height) == side.TILE_EDGE


def test_a_clip_of_a_few_pictures_and_no_sound_has_a_sprite_too(make: Make, tmp_path: pathlib.Path) -> None:
    clip = make(films.film(tmp_path / "a.mp4", seconds=0.2, sound=False))
    row = Clip.objects.get(pk=clip.id)
    assert clip.state is ClipState.READY
    assert (row.sprite_tiles, row.has_preview, row.has_sound_file) == (1, True, False)


def test_the_poster_is_a_sharp_moment_and_not_the_black_one(make: Make, tmp_path: pathlib.Path) -> None:
    clip = make(sharpness_film(tmp_path / "a.mp4"))
    assert clip.poster_url is not None
    assert clip.poster_url.endswith("poster-1000.webp")


def test_sharpness_prefers_edges_and_shuns_black_and_white() -> None:
    edges = bytes(255 if (x // 4 + y // 4) % 2 else 60 for y in range(32) for x in range(32))
    grey, black = bytes([128]) * 1024, bytes(20 if (x // 4) % 2 else 0 for y in range(32) for x in range(32))
    assert sharp.score(edges, 32) > sharp.score(black, 32) > sharp.score(grey, 32) == 0
    assert sharp.best(grey + edges + black, 32, 32) == 1
    with pytest.raises(ValueError, match="no whole picture"):
        sharp.best(b"short", 32, 32)


def mixed(tmp_path: pathlib.Path, film: pathlib.Path, track: mix.Track | None, own_percent: int = 100) -> encode.Made:
    limits = probe.Limits(seconds=60)
    about = probe.probe(find_ffmpeg(), film, tmp_path, limits)
    work = encode.Work(find_ffmpeg(), film, tmp_path, about, "ultrafast", limits, track, own_percent)
    (made,) = encode.encode(work, plan.rungs(about.width, about.height)[:1], encode.Extras(), lambda _: None)
    return made


def test_a_laid_track_is_in_sync_and_as_loud_as_wanted(tmp_path: pathlib.Path) -> None:
    film, track = films.film(tmp_path / "a.mp4", seconds=3, sound=False), chirps(tmp_path / "t.webm")
    made = mixed(tmp_path, film, mix.Track(track, start_ms=1500, percent=50, loops=False))
    heard, clean = samples(made.path), samples(track)[int(1.5 * RATE) :]
    assert made.has_audio
    assert abs(lag_ms(clean, heard)) < 5
    assert level_db(heard[RATE : 2 * RATE]) - level_db(clean[RATE : 2 * RATE]) == pytest.approx(-6.02, abs=0.7)
    assert len(heard) == pytest.approx(3 * RATE, abs=RATE // 10)


def test_a_track_that_ends_is_followed_by_silence_and_one_that_loops_goes_on(tmp_path: pathlib.Path) -> None:
    film, track = films.film(tmp_path / "a.mp4", seconds=4, sound=False), chirps(tmp_path / "t.webm", seconds=2)
    for loops in (False, True):
        heard = samples(mixed(tmp_path, film, mix.Track(track, 0, 100, loops)).path)
        assert (level_db(heard[int(2.5 * RATE) : int(3.5 * RATE)]) > -30) is loops


def test_both_sounds_are_heard_each_at_its_share(tmp_path: pathlib.Path) -> None:
    film, track = films.film(tmp_path / "a.mp4", seconds=3), chirps(tmp_path / "t.webm")
    alone = samples(mixed(tmp_path, film, None).path)[RATE : 2 * RATE]
    own = mixed(tmp_path, film, mix.Track(track, 0, 0, loops=False), own_percent=50)
    assert level_db(samples(own.path)[RATE : 2 * RATE]) - level_db(alone) == pytest.approx(-6.02, abs=0.7)
    silent = mixed(tmp_path, film, None, own_percent=0)
    assert not silent.has_audio


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (probe.Limits(seconds=60, pixels=50_000), "too_many_pixels"),
        (probe.Limits(seconds=60, fps=25), "too_many_frames"),
        (probe.Limits(seconds=1), "too_long"),
    ],
)
def test_limits_are_the_instances_own(limits: probe.Limits, code: str, tmp_path: pathlib.Path) -> None:
    film = films.film(tmp_path / "a.mp4", seconds=2)
    with pytest.raises(errors.MediaError) as refusal:
        probe.probe(find_ffmpeg(), film, tmp_path, limits)
    assert refusal.value.code == code


def test_a_recording_that_does_not_say_how_long_it_is_is_measured(tmp_path: pathlib.Path) -> None:
    film = tmp_path / "live.webm"
    films.ffmpeg(
        *("-f", "lavfi", "-i", "testsrc2=size=180x320:duration=2", "-c:v", "libvpx", "-deadline", "realtime"),
        *("-live", "1", "-f", "webm", film),
    )
    assert "Duration: N/A" in films.described(film)
    about = probe.probe(find_ffmpeg(), film, tmp_path, probe.Limits(seconds=60))
    assert about.duration_ms == pytest.approx(2000, abs=80)
