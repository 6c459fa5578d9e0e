"""A file is there whole or not at all, and a hostile key reaches nothing."""

import concurrent.futures
import pathlib

import pytest

from revue.platform import storage
from revue.platform.storage import BadKey
from tests.bucket import client

HOSTILE = [
    "",
    "/etc/passwd",
    "..",
    "a/../b",
    "a//b",
    "a/",
    "./a",
    "a\0b",
    ".hidden",
    "a b",
    "ä",
    "a\nb",
    "a/" * 300 + "a",
]


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: pathlib.Path) -> pathlib.Path:
    settings.DATA_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture(params=["folder", "bucket", "folder after bucket"])
def any_store(request: pytest.FixtureRequest, settings: object) -> str:
    """Files in a folder, in a bucket, or on their way back from there."""
    if request.param != "folder":
        request.getfixturevalue("bucket")
    if request.param == "folder after bucket":
        settings.MEDIA_STORE = "folder"  # type: ignore[attr-defined]
    return str(request.param)


@pytest.mark.usefixtures("any_store")
def test_a_put_file_moves_in(tmp_path: pathlib.Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"film")
    storage.put("clips/a/720.mp4", source)
    assert not source.exists()
    assert storage.size("clips/a/720.mp4") == 4
    with storage.open("clips/a/720.mp4") as file:
        assert file.read() == b"film"
    assert b"".join(storage.read("clips/a/720.mp4", 1, 3)) == b"il"
    assert storage.fetch("clips/a/720.mp4").read_bytes() == b"film"


@pytest.mark.usefixtures("any_store")
def test_what_was_sent_ahead_only_needs_its_key(tmp_path: pathlib.Path) -> None:
    source, ticks = tmp_path / "source", []
    source.write_bytes(b"film")
    storage.send_ahead([source], tick=lambda: ticks.append(1))
    assert not storage.exists("a/b")
    storage.put("a/b", source)
    assert not source.exists()
    assert [file.key for file in storage.files()] == ["a/b"]


@pytest.mark.usefixtures("any_store")
def test_a_file_can_be_had_under_a_second_key_and_replaced() -> None:
    storage.put_bytes("a/b", b"old")
    storage.copy("a/b", "c/d")
    storage.put_bytes("a/b", b"new")
    assert storage.fetch("a/b").read_bytes() == b"new"
    assert storage.fetch("c/d").read_bytes() == b"old"
    with pytest.raises(FileNotFoundError):
        storage.copy("nothing", "e")


@pytest.mark.usefixtures("any_store")
def test_nothing_is_nothing_in_every_way_of_asking() -> None:
    assert not storage.exists("a")
    for ask in (storage.size, storage.fetch, storage.open, lambda key: list(storage.read(key, 0, 1))):
        with pytest.raises(FileNotFoundError):
            ask("a")


@pytest.mark.usefixtures("any_store")
def test_files_and_folders_are_listed() -> None:
    for key in ("clips/a/1", "clips/a/2", "clips/b/1", "avatars/a"):
        storage.put_bytes(key, key.encode())
    assert sorted(file.key for file in storage.files("clips/a")) == ["clips/a/1", "clips/a/2"]
    assert {file.key: file.bytes for file in storage.files()}["avatars/a"] == 9
    assert sorted(name for name, _ in storage.folders("clips")) == ["a", "b"]


def test_files_move_to_the_bucket_and_back_while_both_are_read(bucket: str, settings: object) -> None:
    settings.MEDIA_STORE = "folder"  # type: ignore[attr-defined]
    for number in range(5):
        storage.put_bytes(f"clips/a/{number}", b"film" * number)
    settings.MEDIA_STORE = "s3"  # type: ignore[attr-defined]
    moving = storage.move()
    next(moving), next(moving)
    moving.close()  # killed on the way
    storage.put_bytes("clips/a/4", b"newer")  # replaced meanwhile
    assert [storage.size(f"clips/a/{number}") for number in range(5)] == [0, 4, 8, 12, 5]
    assert len(list(storage.move())) == 2
    assert list(storage.folder().files("")) == []
    assert [storage.fetch(f"clips/a/{number}").read_bytes() for number in (1, 4)] == [b"film", b"newer"]
    assert list(storage.move()) == []
    settings.MEDIA_STORE = "folder"  # type: ignore[attr-defined]
    assert len(list(storage.move())) == 5
    assert list(storage.bucket().files("")) == []
    assert storage.local_path("clips/a/4").read_bytes() == b"newer"


def test_what_the_target_has_is_newer_and_stays(bucket: str, settings: object) -> None:
    storage.folder().put_bytes("a", b"old")
    storage.bucket().put_bytes("a", b"new")
    assert len(list(storage.move())) == 1
    assert storage.fetch("a").read_bytes() == b"new"
    assert not storage.local_path("a").exists()


def test_two_moves_at_once_lose_nothing(bucket: str) -> None:
    for number in range(20):
        storage.folder().put_bytes(f"clips/a/{number}", b"%d" % number)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(lambda: list(storage.move())) for _ in range(2)]:
            done.result()
    assert [storage.fetch(f"clips/a/{number}").read_bytes() for number in range(20)] == [b"%d" % n for n in range(20)]
    assert list(storage.folder().files("")) == []


def test_a_cached_file_is_fetched_anew_when_it_changed_and_goes_when_deleted(bucket: str) -> None:
    storage.put_bytes("a", b"old")
    old = storage.fetch("a")
    assert storage.fetch("a") == old
    storage.bucket().put_bytes("a", b"new")
    assert storage.fetch("a").read_bytes() == b"new"
    storage.delete("a")
    assert not old.exists()


def test_a_store_that_does_not_answer_or_refuses_is_unavailable(bucket: str, settings: object) -> None:
    storage.put_bytes("a", b"1")
    settings.S3_BUCKET = "somebody-elses"  # type: ignore[attr-defined]
    assert storage.problem()
    with pytest.raises(storage.StorageUnavailable):
        storage.put_bytes("a", b"2")
    settings.S3_BUCKET, settings.S3_ENDPOINT = bucket, "http://127.0.0.1:9"  # type: ignore[attr-defined]
    with pytest.raises(storage.StorageUnavailable):
        storage.fetch("a")
    assert "cannot be written" in (storage.problem() or "")


def test_who_wants_to_stop_while_bytes_travel_stops(bucket: str, tmp_path: pathlib.Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"film")

    def stop() -> None:
        raise KeyError("stop")

    with pytest.raises(KeyError):
        storage.put("a", source, tick=stop)
    assert source.exists()


def test_the_bucket_is_made_ready_for_our_pages(bucket: str, s3_server: str) -> None:
    storage.bucket().prepare("https://films.example")
    rules = client(s3_server).get_bucket_cors(Bucket=bucket)["CORSRules"]
    assert rules[0]["AllowedOrigins"] == ["https://films.example"]


def test_leftovers_of_killed_processes_are_swept_from_the_bucket(
    bucket: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"film")
    storage.send_ahead([source])
    storage.tidy()
    assert len(list(storage.files())) == 1
    monkeypatch.setattr("revue.platform.storage.s3.AHEAD_SECONDS", -1)
    name = storage.begin_parts("arriving/4k")
    assert storage.arrived_parts("arriving/4k", name) == []
    storage.tidy()  # this server says of all parts that they began years ago
    assert list(storage.files()) == []
    with pytest.raises(storage.PartsGone):
        storage.arrived_parts("arriving/4k", name)


def test_a_file_from_another_file_system_is_copied() -> None:
    other = pathlib.Path("/dev/shm/revue-test-storage")
    if not other.parent.exists():
        pytest.skip("this machine has no second file system to try")
    other.write_bytes(b"film")
    storage.put("a", other)
    assert not other.exists()
    assert storage.local_path("a").read_bytes() == b"film"


def test_putting_again_replaces_and_leaves_no_draft() -> None:
    storage.put_bytes("a/b", b"old")
    storage.put_bytes("a/b", b"new")
    assert storage.local_path("a/b").read_bytes() == b"new"
    assert list(storage.scratch().iterdir()) == []


@pytest.mark.usefixtures("any_store")
def test_deleting_twice_is_harmless() -> None:
    storage.put_bytes("a/b", b"1")
    storage.put_bytes("a/c", b"2")
    storage.delete("a/b")
    storage.delete("a/b")
    assert storage.exists("a/c")
    storage.delete_tree("a")
    storage.delete_tree("a")
    assert not storage.exists("a/c")


@pytest.mark.parametrize("key", HOSTILE)
def test_a_hostile_key_is_refused(key: str) -> None:
    with pytest.raises(BadKey):
        storage.put_bytes(key, b"")
    with pytest.raises(BadKey):
        storage.local_path(key)


def test_a_key_becomes_its_address() -> None:
    assert storage.url("clips/a/720.mp4") == "/media/clips/a/720.mp4"
