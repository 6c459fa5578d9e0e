"""Drafts: kept until they are posted or deleted, whatever is saved twice, late, or after the tab was killed."""

import datetime
import pathlib
import threading
import uuid

import pytest
from django.conf import LazySettings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from revue.accounts import actions as accounts
from revue.media import actions as media
from revue.media import inbox
from revue.media.models import Upload
from revue.platform import clock, ids
from revue.videos import actions, queries
from revue.videos.captions import LONGEST_CAPTION
from revue.videos.contracts import Allows, Commenters, DraftContent, Visibility
from revue.videos.errors import DraftNotFound, DraftPosted, TooManyDrafts
from revue.videos.models import Draft, Video
from tests.media import films
from tests.people import client_of, make_person, viewer_of
from tests.published import give_sound, publish
from tests.videos.test_life import TUS, RunJobs, upload

pytestmark = pytest.mark.django_db
KEY = uuid.UUID("0198f0f0-0000-7000-8000-000000000001")
URL = f"/api/v1/me/drafts/{KEY}"


@pytest.fixture
def ana() -> int:
    return make_person()


def save(person_id: int, url: str = URL, **body: object) -> dict[str, object]:
    answer = client_of(person_id).put(url, body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def listed(person_id: int) -> list[dict[str, object]]:
    return list(client_of(person_id).get("/api/v1/me/drafts").json()["items"])


def forget_after(hours: int) -> None:
    Upload.objects.update(touched_at=clock.now() - datetime.timedelta(hours=hours))
    media.forget_old_uploads()


def test_a_draft_keeps_everything_and_is_found_from_elsewhere(ana: int) -> None:
    sound = give_sound(ana, publish(ana))
    short = upload(ana, b"film")
    body = {
        "upload_ids": [short],
        "caption": "Not yet #done ",
        "visibility": "friends",
        "may_duet": False,
        "may_download": False,
        "poster_at_ms": 1500,
        "publish_at": "2026-01-02T03:04:05Z",
        "sound": {"id": ids.to_short(sound), "start_ms": 20, "sound_percent": 80, "own_percent": 10},
    }
    save(ana, **body)
    (found,) = listed(ana)
    assert client_of(ana).get(URL).json() == found
    (file,) = found["files"]  # type: ignore[misc]
    assert (file["id"], file["is_finished"], file["arrived_bytes"]) == (short, True, 4)
    assert {name: found[name] for name in body if name != "upload_ids"} == {
        name: value for name, value in body.items() if name != "upload_ids"
    }
    assert (found["commenters"], found["may_stitch"]) == ("everyone", True)


def test_nobody_else_sees_or_touches_it(ana: int) -> None:
    ben, short = make_person(), upload(ana, b"film")
    save(ana, caption="mine", upload_ids=[short])
    assert listed(ben) == []
    assert client_of(ben).get(f"{URL}/files/{short}").status_code == 404
    save(ben, caption="his", upload_ids=[short])
    client_of(ben).delete(URL)
    (found,) = listed(ana)
    assert (found["caption"], len(found["files"])) == ("mine", 1)  # type: ignore[arg-type]


def test_its_film_outlives_the_day_that_uploads_have_and_goes_with_it(ana: int) -> None:
    save(ana, upload_ids=[upload(ana, b"film")])
    upload(ana, b"not kept")
    forget_after(hours=1000)
    kept = Upload.objects.get()
    assert inbox.path(kept.pk).read_bytes() == b"film"
    assert client_of(ana).delete(URL).status_code == 204
    assert client_of(ana).delete(URL).status_code == 204
    assert not Upload.objects.exists()
    assert listed(ana) == []


def test_what_had_not_arrived_expires_and_the_words_stay(ana: int) -> None:
    started = client_of(ana).post("/api/v1/uploads", headers={**TUS, "Upload-Length": "5"})
    save(ana, upload_ids=[started["Location"].rpartition("/")[2]], caption="words")
    forget_after(hours=1000)
    (found,) = listed(ana)
    assert (found["files"], found["caption"]) == ([], "words")


def test_another_film_in_its_place_lets_the_first_go(ana: int) -> None:
    save(ana, upload_ids=[upload(ana, b"one")])
    save(ana, upload_ids=[upload(ana, b"two")])
    assert inbox.path(Upload.objects.get().pk).read_bytes() == b"two"


def test_a_film_that_another_draft_names_stays(ana: int) -> None:
    short = upload(ana, b"film")
    for key in (KEY, uuid.uuid4()):
        save(ana, f"/api/v1/me/drafts/{key}", upload_ids=[short])
    client_of(ana).delete(URL)
    assert Upload.objects.exists()


def test_posting_takes_it_away_and_a_late_save_does_not_bring_it_back(
    ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path
) -> None:
    short, other = upload(ana, films.film(tmp_path / "a.mp4").read_bytes()), upload(ana, b"left out")
    save(ana, upload_ids=[short, other])
    body = {"upload_id": short, "draft_id": str(KEY), "may_stitch": False, "poster_at_ms": 400}
    for _ in range(2):
        answer = client_of(ana).post("/api/v1/videos", body, content_type="application/json")
        assert answer.status_code == 201
    assert listed(ana) == []
    assert Upload.objects.count() == 1, "what was left out goes"
    late = client_of(ana).put(URL, {"upload_ids": [short], "caption": "late"}, content_type="application/json")
    assert (late.status_code, late.json()["code"]) == (409, "draft_posted")
    run_jobs()
    video = Video.objects.select_related("clip").get()
    assert (video.may_stitch, video.may_duet, video.clip.poster_at_ms) == (False, True, 400)
    forget_after(hours=1000)
    assert not Upload.objects.exists(), "a clip's upload is forgotten as ever"


def test_what_cannot_be_posted_stays_a_draft(ana: int) -> None:
    started = client_of(ana).post("/api/v1/uploads", headers={**TUS, "Upload-Length": "5"})
    short = started["Location"].rpartition("/")[2]
    save(ana, upload_ids=[short], caption="soon")
    body = {"upload_id": short, "draft_id": str(KEY)}
    assert client_of(ana).post("/api/v1/videos", body, content_type="application/json").status_code == 409
    assert [one["caption"] for one in listed(ana)] == ["soon"]


def test_each_person_has_so_many(ana: int, settings: LazySettings) -> None:
    settings.MAX_DRAFTS = 2
    for _ in range(2):
        actions.save_draft(viewer=viewer_of(ana), key=uuid.uuid4(), content=DraftContent())
    with pytest.raises(TooManyDrafts) as refused:
        actions.save_draft(viewer=viewer_of(ana), key=KEY, content=DraftContent())
    assert refused.value.data["max_drafts"] == 2
    old = Draft.objects.first()
    assert old is not None
    actions.save_draft(viewer=viewer_of(ana), key=old.key, content=DraftContent(caption="one of them goes on"))
    actions.save_draft(viewer=viewer_of(make_person()), key=KEY, content=DraftContent())


def test_its_words_are_short_enough_or_refused(ana: int) -> None:
    save(ana, caption="x" * LONGEST_CAPTION)
    answer = client_of(ana).put(URL, {"caption": "x" * (LONGEST_CAPTION + 1)}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_caption")
    assert len(str(listed(ana)[0]["caption"])) == LONGEST_CAPTION


def test_its_film_can_be_looked_at_in_ranges_and_is_never_a_page(ana: int) -> None:
    client = client_of(ana)
    save(ana, upload_ids=[upload(ana, b"<html>0123456789")])
    url = str(listed(ana)[0]["files"][0]["url"])  # type: ignore[index]
    whole, part = client.get(url), client.get(url, headers={"Range": "bytes=6-8"})
    assert (b"".join(whole), b"".join(part)) == (b"<html>0123456789", b"012")  # type: ignore[arg-type]
    assert (part.status_code, part["Content-Range"]) == (206, "bytes 6-8/16")
    assert (whole["Content-Type"], whole["X-Content-Type-Options"]) == ("video/mp4", "nosniff")
    assert whole["Cache-Control"] == "private, no-store"
    assert client.get(url, headers={"Range": "bytes=99-"}).status_code == 416
    others = ("-1", ids.to_short(0), upload(ana, b"of no draft"), upload(make_person(), b"of another"))
    assert [client.get(f"{URL}/files/{short}").status_code for short in others] == [404] * 4


def test_the_address_of_a_photo_shows_that_photo_whatever_the_order(ana: int) -> None:
    first, second = upload(ana, b"first"), upload(ana, b"second")
    save(ana, is_photos=True, upload_ids=[first, second])
    address = str(listed(ana)[0]["files"][0]["url"])  # type: ignore[index]
    save(ana, is_photos=True, upload_ids=[second, first])
    assert b"".join(client_of(ana).get(address)) == b"first"  # type: ignore[arg-type]


def everything_stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT videos_draft::text FROM videos_draft")
        return str(cursor.fetchall())


def test_nobody_reads_its_words_in_a_copy_of_the_database(ana: int) -> None:
    save(ana, caption="I am leaving him")
    assert "leaving" not in everything_stored()
    assert listed(ana)[0]["caption"] == "I am leaving him"


def test_with_another_secret_key_the_words_wait_for_theirs_and_the_draft_goes_on(
    ana: int, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    short = upload(ana, b"film")
    save(ana, caption="soon", upload_ids=[short], may_duet=False)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    (found,) = listed(ana)
    assert (found["caption"], found["is_caption_locked"]) == ("", True)
    assert (found["may_duet"], len(found["files"])) == (False, 1)  # type: ignore[arg-type]
    assert "secret key" in caplog.text
    changed = save(ana, upload_ids=[short], visibility="friends")
    assert (changed["caption"], changed["is_caption_locked"]) == ("", True)
    settings.SECRET_KEY_FALLBACKS = [former]
    (found,) = listed(ana)
    assert (found["caption"], found["is_caption_locked"], found["visibility"]) == ("soon", False, "friends")


def test_other_words_take_the_place_of_those_that_cannot_be_read(ana: int, settings: LazySettings) -> None:
    save(ana, caption="soon")
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    changed = save(ana, caption="now")
    assert (changed["caption"], changed["is_caption_locked"]) == ("now", False)
    settings.SECRET_KEY_FALLBACKS = [former]
    assert save(ana)["caption"] == "", "words that can be read are deleted like any"


@pytest.mark.django_db(transaction=True)
def test_drafts_from_before_are_sealed_with_the_upgrade_and_opened_on_the_way_back(ana: int) -> None:
    save(ana, caption="from before")
    save(ana, url=f"/api/v1/me/drafts/{uuid.uuid4()}")
    try:
        migrated = MigrationExecutor(connection).migrate([("videos", "0015_draft_publish_at")])
        before = migrated.apps.get_model("videos", "Draft").objects
        assert sorted(before.values_list("caption", flat=True)) == ["", "from before"]
    finally:
        MigrationExecutor(connection).migrate([("videos", "0016_sealed_drafts")])
    assert sorted(str(one["caption"]) for one in listed(ana)) == ["", "from before"]
    assert "before" not in everything_stored()


def test_it_leaves_with_its_author(ana: int) -> None:
    save(ana, upload_ids=[upload(ana, b"film")], caption="mine")
    upload_id = Upload.objects.get().pk
    accounts.delete_person(person_id=ana)
    assert not Draft.objects.exists()
    assert not Upload.objects.filter(pk=upload_id).exists()


@pytest.mark.django_db(transaction=True)
def test_saved_from_two_devices_at_once_it_is_one(ana: int) -> None:
    problems: list[Exception] = []

    def run(caption: str) -> None:
        try:
            for _ in range(10):
                actions.save_draft(viewer=viewer_of(ana), key=KEY, content=DraftContent(caption=caption))
        except Exception as problem:  # noqa: BLE001 - any is a failure, told below
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(caption,)) for caption in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert listed(ana)[0]["caption"] in {"one", "two", "three"}


CONTENTS = st.builds(
    DraftContent,
    is_photos=st.booleans(),
    caption=st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=200),
    visibility=st.sampled_from(Visibility),
    allows=st.builds(Allows, st.sampled_from(Commenters), *[st.booleans()] * 3),
    poster_at_ms=st.none() | st.integers(0, 36_000_000),
    publish_at=st.none() | st.datetimes(timezones=st.just(datetime.UTC)),
)


class AnyDraft(TestCase):
    """Whatever is saved is what is read, and what is saved last."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 2), st.none() | CONTENTS), max_size=8))
    def test_the_last_one_saved_is_read(self, steps: list[tuple[int, DraftContent | None]]) -> None:
        viewer, expected = viewer_of(make_person()), dict[uuid.UUID, DraftContent]()
        for number, content in steps:
            key = uuid.UUID(int=number)
            if content is None:
                actions.delete_draft(viewer=viewer, key=key)
                expected.pop(key, None)
            else:
                actions.save_draft(viewer=viewer, key=key, content=content)
                expected[key] = content
        assert {one.key: one.content for one in queries.drafts(viewer=viewer)} == expected
        with pytest.raises(DraftNotFound):
            queries.draft(viewer=viewer, key=uuid.UUID(int=9))


def test_a_film_that_was_posted_is_not_kept_once_more(ana: int, tmp_path: pathlib.Path) -> None:
    short = upload(ana, films.film(tmp_path / "a.mp4").read_bytes())
    client_of(ana).post("/api/v1/videos", {"upload_id": short}, content_type="application/json")
    content = DraftContent(upload_ids=(Upload.objects.get().pk,))
    with pytest.raises(DraftPosted):
        actions.save_draft(viewer=viewer_of(ana), key=KEY, content=content)
