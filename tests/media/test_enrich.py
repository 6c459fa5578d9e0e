"""More renditions for clips that are watched: asked for once, made when nobody waits, judged, found by everybody."""

import dataclasses
import datetime
import pathlib
import subprocess
from collections.abc import Callable

import pytest

from revue.media import actions, enrich, policy, queries, tasks
from revue.media.actions import enrich as wishes
from revue.media.actions import hls, likeness
from revue.media.actions.run import Run
from revue.media.contracts import ClipState, ClipView, Rendition, WishState
from revue.media.ffmpeg import finder
from revue.media.models import Clip, ClipFrames, Wish
from revue.platform import clock, jobs, storage
from tests.media import films

pytestmark = pytest.mark.django_db
Make = Callable[[pathlib.Path], ClipView]
Stored = Callable[[str], pathlib.Path]


@pytest.fixture(autouse=True)
def from_ten_plays(settings: object) -> None:
    settings.FULL_HD_AFTER_VIEWS = 10  # type: ignore[attr-defined]
    settings.AV1_AFTER_VIEWS = 20  # type: ignore[attr-defined]


def soft(path: pathlib.Path, seconds: float = 0.6) -> pathlib.Path:
    """Soft clouds that flicker: AV1 needs far fewer bytes for them, and shows more of them."""
    clouds = f"nullsrc=size=90x160:rate=30:duration={seconds},noise=alls=90:all_seed=7,gblur=sigma=2"
    picture = f"{clouds},scale=720:1280,crop=360:640:x=100+t*30:y=100+t*20"
    tone = f"sine=frequency=440:duration={seconds}"
    films.ffmpeg("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", tone, *films.X264, "-c:a", "aac", path)
    return path


def sharp(path: pathlib.Path) -> pathlib.Path:
    """A still test card: nearly all of its bytes are sound, and AV1 gains nothing."""
    card = "testsrc2=size=360x640:rate=15:duration=0.07,loop=loop=8:size=1,trim=duration=0.6"
    tone = "anoisesrc=color=pink:amplitude=0.2:duration=0.6"
    films.ffmpeg("-f", "lavfi", "-i", card, "-f", "lavfi", "-i", tone, *films.X264, "-c:a", "aac", path)
    return path


def large(path: pathlib.Path) -> pathlib.Path:
    return films.film(path, size="1080x1920", rate=10, extra=("-metadata", "comment=canary"))


def view(clip_id: int) -> ClipView:
    return queries.clip_view(Clip.objects.get(pk=clip_id))


def rendition(clip_id: int, name: str) -> Rendition:
    return next(one for one in view(clip_id).renditions if one.name == name)


def names(clip_id: int) -> list[str]:
    return [one.name for one in view(clip_id).renditions]


def states(clip_id: int) -> dict[str, str]:
    return dict(Wish.objects.filter(clip_id=clip_id).values_list("name", "state"))


def heard(path: pathlib.Path) -> list[str]:
    """When each piece of a film's sound is heard, and its hash."""
    words = ["-v", "error", "-copyts", "-i", path, "-map", "0:a:0", "-enc_time_base", "1/48000", "-f", "framemd5", "-"]
    run = subprocess.run([finder.find_ffmpeg().path, *words], capture_output=True, text=True, check=True)
    return [line for line in run.stdout.splitlines() if not line.startswith("#")]


def let_the_lease_run_out(clip_id: int) -> None:
    Clip.objects.filter(pk=clip_id).update(lease_until=clock.now() - datetime.timedelta(seconds=1))


def test_a_large_clip_that_is_watched_gets_1080_once_and_nothing_else_changes(
    make: Make, tmp_path: pathlib.Path, stored: Stored
) -> None:
    clip = make(large(tmp_path / "a.mp4"))
    assert wishes.want(plays={clip.id: 9}) == 0
    assert wishes.want(plays={clip.id: 10}) == 1
    assert wishes.want(plays={clip.id: 11}) == 0
    jobs.run_waiting(queues=["media"])
    assert states(clip.id) == {"1080": WishState.MADE.value}
    assert view(clip.id).renditions[:3] == clip.renditions
    made = rendition(clip.id, "1080")
    assert (made.width, made.height, made.codec, made.mime) == (1080, 1920, "h264", "video/mp4")
    path = stored(made.url)
    assert path.stat().st_size == made.bytes
    assert films.frame_count(path) == 10
    assert heard(path) == heard(stored(clip.renditions[0].url)) != []
    assert b"canary" not in path.read_bytes()
    assert path.read_bytes().index(b"moov") < path.read_bytes().index(b"mdat")
    before = path.stat().st_mtime_ns
    tasks.enrich(clip_id=clip.id)
    assert path.stat().st_mtime_ns == before
    found = actions.check_files(older_than_s=-5)
    assert (found.missing, [key for key in found.strays if "1080" in key]) == ([], [])
    assert not list(storage.scratch().glob("clip-*"))


def test_a_soft_clip_gets_av1_beside_h264_and_both_sound_the_same(
    make: Make, tmp_path: pathlib.Path, stored: Stored
) -> None:
    clip = make(soft(tmp_path / "a.mp4", seconds=2.4))
    wishes.want(plays={clip.id: 20})
    tasks.enrich(clip_id=clip.id)
    assert names(clip.id) == ["360", "360-av1"]
    made = rendition(clip.id, "360-av1")
    assert (made.width, made.height, made.codec) == (360, 640, "av1")
    assert made.mime == 'video/mp4; codecs="av01.0.01M.08"'
    assert made.bytes <= 0.8 * clip.renditions[0].bytes
    path, h264 = stored(made.url), stored(clip.renditions[0].url)
    assert "Video: av1" in films.described(path)
    assert films.key_frame_times(path) == {0.0, 2.0}
    assert films.frame_count(path) == films.frame_count(h264) == 72
    assert heard(path) == heard(h264)
    assert "VMAF" in Wish.objects.get().reason


def test_av1_that_gains_nothing_is_refused_with_its_figures_and_not_tried_again(
    make: Make, tmp_path: pathlib.Path
) -> None:
    clip = make(sharp(tmp_path / "a.mp4"))
    wishes.want(plays={clip.id: 20})
    tasks.enrich(clip_id=clip.id)
    wish = Wish.objects.get()
    assert (wish.name, wish.state, wish.attempts) == ("360-av1", WishState.REFUSED.value, 1)
    assert f"against {clip.renditions[0].bytes}" in wish.reason
    assert names(clip.id) == ["360"]
    assert not storage.exists(policy.clip_key(clip.id, "360-av1.mp4"))
    assert (wishes.want(plays={clip.id: 999}), wishes.repair()) == (0, 0)
    tasks.enrich(clip_id=clip.id)
    assert Wish.objects.get().attempts == 1


@pytest.mark.parametrize(
    ("av1_bytes", "av1_vmaf", "is_kept"),
    [(800, 92.0, True), (801, 95.0, False), (800, 91.99, False), (500, 99.0, True), (1000, 99.0, False)],
)
def test_av1_is_kept_a_fifth_smaller_and_at_most_a_point_worse(
    av1_bytes: int, av1_vmaf: float, *, is_kept: bool
) -> None:
    assert is_kept is enrich.is_worth_it(av1_bytes=av1_bytes, h264_bytes=1000, av1_vmaf=av1_vmaf, h264_vmaf=93.0)


@pytest.mark.parametrize(
    ("plays", "size", "seconds", "has_av1", "expected"),
    [
        (9, (1080, 1920), 60, True, []),
        (10, (1080, 1920), 60, True, ["1080"]),
        (20, (2160, 3840), 60, True, ["1080", "720-av1", "540-av1", "360-av1"]),
        (20, (1920, 1080), 60, False, ["1080"]),
        (20, (1079, 1920), 60, True, ["720-av1", "540-av1", "360-av1"]),
        (20, (1080, 1920), 181, True, []),
        (20, (1080, 1920), 0, True, []),
    ],
)
def test_the_policy(plays: int, size: tuple[int, int], seconds: int, expected: list[str], *, has_av1: bool) -> None:
    wanted = enrich.wishes(
        plays=plays,
        width=size[0],
        height=size[1],
        duration_ms=seconds * 1000,
        ladder=["360", "540", "720"],
        has_av1=has_av1,
    )
    assert wanted == expected


def test_nought_means_never(settings: object) -> None:
    settings.FULL_HD_AFTER_VIEWS = settings.AV1_AFTER_VIEWS = 0  # type: ignore[attr-defined]
    assert enrich.least_views() is None
    ladder = ["360", "540", "720"]
    wanted = enrich.wishes(plays=9999, width=1080, height=1920, duration_ms=9000, ladder=ladder, has_av1=True)
    assert wanted == []


def test_what_was_wanted_once_is_left_when_it_is_switched_off(
    make: Make, tmp_path: pathlib.Path, settings: object
) -> None:
    clip = make(soft(tmp_path / "a.mp4"))
    wishes.want(plays={clip.id: 20})
    settings.AV1_AFTER_VIEWS = 0  # type: ignore[attr-defined]
    assert wishes.repair() == 0
    tasks.enrich(clip_id=clip.id)
    assert (names(clip.id), Wish.objects.get().attempts) == (["360"], 0)


def test_an_ffmpeg_that_cannot_judge_makes_no_av1_and_says_so(
    make: Make, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = make(soft(tmp_path / "a.mp4"))
    assert queries.av1_problem() is None
    wishes.want(plays={clip.id: 20})
    poor = dataclasses.replace(finder.find_ffmpeg(), has_vmaf=False)  # what it says of itself, of one that has none
    monkeypatch.setattr(finder, "find_ffmpeg", lambda wanted="": poor)
    tasks.enrich(clip_id=clip.id)
    assert states(clip.id) == {"360-av1": WishState.REFUSED.value}
    Wish.objects.all().delete()
    assert wishes.want(plays={clip.id: 20}) == 0
    assert "libvmaf" in (queries.av1_problem() or "")


def test_a_run_whose_worker_died_is_taken_up_and_no_other_before(make: Make, tmp_path: pathlib.Path) -> None:
    clip = make(soft(tmp_path / "a.mp4"))
    wishes.want(plays={clip.id: 20})
    jobs.run_waiting(queues=["fast"])
    claimed = wishes._claim(clip.id)  # and then it is killed
    assert claimed is not None
    tasks.enrich(clip_id=clip.id)
    assert (names(clip.id), wishes.repair()) == (["360"], 0)
    let_the_lease_run_out(clip.id)
    assert wishes.repair() == 1
    jobs.run_waiting(queues=["media"])
    wish = Wish.objects.get()
    assert (wish.state, wish.attempts) == (WishState.MADE.value, 2)
    assert Clip.objects.get().lease_until is None


def test_a_run_that_always_dies_is_given_up(make: Make, tmp_path: pathlib.Path) -> None:
    clip = make(sharp(tmp_path / "a.mp4"))
    wishes.want(plays={clip.id: 20})
    for _ in range(enrich.MOST_ATTEMPTS):
        assert wishes._claim(clip.id) is not None
        let_the_lease_run_out(clip.id)
    assert wishes._claim(clip.id) is None
    assert states(clip.id) == {"360-av1": WishState.FAILED.value}
    assert wishes.repair() == 0


def test_a_full_disk_is_waited_out(make: Make, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clip = make(soft(tmp_path / "a.mp4"))
    wishes.want(plays={clip.id: 20})
    with monkeypatch.context() as patch:
        patch.setattr(wishes, "SPARE_BYTES", 10**18)
        tasks.enrich(clip_id=clip.id)
        tasks.enrich(clip_id=clip.id)
    wish = Wish.objects.get()
    assert (wish.state, wish.failures, wish.attempts) == (WishState.WANTED.value, 1, 1)
    assert wishes.repair() == 0, "not at once"
    Wish.objects.update(retry_at=clock.now())
    assert wishes.repair() == 1
    jobs.run_waiting(queues=["media"])
    assert names(clip.id) == ["360", "360-av1"]


def test_a_lost_original_is_a_reason_and_no_loop(make: Make, tmp_path: pathlib.Path) -> None:
    clip = make(soft(tmp_path / "a.mp4"))
    storage.delete(policy.original_key(clip.id))
    wishes.want(plays={clip.id: 20})
    tasks.enrich(clip_id=clip.id)
    wish = Wish.objects.get()
    assert (wish.state, wish.reason.partition(":")[0]) == (WishState.FAILED.value, "original_lost")
    assert view(clip.id).state is ClipState.READY


def test_a_run_gives_way_to_somebody_who_waits(make: Make, person: int, tmp_path: pathlib.Path) -> None:
    clip = make(soft(tmp_path / "a.mp4"))
    wishes.want(plays={clip.id: 20})
    other = actions.adopt_file(owner_id=person, path=sharp(tmp_path / "b.mp4"))
    Clip.objects.filter(pk=other).update(changed_at=clock.now() - datetime.timedelta(seconds=5))
    tasks.enrich(clip_id=clip.id)
    wish = Wish.objects.get()
    assert (wish.state, wish.attempts, Clip.objects.get(pk=clip.id).lease_until) == ("wanted", 0, None)
    assert not list(storage.scratch().glob("clip-*"))
    actions.transcode_clip(clip_id=other)
    tasks.enrich(clip_id=clip.id)
    assert names(clip.id) == ["360", "360-av1"]


def test_what_people_wait_for_comes_first_and_clips_made_anew_last(
    make: Make, person: int, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = make(sharp(tmp_path / "a.mp4"))
    jobs.run_waiting()
    order: list[str] = []
    for job in ("transcode", "finish", "look", "enrich", "remake"):
        real = jobs.registry[f"revue.media.tasks.{job}"]
        run = lambda name=job, **_: order.append(name)  # noqa: E731 - says its name
        monkeypatch.setitem(jobs.registry, real.name, dataclasses.replace(real, function=run))
    actions.remake_clip(clip_id=clip.id, mix=actions.AS_IT_IS, is_urgent=False)
    wishes.want(plays={clip.id: 20})
    tasks.look.enqueue(clip_id=clip.id, behind=jobs.MOST_BEHIND)
    tasks.finish.enqueue(clip_id=clip.id)
    actions.adopt_file(owner_id=person, path=sharp(tmp_path / "b.mp4"))
    jobs.run_waiting(queues=["media"])
    assert order == ["transcode", "finish", "look", "enrich", "remake"]


def test_a_clip_deleted_meanwhile_leaves_nothing(
    make: Make, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = make(soft(tmp_path / "a.mp4"))
    wishes.want(plays={clip.id: 20})
    real = Run.beat

    def delete_then_beat(run: Run, percent: int) -> None:
        actions.delete_clip(clip_id=clip.id)
        real(run, percent)

    monkeypatch.setattr(Run, "beat", delete_then_beat)
    tasks.enrich(clip_id=clip.id)
    tasks.delete_files(clip_id=clip.id, upload_id=0)
    assert not Wish.objects.exists()
    assert not storage.local_path(policy.clip_key(clip.id, "360.mp4")).parent.exists()
    assert not list(storage.scratch().glob("clip-*"))


def test_hls_and_likeness_keep_to_the_ladder(make: Make, tmp_path: pathlib.Path, settings: object) -> None:
    settings.HLS_AFTER_SECONDS = 1  # type: ignore[attr-defined]
    clip = make(soft(tmp_path / "a.mp4", seconds=1.2))
    wishes.want(plays={clip.id: 20})
    tasks.enrich(clip_id=clip.id)
    assert names(clip.id) == ["360", "360-av1"]
    hls.make_hls(clip_id=clip.id)
    assert "av1" not in storage.local_path(policy.clip_key(clip.id, "hls.m3u8")).read_text()
    assert not storage.exists(policy.clip_key(clip.id, "hls-360-av1.m4s"))
    assert actions.check_files(older_than_s=-5).missing == []
    likeness.look(clip_id=clip.id)
    assert bytes(ClipFrames.objects.get(pk=clip.id).hashes)


def test_a_clip_made_anew_wants_what_the_old_one_had(make: Make, tmp_path: pathlib.Path) -> None:
    clip = make(soft(tmp_path / "a.mp4"))
    wishes.want(plays={clip.id: 20})
    tasks.enrich(clip_id=clip.id)
    new_id = actions.remake_clip(clip_id=clip.id, mix=actions.AS_IT_IS, is_urgent=False)
    assert (states(new_id), wishes.repair()) == ({"360-av1": WishState.WANTED.value}, 0), "it has no ladder yet"
    tasks.remake(clip_id=new_id)
    assert wishes.repair() == 1
    tasks.enrich(clip_id=new_id)
    assert names(new_id) == ["360", "360-av1"]
