"""From the file a person has to files that play, whatever that file is like."""

import base64
import hashlib
import os
import pathlib
from collections.abc import Callable

import pytest

from revue.media import queries
from revue.media.actions import hls
from revue.media.contracts import ClipState, ClipView
from revue.media.ffmpeg import encode, probe
from revue.media.ffmpeg.finder import find_ffmpeg
from revue.media.models import Clip
from revue.platform import storage
from tests.media import films

Make = Callable[[pathlib.Path], ClipView]
Stored = Callable[[str], pathlib.Path]


def test_a_portrait_film_becomes_renditions_posters_and_a_placeholder(
    make: Make, stored: Stored, tmp_path: pathlib.Path
) -> None:
    film = films.film(tmp_path / "a.mp4", size="720x1280", seconds=2)
    sha256 = hashlib.sha256(film.read_bytes()).hexdigest()
    clip = make(film)
    assert (clip.state, clip.progress, clip.failure) == (ClipState.READY, 100, None)
    assert [(r.name, r.width, r.height) for r in clip.renditions] == [
        ("360", 360, 640),
        ("540", 540, 960),
        ("720", 720, 1280),
    ]
    assert (clip.width, clip.height, clip.has_audio) == (720, 1280, True)
    assert clip.duration_ms == pytest.approx(2000, abs=100)
    for rendition in clip.renditions:
        path = stored(rendition.url)
        assert path.stat().st_size == rendition.bytes
        assert path.read_bytes().index(b"moov") < path.read_bytes().index(b"mdat"), "plays while it loads"
        about = films.described(path)
        assert "h264 (High)" in about
        assert "yuv420p(tv, bt709" in about
        assert "aac" in about
    large, small = queries.poster_urls(Clip.objects.get(pk=clip.id).poster_key)
    assert large is not None
    assert small is not None
    assert large == clip.poster_url
    assert stored(large).read_bytes()[8:12] == stored(small).read_bytes()[8:12] == b"WEBP"
    assert stored(small).stat().st_size < 40_000
    assert 15 <= len(base64.b64decode(clip.thumbhash)) <= 25
    assert not Clip.objects.get(pk=clip.id).is_sound_lost
    original = storage.local_path(Clip.objects.get(pk=clip.id).original_key)
    assert hashlib.sha256(original.read_bytes()).hexdigest() == sha256


def test_key_frames_stand_every_two_seconds_in_every_rendition(
    make: Make, stored: Stored, tmp_path: pathlib.Path
) -> None:
    clip = make(films.film(tmp_path / "a.mp4", size="540x960", seconds=5))
    for rendition in clip.renditions:
        assert {0.0, 2.0, 4.0} <= films.key_frame_times(stored(rendition.url))


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_film_stored_on_its_side_comes_out_upright(
    make: Make, stored: Stored, tmp_path: pathlib.Path, degrees: int
) -> None:
    clip = make(films.turned(tmp_path / "turned.mp4", degrees))
    path = stored(clip.renditions[-1].url)
    assert (clip.width, clip.height) == (180, 320)
    assert "displaymatrix" not in films.described(path)
    corners = {place: films.pixel(path, *place)[0] > 128 for place in ((30, 50), (140, 50), (30, 270), (140, 270))}
    red = (30, 50) if degrees == 90 else (140, 270)
    assert corners == {place: place == red for place in corners}


def test_a_film_without_sound_stays_silent(make: Make, stored: Stored, tmp_path: pathlib.Path) -> None:
    clip = make(films.film(tmp_path / "silent.mp4", sound=False))
    assert (clip.state, clip.has_audio) == (ClipState.READY, False)
    assert "Audio" not in films.described(stored(clip.renditions[0].url))


def test_a_browser_recording_without_duration_gets_one(make: Make, tmp_path: pathlib.Path) -> None:
    film = tmp_path / "recorded.webm"
    films.film(
        film,
        codec=("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"),
        extra=("-f", "webm", "-live", "1"),
    )
    assert "Duration: N/A" in films.described(film)
    clip = make(film)
    assert clip.state is ClipState.READY
    assert clip.duration_ms == pytest.approx(1000, abs=150)
    assert clip.has_audio


def test_unevenly_timed_frames_are_all_kept(make: Make, stored: Stored, tmp_path: pathlib.Path) -> None:
    uneven = ("-vf", "select='not(mod(n,7))+not(mod(n,5))'", "-fps_mode", "vfr")
    film = films.film(tmp_path / "uneven.mp4", seconds=3, sound=False, extra=uneven)
    clip = make(film)
    assert films.frame_count(stored(clip.renditions[0].url)) == films.frame_count(film)


def test_more_than_sixty_frames_a_second_become_sixty(make: Make, stored: Stored, tmp_path: pathlib.Path) -> None:
    clip = make(films.film(tmp_path / "slow-motion.mp4", rate=120, sound=False))
    assert films.frame_count(stored(clip.renditions[0].url)) == pytest.approx(60, abs=2)


def test_a_full_range_film_is_brought_to_television_range(make: Make, stored: Stored, tmp_path: pathlib.Path) -> None:
    full = ("-vf", "scale=out_range=full", "-pix_fmt", "yuvj420p", "-color_range", "pc")
    clip = make(films.film(tmp_path / "full.mp4", extra=full))
    assert "yuv420p(tv, bt709" in films.described(stored(clip.renditions[0].url))


@pytest.mark.parametrize(("transfer", "primaries"), [("smpte2084", "bt2020"), ("arib-std-b67", "bt2020")])
def test_a_bright_film_is_tone_mapped(
    make: Make, stored: Stored, tmp_path: pathlib.Path, transfer: str, primaries: str
) -> None:
    tags = ("-pix_fmt", "yuv420p10le", "-tag:v", "hvc1", "-x265-params", "log-level=none")
    colours = ("-vf", f"setparams=color_trc={transfer}:color_primaries={primaries}:colorspace=bt2020nc:range=tv")
    film = films.film(
        tmp_path / "hdr.mp4", codec=("-c:v", "libx265", "-preset", "ultrafast"), extra=(*tags, *colours), sound=False
    )
    assert transfer in films.described(film)
    clip = make(film)
    assert clip.state is ClipState.READY
    about = films.described(stored(clip.renditions[0].url))
    assert "yuv420p(tv, bt709" in about
    assert transfer not in about


def test_oblong_pixels_come_out_square(make: Make, tmp_path: pathlib.Path) -> None:
    clip = make(films.film(tmp_path / "oblong.mp4", size="320x360", extra=("-vf", "setsar=2/1")))
    assert (clip.width, clip.height) == (640, 360)
    assert [(r.width, r.height) for r in clip.renditions] == [(640, 360)]


def test_odd_sizes_become_even_and_nothing_is_enlarged(make: Make, tmp_path: pathlib.Path) -> None:
    film = films.film(tmp_path / "odd.mp4", size="181x321", codec=("-c:v", "libx264", "-pix_fmt", "yuv444p"))
    clip = make(film)
    assert [(r.name, r.width, r.height) for r in clip.renditions] == [("180", 180, 320)]


def test_no_place_device_or_word_of_the_source_is_left_in_any_stored_byte(
    make: Make, stored: Stored, tmp_path: pathlib.Path, settings: object
) -> None:
    settings.HLS_AFTER_SECONDS = 1  # type: ignore[attr-defined]
    canary = "CANARY+48.8584+002.2945/"
    names = ("location", "location-eng", "com.apple.quicktime.location.ISO6709", "make", "model", "comment", "title")
    tags = [word for name in names for word in ("-metadata", f"{name}={canary}")]
    chapters = tmp_path / "chapters.txt"
    chapters.write_text(f";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle={canary}\n")
    plain = films.film(tmp_path / "plain.mp4")
    film = tmp_path / "tagged.mov"
    movflags = ("-movflags", "use_metadata_tags")
    films.ffmpeg("-i", plain, "-i", chapters, "-map_chapters", "1", "-c", "copy", *tags, *movflags, film)
    assert canary.encode() in film.read_bytes()
    clip = make(film)
    assert clip.state is ClipState.READY
    assert clip.poster_url is not None
    hls.make_hls(clip_id=clip.id)  # photos have a test of their own
    folder = stored(clip.renditions[0].url).parent
    names_stored = sorted(path.name for path in folder.iterdir())
    assert names_stored == [
        *("180.mp4", "hls-180.m3u8", "hls-180.m4s", "hls.m3u8"),
        *("poster-0-small.webp", "poster-0.webp", "poster-small.webp", "poster.webp"),
        *("preview.mp4", "sound.m4a", "sound.webm", "sprite.webp"),
    ]
    for path in folder.iterdir():
        assert b"CANARY" not in path.read_bytes()
        assert b"48.8584" not in path.read_bytes()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("empty", "not_a_video"),
        ("words", "not_a_video"),
        ("playlist", "not_a_video"),
        ("sound", "no_picture"),
        ("noise behind a box", "damaged"),
        ("truncated", "damaged"),
        ("huge", "too_many_pixels"),
        ("long", "too_long"),
        ("codec", "codec_refused"),
    ],
)
def test_what_cannot_be_a_clip_is_refused_in_one_sentence(
    make: Make, tmp_path: pathlib.Path, settings: object, name: str, code: str
) -> None:
    settings.MAX_VIDEO_SECONDS = 5  # type: ignore[attr-defined]
    clip = make(_bad_file(tmp_path / "bad.mp4", name))
    assert clip.state is ClipState.FAILED
    assert clip.failure is not None
    assert (clip.failure.code, clip.failure.may_retry) == (code, False)
    assert clip.failure.reason.endswith(".")
    assert clip.renditions == ()
    assert not storage.local_path(f"clips/{clip.id}").exists()


def _bad_file(path: pathlib.Path, name: str) -> pathlib.Path:
    match name:
        case "empty":
            path.touch()
        case "words":
            path.write_text("This is not a film.\n" * 100)
        case "playlist":
            path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n")
        case "sound":
            films.ffmpeg("-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac", path)
        case "noise behind a box":
            path.write_bytes(b"\x00\x00\x00\x18ftypisom" + os.urandom(50_000))
        case "truncated":
            whole = films.film(path, seconds=4, extra=("-movflags", "+faststart"))
            path.write_bytes(whole.read_bytes()[: path.stat().st_size * 6 // 10])
        case "huge":
            films.film(path, size="8192x4320", seconds=0.1, sound=False)
        case "long":
            films.film(path, seconds=8, size="64x64", sound=False)
        case "codec":
            films.film(path, codec=("-c:v", "mpeg2video"), sound=False)
    return path


def test_a_recording_without_duration_that_is_too_long_is_refused(
    make: Make, tmp_path: pathlib.Path, settings: object
) -> None:
    settings.MAX_VIDEO_SECONDS = 2  # type: ignore[attr-defined]
    film = films.film(
        tmp_path / "long.webm",
        seconds=4,
        sound=False,
        codec=("-c:v", "libvpx", "-deadline", "realtime"),
        extra=("-f", "webm", "-live", "1"),
    )
    clip = make(film)
    assert clip.failure is not None
    assert clip.failure.code == "too_long"


def test_broken_sound_is_left_out_and_the_film_plays(make: Make, stored: Stored, tmp_path: pathlib.Path) -> None:
    film = films.film(tmp_path / "a.mp4")
    data = film.read_bytes()
    at = data.rindex(b"stsd")  # the sound track's sample description is not there
    film.write_bytes(data[:at] + b"free" + data[at + 4 :])
    clip = make(film)
    assert (clip.state, clip.has_audio) == (ClipState.READY, False)
    assert "Audio" not in films.described(stored(clip.renditions[0].url))
    assert Clip.objects.get(pk=clip.id).is_sound_lost, "its author is told"


@pytest.mark.parametrize(
    ("picture", "sound", "suffix"),
    [
        ("h263", "libopencore_amrnb", "3gp"),
        ("mjpeg", "pcm_s16be", "mov"),
        ("mjpeg", "pcm_u8", "mov"),
        ("mpeg4", "pcm_mulaw", "mov"),
        ("prores_ks", "pcm_s24le", "mov"),
        ("libx264", "pcm_s24be", "mov"),
        ("libx264", "pcm_s32le", "mov"),
        ("libx264", "pcm_f32le", "mov"),
        ("libx264", "alac", "mov"),
        ("libx264", "flac", "mkv"),
        ("libx264", "ac3", "mp4"),
        ("libx264", "eac3", "mov"),
    ],
)
def test_what_old_phones_cameras_and_recorders_write_is_seen_and_heard(
    make: Make, stored: Stored, tmp_path: pathlib.Path, picture: str, sound: str, suffix: str
) -> None:
    small = ("-s", "176x144", "-c:a", sound, *(("-ar", "8000") if sound.endswith("amrnb") else ()))
    clip = make(films.film(tmp_path / f"a.{suffix}", codec=("-c:v", picture), sound=True, extra=(*small, "-ac", "1")))
    assert (clip.state, clip.failure, clip.has_audio) == (ClipState.READY, None, True)
    path = stored(clip.renditions[0].url)
    assert films.loudness(path) == pytest.approx(-14, abs=2.5), "the tone is there"
    assert films.frame_count(path) >= 29


def test_a_film_whose_sound_we_do_not_read_is_made_without_it(
    make: Make, stored: Stored, tmp_path: pathlib.Path
) -> None:
    clip = make(films.film(tmp_path / "a.mov", extra=("-c:a", "adpcm_ima_wav")))
    assert (clip.state, clip.has_audio) == (ClipState.READY, False)
    assert "Audio" not in films.described(stored(clip.renditions[0].url))
    assert Clip.objects.get(pk=clip.id).is_sound_lost, "its author is told"


def test_the_probe_reads_several_tracks_and_takes_the_first_that_can_be_played(tmp_path: pathlib.Path) -> None:
    film = tmp_path / "tracks.mkv"
    films.ffmpeg(
        *("-f", "lavfi", "-i", "testsrc2=size=180x320:duration=1", "-f", "lavfi", "-i", "sine=duration=1"),
        *("-map", "1:a", "-map", "0:v", "-map", "1:a", *films.X264, "-c:a:0", "mp2", "-c:a:1", "aac", film),
    )
    about = probe.probe(find_ffmpeg(), film, tmp_path, probe.Limits(seconds=10))
    assert (about.width, about.height, about.sound, about.is_hdr) == (180, 320, 1, False)
    assert encode.thumb_size(about) == (36, 64)
