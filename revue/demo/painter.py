"""The process that paints clips, as seen from the process that posts them."""

import contextlib
import json
import os
import pathlib
import subprocess
import sys
from collections.abc import Iterator
from typing import IO

import revue
from revue.demo.errors import PainterFailed

_Child = subprocess.Popen[str]


class Painter:
    """Paints one clip at a time. It ends with its parent: its input closes then."""

    def __init__(self) -> None:
        package = str(pathlib.Path(revue.__file__).resolve().parent.parent)
        path = os.pathsep.join(part for part in (package, os.environ.get("PYTHONPATH", "")) if part)
        one_thread = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # small arrays: threads only cost
        self._child: _Child = subprocess.Popen(
            [sys.executable, "-m", "revue.demo.render"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path, **one_thread},
        )

    def order(self, key: str, out: pathlib.Path, ffmpeg: pathlib.Path) -> None:
        """Ask for a clip, encoded by an ffmpeg of ours, and go on at once.

        Raises:
            PainterFailed: the process has ended.
        """
        try:
            self._input.write(json.dumps({"key": key, "out": str(out), "ffmpeg": str(ffmpeg)}) + "\n")
            self._input.flush()
        except BrokenPipeError:
            raise PainterFailed(key=key) from None

    def wait(self, key: str) -> None:
        """Wait until the clip that was ordered first is there.

        Raises:
            PainterFailed: the process ended before.
        """
        line = self._child.stdout.readline() if self._child.stdout else ""
        if not line or json.loads(line)["key"] != key:
            raise PainterFailed(key=key)

    @property
    def _input(self) -> IO[str]:
        if self._child.stdin is None:
            raise PainterFailed
        return self._child.stdin

    def close(self) -> None:
        """Let it finish, and end it when it does not."""
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        try:
            self._child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()


@contextlib.contextmanager
def painting() -> Iterator[Painter]:
    """A painter for as long as it is needed."""
    painter = Painter()
    try:
        yield painter
    finally:
        painter.close()
