"""The life of a video: posted, made, published, edited, retried, deleted, in any order."""

import pathlib
from collections.abc import Callable

import pytest

from revue.accounts import actions as accounts
from revue.accounts.contracts import VISITOR
from revue.media import inbox
from revue.media import policy as media_policy
from revue.media.models import Clip, Upload
from revue.platform import storage
from revue.platform.errors import SignInNeeded
from revue.videos import actions, hooks, queries
from revue.videos.contracts import VideoState, Visibility
from revue.videos.errors import BadCaption, VideoNotFound
from revue.videos.models import Video
from tests.media import films
from tests.people import client_of, make_person, viewer_of

pytestmark = pytest.mark.django_db

TUS = {"Tus-Resumable": "1.0.0"}
RunJobs = Callable[[], int]


@pytest.fixture
def ana() -> int:
    return make_person()


def upload(person_id: int, data: bytes) -> str:
    """Upload some bytes; answers the upload's short id."""
    client = client_of(person_id)
    address = client.post("/api/v1/uploads", headers={**TUS, "Upload-Length": str(len(data))})["Location"]
    part = {**TUS, "Upload-Offset": "0"}
    sent = client.patch(address, data, content_type="application/offset+octet-stream", headers=part)
    assert sent.status_code == 204
    return str(address.rpartition("/")[2])


def post(person_id: int, upload_id: str, **body: object) -> dict[str, object]:
    client = client_of(person_id)
    answer = client.post("/api/v1/videos", {"upload_id": upload_id, **body}, content_type="application/json")
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def own(person_id: int) -> list[dict[str, object]]:
    return list(client_of(person_id).get("/api/v1/me/videos").json()["items"])


def test_an_upload_becomes_a_video_that_others_see(ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path) -> None:
    data = films.film(tmp_path / "a.mp4").read_bytes()
    heard: list[int] = []
    hear = lambda *, video_id: heard.append(video_id)  # noqa: E731 - a hook is a function
    hooks.on_published(hear)
    made = post(ana, upload(ana, data), caption="Look! #Tango with @ben")
    assert (made["state"], made["is_playable"], made["progress"]) == ("processing", False, 0)
    assert queries.newest_public_ids(limit=9) == []
    run_jobs()
    hooks._published.remove(hear)
    (shown,) = own(ana)
    assert (shown["state"], shown["is_playable"], shown["progress"]) == ("published", True, 100)
    (video_id,) = queries.newest_public_ids(limit=9)
    assert heard == [video_id]
    card = queries.card(viewer=VISITOR, video_id=video_id)
    assert (card.tags, card.mentions, card.has_audio) == (("tango",), ("ben",), True)
    assert storage.local_path(card.renditions[0].url.removeprefix("/media/")).exists()
    assert not inbox.path(Upload.objects.get().pk).exists(), "the bytes moved to the original"


def test_posting_the_same_upload_twice_gives_one_video(ana: int, tmp_path: pathlib.Path) -> None:
    short = upload(ana, b"x" * 100)
    first, second = post(ana, short), post(ana, short)
    assert first["id"] == second["id"]
    assert (Video.objects.count(), Clip.objects.count()) == (1, 1)


@pytest.mark.parametrize("whose", ["nobody's", "somebody else's", "unfinished"])
def test_what_is_no_finished_upload_of_mine_cannot_be_posted(ana: int, whose: str) -> None:
    short, status = {"nobody's": ("1", 404), "somebody else's": (upload(make_person(), b"x"), 404)}.get(whose, ("", 0))
    if whose == "unfinished":
        answer = client_of(ana).post("/api/v1/uploads", headers={**TUS, "Upload-Length": "5"})
        short, status = answer["Location"].rpartition("/")[2], 409
    answer = client_of(ana).post("/api/v1/videos", {"upload_id": short}, content_type="application/json")
    assert answer.status_code == status
    assert not Video.objects.exists()


def test_a_film_that_cannot_be_made_tells_its_author_why(ana: int, run_jobs: RunJobs) -> None:
    made = post(ana, upload(ana, b"no film at all"))
    run_jobs()
    (shown,) = own(ana)
    assert shown["state"] == "failed"
    failure = shown["failure"]
    assert isinstance(failure, dict)
    assert (failure["code"], failure["may_retry"]) == ("not_a_video", False)
    answer = client_of(ana).post(f"/api/v1/videos/{made['id']}/retry")
    assert (answer.status_code, answer.json()["code"]) == (409, "cannot_retry")


def test_a_failure_of_ours_can_be_tried_again(ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path) -> None:
    made = post(ana, upload(ana, films.film(tmp_path / "a.mp4").read_bytes()))
    Clip.objects.update(attempts=media_policy.MOST_ATTEMPTS)
    run_jobs()
    assert own(ana)[0]["state"] == "failed"
    answer = client_of(ana).post(f"/api/v1/videos/{made['id']}/retry")
    assert (answer.status_code, answer.json()["state"]) == (200, "processing")
    run_jobs()
    assert (own(ana)[0]["state"], own(ana)[0]["failure"]) == ("published", None)


def test_an_edit_while_the_clip_is_made_is_kept(
    ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from revue.media.actions import transcode  # noqa: PLC0415 - patched here only

    short = post(ana, upload(ana, films.film(tmp_path / "a.mp4").read_bytes()), caption="old")["id"]
    real = transcode._show

    def edit_then_show(*args: object) -> None:
        body = {"caption": "new #words", "visibility": "unlisted", "commenters": "no_one"}
        answer = client_of(ana).patch(f"/api/v1/videos/{short}", body, content_type="application/json")
        assert answer.status_code == 200
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(transcode, "_show", edit_then_show)
    run_jobs()
    (shown,) = own(ana)
    assert (shown["state"], shown["caption"]) == ("published", "new #words")
    assert (shown["visibility"], shown["commenters"]) == ("unlisted", "no_one")
    assert Video.objects.get().tags == ["words"]


def test_a_deleted_video_is_gone_with_all_its_files_and_again_is_the_same(
    ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path
) -> None:
    short = post(ana, upload(ana, films.film(tmp_path / "a.mp4").read_bytes()))["id"]
    run_jobs()
    clip = Clip.objects.get()
    original = storage.local_path(clip.original_key)
    assert original.exists()
    for _ in range(2):
        assert client_of(ana).delete(f"/api/v1/me/videos/{short}").status_code == 204
        run_jobs()
    assert [model.objects.count() for model in (Video, Clip, Upload)] == [0, 0, 0]
    assert not original.parent.exists()
    assert not storage.local_path(clip.poster_key).parent.exists()


def test_only_the_author_may_change_a_video(ana: int) -> None:
    short = post(ana, upload(ana, b"x"))["id"]
    ben = client_of(make_person())
    assert ben.patch(f"/api/v1/videos/{short}", {"caption": "mine"}, content_type="application/json").status_code == 404
    assert ben.delete(f"/api/v1/videos/{short}").status_code == 404
    assert ben.post(f"/api/v1/videos/{short}/retry").status_code == 404
    assert Video.objects.get().caption == ""
    with pytest.raises(SignInNeeded):
        actions.edit_video(viewer=VISITOR, video_id=Video.objects.get().pk, caption="x")


def test_a_caption_that_is_too_long_is_refused_and_a_private_video_stays_private(
    ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path
) -> None:
    film = films.film(tmp_path / "a.mp4")
    with pytest.raises(BadCaption):
        actions.create_from_file(author_id=ana, path=film, caption="x" * 2201)
    assert film.exists()
    video_id = actions.create_from_file(author_id=ana, path=film, visibility=Visibility.ONLY_ME)
    run_jobs()
    assert queries.card(viewer=viewer_of(ana), video_id=video_id).visibility is Visibility.ONLY_ME
    with pytest.raises(VideoNotFound):
        queries.card(viewer=VISITOR, video_id=video_id)
    assert queries.status(video_id=video_id).state is VideoState.PUBLISHED


def test_whoever_leaves_takes_videos_uploads_and_files_along(
    ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path
) -> None:
    actions.create_from_file(author_id=ana, path=films.film(tmp_path / "a.mp4"))
    upload(ana, b"never posted")
    run_jobs()
    clip = Clip.objects.get()
    accounts.delete_person(person_id=ana)
    run_jobs()
    assert [model.objects.count() for model in (Video, Clip, Upload)] == [0, 0, 0]
    assert not storage.local_path(clip.original_key).parent.exists()
    assert not storage.local_path(clip.poster_key).parent.exists()
