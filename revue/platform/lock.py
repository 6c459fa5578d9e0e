"""One supervisor per data folder: a lock that the kernel lets go of when its holder dies, however it dies."""

import fcntl
import os
import pathlib


class AlreadyRunning(RuntimeError):
    """Another process holds the data folder."""


class FolderLock:
    """Holds `<root>/lock` for as long as the object is open. Children do not inherit it."""

    def __init__(self, root: pathlib.Path) -> None:
        """Take the lock.

        Raises:
            AlreadyRunning: the text names the other process.
        """
        root.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(root / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(self._descriptor, 32, 0).decode(errors="replace").strip() or "unknown"
            os.close(self._descriptor)
            raise AlreadyRunning(f"Revue already runs on {root} (process {holder}). Stop it first.") from error
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let go."""
        os.close(self._descriptor)
