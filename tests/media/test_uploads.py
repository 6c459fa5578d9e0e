"""tus 1.0 over HTTP: what is on disk counts, whatever breaks."""

import base64
import datetime
import hashlib
import io
import pathlib

import pytest
from django.test import Client

from revue.media import actions, inbox
from revue.media.errors import OffsetMismatch, UploadBusy, UploadNotFound
from revue.media.models import Upload
from revue.platform import clock, ids
from tests.people import client_of, make_person, viewer_of

pytestmark = pytest.mark.django_db

TUS = {"Tus-Resumable": "1.0.0"}
PART = "application/offset+octet-stream"


def start(client: Client, length: int = 10, **headers: str) -> str:
    answer = client.post("/api/v1/uploads", headers={**TUS, "Upload-Length": str(length), **headers})
    assert answer.status_code == 201, answer.content
    return str(answer["Location"])


def send(client: Client, address: str, data: bytes, offset: int, **headers: str):
    return client.patch(address, data, content_type=PART, headers={**TUS, "Upload-Offset": str(offset), **headers})


def row_of(address: str) -> Upload:
    return Upload.objects.get(pk=ids.from_short(address.rpartition("/")[2]))


@pytest.fixture
def ana() -> int:
    return make_person()


@pytest.fixture
def client(ana: int) -> Client:
    return client_of(ana)


def test_options_say_what_this_server_can_do_to_anyone() -> None:
    answer = Client().options("/api/v1/uploads")
    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert set(answer["Tus-Extension"].split(",")) == {"creation", "termination", "expiration", "checksum"}
    assert int(answer["Tus-Max-Size"]) > 0


def test_a_file_comes_in_parts_and_is_hashed_at_its_end(client: Client) -> None:
    name = base64.b64encode("Tänze \x00.mp4".encode()).decode()
    address = start(client, 10, **{"Upload-Metadata": f"filename {name},filetype dmlkZW8="})
    assert send(client, address, b"01234", 0)["Upload-Offset"] == "5"
    asked = client.head(address, headers=TUS)
    assert (asked.status_code, asked["Upload-Offset"], asked["Upload-Length"]) == (200, "5", "10")
    assert asked["Cache-Control"] == "no-store"
    assert "Upload-Expires" in asked
    assert send(client, address, b"56789", 5)["Upload-Offset"] == "10"
    row = row_of(address)
    assert row.sha256 == hashlib.sha256(b"0123456789").hexdigest()
    assert row.finished_at is not None
    assert row.filename == "Tänze .mp4"


@pytest.mark.parametrize("offset", [0, 4, 6])
def test_a_part_that_begins_elsewhere_is_refused_and_changes_nothing(client: Client, offset: int) -> None:
    address = start(client)
    send(client, address, b"01234", 0)
    answer = send(client, address, b"xxx", offset)
    assert (answer.status_code, answer.json()["code"], answer.json()["offset"]) == (409, "offset_mismatch", 5)
    assert inbox.path(row_of(address).pk).read_bytes() == b"01234"


def test_a_part_beyond_the_end_is_refused_unread(client: Client) -> None:
    address = start(client)
    assert send(client, address, b"0" * 11, 0).status_code == 413
    assert client.head(address, headers=TUS)["Upload-Offset"] == "0"


def test_a_file_longer_than_the_instance_takes_is_refused(client: Client, settings: object) -> None:
    settings.MAX_UPLOAD_BYTES = 100  # type: ignore[attr-defined]
    answer = client.post("/api/v1/uploads", headers={**TUS, "Upload-Length": "101"})
    assert (answer.status_code, answer.json()["max_bytes"]) == (413, 100)
    assert not Upload.objects.exists()


def test_a_person_gets_so_much_room_and_deleting_gives_it_back(client: Client, settings: object) -> None:
    settings.MAX_PERSON_BYTES = 25  # type: ignore[attr-defined]
    first = start(client, 10)
    start(client, 10)
    answer = client.post("/api/v1/uploads", headers={**TUS, "Upload-Length": "6"})
    told = answer.json()
    assert (answer.status_code, told["code"], told["used_bytes"], told["max_bytes"]) == (413, "quota_reached", 20, 25)
    assert client.delete(first, headers=TUS).status_code == 204
    start(client, 6)
    settings.MAX_PERSON_BYTES = 0  # type: ignore[attr-defined]
    start(client, 1000)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 412),
        ({"Tus-Resumable": "0.2.2"}, 412),
        (TUS, 400),
        ({**TUS, "Upload-Length": "-1"}, 400),
        ({**TUS, "Upload-Length": "1e3"}, 400),
        ({**TUS, "Upload-Length": "5", "Upload-Metadata": "filename %%%"}, 400),
    ],
)
def test_a_broken_beginning_is_refused(client: Client, headers: dict[str, str], status: int) -> None:
    assert client.post("/api/v1/uploads", headers=headers).status_code == status
    assert not Upload.objects.exists()


def test_a_part_of_another_content_type_is_refused(client: Client) -> None:
    address = start(client)
    headers = {**TUS, "Upload-Offset": "0"}
    assert client.patch(address, b"x", content_type="text/plain", headers=headers).status_code == 415


def test_visitors_are_asked_to_sign_in_and_strangers_see_nothing(client: Client) -> None:
    address = start(client)
    stranger = client_of(make_person())
    assert Client().post("/api/v1/uploads", headers={**TUS, "Upload-Length": "5"}).status_code == 401
    for who, status in ((Client(), 401), (stranger, 404)):
        assert who.head(address, headers=TUS).status_code == status
        assert send(who, address, b"xxxxx", 0).status_code == status
        assert who.delete(address, headers=TUS).status_code == status
    assert client.head(address, headers=TUS)["Upload-Offset"] == "0"


def test_a_change_without_the_csrf_token_is_refused(ana: int) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = client_of(ana).cookies
    assert careful.post("/api/v1/uploads", headers={**TUS, "Upload-Length": "5"}).status_code == 403
    token = careful.get("/api/v1/session").json()["csrf_token"]
    address = start(careful, 5, **{"X-CSRFToken": token})
    assert send(careful, address, b"01234", 0).status_code == 403
    assert send(careful, address, b"01234", 0, **{"X-CSRFToken": token}).status_code == 204


def test_a_forgotten_upload_is_gone_with_its_bytes(client: Client, django_capture_on_commit_callbacks) -> None:
    address = start(client)
    send(client, address, b"01234", 0)
    path = inbox.path(row_of(address).pk)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.delete(address, headers=TUS).status_code == 204
    assert not path.exists()
    assert client.head(address, headers=TUS).status_code == 404
    assert client.delete(address, headers=TUS).status_code == 404


def test_an_upload_nobody_goes_on_with_expires_and_is_swept(client: Client, django_capture_on_commit_callbacks) -> None:
    address = start(client)
    row = row_of(address)
    Upload.objects.filter(pk=row.pk).update(touched_at=clock.now() - datetime.timedelta(hours=25))
    assert client.head(address, headers=TUS).status_code == 410
    assert send(client, address, b"0", 0).status_code == 410
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.forget_old_uploads() == 1
    assert not inbox.path(row.pk).exists()
    assert client.head(address, headers=TUS).status_code == 404


def test_two_parts_at_once_are_not_mixed(client: Client) -> None:
    address = start(client)
    with inbox.locked(row_of(address).pk):
        answer = send(client, address, b"01234", 0)
        assert client.head(address, headers=TUS)["Upload-Offset"] == "0", "asking is never refused"
    assert (answer.status_code, answer.json()["code"]) == (423, "upload_busy")
    assert send(client, address, b"01234", 0).status_code == 204


def test_bytes_that_reached_the_disk_before_the_row_was_told_count(client: Client) -> None:
    address = start(client)
    row = row_of(address)
    inbox.path(row.pk).write_bytes(b"0123456")
    assert client.head(address, headers=TUS)["Upload-Offset"] == "7"
    assert send(client, address, b"789", 7)["Upload-Offset"] == "10"


def test_bytes_that_the_disk_lost_do_not_count_and_none_beyond_the_end_do(client: Client) -> None:
    address = start(client)
    row = row_of(address)
    send(client, address, b"01234", 0)
    inbox.path(row.pk).write_bytes(b"01")
    assert client.head(address, headers=TUS)["Upload-Offset"] == "2"
    inbox.path(row.pk).write_bytes(b"0123456789 and more")
    assert client.head(address, headers=TUS)["Upload-Offset"] == "10"
    assert actions.finish_upload(viewer=viewer_of(row.owner_id), upload_id=row.pk).is_finished
    assert inbox.path(row.pk).read_bytes() == b"0123456789"


class Breaks(io.BytesIO):
    """A body whose line breaks after what is in it."""

    def read(self, size: int | None = -1) -> bytes:
        block = super().read(size)
        if not block:
            raise OSError("the client went away")
        return block


def test_a_part_that_breaks_off_is_kept_as_far_as_it_came(client: Client, ana: int) -> None:
    row = row_of(start(client, 300_000))
    viewer = viewer_of(ana)
    view = actions.append_bytes(viewer=viewer, upload_id=row.pk, offset=0, stream=Breaks(b"a" * 200_001), size=300_000)
    assert view.offset_bytes == 200_001
    with pytest.raises(OffsetMismatch):
        actions.finish_upload(viewer=viewer, upload_id=row.pk)
    rest = io.BytesIO(b"b" * 99_999)
    assert actions.append_bytes(viewer=viewer, upload_id=row.pk, offset=200_001, stream=rest).is_finished


class Cancels(io.BytesIO):
    """A body during which the owner changes their mind."""

    def __init__(self, data: bytes, viewer: object, upload_id: int) -> None:
        super().__init__(data)
        self.viewer, self.upload_id = viewer, upload_id

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() == 0:
            actions.cancel_upload(viewer=self.viewer, upload_id=self.upload_id)  # type: ignore[arg-type]
        return super().read(size)


def test_an_upload_cancelled_in_mid_part_ends_there(client: Client, ana: int) -> None:
    row = row_of(start(client, 100))
    viewer = viewer_of(ana)
    with pytest.raises(UploadNotFound):
        actions.append_bytes(viewer=viewer, upload_id=row.pk, offset=0, stream=Cancels(b"a" * 100, viewer, row.pk))
    assert not Upload.objects.exists()


def test_a_part_is_checked_against_its_checksum(client: Client) -> None:
    address = start(client)
    right = base64.b64encode(hashlib.sha256(b"01234").digest()).decode()
    refused = send(client, address, b"0123x", 0, **{"Upload-Checksum": f"sha256 {right}"})
    assert (refused.status_code, refused.json()["code"]) == (460, "checksum_mismatch")
    assert client.head(address, headers=TUS)["Upload-Offset"] == "0"
    assert send(client, address, b"01234", 0, **{"Upload-Checksum": f"sha256 {right}"}).status_code == 204
    assert send(client, address, b"5", 5, **{"Upload-Checksum": f"crc32 {right}"}).status_code == 400


def test_a_network_that_lets_only_post_through_can_still_upload(client: Client) -> None:
    address = start(client)
    headers = {**TUS, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    answer = client.post(address, b"01234", content_type=PART, headers=headers)
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "5")


def test_files_without_a_row_are_swept_and_young_ones_left(client: Client, data_root: pathlib.Path) -> None:
    kept = inbox.path(row_of(start(client)).pk)
    stray = inbox.path(ids.new_id())
    stray.write_bytes(b"left by a process that was killed")
    assert actions.remove_leftovers() == 0
    actions.remove_leftovers(older_than_s=-5)
    assert kept.exists()
    assert not stray.exists()


def test_the_lock_is_given_back_when_its_holder_ends() -> None:
    with inbox.locked(1), pytest.raises(UploadBusy), inbox.locked(1):
        pass
    with inbox.locked(1):
        inbox.remove(1)
