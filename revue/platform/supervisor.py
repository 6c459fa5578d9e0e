"""`revue up`: one process tree. Starts its parts in order, restarts what dies, stops them in the opposite order.

    supervisor ── postgres · web · worker · (if installed) trainer · (once) the demo troupe, the sound library

This process imports no Django and opens no connection but to ask whether things are ready.
"""

import contextlib
import dataclasses
import http.client
import os
import pathlib
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

from revue.platform import logfiles, stamp
from revue.platform.children import before_exec
from revue.platform.lock import FolderLock
from revue.platform.metrics_folder import FOLDER_VARIABLE, prepare
from revue.platform.postgres import Embedded, PostgresError

TICK_SECONDS = 0.1
READY_SECONDS = 60
STOP_SECONDS = 30
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 30.0
LOG_SECONDS = 60.0
STEADY_SECONDS = 20.0  # who lived this long begins again with the shortest pause


class CannotStart(RuntimeError):
    """One clear line for the person at the terminal."""


@dataclasses.dataclass(frozen=True)
class Plan:
    """What to run. Every value comes from settings or flags."""

    root: pathlib.Path
    host: str
    port: int
    base_url: str
    embeds_database: bool
    has_trainer: bool
    has_demo: bool
    has_library: bool
    shows_logs: bool  # the children's lines here, instead of in files


@dataclasses.dataclass
class Part:
    """One kind of child: how to start it, and how it fares."""

    name: str
    words: list[str]
    is_restarted: bool = True
    is_heard: bool = False  # what it prints is for the person at the terminal; what it logs is not
    niceness: int = 0
    process: subprocess.Popen[bytes] | None = None
    born_at: float = 0
    again_at: float = 0
    pause: float = FIRST_PAUSE_SECONDS

    @property
    def is_alive(self) -> bool:
        """Whether its process runs."""
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """One run of `revue up`."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._stop = threading.Event()
        self._database = Embedded(plan.root) if plan.embeds_database else None
        self._database_part = Part("postgres", [])
        self._parts: list[Part] = []
        self._errands: list[Part] = []
        self._errand: Part | None = None
        self._began = time.monotonic()
        self._looks_at_logs_at = 0.0

    def run(self) -> int:
        """Run until told to stop. Returns the exit status.

        Raises:
            CannotStart: something stands in the way; nothing is left running.
        """
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self._stop.set())
        lock = FolderLock(self._plan.root)
        try:
            require_free_port(self._plan.host, self._plan.port)
            self._environ = self._make_environ()
            self._start_all()
            while not self._stop.wait(TICK_SECONDS):
                self._look_after()
        finally:
            self._stop_all()
            lock.release()
        return 0

    def _make_environ(self) -> dict[str, str]:
        return {
            **os.environ,
            "REVUE_DATA_DIR": str(self._plan.root),
            "REVUE_HOST": self._plan.host,
            "REVUE_PORT": str(self._plan.port),
            FOLDER_VARIABLE: str(prepare(self._plan.root)),
            "PYTHONUNBUFFERED": "1",
        }

    def _start_all(self) -> None:
        say(f"Revue keeps its data in {self._plan.root}")
        if self._database is not None:
            with self._step("database"):
                self._start_database(self._database)
        with self._step("tables"):
            self._migrate()
        self._parts = [Part("worker", ["worker"]), Part("web", ["web"])]
        if self._plan.has_trainer:
            self._parts.insert(0, Part("trainer", ["trainer"], niceness=10))
        with self._step("web and worker"):
            for part in self._parts:
                self._spawn(part)
            self._wait_for_web()
        if self._stop.is_set():
            return
        say(f"Ready after {time.monotonic() - self._began:.1f} s. Stop with Ctrl-C.")
        say(f"Open {self._plan.base_url}  ·  data and logs: {self._plan.root}")
        self._errands = self._make_errands()

    def _make_errands(self) -> list[Part]:
        """What is done once, one after another, while people are served already."""
        errands = []
        if self._plan.has_demo:
            errands.append(Part("demo", ["demo", "--if-empty"], is_restarted=False, is_heard=True))
        if self._plan.has_library:
            errands.append(Part("library", ["library"], is_restarted=False))
        return errands

    def _run_errands(self) -> None:
        """Begin the next errand once the one before has ended."""
        if self._errands and not (self._errand and self._errand.is_alive):
            self._errand = self._errands.pop(0)
            self._parts.append(self._errand)
            self._spawn(self._errand)

    @contextlib.contextmanager
    def _step(self, name: str) -> Iterator[None]:
        if self._stop.is_set():
            yield  # each step below ends at once
            return
        began = time.monotonic()
        yield
        say(f"  {name:<16} ready   {time.monotonic() - began:5.1f} s")

    def _start_database(self, database: Embedded) -> None:
        try:
            database.start()
        except PostgresError as error:
            raise CannotStart(str(error)) from error
        self._database_part.born_at = time.monotonic()

    def _migrate(self) -> None:
        """Bring the tables up to date, in a process of its own; an embedded database that is, is left alone."""
        if self._database is None or not stamp.is_current(self._database, stamp.code()):
            self._run_once("migrate", ["migrate"])

    def _run_once(self, name: str, words: list[str]) -> None:
        """Run a command to its end.

        Raises:
            CannotStart: it failed; the text holds the end of its log.
        """
        part = Part(name, words, is_restarted=False)
        self._spawn(part)
        while part.is_alive and not self._stop.wait(TICK_SECONDS / 4):
            continue
        if part.is_alive:
            self._end(part)
        elif part.process is not None and part.process.returncode:
            raise CannotStart(f"`revue {name}` failed.\n{logfiles.tail(self._log_of(part))}")

    def _wait_for_web(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not self._stop.wait(TICK_SECONDS / 2):
            if is_ready(self._plan.host, self._plan.port):
                return
            for part in self._parts:
                if not part.is_alive and part.process is not None:
                    raise CannotStart(f"`revue {part.name}` ended at once.\n{logfiles.tail(self._log_of(part))}")
            if time.monotonic() > deadline:
                web = logfiles.tail(self._log_of(self._parts[-1]))
                raise CannotStart(f"The site did not become ready within {READY_SECONDS} s.\n{web}")

    def _look_after(self) -> None:
        """Restart what died, each with a pause that grows while it keeps dying."""
        self._look_after_database()
        self._run_errands()
        for part in self._parts:
            if part.is_alive or (part.process is None and not part.again_at):
                continue
            if part.process is not None:
                self._note_death(part, part.process.returncode)
            elif time.monotonic() >= part.again_at:
                part.again_at = 0
                self._spawn(part)
        if time.monotonic() >= self._looks_at_logs_at:
            self._looks_at_logs_at = time.monotonic() + LOG_SECONDS
            logfiles.keep_small(self._plan.root)

    def _look_after_database(self) -> None:
        database, part = self._database, self._database_part
        if database is None or (database.process is not None and database.process.poll() is None):
            return
        if database.process is not None:
            self._note_death(part, database.process.returncode)
            database.process = None
        if time.monotonic() < part.again_at:
            return
        try:
            database.start()
            part.born_at = time.monotonic()
        except PostgresError as error:
            say(str(error))
            self._set_pause(part)

    def _note_death(self, part: Part, status: int | None) -> None:
        part.process = None
        if not part.is_restarted:
            if status:
                say(f"{part.name} ended with {ending(status)}; its log: {self._log_of(part)}")
            return
        self._set_pause(part)
        say(f"{part.name} ended with {ending(status)}; it starts again in {part.again_at - time.monotonic():.1f} s")

    def _set_pause(self, part: Part) -> None:
        if time.monotonic() - part.born_at > STEADY_SECONDS:
            part.pause = FIRST_PAUSE_SECONDS
        part.again_at = time.monotonic() + part.pause
        part.pause = min(part.pause * 2, LONGEST_PAUSE_SECONDS)

    def _spawn(self, part: Part) -> None:
        with self._output_of(part) as output:
            part.process = subprocess.Popen(
                [sys.executable, "-m", "revue.cli", *part.words],
                stdin=subprocess.DEVNULL,
                stdout=None if part.is_heard else output,
                stderr=output,
                env=self._environ,
                start_new_session=True,  # a group of its own: Ctrl-C reaches us alone, and we end whole groups
                preexec_fn=before_exec(signal.SIGKILL, niceness=part.niceness),  # noqa: PLW1509 - one thread
            )
        part.born_at = time.monotonic()

    @contextlib.contextmanager
    def _output_of(self, part: Part) -> Iterator[int | None]:
        if self._plan.shows_logs:
            yield None
            return
        with logfiles.open_for(self._plan.root, part.name) as file:
            yield file.fileno()

    def _log_of(self, part: Part) -> pathlib.Path:
        return logfiles.path_of(self._plan.root, part.name)

    def _stop_all(self) -> None:
        say("Stopping …")
        for part in reversed(self._parts):
            if part.is_alive and part.process is not None:
                part.process.terminate()
        for part in reversed(self._parts):
            self._end(part)
        if self._database is not None:
            self._database.stop()
        say("Stopped.")

    def _end(self, part: Part) -> None:
        """Ask a child to end, then end its whole group."""
        if part.process is None:
            return
        if part.is_alive:
            part.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            part.process.wait(STOP_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(part.process.pid, signal.SIGKILL)
        part.process.wait()


def say(line: str) -> None:
    """One line on the terminal, at once."""
    print(line, flush=True)  # noqa: T201 - this is the terminal


def ending(status: int | None) -> str:
    """A process' end in words."""
    if status is not None and status < 0:
        return signal.Signals(-status).name
    return f"status {status}"


def require_free_port(host: str, port: int) -> None:
    """Raise CannotStart when somebody listens on the port already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotStart(
                f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with --port or REVUE_PORT."
            ) from error


def is_ready(host: str, port: int) -> bool:
    """Whether the site answers /readyz with 200."""
    address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not listened on
    connection = http.client.HTTPConnection(address, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
