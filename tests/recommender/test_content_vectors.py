"""Content vectors of real clips: made after publishing, again after changes, once for many jobs; a sweep repairs."""

import datetime
import pathlib
import threading
from collections.abc import Callable

import numpy as np
import pytest
from django.db import connection
from pytest_django import Settings

from revue.accounts import actions as accounts
from revue.media import actions as media
from revue.media.ffmpeg import glance
from revue.media.models import Clip
from revue.platform import clock, jobs, storage
from revue.recommender import describe, rows, vectors
from revue.recommender.engine.content import model
from revue.recommender.engine.content.facts import DIMENSIONS, Vector, VideoFacts
from revue.recommender.models import VideoVector
from revue.videos import actions as videos
from revue.videos.contracts import VideoState, Visibility
from revue.videos.models import Video
from tests.media import films
from tests.people import make_person, viewer_of
from tests.published import publish

pytestmark = pytest.mark.django_db(transaction=True)
OTHER_MEANS = "tests.recommender.test_content_vectors.Other"


class Other:
    """Another way of making vectors, as a package beside ours would bring one."""

    means = "other-1"

    def vector(self, facts: VideoFacts) -> Vector:
        one = np.zeros(DIMENSIONS, np.float32)
        one[len(facts.tags)] = 1
        return one


@pytest.fixture(autouse=True)
def fresh_model() -> None:
    vectors.model.cache_clear()


@pytest.fixture
def ana() -> int:
    return make_person("ana")


Post = Callable[..., int]


@pytest.fixture
def post(ana: int, tmp_path: pathlib.Path) -> Post:
    """Posts a film, and lets workers make all of it; answers the video's id."""

    def run(caption: str = "Round and round #spinning", **film: object) -> int:
        path = films.film(tmp_path / "film.mp4", **film)
        video_id = videos.create_from_file(author_id=ana, path=path, caption=caption)
        jobs.run_waiting()
        return video_id

    return run


def vector_of(video_id: int) -> Vector:
    return vectors.vectors_of([video_id])[video_id]


def part(vector: Vector, name: str) -> Vector:
    return next(vector[where] for block, where in model.places() if block.name == name)


def test_a_published_video_gets_a_vector_of_what_it_shows_sounds_and_says(post: Post) -> None:
    video_id = post(seconds=2.0)
    vector = vector_of(video_id)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)
    assert all(part(vector, block.name).any() for block in model.BLOCKS)
    row = VideoVector.objects.get()
    assert row.means == "descriptors-1"
    assert Video.objects.get().changed_at <= row.made_at <= clock.now()


def test_publishing_waits_for_no_vector(ana: int, tmp_path: pathlib.Path, settings: Settings) -> None:
    settings.CONTENT_MODEL = "nowhere.Nothing"
    video_id = videos.create_from_file(author_id=ana, path=films.film(tmp_path / "a.mp4"))
    with pytest.raises(ImportError):
        jobs.run_waiting()
    assert Video.objects.get(pk=video_id).state == VideoState.PUBLISHED.value
    assert "REVUE_CONTENT_MODEL" in str(vectors.problem())


def test_a_silent_film_has_no_sound_in_its_vector(post: Post) -> None:
    vector = vector_of(post(sound=False))
    assert not part(vector, "sound").any()
    assert part(vector, "motion").any()


def test_another_caption_makes_another_vector(post: Post, ana: int) -> None:
    video_id = post()
    before = vector_of(video_id)
    videos.edit_video(viewer=viewer_of(ana), video_id=video_id, caption="Bread, at last #baking")
    jobs.run_waiting()
    after = vector_of(video_id)
    assert not np.allclose(part(before, "told"), part(after, "told"))
    assert np.allclose(part(before, "sound"), part(after, "sound"))


def test_another_file_makes_another_vector(post: Post, ana: int, tmp_path: pathlib.Path) -> None:
    video_id = post()
    before = vector_of(video_id)
    bars = tmp_path / "bars.mp4"
    films.ffmpeg("-f", "lavfi", "-i", "smptebars=size=180x320:rate=30:duration=1", *films.X264, bars)
    data = bars.read_bytes()
    upload = media.start_upload(viewer=viewer_of(ana), length_bytes=len(data))
    with bars.open("rb") as stream:
        media.append_bytes(viewer=viewer_of(ana), upload_id=upload.id, offset=0, stream=stream)
    videos.replace_upload(viewer=viewer_of(ana), video_id=video_id, upload_id=upload.id)
    jobs.run_waiting()
    after = vector_of(video_id)
    assert not np.allclose(part(before, "colour"), part(after, "colour"))
    assert not part(after, "sound").any()
    assert not describe.repair()


def test_its_own_sound_once_it_is_known_is_in_the_vector(post: Post, ana: int) -> None:
    video_id = post()
    video = Video.objects.get(pk=video_id)
    assert video.sound_id is not None
    facts = VideoFacts(caption=video.caption, tags=tuple(video.tags), author_id=ana, sound_id=video.sound_id)
    expected = part(model.Descriptors().vector(facts), "told")
    found = part(vector_of(video_id), "told")
    assert expected @ found == pytest.approx(np.linalg.norm(expected) * np.linalg.norm(found), rel=1e-4)


def test_a_deleted_video_and_its_vector_are_gone_and_stay_gone(post: Post, ana: int) -> None:
    video_id = post()
    videos.erase_video(viewer=viewer_of(ana), video_id=video_id)
    describe.describe_video(video_id=video_id)
    jobs.run_waiting()
    assert not VideoVector.objects.exists()
    assert vectors.vectors_of([video_id]) == {}


def test_whoever_leaves_takes_vectors_along(post: Post, ana: int) -> None:
    post()
    accounts.delete_person(person_id=ana)
    assert not VideoVector.objects.exists()


def test_a_video_that_goes_while_it_is_looked_at_leaves_nothing(
    post: Post, ana: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    video_id = post()
    VideoVector.objects.all().delete()
    look = media.glance_at

    def look_and_lose(*, clip_id: int) -> object:
        seen = look(clip_id=clip_id)
        videos.erase_video(viewer=viewer_of(ana), video_id=video_id)
        return seen

    monkeypatch.setattr(media, "glance_at", look_and_lose)
    describe.describe_video(video_id=video_id)
    assert not VideoVector.objects.exists()


def test_two_jobs_at_once_leave_one_vector(post: Post) -> None:
    video_id = post()
    kept = vector_of(video_id)
    VideoVector.objects.all().delete()
    start, errors = threading.Barrier(2), []

    def run() -> None:
        try:
            start.wait()
            describe.describe_video(video_id=video_id)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test fails by it
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert VideoVector.objects.count() == 1
    assert (vector_of(video_id) == kept).all()


def test_what_was_read_before_an_edit_never_replaces_what_was_read_after_it(
    post: Post, ana: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    video_id = post()
    VideoVector.objects.all().delete()
    look = media.glance_at

    def look_slowly(*, clip_id: int) -> object:
        seen = look(clip_id=clip_id)
        monkeypatch.setattr(media, "glance_at", look)
        videos.edit_video(viewer=viewer_of(ana), video_id=video_id, caption="Meanwhile #elsewhere")
        jobs.run_waiting()  # a quicker worker
        return seen

    monkeypatch.setattr(media, "glance_at", look_slowly)
    describe.describe_video(video_id=video_id)
    late = vector_of(video_id)
    VideoVector.objects.all().delete()
    describe.describe_video(video_id=video_id)
    assert (vector_of(video_id) == late).all()


def test_the_sweep_asks_for_what_is_missing_and_for_nothing_else(post: Post) -> None:
    video_id = post()
    assert describe.repair() == 0
    VideoVector.objects.all().delete()
    assert [describe.repair(), describe.repair()] == [1, 1]
    assert jobs.waiting()["media"] == 1
    jobs.run_waiting()
    assert video_id in vectors.vectors_of([video_id])
    assert describe.repair() == 0


def test_a_fresh_vector_is_not_made_again(post: Post) -> None:
    video_id = post()
    made_at = VideoVector.objects.get().made_at
    describe.describe_video(video_id=video_id)
    assert VideoVector.objects.get().made_at == made_at
    Video.objects.filter(pk=video_id).update(changed_at=clock.now() + datetime.timedelta(microseconds=1))
    describe.describe_video(video_id=video_id)
    assert VideoVector.objects.get().made_at > made_at


def test_other_means_make_all_vectors_anew_and_old_ones_are_never_compared(post: Post, settings: Settings) -> None:
    video_id = post()
    settings.CONTENT_MODEL = OTHER_MEANS
    vectors.model.cache_clear()
    assert vectors.vectors_of([video_id]) == {}
    assert not rows.everything().made.any()
    assert describe.repair() == 1
    jobs.run_waiting()
    assert vector_of(video_id).tolist() == [0.0, 1.0] + [0.0] * (DIMENSIONS - 2)
    assert rows.everything().made.tolist() == [vector_of(video_id).tolist()]


def test_a_clip_whose_files_are_lost_is_told_by_its_words(ana: int) -> None:
    video_id = publish(ana, caption="No files #ghost", tags=["ghost"])
    describe.describe_video(video_id=video_id)
    vector = vector_of(video_id)
    assert not part(vector, "colour").any()
    assert np.linalg.norm(part(vector, "told")) == pytest.approx(1, abs=1e-6)


def test_what_is_not_published_has_no_vector(ana: int) -> None:
    video_id = publish(ana, state=VideoState.PROCESSING.value)
    describe.describe_video(video_id=video_id)
    assert describe.repair() == 0
    assert not VideoVector.objects.exists()


def test_the_catalogue_has_zeros_for_a_vector_that_is_none(ana: int) -> None:
    ids = [publish(ana, caption=f"number {number}", visibility=Visibility.EVERYONE.value) for number in range(4)]
    for video_id in reversed(ids):
        describe.describe_video(video_id=video_id)
    VideoVector.objects.filter(pk=ids[2]).update(vector=b"cut off")
    found = rows.everything()
    assert found.columns.ids.tolist() == ids
    assert found.made.any(axis=1).tolist() == [True, True, False, True]
    assert (found.made[3] == vector_of(ids[3])).all()
    assert ids[2] not in vectors.vectors_of(ids)


def test_without_videos_the_bulk_read_is_empty() -> None:
    assert rows.everything().made.shape == (0, DIMENSIONS)


def test_a_glance_shows_pairs_over_the_whole_clip_and_hears_it(post: Post) -> None:
    post(seconds=3.0)
    seen = media.glance_at(clip_id=Clip.objects.get().pk)
    assert seen is not None
    assert len(seen.pictures) == 24 * glance.PICTURE_BYTES
    assert len(seen.sound) // 2 / seen.sound_rate == pytest.approx(3, abs=0.2)


def test_of_a_long_clip_pairs_are_taken_here_and_there(post: Post) -> None:
    post(seconds=65.0, size="64x64", rate=8, sound=False)
    seen = media.glance_at(clip_id=Clip.objects.get().pk)
    assert seen is not None
    assert 80 <= len(seen.pictures) // glance.PICTURE_BYTES // 2 <= glance.MOST_PAIRS


def test_what_cannot_be_read_is_no_glance_and_leaves_no_files(post: Post) -> None:
    post()
    clip = Clip.objects.get()
    for file in clip.rendition_files.all():
        storage.local_path(file.key).write_bytes(b"no film")
    before = sorted(storage.scratch().iterdir())
    assert media.glance_at(clip_id=clip.pk) is None
    assert media.glance_at(clip_id=12345) is None
    assert sorted(storage.scratch().iterdir()) == before
