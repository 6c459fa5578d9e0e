"""The process tree of `revue up`: whatever is killed comes back, and nothing outlives the supervisor."""

import os
import pathlib
import signal
import socket
import subprocess
from collections.abc import Iterator

import httpx
import psycopg
import pytest

from revue.recommender.engine import extra
from tests.journeys.network import Network, eventually, running, running_with_tables

pytestmark = [pytest.mark.fault, pytest.mark.timeout(240)]
KINDS = {"web": "revue.cli web", "worker": "revue.cli worker", "database": "bin/postgres"}


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with running_with_tables(tmp_path_factory.mktemp("up") / "data") as started:
        yield started


def is_alive(pid: int) -> bool:
    try:
        state = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def kill(pids: list[int]) -> None:
    assert pids
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue  # it died with its parent a moment ago
    eventually(lambda: not any(is_alive(pid) for pid in pids), what="the killed are gone")


@pytest.mark.parametrize("kind", KINDS)
def test_a_killed_part_comes_back(network: Network, kind: str) -> None:
    killed = network.children(KINDS[kind])
    kill(killed)
    eventually(lambda: set(network.children(KINDS[kind])) - set(killed), what=f"{kind} runs again")
    eventually(network.is_ready, what="the site is ready again")
    assert f"{'postgres' if kind == 'database' else kind} ended with SIGKILL" in network.log


def test_a_killed_child_of_the_web_server_comes_back(network: Network) -> None:
    """granian's main process and its worker share a command line; the last one is the worker."""
    main, *workers = sorted(network.children(KINDS["web"]))
    kill(workers)
    eventually(lambda: len(network.children(KINDS["web"])) > 1, what="it has a worker again")
    eventually(network.is_ready, what="the site is ready again")
    assert main


def test_a_second_up_on_the_same_folder_is_refused_in_one_line(network: Network) -> None:
    done = subprocess.run(network.command("up", "--port", "1"), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("revue: Revue already runs on ")
    assert done.stderr.count("\n") == 1
    assert network.is_ready()


def test_a_taken_port_is_refused_in_one_line_and_leaves_nothing_running(
    network: Network, tmp_path: pathlib.Path
) -> None:
    second = Network(tmp_path / "data")
    words = second.command("up", "--port", str(network.port))
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Choose another with --port" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "data" / "postgres").exists()


def test_health_and_numbers_are_told(network: Network) -> None:
    assert httpx.get(f"{network.url}/healthz").text == "ok\n"
    assert httpx.get(f"{network.url}/readyz").json() == {"ready": True, "problems": {}}
    assert "revue_platform_jobs_waiting" in httpx.get(f"{network.url}/metrics").text


def test_the_database_listens_on_a_private_socket_only(network: Network) -> None:
    postgres = network.children(KINDS["database"])[0]
    assert (network.folder / "postgres-socket").stat().st_mode & 0o077 == 0
    inodes = {
        link.removeprefix("socket:[").rstrip("]")
        for entry in pathlib.Path(f"/proc/{postgres}/fd").iterdir()
        if (link := str(entry.readlink())).startswith("socket:")
    }
    for table in ("tcp", "tcp6"):
        rows = [row.split() for row in pathlib.Path(f"/proc/{postgres}/net/{table}").read_text().splitlines()[1:]]
        assert not [row for row in rows if row[9] in inodes]


def test_a_clean_stop_ends_everything_and_frees_the_port(tmp_path: pathlib.Path) -> None:
    with running_with_tables(tmp_path / "data") as network:
        everyone = network.children("")
        network.stop(signal.SIGINT)
        assert network.process is not None
        assert network.process.returncode == 0
        assert not [pid for pid in everyone if is_alive(pid)]
        assert network.log.rstrip().endswith("Stopped.")
        worker = (network.folder / "logs" / "worker.log").read_text()
        assert "worker_stopped" in worker
        assert "Traceback" not in worker


def test_a_killed_supervisor_takes_all_along_and_the_next_start_has_the_data(tmp_path: pathlib.Path) -> None:
    with running_with_tables(tmp_path / "data") as network:
        write(network, "CREATE TABLE kept AS SELECT 42 AS answer")
        everyone = network.children("")
        assert len(everyone) > 3
        network.stop(signal.SIGKILL)
        eventually(lambda: not [pid for pid in everyone if is_alive(pid)], what="everyone is gone")
        network.start()
        assert write(network, "SELECT answer FROM kept") == [(42,)]


def write(network: Network, query: str) -> list[tuple[object, ...]]:
    where = f"host={network.folder}/postgres-socket user=revue dbname=revue"
    with psycopg.connect(where, autocommit=True) as connection:
        cursor = connection.execute(query)
        return cursor.fetchall() if cursor.description else []


def test_an_unfinished_first_start_is_begun_again(tmp_path: pathlib.Path) -> None:
    half = tmp_path / "data" / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")
    with running(tmp_path / "data") as network:
        assert network.is_ready()


def test_the_port_is_free_at_once_after_a_stop(tmp_path: pathlib.Path) -> None:
    with running_with_tables(tmp_path / "data") as network:
        httpx.get(network.url + "/healthz")
        network.stop()
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", network.port))


def test_a_start_migrates_only_what_is_not_current(tmp_path: pathlib.Path) -> None:
    log = tmp_path / "data" / "logs" / "migrate.log"
    with running(tmp_path / "data") as network:
        network.stop()
        first = log.read_bytes()
        assert first
        network.start()
        assert log.read_bytes() == first
        write(network, "DROP TABLE platform_cache, platform_limit")
        write(network, "DELETE FROM django_migrations WHERE app = 'platform'")
        network.stop()
        network.start()
        assert write(network, "SELECT count(*) FROM platform_limit")


@pytest.mark.skipif(extra.is_installed(), reason="the extra `train` is installed")
def test_a_trainer_that_is_wanted_and_not_installed_is_said_and_the_site_runs(tmp_path: pathlib.Path) -> None:
    with running_with_tables(tmp_path / "data", environ={"REVUE_TRAINER": "1"}) as network:
        assert network.is_ready()
        assert network.log.startswith(extra.MISSING)
        assert not network.children("revue.cli trainer")
        alone = subprocess.run(network.command("trainer"), capture_output=True, text=True, check=False)
        assert (alone.returncode, alone.stderr) == (1, f"revue: {extra.MISSING}\n")
        doctor = subprocess.run(
            network.command("doctor"),
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "REVUE_TRAINER": "1"},
        )
        assert f"note  feed engine    {extra.MISSING}" in doctor.stdout


@pytest.mark.skipif(not extra.is_installed(), reason="the extra `train` is not installed")
def test_a_trainer_runs_where_it_is_installed_and_not_forbidden(network: Network, tmp_path: pathlib.Path) -> None:
    killed = network.children("revue.cli trainer")
    kill(killed)
    eventually(lambda: set(network.children("revue.cli trainer")) - set(killed), what="the trainer runs again")
    second = subprocess.run(network.command("trainer", "--once"), capture_output=True, text=True, check=False)
    assert second.stderr.startswith("revue: Another trainer works in ")
    with running_with_tables(tmp_path / "data", environ={"REVUE_TRAINER": "0"}) as other:
        assert not other.children("revue.cli trainer")


def test_the_terminal_hears_how_far_the_demo_is_and_not_what_it_logs(tmp_path: pathlib.Path) -> None:
    with running_with_tables(tmp_path / "data", demo=True) as network:
        eventually(lambda: "8 of 48 clips made" in network.log, what="the demo says how far it is", seconds=150)
        assert "demo clip posted" not in network.log
        assert "demo clip posted" in (network.folder / "logs" / "demo.log").read_text()
