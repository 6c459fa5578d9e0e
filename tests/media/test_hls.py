"""Long clips as HLS: the same frames, cut at the same moments in every rendition, for whoever may watch the clip."""

import pathlib
import re
import subprocess
from collections.abc import Callable

import pytest
from django.test import Client

from revue.media import actions, policy, tasks
from revue.media.actions import hls as hls_actions
from revue.media.contracts import ClipView
from revue.media.ffmpeg.finder import find_ffmpeg
from revue.media.models import Clip
from revue.platform import storage
from revue.videos import actions as videos
from revue.videos import queries
from revue.videos.contracts import Visibility
from tests.media import films
from tests.people import client_of, make_person, viewer_of
from tests.videos.test_life import post, upload

pytestmark = pytest.mark.django_db
Make = Callable[[pathlib.Path], ClipView]
PARTS = re.compile(r"#EXTINF:([\d.]+),\s*#EXT-X-BYTERANGE:(\d+)@(\d+)")


@pytest.fixture(autouse=True)
def from_five_seconds(settings: object) -> None:
    settings.HLS_AFTER_SECONDS = 5  # type: ignore[attr-defined]


def stored(clip_id: int, name: str) -> pathlib.Path:
    return storage.local_path(policy.clip_key(clip_id, name))


def frames(path: pathlib.Path, stream: str) -> list[str]:
    """The hash of each picture, or of each piece of sound, of a film or a playlist."""
    words = ["-v", "error", "-allowed_extensions", "ALL"] if path.suffix == ".m3u8" else ["-v", "error"]
    run = subprocess.run(
        [find_ffmpeg().path, *words, "-i", path, "-map", stream, "-f", "framemd5", "-fps_mode", "passthrough", "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.rpartition(",")[2].strip() for line in run.stdout.splitlines() if not line.startswith("#")]


def apart(path: pathlib.Path) -> float:
    """By how many seconds the first sound that is kept comes after the first picture."""
    words = ["-v", "error", *(["-allowed_extensions", "ALL"] if path.suffix == ".m3u8" else []), "-copyts", "-i", path]
    first = []
    for stream in ("0:v", "0:a"):
        ask = [*words, "-map", stream, "-fps_mode", "passthrough", "-enc_time_base", "1/48000", "-f", "framemd5", "-"]
        if stream == "0:a":
            ask.remove("-fps_mode")
            ask.remove("passthrough")
        run = subprocess.run([find_ffmpeg().path, *ask], capture_output=True, text=True, check=True)
        rows = [line.split(",") for line in run.stdout.splitlines() if not line.startswith("#")]
        hidden = 1 if stream == "0:a" and path.suffix == ".m3u8" else 0
        first.append(int(rows[hidden][2]) / 48_000)
    return first[1] - first[0]


def test_a_long_clip_is_cut_at_the_same_moments_and_keeps_every_frame(make: Make, tmp_path: pathlib.Path) -> None:
    clip = make(films.film(tmp_path / "a.mp4", size="720x1280", seconds=7))
    tasks.make_hls(clip_id=clip.id)
    times = {}
    for rendition in clip.renditions:
        playlist = stored(clip.id, f"hls-{rendition.name}.m3u8")
        film = stored(clip.id, f"{rendition.name}.mp4")
        assert frames(playlist, "0:v") == frames(film, "0:v")
        # The edit list of a film hides the first piece that the encoder makes, and cuts the last.
        assert frames(playlist, "0:a")[1:-1] == frames(film, "0:a")[:-1]
        assert abs(apart(playlist) - apart(film)) < 0.001
        parts = PARTS.findall(playlist.read_text())
        times[rendition.name] = [round(float(seconds), 1) for seconds, _, _ in parts]
        assert sum(int(size) for _, size, _ in parts) < stored(clip.id, f"hls-{rendition.name}.m4s").stat().st_size
    assert set(times) == {"360", "540", "720"}
    assert [*times.values()] == [[2.0, 2.0, 2.0, 1.0]] * 3
    master = stored(clip.id, "hls.m3u8").read_text()
    assert re.findall(r"RESOLUTION=(\d+x\d+)", master) == ["360x640", "540x960", "720x1280"]
    assert all(re.fullmatch(r"avc1\.64[0-9a-f]{4},mp4a\.40\.2", one) for one in re.findall(r'CODECS="(.*?)"', master))
    peaks = [int(bits) for bits in re.findall(r":BANDWIDTH=(\d+)", master)]
    assert peaks == sorted(peaks)
    assert peaks[0] >= clip.renditions[0].bitrate * 0.9


def test_a_short_clip_and_an_instance_without_hls_get_none(
    make: Make, tmp_path: pathlib.Path, settings: object
) -> None:
    short = make(films.film(tmp_path / "short.mp4", seconds=3))
    tasks.make_hls(clip_id=short.id)
    settings.HLS_AFTER_SECONDS = 0  # type: ignore[attr-defined]
    long = make(films.film(tmp_path / "long.mp4", seconds=7))
    tasks.make_hls(clip_id=long.id)
    assert not Clip.objects.filter(has_hls=True).exists()
    assert not stored(long.id, "hls.m3u8").exists()


def test_whoever_may_watch_may_have_the_parts_and_they_go_with_the_video(
    run_jobs: Callable[[], int], tmp_path: pathlib.Path
) -> None:
    ana = make_person()
    made = post(ana, upload(ana, films.film(tmp_path / "a.mp4", seconds=7).read_bytes()))
    run_jobs()
    video = client_of(ana).get(f"/api/v1/videos/{made['id']}").json()
    assert video["hls_url"].endswith("/hls.m3u8")
    folder = video["hls_url"].removesuffix("hls.m3u8")
    types = {"hls.m3u8": "application/vnd.apple.mpegurl", "hls-180.m4s": "video/mp4"}
    for name, kind in types.items():
        answer = Client().get(folder + name)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
    assert actions.check_files(older_than_s=0).missing == []
    assert not [key for key in actions.check_files(older_than_s=0).strays if "hls" in key]
    (clip_id,) = Clip.objects.values_list("pk", flat=True)
    (row_id,) = queries.video_ids_of(author_id=ana)
    videos.edit_video(viewer=viewer_of(ana), video_id=row_id, visibility=Visibility.ONLY_ME)
    assert Client().get(folder + "hls-180.m4s").status_code == 404
    assert client_of(ana).get(folder + "hls-180.m4s").status_code == 200
    videos.erase_video(viewer=viewer_of(ana), video_id=row_id)
    run_jobs()
    assert not stored(clip_id, "hls.m3u8").exists()


def test_a_lost_job_is_made_good_each_hour(make: Make, tmp_path: pathlib.Path, run_jobs: Callable[[], int]) -> None:
    clip = make(films.film(tmp_path / "a.mp4", seconds=7))
    assert [*hls_actions.wanted().values_list("pk", flat=True)] == [clip.id]
    tasks.tidy()
    run_jobs()
    assert not hls_actions.wanted().exists()
    assert Clip.objects.get().has_hls
