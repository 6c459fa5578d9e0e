"""Clips made anew on an operator's word: once, behind everybody, while the old files play."""

import contextlib
import pathlib
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings

from revue import cli
from revue.accounts.contracts import VISITOR
from revue.media import actions as media
from revue.media import policy as media_policy
from revue.media.contracts import ClipState
from revue.media.models import Clip
from revue.platform import clock, ids, jobs, storage
from revue.platform.lock import FolderLock
from revue.videos import actions, queries, tasks, upkeep
from revue.videos.models import Video
from tests.media import films
from tests.people import client_of, make_person, viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return films.film(tmp_path_factory.mktemp("films") / "film.mp4", size="360x640", seconds=0.4, rate=10)


@pytest.fixture
def ana() -> int:
    return make_person()


@pytest.fixture
def post(ana: int, film: pathlib.Path, tmp_path: pathlib.Path) -> Callable[[], int]:
    """Posts a film that plays; answers the video's id."""

    def run() -> int:
        copy = tmp_path / "copy.mp4"
        shutil.copyfile(film, copy)
        video_id = actions.create_from_file(author_id=ana, path=copy)
        jobs.run_waiting()
        return video_id

    return run


def clip_of(video_id: int) -> int:
    return Video.objects.get(pk=video_id).clip_id


def urls(video_id: int) -> list[str]:
    return [one.url for one in queries.card(viewer=VISITOR, video_id=video_id).renditions]


def test_a_video_is_made_anew_once_and_plays_all_the_while(post: Callable[[], int]) -> None:
    video_id = post()
    old_id, old_urls = clip_of(video_id), urls(video_id)
    assert upkeep.ask_remakes(video_ids=[video_id]) == 1
    assert upkeep.ask_remakes(video_ids=[video_id]) == 0
    tasks.begin_remakes()
    assert (upkeep.begin_remakes(), upkeep.ask_remakes(video_ids=[video_id]), upkeep.waiting()) == (0, 0, 1)
    new_id = Video.objects.get(pk=video_id).next_clip_id
    media.transcode_clip(clip_id=new_id, until=ClipState.PLAYABLE)
    assert (clip_of(video_id), urls(video_id)) == (old_id, old_urls), "half of it takes nothing's place"
    media.transcode_clip(clip_id=new_id)
    assert clip_of(video_id) == new_id
    assert urls(video_id) != old_urls
    assert all(storage.exists(url.removeprefix("/media/")) for url in (*urls(video_id), *old_urls))
    jobs.run_waiting()
    assert (Clip.objects.filter(pk=old_id).exists(), upkeep.waiting()) == (True, 0), "pages that are open still play it"


def test_all_means_those_that_would_be_made_otherwise_today(post: Callable[[], int]) -> None:
    old, new = post(), post()
    assert upkeep.ask_remakes() == 0
    Clip.objects.filter(pk=clip_of(old)).update(recipe="an older one")
    before = clip_of(new)
    assert upkeep.ask_remakes() == 1
    upkeep.begin_remakes()
    jobs.run_waiting()
    assert (upkeep.ask_remakes(), clip_of(new)) == (0, before)


def test_only_a_few_are_under_way_at_once_and_the_rest_follow(
    post: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "MOST_AT_ONCE", 1)
    videos = [post(), post()]
    assert upkeep.ask_remakes(video_ids=videos) == 2
    assert [upkeep.begin_remakes(), upkeep.begin_remakes(), upkeep.waiting()] == [1, 0, 2]
    jobs.run_waiting()
    assert [upkeep.waiting(), upkeep.begin_remakes()] == [1, 1]


def test_its_author_sees_nothing_of_it_and_their_own_change_wins(ana: int, post: Callable[[], int]) -> None:
    video_id = post()
    upkeep.ask_remakes(video_ids=[video_id])
    upkeep.begin_remakes()
    assert queries.own_status(viewer=viewer_of(ana), video_id=video_id).change is None
    actions.edit_video(viewer=viewer_of(ana), video_id=video_id, poster_at_ms=100)
    actions.replace_sound(viewer=viewer_of(ana), video_id=video_id, sound=None)
    mine = Video.objects.get(pk=video_id).next_clip_id
    assert queries.own_status(viewer=viewer_of(ana), video_id=video_id).change is not None
    jobs.run_waiting()
    clip = Clip.objects.get(pk=clip_of(video_id))
    assert (clip.pk, clip.poster_at_ms, upkeep.waiting()) == (mine, 100, 0)


def test_a_remake_that_fails_leaves_the_old_clip_and_no_trace(ana: int, post: Callable[[], int]) -> None:
    video_id = post()
    old_id = clip_of(video_id)
    upkeep.ask_remakes(video_ids=[video_id])
    upkeep.begin_remakes()
    new_id = Video.objects.get(pk=video_id).next_clip_id
    media.transcode_clip(clip_id=new_id, until=ClipState.PLAYABLE)  # and then its original goes bad
    storage.put_bytes(media_policy.original_key(new_id), b"no film")
    jobs.run_waiting()
    video = Video.objects.get(pk=video_id)
    assert (video.clip_id, video.next_clip_id, Clip.objects.filter(pk=new_id).exists()) == (old_id, None, False)
    assert queries.own_status(viewer=viewer_of(ana), video_id=video_id).change is None
    assert client_of(ana).get(urls(video_id)[0]).status_code == 200


def test_a_lost_original_ends_the_wish(post: Callable[[], int]) -> None:
    video_id = post()
    storage.delete(media_policy.original_key(clip_of(video_id)))
    upkeep.ask_remakes(video_ids=[video_id])
    assert (upkeep.begin_remakes(), upkeep.waiting()) == (0, 0)
    assert Video.objects.get(pk=video_id).state == "published"


def test_a_lost_nudge_is_made_good_behind_everybody(post: Callable[[], int]) -> None:
    video_id = post()
    upkeep.ask_remakes(video_ids=[video_id])
    Video.objects.filter(pk=video_id).update(remake_asked_at=clock.now())
    new_id = media.remake_clip(clip_id=clip_of(video_id), mix=media.AS_IT_IS, is_urgent=False)
    jobs.run_waiting(queues=["fast"])
    Clip.objects.filter(pk=new_id).update(state=ClipState.PLAYABLE.value)
    media.repair_clips()
    assert {job for job in waiting_jobs() if "media" in job} == {"revue.media.tasks.remake"}


def waiting_jobs() -> list[str]:
    from django.db import connection  # noqa: PLC0415 - only here

    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo' AND queue_name = 'media'")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_the_command_says_how_many_and_does_nothing_twice(
    post: Callable[[], int], capsys: pytest.CaptureFixture[str]
) -> None:
    video_id = post()
    short = ids.to_short(video_id)
    with held_folder():
        say_twice(short, capsys)


@contextlib.contextmanager
def held_folder() -> Iterator[None]:
    """As while `revue up` runs: a command uses the database that is there, and starts none."""
    lock = FolderLock(pathlib.Path(settings.DATA_ROOT))
    try:
        yield
    finally:
        lock.release()


def say_twice(short: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["media", "remake"]) == 1
    assert "--all" in capsys.readouterr().err
    assert cli.main(["media", "remake", "!"]) == 1
    assert cli.main(["media", "remake", short, "--all"]) == 1
    capsys.readouterr()
    assert cli.main(["media", "remake", "--all"]) == 0
    assert capsys.readouterr().out == "0 videos newly to be made anew, 0 in all.\n"
    for newly in (1, 0):
        assert cli.main(["media", "remake", short]) == 0
        assert capsys.readouterr().out == f"{newly} videos newly to be made anew, 1 in all.\n"
