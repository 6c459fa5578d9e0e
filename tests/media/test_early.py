"""The first rendition's pictures are made while an upload comes, and taken by its clip; or nothing is lost."""

import io
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from revue.media import actions, inbox, queries, tasks
from revue.media.actions import early
from revue.media.contracts import ClipState
from revue.media.ffmpeg import encode, feed, sandbox, stream
from revue.media.ffmpeg.finder import find_ffmpeg
from revue.media.models import Clip, EarlyRun, RenditionFile, Upload
from revue.platform import jobs, storage
from tests.media import films
from tests.people import make_person, viewer_of

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = pathlib.Path(__file__).resolve().parents[2]
VP8 = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-g", "15", "-c:a", "libopus")
RECORDED = ("-f", "webm", "-live", "1")
FRAGMENTS = ("-movflags", "+frag_keyframe+empty_moov+default_base_moof", "-frag_duration", "200000")
RUN = """
import sys, django
django.setup()
from revue.media.actions import early
early.make_early(upload_id=int(sys.argv[1]))
"""


class Sending:
    """An upload of a film, sent as far as a test wants."""

    def __init__(self, film: pathlib.Path) -> None:
        self.data = film.read_bytes()
        self.person_id = make_person()
        self.viewer = viewer_of(self.person_id)
        self.id = actions.start_upload(viewer=self.viewer, length_bytes=len(self.data)).id

    def send(self, until: float) -> None:
        """Send more, up to a share of the file."""
        begin, end = inbox.path(self.id).stat().st_size, int(len(self.data) * until)
        part = io.BytesIO(self.data[begin:end])
        actions.append_bytes(viewer=self.viewer, upload_id=self.id, offset=begin, stream=part)

    def post(self) -> int:
        return actions.make_clip(owner_id=self.person_id, upload_id=self.id)

    @property
    def folders(self) -> list[pathlib.Path]:
        return list(inbox.early_folder(self.id).glob("*"))


@pytest.fixture
def elsewhere() -> Iterator[Callable[[Callable[[], object]], threading.Thread]]:
    """Starts work in a thread, as a worker does; all of it has ended when the test has."""
    threads: list[threading.Thread] = []

    def start(work: Callable[[], object]) -> threading.Thread:
        def run() -> None:
            try:
                work()
            finally:
                connection.close()

        threads.append(threading.Thread(target=run))
        threads[-1].start()
        return threads[-1]

    yield start
    for thread in threads:
        thread.join()


@pytest.fixture
def encodes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of everything that was encoded as a rendition's pictures, in order."""
    names: list[str] = []
    for module in (encode, stream):
        real = module.run

        def run(job: sandbox.Job, words: list[str], real: Callable[..., sandbox.Result] = real, **more: object):
            if "libx264" in words:
                names.append(words[-1] if words[-1].endswith(".mp4") else "with pictures")
            return real(job, words, **more)

        monkeypatch.setattr(module, "run", run)
    return names


def eventually(ask: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not ask():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_begun(upload_id: int) -> bool:
    return EarlyRun.objects.filter(pk=upload_id, lease_until__isnull=False).exists()


def is_encoding(upload_id: int) -> bool:
    """From here on the run has the upload open, wherever it is moved."""
    return any(inbox.early_folder(upload_id).glob(f"*/{stream.PICTURES_FILE}"))


def packets(path: pathlib.Path) -> str:
    """Every packet of the pictures: its times, size and hash."""
    words = ["-v", "error", "-seek_timestamp", "1", "-ss", "0", "-i", path, "-map", "0:v", "-c", "copy"]
    run = subprocess.run(
        [find_ffmpeg().path, *words, "-f", "framemd5", "-"], capture_output=True, text=True, check=True
    )
    return run.stdout


def as_usual(film: pathlib.Path, tmp_path: pathlib.Path, owner_id: int) -> RenditionFile:
    """The first rendition of the same film without any of this."""
    copy = tmp_path / f"usual-{film.name}"
    shutil.copyfile(film, copy)
    clip_id = actions.adopt_file(owner_id=owner_id, path=copy)
    actions.transcode_clip(clip_id=clip_id, until=ClipState.PLAYABLE)
    return RenditionFile.objects.get(clip_id=clip_id)


@pytest.mark.parametrize(
    ("name", "codec", "extra"),
    [
        ("recorded.webm", VP8, RECORDED),
        ("fragments.mp4", tuple(films.X264), FRAGMENTS),
        ("first.mp4", tuple(films.X264), ("-movflags", "+faststart", "-af", "volume=8", "-metadata", "comment=CANARY")),
        ("late.mkv", tuple(films.X264), ("-vf", "setpts=PTS+0.4/TB", "-fps_mode", "passthrough")),
        ("silent.mkv", tuple(films.X264), ("-an",)),
    ],
)
def test_a_clip_takes_what_was_made_while_its_upload_came_and_it_is_what_one_encode_makes(
    elsewhere: Callable[..., threading.Thread],
    encodes: list[str],
    tmp_path: pathlib.Path,
    name: str,
    codec: tuple[str, ...],
    extra: tuple[str, ...],
) -> None:
    film = films.film(tmp_path / name, size="360x640", seconds=3, codec=codec, extra=extra, sound="-an" not in extra)
    sending = Sending(film)
    sending.send(0.5)
    worker = elsewhere(lambda: jobs.run_waiting(queues=["early"]))
    eventually(lambda: is_encoding(sending.id))
    sending.send(1)
    clip_id = sending.post()
    actions.transcode_clip(clip_id=clip_id, until=ClipState.PLAYABLE)
    worker.join()
    assert encodes == ["with pictures"], "once, while it came"
    clip, made = queries.clip_view(Clip.objects.get(pk=clip_id)), RenditionFile.objects.get()
    assert (clip.state, clip.has_audio, made.name) == (ClipState.PLAYABLE, "-an" not in extra, "360")
    assert (clip.poster_url is not None, clip.thumbhash != "") == (True, True)
    assert (EarlyRun.objects.count(), sending.folders) == (0, [])
    path, usual = storage.local_path(made.key), storage.local_path(as_usual(film, tmp_path, sending.person_id).key)
    assert packets(path) == packets(usual)
    assert {0.0, 2.0} <= films.key_frame_times(path) or name == "late.mkv"
    assert path.read_bytes().index(b"moov") < path.read_bytes().index(b"mdat")
    assert b"CANARY" not in path.read_bytes()
    if clip.has_audio:
        assert films.loudness(path) == pytest.approx(films.loudness(usual), abs=0.2)
        assert films.loudness(path) == pytest.approx(-14, abs=0.8)
    actions.transcode_clip(clip_id=clip_id)
    assert Clip.objects.get(pk=clip_id).state == ClipState.READY.value


def test_the_smallest_version_is_made_while_an_upload_comes_and_all_others_follow(
    elsewhere: Callable[..., threading.Thread], tmp_path: pathlib.Path
) -> None:
    sending = Sending(films.film(tmp_path / "first.mkv", size="540x960", seconds=1))
    sending.send(0.9)
    worker = elsewhere(lambda: jobs.run_waiting(queues=["early"]))
    eventually(lambda: is_begun(sending.id))
    sending.send(1)
    worker.join()
    clip_id = sending.post()
    actions.transcode_clip(clip_id=clip_id, until=ClipState.PLAYABLE)
    made = RenditionFile.objects.filter(clip_id=clip_id).values_list("name", flat=True)
    assert set(made) == {"360"}
    actions.transcode_clip(clip_id=clip_id)
    assert set(made.all()) == {"360", "540"}


def test_an_early_run_lets_a_clip_play_that_nobody_else_has_taken_up(
    elsewhere: Callable[..., threading.Thread], tmp_path: pathlib.Path
) -> None:
    sending = Sending(films.film(tmp_path / "a.mkv", seconds=0.5))
    sending.send(0.9)
    worker = elsewhere(lambda: jobs.run_waiting(queues=["early"]))
    eventually(lambda: is_begun(sending.id))
    sending.send(1)
    clip_id = sending.post()
    worker.join()
    tasks.make_early(upload_id=sending.id)  # should the run have ended before the post
    assert Clip.objects.get(pk=clip_id).state == ClipState.PLAYABLE.value
    assert EarlyRun.objects.count() == 0


def test_what_cannot_be_read_as_it_comes_is_not_asked_for(tmp_path: pathlib.Path, settings: object) -> None:
    last = Sending(films.film(tmp_path / "last.mp4", seconds=0.5))
    last.send(0.9)
    settings.EARLY_CONCURRENCY = 0  # type: ignore[attr-defined]
    off = Sending(films.film(tmp_path / "first.mkv", seconds=0.5))
    off.send(0.9)
    assert jobs.run_waiting(queues=["early"]) == 0
    settings.EARLY_CONCURRENCY = 1  # type: ignore[attr-defined]
    off.send(0.95)
    assert jobs.waiting().get("early") == 1


def test_what_is_longer_than_the_instance_takes_is_given_up_for_good(tmp_path: pathlib.Path, settings: object) -> None:
    settings.MAX_VIDEO_SECONDS = 1  # type: ignore[attr-defined]
    long = films.film(tmp_path / "a.webm", seconds=3, codec=VP8, extra=RECORDED)
    sending = Sending(long)
    sending.send(0.99)
    inbox.path(sending.id).write_bytes(sending.data)
    jobs.run_waiting(queues=["early"])
    early_run = EarlyRun.objects.get()
    assert (early_run.found, early_run.tries, sending.folders) == (None, early.MOST_TRIES, [])
    sending.send(1)
    clip_id = sending.post()
    actions.transcode_clip(clip_id=clip_id)
    assert Clip.objects.get(pk=clip_id).failure_code == "too_long"


def test_bytes_that_were_thrown_away_and_sent_anew_are_not_believed(encodes: list[str], tmp_path: pathlib.Path) -> None:
    film = films.film(tmp_path / "a.mkv", seconds=0.5)
    other = films.film(tmp_path / "b.mkv", seconds=0.5, extra=("-vf", "negate")).read_bytes()
    sending = Sending(film)
    sending.send(0.5)
    inbox.path(sending.id).write_bytes(other.ljust(len(sending.data), b"\0")[: len(sending.data)])
    early.make_early(upload_id=sending.id)
    inbox.path(sending.id).write_bytes(sending.data[: len(sending.data) // 2])
    sending.send(1)
    actions.transcode_clip(clip_id=sending.post(), until=ClipState.PLAYABLE)
    assert len(encodes) == 2, "early, and as usual"
    assert Clip.objects.get().state == ClipState.PLAYABLE.value


def test_a_run_stops_when_no_byte_comes_and_begins_again_when_some_do(
    elsewhere: Callable[..., threading.Thread], tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(early, "PATIENCE_SECONDS", 0.3)
    sending = Sending(films.film(tmp_path / "a.mkv", seconds=1))
    sending.send(0.5)
    jobs.run_waiting(queues=["early"])
    assert (EarlyRun.objects.get().lease_until, sending.folders) == (None, [])
    monkeypatch.setattr(early, "PATIENCE_SECONDS", 30)
    sending.send(0.6)
    worker = elsewhere(lambda: jobs.run_waiting(queues=["early"]))
    eventually(lambda: is_begun(sending.id))
    sending.send(1)
    worker.join()
    assert (EarlyRun.objects.get().tries, EarlyRun.objects.get().found is not None) == (2, True)


@pytest.mark.parametrize("how", ["cancelled", "taken back"])
def test_a_run_whose_upload_goes_stops_and_leaves_nothing(
    elsewhere: Callable[..., threading.Thread], tmp_path: pathlib.Path, how: str
) -> None:
    sending = Sending(films.film(tmp_path / "a.mkv", seconds=1))
    sending.send(0.5)
    worker = elsewhere(lambda: jobs.run_waiting(queues=["early"]))
    eventually(lambda: bool(sending.folders))
    if how == "cancelled":
        actions.cancel_upload(viewer=sending.viewer, upload_id=sending.id)
    else:
        time.sleep(0.3)
        os.truncate(inbox.path(sending.id), 10)
    worker.join()
    assert sending.folders == []
    assert not EarlyRun.objects.filter(found__isnull=False).exists()


def test_a_run_killed_on_its_way_costs_nothing_but_time(tmp_path: pathlib.Path, encodes: list[str]) -> None:
    sending = Sending(films.film(tmp_path / "a.mkv", seconds=1))
    sending.send(0.5)
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    environ = {**os.environ, "REVUE_DATABASE_URL": url}
    child = subprocess.Popen([sys.executable, "-c", RUN, str(sending.id)], cwd=ROOT, env=environ)
    eventually(lambda: is_begun(sending.id) and bool(sending.folders))
    os.kill(child.pid, signal.SIGKILL)
    child.wait(10)
    sending.send(1)
    clip_id = sending.post()
    actions.transcode_clip(clip_id=clip_id, until=ClipState.PLAYABLE)
    assert Clip.objects.get().state == ClipState.PLAYABLE.value
    assert len(encodes) == 1
    assert sending.folders != []
    actions.remove_leftovers(older_than_s=-5)
    assert (sending.folders, EarlyRun.objects.count()) == ([], 0)


def test_two_runs_at_once_are_one(elsewhere: Callable[..., threading.Thread], tmp_path: pathlib.Path) -> None:
    sending = Sending(films.film(tmp_path / "a.mkv", seconds=0.5))
    sending.send(0.9)
    workers = [elsewhere(lambda: early.make_early(upload_id=sending.id)) for _ in range(2)]
    eventually(lambda: is_begun(sending.id))
    sending.send(1)
    for worker in workers:
        worker.join()
    assert (EarlyRun.objects.get().tries, len(sending.folders)) == (1, 1)


def test_what_was_made_waits_for_a_late_post_and_goes_with_its_upload(
    elsewhere: Callable[..., threading.Thread], tmp_path: pathlib.Path
) -> None:
    sending = Sending(films.film(tmp_path / "a.mkv", seconds=0.5))
    sending.send(0.9)
    worker = elsewhere(lambda: jobs.run_waiting(queues=["early"]))
    eventually(lambda: is_begun(sending.id))
    sending.send(1)
    worker.join()
    actions.remove_leftovers(older_than_s=-5)
    assert len(sending.folders) == 1
    actions.cancel_upload(viewer=sending.viewer, upload_id=sending.id)
    assert (sending.folders, Upload.objects.count(), EarlyRun.objects.count()) == ([], 0, 0)


def test_a_child_is_fed_as_bytes_come_and_slow_bytes_do_not_count_against_its_time(tmp_path: pathlib.Path) -> None:
    path, out = tmp_path / "in", tmp_path / "out"
    out.mkdir()
    path.write_bytes(b"\x80" * 8000)
    whole = 24_000

    def grow() -> None:
        for _ in range(2):
            time.sleep(0.8)
            with path.open("ab") as file:
                file.write(b"\x80" * 8000)

    grower = threading.Thread(target=grow)
    grower.start()
    words = ["-nostdin", "-v", "error", "-f", "u8", "-ar", "8000", "-i", sandbox.STREAM, "-f", "u8", "heard"]
    job = sandbox.Job(find_ffmpeg().path, None, out, cpu_seconds=20, wall_seconds=1)
    with path.open("rb") as file:
        fed = feed.Feed(file, whole, patience_s=20)
        assert sandbox.run(job, words, feed=fed).exit_code == 0
    grower.join()
    assert (fed.is_over, (out / "heard").stat().st_size) == (True, whole)


def test_a_child_that_is_fed_nothing_is_ended(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "in"
    path.write_bytes(b"\x80" * 100)
    words = ["-nostdin", "-v", "error", "-f", "u8", "-i", sandbox.STREAM, "-f", "null", "-"]
    job = sandbox.Job(find_ffmpeg().path, None, tmp_path, cpu_seconds=20, wall_seconds=20)
    with path.open("rb") as file, pytest.raises(feed.Starved):
        sandbox.run(job, words, feed=feed.Feed(file, 1000, patience_s=0.2))
