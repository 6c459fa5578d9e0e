"""A sound's life: heard first in one video, known again in others, used, muted, replaced."""

import datetime
import pathlib
from collections.abc import Callable

import pytest

from revue.accounts import actions as accounts
from revue.accounts.contracts import VISITOR, Role, Viewer
from revue.media import actions as media
from revue.media.models import Clip
from revue.platform import clock, jobs
from revue.platform.errors import NotAllowed
from revue.sounds import actions, queries
from revue.sounds.contracts import SoundChoice
from revue.sounds.errors import BadSound, SoundNotFound, SoundNotUsable
from revue.sounds.models import Sound
from revue.videos import actions as videos
from revue.videos import queries as video_queries
from revue.videos.contracts import MediaAccess
from revue.videos.errors import TooLateToReplace
from revue.videos.models import Video
from tests.media import films
from tests.people import make_person, viewer_of
from tests.sounds.tunes import tune

pytestmark = pytest.mark.django_db(transaction=True)
Post = Callable[..., Video]
MODERATOR = Viewer(person_id=1, role=Role.MODERATOR)


@pytest.fixture
def post() -> Post:
    """Posts a file for a person, and waits until everything of it is made."""

    def run(person_id: int, film: pathlib.Path, sound: SoundChoice | None = None) -> Video:
        viewer = viewer_of(person_id)
        video_id = videos.create_video(viewer=viewer, upload_id=upload(person_id, film), sound=sound)
        jobs.run_waiting()
        return Video.objects.get(pk=video_id)

    return run


@pytest.fixture
def song(tmp_path: pathlib.Path) -> pathlib.Path:
    return tune(tmp_path / "song.mp4", seed=1, seconds=8)


def test_a_video_with_sound_makes_one_and_one_without_makes_none(
    post: Post, song: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    ana = make_person()
    video = post(ana, song)
    sound = queries.card(viewer=viewer_of(ana), sound_id=video.sound_id)
    assert (sound.owner.id, sound.name, sound.may_use, sound.is_muted) == (ana, "", True, False)
    assert sound.length_ms == pytest.approx(8000, abs=100)
    assert len(sound.peaks) == 100
    assert max(sound.peaks) > 60
    assert sound.url is not None
    assert post(ana, films.film(tmp_path / "silent.mp4", sound=False, rate=10)).sound_id is None
    assert Sound.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("thin.mp4", ["-c:v", "copy", "-c:a", "aac", "-b:a", "48k"]),
        ("opus.webm", ["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus", "-b:a", "32k"]),
        ("quiet.mp4", ["-c:v", "copy", "-af", "volume=-12dB"]),
        ("part.mp4", ["-ss", "2.35", "-c:v", "libx264", "-preset", "ultrafast"]),
        (
            "noisy.mp4",
            ["-filter_complex", "anoisesrc=a=0.01:d=8[n];[0:a][n]amix=2:normalize=0[a]", "-map", "0:v", "-map", "[a]"],
        ),
    ],
)
def test_the_same_sound_in_another_upload_is_one_sound_and_the_first_is_credited(
    post: Post, song: pathlib.Path, tmp_path: pathlib.Path, name: str, words: list[str]
) -> None:
    ana, ben = make_person(), make_person()
    first = post(ana, song)
    films.ffmpeg("-i", song, *words, tmp_path / name)
    again = post(ben, tmp_path / name)
    assert again.sound_id == first.sound_id
    assert Sound.objects.get().owner_id == ana


def test_other_sounds_test_tones_and_silence_are_not_taken_for_one_another(post: Post, tmp_path: pathlib.Path) -> None:
    ana = make_person()
    found = [post(ana, tune(tmp_path / f"{seed}.mp4", seed=seed, seconds=8)).sound_id for seed in (1, 2, 3)]
    found += [post(ana, films.film(tmp_path / f"tone{n}.mp4", seconds=4, rate=10)).sound_id for n in (1, 2)]
    assert len(set(found)) == 5


def test_a_sound_is_used_by_others_unless_its_owner_keeps_it(
    post: Post, song: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    ana, ben = make_person(), make_person()
    sound_id = post(ana, song).sound_id
    film = films.film(tmp_path / "dance.mp4", seconds=3, rate=10)
    video = post(ben, film, SoundChoice(sound_id, start_ms=1000))
    assert (video.sound_id, video.uses_sound, video.next_clip_id) == (sound_id, True, None)
    assert Sound.objects.filter(clip_id=video.clip_id).count() == 0, "what was laid under it is no sound of its own"
    actions.edit_sound(viewer=viewer_of(ana), sound_id=sound_id, name="  My song ", may_reuse=False)
    assert queries.card(viewer=viewer_of(ben), sound_id=sound_id).name == "My song"
    with pytest.raises(SoundNotUsable):
        videos.replace_sound(viewer=viewer_of(ben), video_id=video.pk, sound=SoundChoice(sound_id))
    with pytest.raises(SoundNotFound):
        actions.edit_sound(viewer=viewer_of(ben), sound_id=sound_id, name="mine now")
    with pytest.raises(BadSound):
        videos.replace_sound(viewer=viewer_of(ana), video_id=video.pk, sound=SoundChoice(sound_id, start_ms=9000))


def test_a_muted_sound_leaves_its_videos_silent_and_another_sound_mends_them(
    post: Post, song: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    ana, ben = make_person(), make_person()
    first = post(ana, song)
    user = post(
        ben, films.film(tmp_path / "dance.mp4", seconds=3, rate=10), SoundChoice(first.sound_id, own_percent=50)
    )
    with pytest.raises(NotAllowed):
        actions.mute_sound(viewer=viewer_of(ana), sound_id=first.sound_id, reason="no")
    old_clip_id = first.clip_id
    actions.mute_sound(viewer=MODERATOR, sound_id=first.sound_id, reason="Claimed by its label.")
    jobs.run_waiting()
    first.refresh_from_db()
    user.refresh_from_db()
    assert not Clip.objects.filter(pk=old_clip_id).exists()
    assert (first.clip.has_audio, user.clip.has_audio, user.clip.track_key) == (False, True, "")
    status = video_queries.status(video_id=first.pk)
    assert (status.sound.is_muted, status.sound.muted_reason) == (True, "Claimed by its label.")
    for name in ("sound.m4a", "sound.webm"):
        access = video_queries.media_access(viewer=viewer_of(ana), clip_id=first.clip_id, name=name)
        assert access is MediaAccess.DENIED
    videos.replace_sound(viewer=viewer_of(ben), video_id=user.pk, sound=None)
    jobs.run_waiting()
    user.refresh_from_db()
    assert (user.sound_id != first.sound_id, user.clip.has_audio) == (True, True)
    actions.unmute_sound(viewer=MODERATOR, sound_id=first.sound_id)
    jobs.run_waiting()
    first.refresh_from_db()
    assert first.clip.has_audio
    assert (
        video_queries.media_access(viewer=viewer_of(ben), clip_id=first.clip_id, name="sound.m4a") is MediaAccess.PUBLIC
    )


def test_a_muted_sound_is_known_again_and_stays_silent(post: Post, song: pathlib.Path) -> None:
    ana, ben = make_person(), make_person()
    first = post(ana, song)
    actions.mute_sound(viewer=MODERATOR, sound_id=first.sound_id, reason="Claimed.")
    jobs.run_waiting()
    again = post(ben, song)
    assert (again.sound_id, again.clip.has_audio) == (first.sound_id, False)


def test_a_video_is_replaced_within_a_day_and_keeps_everything_else(
    post: Post, song: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    ana = make_person()
    video = post(ana, song)
    before = (video.clip_id, video.published_at)
    upload_id = upload(ana, films.film(tmp_path / "better.mp4", seconds=2, rate=10))
    videos.replace_upload(viewer=viewer_of(ana), video_id=video.pk, upload_id=upload_id)
    videos.replace_upload(viewer=viewer_of(ana), video_id=video.pk, upload_id=upload_id)
    video.refresh_from_db()
    assert video.clip_id == before[0], "the old one plays until the new one does"
    assert video_queries.status(video_id=video.pk).change.failure is None
    jobs.run_waiting()
    video.refresh_from_db()
    assert (video.clip_id != before[0], video.published_at) == (True, before[1])
    assert video_queries.media_access(viewer=VISITOR, clip_id=before[0]) is MediaAccess.PUBLIC, "open pages play on"
    media.delete_clip(clip_id=before[0])  # as a job does a quarter of an hour later
    assert video_queries.media_access(viewer=VISITOR, clip_id=before[0]) is MediaAccess.DENIED
    assert list(Clip.objects.values_list("pk", flat=True)) == [video.clip_id]
    Video.objects.filter(pk=video.pk).update(published_at=clock.now() - datetime.timedelta(hours=25))
    with pytest.raises(TooLateToReplace):
        videos.replace_upload(viewer=viewer_of(ana), video_id=video.pk, upload_id=upload_id)


def test_a_replacement_that_fails_leaves_the_video_as_it_was_and_says_why(
    post: Post, song: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    ana = make_person()
    video = post(ana, song)
    bad = tmp_path / "bad.mp4"
    bad.write_bytes(b"#EXTM3U\n" * 100)
    videos.replace_upload(viewer=viewer_of(ana), video_id=video.pk, upload_id=upload(ana, bad))
    jobs.run_waiting()
    status = video_queries.status(video_id=video.pk)
    assert (status.is_playable, status.change.failure.code) == (True, "not_a_video")
    videos.erase_video(viewer=viewer_of(ana), video_id=video.pk)
    assert not Clip.objects.exists()


def test_whoever_leaves_leaves_no_word_and_no_fingerprint(
    post: Post, song: pathlib.Path, tmp_path: pathlib.Path
) -> None:

    ana, ben = make_person(), make_person()
    first = post(ana, song)
    actions.edit_sound(viewer=viewer_of(ana), sound_id=first.sound_id, name="Ana's song", credit="by Ana")
    user = post(ben, films.film(tmp_path / "dance.mp4", seconds=2, rate=10), SoundChoice(first.sound_id))
    accounts.delete_person(person_id=ana)
    jobs.run_waiting()
    sound = Sound.objects.get(pk=first.sound_id)
    assert (sound.owner_id, sound.name, sound.credit, sound.fingerprint, bytes(sound.peaks)) == (None, "", "", [], b"")
    user.refresh_from_db()
    assert (user.sound_id, user.clip.has_audio) == (sound.pk, True)
    assert not queries.card(viewer=viewer_of(ben), sound_id=sound.pk).may_use


def test_a_sound_whose_video_is_gone_stays_only_where_others_have_it(post: Post, song: pathlib.Path) -> None:
    ana, bob = viewer_of(make_person()), viewer_of(make_person())
    first = post(ana.person_id, song)
    second = post(bob.person_id, song)
    assert second.sound_id == first.sound_id
    videos.erase_video(viewer=ana, video_id=first.pk)
    jobs.run_waiting()
    actions.forget_gone()
    sound = Sound.objects.get(pk=first.sound_id)
    assert (sound.clip_id, sound.fingerprint, bytes(sound.peaks)) == (None, [], b"")
    videos.erase_video(viewer=bob, video_id=second.pk)
    jobs.run_waiting()
    actions.forget_gone()
    assert not Sound.objects.exists()


def upload(person_id: int, film: pathlib.Path) -> int:
    """A finished upload of a file."""
    data = film.read_bytes()
    viewer = viewer_of(person_id)
    made = media.start_upload(viewer=viewer, length_bytes=len(data))
    with film.open("rb") as stream:
        media.append_bytes(viewer=viewer, upload_id=made.id, offset=0, stream=stream)
    return made.id
