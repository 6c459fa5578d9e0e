"""A whole instance for the bots: database, tables, web server and trainer of its own, gone afterwards."""

import contextlib
import dataclasses
import importlib.util
import os
import pathlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx

from bench.media.instance import running
from revue.platform.children import before_exec
from tests.journeys.network import free_port

ROOT = pathlib.Path(__file__).resolve().parents[3]
READY_SECONDS = 300  # on a machine that does other things too
STOP_SECONDS = 30


@dataclasses.dataclass(frozen=True)
class Instance:
    """A running instance."""

    port: int
    root: pathlib.Path
    parts: dict[str, subprocess.Popen[bytes]]  # what runs beside the database

    def log(self, name: str) -> str:
        """What a part has written."""
        return (self.root / f"{name}.log").read_text(errors="replace")


@contextlib.contextmanager
def database(*, model: str, processes: int) -> Iterator[pathlib.Path]:
    """Django set up on a fresh database; its data folder.

    Args:
        model: the dotted name of the content model.
        processes: of the web server.
    """
    with running(
        REVUE_LOG_LEVEL="warning",
        REVUE_CONTENT_MODEL=model,
        REVUE_WEB_PROCESSES=str(processes),
        PYTHONPATH=str(ROOT),  # the content model is the bench's
        OMP_NUM_THREADS="1",
        OPENBLAS_NUM_THREADS="1",
    ) as started:
        yield started.root


@contextlib.contextmanager
def serving(root: pathlib.Path, *, trains: bool) -> Iterator[Instance]:
    """The web server, and the trainer where the extra `train` is installed and `trains`."""
    port = free_port()
    names = ["web", *(["trainer"] if trains and importlib.util.find_spec("jax") else [])]
    environ = {**os.environ, "REVUE_PORT": str(port), "REVUE_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    parts: dict[str, subprocess.Popen[bytes]] = {}
    instance = Instance(port, root, parts)
    try:
        for name in names:
            with (root / f"{name}.log").open("wb") as log:
                parts[name] = subprocess.Popen(
                    [sys.executable, "-m", "revue.cli", name],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    env=environ,
                    cwd=ROOT,
                    preexec_fn=before_exec(signal.SIGTERM),  # noqa: PLW1509 - the bench has one thread here
                )
        _wait_until_ready(instance)
        yield instance
    finally:
        for part in parts.values():
            part.terminate()
        for part in parts.values():
            part.wait(STOP_SECONDS)


def _wait_until_ready(instance: Instance) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        for name, part in instance.parts.items():
            if part.poll() is not None:
                raise RuntimeError(f"revue {name} ended with {part.returncode}\n{instance.log(name)}")
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{instance.port}/readyz", timeout=2).is_success:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the web server did not become ready\n{instance.log('web')}")
