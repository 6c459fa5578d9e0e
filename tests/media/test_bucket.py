"""The life of a video whose files are in a bucket: sent there, made there, watched from there, gone from there."""

import pathlib
import urllib.parse
from collections.abc import Callable

import httpx
import pytest

from revue.media import actions, policy
from revue.media.errors import OffsetMismatch, UploadExpired
from revue.media.models import Clip, RenditionFile, Upload
from revue.platform import ids, storage
from revue.videos.models import Video
from tests.media import films, stills
from tests.people import client_of, make_person, viewer_of
from tests.videos.test_life import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bucket")]
RunJobs = Callable[[], int]


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: pathlib.Path) -> None:
    settings.DATA_ROOT = tmp_path / "data"  # type: ignore[attr-defined]


@pytest.fixture
def ana() -> int:
    return make_person()


def post(person_id: int, **body: object) -> dict[str, object]:
    answer = client_of(person_id).post("/api/v1/videos", body, content_type="application/json")
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def begin(person_id: int, length: int) -> dict[str, object]:
    answer = client_of(person_id).post(
        "/api/v1/direct-uploads", {"length_bytes": length}, content_type="application/json"
    )
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def send(made: dict[str, object], data: bytes) -> None:
    """The missing parts, as a browser would."""
    for part in made["missing"]:
        start = (part["number"] - 1) * made["part_bytes"]
        httpx.put(part["url"], content=data[start : start + part["bytes"]]).raise_for_status()


def in_bucket(prefix: str = "") -> list[str]:
    return sorted(file.key for file in storage.bucket().files(prefix))


def test_a_film_sent_to_the_bucket_is_made_watched_and_deleted_there(
    ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path
) -> None:
    data = films.film(tmp_path / "film.mp4", seconds=1).read_bytes()
    made = begin(ana, len(data))
    send(made, data)
    finished = client_of(ana).post(f"/api/v1/direct-uploads/{made['id']}/finish")
    assert finished.json()["is_finished"]
    video = post(ana, upload_id=made["id"])
    run_jobs()
    clip = Clip.objects.get(state="ready")
    assert len(clip.original_sha256) == 64
    assert storage.fetch(clip.original_key).read_bytes() == data
    assert not in_bucket(policy.ARRIVING)
    assert not in_bucket("ahead")
    assert list(storage.folder().files("")) == []

    seen = client_of(ana).get(f"/api/v1/videos/{video['id']}").json()
    url = seen["renditions"][0]["url"]
    told = client_of(make_person()).get(url)
    assert told.status_code == 302
    assert told["Cache-Control"] == f"public, max-age={storage.SHARED_STEP_S}"
    part = httpx.get(told["Location"], headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content, part.headers["content-type"]) == (206, b"ftyp", "video/mp4")
    assert client_of(ana).get(url)["Location"] == told["Location"], "a cache must know it again"

    client_of(ana).delete(f"/api/v1/me/videos/{video['id']}")
    run_jobs()
    assert in_bucket() == []


def test_a_film_sent_to_the_bucket_is_found_although_new_files_go_elsewhere_now(
    ana: int, tmp_path: pathlib.Path, settings: object
) -> None:
    data = films.film(tmp_path / "film.mp4", seconds=1).read_bytes()
    made = begin(ana, len(data))
    send(made, data)
    client_of(ana).post(f"/api/v1/direct-uploads/{made['id']}/finish")
    post(ana, upload_id=made["id"])
    settings.MEDIA_STORE = "folder"  # type: ignore[attr-defined]
    actions.transcode_clip(clip_id=Clip.objects.get().id)
    assert Clip.objects.get().state == "ready"
    assert not in_bucket(policy.ARRIVING)


def test_a_private_film_is_nobody_elses_and_its_address_lives_for_minutes(
    ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path
) -> None:
    data = films.film(tmp_path / "film.mp4", seconds=1).read_bytes()
    video = post(ana, upload_id=upload(ana, data), visibility="only_me")
    run_jobs()
    url = client_of(ana).get(f"/api/v1/videos/{video['id']}").json()["renditions"][0]["url"]
    assert client_of(make_person()).get(url).status_code == 404
    told = client_of(ana).get(url)
    assert (told.status_code, told["Cache-Control"]) == (302, "private, no-store")
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(told["Location"]).query)
    assert int(asked["X-Amz-Expires"][0]) <= 960
    assert asked["response-cache-control"] == ["private, no-store"]


def test_bytes_pass_through_us_where_browsers_do_not_reach_the_bucket(
    ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path, settings: object
) -> None:
    settings.S3_DIRECT = False  # type: ignore[attr-defined]
    answer = client_of(ana).post("/api/v1/direct-uploads", {"length_bytes": 5}, content_type="application/json")
    assert answer.json()["code"] == "no_direct_uploads"
    video = post(ana, upload_id=upload(ana, films.film(tmp_path / "film.mp4", seconds=1).read_bytes()))
    run_jobs()
    url = client_of(ana).get(f"/api/v1/videos/{video['id']}").json()["renditions"][0]["url"]
    part = client_of(ana).get(url, headers={"Range": "bytes=4-7"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"ftyp")
    assert not RenditionFile.objects.filter(bytes=0).exists()


def test_photos_and_a_changed_sound_live_in_the_bucket_too(ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path) -> None:
    pictures = [stills.still(tmp_path / f"{name}.jpg").read_bytes() for name in "ab"]
    video = post(ana, photo_upload_ids=[upload(ana, data) for data in pictures])
    run_jobs()
    row = Video.objects.get(pk=ids.from_short(str(video["id"])))
    clip_id = actions.remake_clip(clip_id=row.clip_id, mix=actions.AS_IT_IS)
    actions.transcode_clip(clip_id=clip_id)
    assert Clip.objects.get(pk=clip_id).state == "ready"
    assert actions.check_files(older_than_s=0).missing == []
    assert list(storage.folder().files("")) == []


def test_a_file_of_several_parts_goes_on_where_it_stopped(ana: int) -> None:
    data = bytes(range(256)) * 36_000  # 9.2 MB: two parts
    made = begin(ana, len(data))
    assert [part["number"] for part in made["missing"]] == [1, 2]
    send({**made, "missing": made["missing"][1:]}, data)
    again = client_of(ana).get(f"/api/v1/direct-uploads/{made['id']}").json()
    assert [part["number"] for part in again["missing"]] == [1]
    assert again["arrived_bytes"] == len(data) - made["part_bytes"]
    refused = client_of(ana).post(f"/api/v1/direct-uploads/{made['id']}/finish")
    assert (refused.status_code, refused.json()["code"]) == (409, "offset_mismatch")
    send(again, data)
    for _ in range(2):  # again is the same
        assert client_of(ana).post(f"/api/v1/direct-uploads/{made['id']}/finish").status_code == 200
    assert storage.fetch(policy.arriving_key(ids.from_short(str(made["id"])))).read_bytes() == data


def test_who_died_between_joining_parts_and_telling_the_row_is_made_good(ana: int) -> None:
    made = begin(ana, 5)
    send(made, b"12345")
    row = Upload.objects.get()
    key = policy.arriving_key(row.id)
    storage.join_parts(key, row.parts_name, storage.arrived_parts(key, row.parts_name))
    assert actions.finish_direct(viewer=viewer_of(ana), upload_id=row.id).is_finished


def test_another_length_than_announced_is_not_taken(ana: int) -> None:
    made = begin(ana, 5)
    httpx.put(made["missing"][0]["url"], content=b"1234567").raise_for_status()  # S3 would refuse it: it is signed
    with pytest.raises(OffsetMismatch):
        actions.finish_direct(viewer=viewer_of(ana), upload_id=Upload.objects.get().id)


def test_a_cancelled_upload_is_forgotten_by_the_bucket(ana: int, run_jobs: RunJobs) -> None:
    made = begin(ana, 5)
    send(made, b"12345")
    row = Upload.objects.get()
    assert client_of(ana).delete(f"/api/v1/direct-uploads/{made['id']}").status_code == 204
    run_jobs()
    with pytest.raises(storage.PartsGone):
        storage.arrived_parts(policy.arriving_key(row.id), row.parts_name)
    assert client_of(ana).get(f"/api/v1/direct-uploads/{made['id']}").status_code == 404


def test_parts_that_the_bucket_forgot_mean_starting_again(ana: int) -> None:
    begin(ana, 5)
    row = Upload.objects.get()
    storage.drop_parts(policy.arriving_key(row.id), row.parts_name)
    for ask in (actions.resume_direct, actions.finish_direct):
        with pytest.raises(UploadExpired):
            ask(viewer=viewer_of(ana), upload_id=row.id)


def test_files_in_the_bucket_of_uploads_that_are_gone_are_swept() -> None:
    storage.put_bytes(policy.arriving_key(ids.new_id()), b"1")
    assert actions.remove_leftovers(older_than_s=3600) == 0
    assert actions.remove_leftovers(older_than_s=-1) == 1
    assert in_bucket() == []


def test_a_bucket_that_does_not_answer_is_waited_for(
    ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path, settings: object, s3_server: str
) -> None:
    post(ana, upload_id=upload(ana, films.film(tmp_path / "film.mp4", seconds=1).read_bytes()))
    settings.S3_ENDPOINT = "http://127.0.0.1:9"  # type: ignore[attr-defined]
    clip = Clip.objects.get()
    actions.transcode_clip(clip_id=clip.id)
    clip.refresh_from_db()
    assert (clip.state, clip.failures) == ("working", 1)
    Clip.objects.update(lease_until=None)
    settings.S3_ENDPOINT = s3_server  # type: ignore[attr-defined]
    actions.transcode_clip(clip_id=clip.id)
    clip.refresh_from_db()
    assert clip.state == "ready"
