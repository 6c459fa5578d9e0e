"""A backup is the whole instance, and a restore puts all of it back or nothing."""

import gzip
import os
import pathlib
import subprocess
import sys

import pytest

from tests.tables import with_tables

PASSWORD = "a-long-enough-secret"


def revue(root: pathlib.Path, *words: str, told: str = "") -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("REVUE_")}
    command = [sys.executable, "-m", "revue.cli", *words, "--data", str(root)]
    return subprocess.run(command, input=told, env=environ, capture_output=True, text=True, check=False)


def question(root: pathlib.Path, python: str) -> str:
    """What a snippet of Python prints inside an instance."""
    program = f"""
from revue.cli import set_up_django
set_up_django()
from revue.platform.running_database import running_database
with running_database():
    {python}
"""
    environ = {**os.environ, "REVUE_DATA_DIR": str(root)}
    environ.pop("REVUE_SECRET_KEY", None)
    done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


PEOPLE = (
    "from django.contrib.auth import get_user_model as m; print(*m().objects.values_list('id', 'handle', 'password'))"
)


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """An instance with an admin and two media files."""
    root = with_tables(tmp_path_factory.mktemp("source") / "data")
    made = revue(root, "admin", "create", "--handle", "ana", "--password-stdin", told=PASSWORD + "\n")
    assert made.returncode == 0, made.stderr
    for key, data in (("clips/abc/720.mp4", b"film" * 100_000), ("avatars/x/y.webp", b"face")):
        path = root / "media" / key
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    return root


@pytest.fixture(scope="module")
def saved(instance: pathlib.Path, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    file = tmp_path_factory.mktemp("backup") / "revue.tar.gz"
    done = revue(instance, "backup", str(file))
    assert done.returncode == 0, done.stderr
    return file


def media_of(root: pathlib.Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in (root / "media").rglob("*") if path.is_file()}


def test_a_restored_instance_has_the_same_people_files_and_key(
    instance: pathlib.Path, saved: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    target = tmp_path / "data"
    done = revue(target, "restore", str(saved))
    assert done.returncode == 0, done.stderr
    assert media_of(target) == media_of(instance)
    assert (target / "secret-key").read_text() == (instance / "secret-key").read_text()
    assert question(target, PEOPLE) == question(instance, PEOPLE)
    assert "ana" in question(target, PEOPLE)


def test_only_its_owner_may_read_a_backup(saved: pathlib.Path) -> None:
    assert saved.stat().st_mode & 0o077 == 0


def test_an_instance_with_people_is_not_restored_over(instance: pathlib.Path, saved: pathlib.Path) -> None:
    before = (question(instance, PEOPLE), media_of(instance))
    done = revue(instance, "restore", str(saved))
    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert (question(instance, PEOPLE), media_of(instance)) == before


def test_a_backup_is_not_written_over_another_file(instance: pathlib.Path, saved: pathlib.Path) -> None:
    before = saved.read_bytes()
    assert revue(instance, "backup", str(saved)).returncode == 1
    assert saved.read_bytes() == before


@pytest.mark.parametrize("damage", ["cut", "changed", "foreign"])
def test_a_damaged_backup_changes_nothing(saved: pathlib.Path, tmp_path: pathlib.Path, damage: str) -> None:
    bad = tmp_path / "bad.tar.gz"
    whole = gzip.decompress(saved.read_bytes())
    cut_at = whole.index(b"manifest.json") - 600
    if damage == "cut":
        bad.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])
    elif damage == "changed":
        bad.write_bytes(gzip.compress(whole[:cut_at].replace(b"filmfilm", b"filmFILM", 1) + whole[cut_at:]))
    else:
        bad.write_bytes(b"not a backup at all")
    target = with_tables(tmp_path / "data")
    done = revue(target, "restore", str(bad))
    assert done.returncode == 1, done.stdout
    assert not media_of(target)
    assert question(target, PEOPLE).strip() == ""
