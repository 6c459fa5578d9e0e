"""Runs that are killed, doubled, overtaken or deserted: a clip ends once, whole, and nothing is left lying about."""

import datetime
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from revue.media import actions, hooks, policy, queries, tasks
from revue.media.actions.run import Run
from revue.media.contracts import ClipState, ClipView
from revue.media.models import Clip, RenditionFile, Wish
from revue.platform import clock, jobs, storage
from tests.media import films
from tests.people import make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault]

ROOT = pathlib.Path(__file__).resolve().parents[2]
RUN = """
import sys, django
django.setup()
from revue.media import actions
actions.transcode_clip(clip_id=int(sys.argv[1]))
"""
ENRICH = """
import sys, django
django.setup()
from revue.media.actions import enrich
enrich.make_wished(clip_id=int(sys.argv[1]))
"""


def adopt(path: pathlib.Path) -> int:
    return actions.adopt_file(owner_id=make_person(), path=path)


def run_elsewhere(clip_id: int, run: str = RUN) -> "subprocess.Popen[bytes]":
    """One run in a process of its own, the way a worker's is."""
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    environ = {**os.environ, "REVUE_DATABASE_URL": url}
    return subprocess.Popen([sys.executable, "-c", run, str(clip_id)], cwd=ROOT, env=environ, start_new_session=True)


def let_the_lease_run_out(clip_id: int) -> None:
    past = clock.now() - datetime.timedelta(seconds=1)
    Clip.objects.filter(pk=clip_id, lease_until__isnull=False).update(lease_until=past, attempts=0)


def ffmpegs_of(clip_id: int) -> list[int]:
    """Living ffmpeg processes that work in a folder of this data folder."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and str(storage.scratch()).encode() in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def test_a_run_killed_at_any_moment_ends_as_one_whole_clip(tmp_path: pathlib.Path) -> None:
    clip_id = adopt(films.film(tmp_path / "a.mp4", size="540x960", seconds=3))
    dice = random.Random(5)
    kills = 0
    for _ in range(6):
        child = run_elsewhere(clip_id)
        try:
            child.wait(dice.uniform(0.7, 2.5))
        except subprocess.TimeoutExpired:
            os.kill(child.pid, signal.SIGKILL)
            child.wait(10)
            kills += 1
        let_the_lease_run_out(clip_id)
        deadline = time.monotonic() + 10
        while ffmpegs_of(clip_id):
            assert time.monotonic() < deadline, "ffmpeg dies with the run that started it"
            time.sleep(0.05)
    actions.transcode_clip(clip_id=clip_id)
    clip = queries.clip_view(Clip.objects.get())
    assert (clip.state, clip.progress, kills > 0) == (ClipState.READY, 100, True)
    assert sorted(RenditionFile.objects.values_list("name", flat=True)) == ["360", "540"]
    folder = storage.local_path(RenditionFile.objects.first().key).parent
    sharp = clip.poster_url.rpartition("/")[2].removesuffix(".webp")
    wanted = ["360.mp4", "540.mp4", "poster-small.webp", "poster.webp", f"{sharp}-small.webp", f"{sharp}.webp"]
    wanted += ["preview.mp4", "sound.m4a", "sound.webm", "sprite.webp"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(wanted)
    for rendition in clip.renditions:
        assert films.frame_count(storage.local_path(rendition.url.removeprefix("/media/"))) == 90
    actions.remove_leftovers(older_than_s=-5)
    assert not list(storage.scratch().glob("clip-*"))


def test_a_killed_enrichment_is_made_once_by_the_next(tmp_path: pathlib.Path) -> None:
    clip_id = adopt(films.film(tmp_path / "a.mp4", size="1080x1920", seconds=1, rate=10))
    actions.transcode_clip(clip_id=clip_id)
    Wish.objects.create(clip_id=clip_id, name="1080")
    child = run_elsewhere(clip_id, ENRICH)
    deadline = time.monotonic() + 60
    while not Wish.objects.get().attempts:
        assert time.monotonic() < deadline, "the run never began"
        time.sleep(0.02)
    os.kill(child.pid, signal.SIGKILL)
    child.wait(10)
    assert Wish.objects.get().state == "wanted"
    let_the_lease_run_out(clip_id)
    children = [run_elsewhere(clip_id, ENRICH) for _ in range(2)]
    assert [child.wait(60) for child in children] == [0, 0]
    assert (Wish.objects.get().state, Wish.objects.get().attempts) == ("made", 2)
    made = RenditionFile.objects.get(in_ladder=False)
    assert films.frame_count(storage.local_path(made.key)) == 10


def test_two_runs_at_once_make_one_clip(tmp_path: pathlib.Path) -> None:
    clip_id = adopt(films.film(tmp_path / "a.mp4", size="360x640"))
    children = [run_elsewhere(clip_id) for _ in range(2)]
    assert [child.wait(60) for child in children] == [0, 0]
    clip = Clip.objects.get()
    assert (clip.state, clip.attempts) == (ClipState.READY.value, 1)


def test_a_run_whose_clip_is_deleted_stops_and_leaves_nothing(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(storage.scratch().glob("clip-*"))  # of runs that were killed
    clip_id = adopt(films.film(tmp_path / "a.mp4", size="540x960", seconds=3))
    real = Run.beat

    def delete_then_beat(run: Run, percent: int) -> None:
        actions.delete_clip(clip_id=clip_id)
        real(run, percent)

    monkeypatch.setattr(Run, "beat", delete_then_beat)
    actions.transcode_clip(clip_id=clip_id)
    tasks.delete_files(clip_id=clip_id, upload_id=0)
    assert not Clip.objects.exists()
    assert not storage.local_path(policy.clip_key(clip_id, "540.mp4")).parent.exists()
    assert not storage.local_path(policy.original_key(clip_id)).parent.exists()
    assert set(storage.scratch().glob("clip-*")) <= before


def test_a_clip_that_kills_every_run_fails_with_a_reason(tmp_path: pathlib.Path) -> None:
    clip_id = adopt(films.film(tmp_path / "a.mp4"))
    Clip.objects.filter(pk=clip_id).update(attempts=policy.MOST_ATTEMPTS)
    actions.transcode_clip(clip_id=clip_id)
    clip = queries.clip_view(Clip.objects.get())
    assert clip.state is ClipState.FAILED
    assert clip.failure is not None
    assert (clip.failure.code, clip.failure.may_retry) == ("encoder_failed", True)
    actions.retry_clip(clip_id=clip_id)
    actions.transcode_clip(clip_id=clip_id)
    assert Clip.objects.get().state == ClipState.READY.value


def test_a_full_disk_is_waited_out_and_the_original_is_kept(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip_id = adopt(films.film(tmp_path / "a.mp4"))
    full = OSError(28, "No space left on device")

    def refuse(key: str, path: pathlib.Path) -> None:
        raise full

    with monkeypatch.context() as patched:
        patched.setattr(storage, "put", refuse)
        actions.transcode_clip(clip_id=clip_id)
    clip = Clip.objects.get()
    assert (clip.state, clip.failure_code) == (ClipState.WORKING.value, "")
    assert clip.lease_until is not None
    assert clip.lease_until > clock.now(), "not at once"
    assert actions.repair_clips() == 0
    let_the_lease_run_out(clip_id)
    assert actions.repair_clips() == 1
    actions.transcode_clip(clip_id=clip_id)
    assert Clip.objects.get().state == ClipState.READY.value


def test_a_lost_nudge_and_a_dead_run_are_swept_up_and_a_living_one_is_left(tmp_path: pathlib.Path) -> None:
    clip_id = adopt(films.film(tmp_path / "a.mp4"))
    assert actions.repair_clips() == 1
    Clip.objects.filter(pk=clip_id).update(
        state=ClipState.WORKING.value, lease_id=1, lease_until=clock.now() + datetime.timedelta(seconds=20)
    )
    assert actions.repair_clips() == 0
    let_the_lease_run_out(clip_id)
    assert actions.repair_clips() == 1
    Clip.objects.filter(pk=clip_id).update(state=ClipState.READY.value)
    assert actions.repair_clips() == 0


def test_every_waiting_clip_plays_before_any_gets_the_rest(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, ClipState]] = []

    def listen(*, clip_id: int, view: ClipView) -> None:
        told.append((clip_id, view.state))

    monkeypatch.setattr(hooks, "_clip_changed", [listen])
    clip_ids = [adopt(films.film(tmp_path / f"{name}.mp4", size="540x960", seconds=1)) for name in "abc"]
    jobs.run_waiting(queues=["media"])
    plays = [told.index((clip_id, ClipState.PLAYABLE)) for clip_id in clip_ids]
    done = [told.index((clip_id, ClipState.READY)) for clip_id in clip_ids]
    assert max(plays) < min(done)
    assert RenditionFile.objects.count() == 6


def test_a_clip_that_plays_is_finished_although_the_job_for_the_rest_was_lost(tmp_path: pathlib.Path) -> None:
    clip_id = adopt(films.film(tmp_path / "a.mp4", size="540x960", seconds=1))
    actions.transcode_clip(clip_id=clip_id, until=ClipState.PLAYABLE)
    clip = Clip.objects.get()
    assert (clip.state, clip.lease_id, clip.attempts) == (ClipState.PLAYABLE.value, None, 0)
    actions.transcode_clip(clip_id=clip_id, until=ClipState.PLAYABLE)
    assert RenditionFile.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert actions.repair_clips() == 1
    jobs.run_waiting(queues=["media"])
    assert (Clip.objects.get().state, RenditionFile.objects.count()) == (ClipState.READY.value, 2)


def test_sound_that_had_to_be_left_out_is_left_out_of_the_rest_too(tmp_path: pathlib.Path) -> None:
    film = films.film(tmp_path / "a.mp4", size="540x960")
    data = film.read_bytes()
    at = data.rindex(b"stsd")  # the sound track's sample description is not there
    film.write_bytes(data[:at] + b"free" + data[at + 4 :])
    clip_id = adopt(film)
    actions.transcode_clip(clip_id=clip_id, until=ClipState.PLAYABLE)
    actions.transcode_clip(clip_id=clip_id)
    assert (Clip.objects.get().state, RenditionFile.objects.count()) == (ClipState.READY.value, 2)
