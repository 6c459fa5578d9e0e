"""A file is there whole or not at all, and a hostile key reaches nothing."""

import pathlib

import pytest

from revue.platform import storage
from revue.platform.storage import BadKey

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


def test_a_put_file_moves_in(tmp_path: pathlib.Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"film")
    storage.put("clips/a/720.mp4", source)
    assert not source.exists()
    assert storage.size("clips/a/720.mp4") == 4
    with storage.open("clips/a/720.mp4") as file:
        assert file.read() == b"film"


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
