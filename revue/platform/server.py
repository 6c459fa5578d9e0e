"""The web process: granian, with our front in each of its workers."""

import importlib
import os
import signal
import sys
from typing import Any

from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

from revue.platform.children import die_with

FRONT = "revue.front:application"
STOP_SECONDS = 5  # open live streams do not end by themselves
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")  # more spin for each other: p99 of 0.5 s
MOST_CONNECTIONS = 20_000  # each worker; idle live streams count, and the front itself says when too many wait


def serve(*, host: str, port: int, processes: int) -> None:
    """Listen until SIGTERM or SIGINT.

    Args:
        host: the address to listen on.
        port: its port.
        processes: how many Python processes share the port.
    """
    for name in ONE_THREAD:  # set here: numpy reads them when it is imported, in the workers
        os.environ.setdefault(name, "1")
    server = Server(
        target=FRONT,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=processes,
        loop=Loops.asyncio,
        websockets=False,
        backlog=2048,
        backpressure=MOST_CONNECTIONS,
        log_level=LogLevels.warning,
        workers_kill_timeout=STOP_SECONDS,
    )
    server.serve(target_loader=_Loader(os.getpid()))


class _Loader:
    """Loads the front inside a worker, which must not outlive granian's main process.

    A killed main process would otherwise leave its worker behind, still answering and holding the port.
    """

    def __init__(self, main_process: int) -> None:
        self._main_process = main_process

    def __call__(self, target: str) -> Any:
        if sys.platform == "linux":
            die_with(self._main_process, signal.SIGKILL)
        module, _, name = target.partition(":")
        return getattr(importlib.import_module(module), name)
