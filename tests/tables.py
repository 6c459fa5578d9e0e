"""The tables of a new instance: made once for one state of the code, and copied wherever a test needs them."""

import contextlib
import fcntl
import functools
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator

_REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
_KEPT = _REPOSITORY / ".pytest_cache" / "tables"


def with_tables(folder: pathlib.Path) -> pathlib.Path:
    """Make this the data folder of an instance whose tables are there, and empty as `revue migrate` leaves them."""
    folder.mkdir(parents=True, exist_ok=True)
    with _alone():
        subprocess.run(["cp", "-a", f"{_made()}/.", folder], check=True)
    return folder


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Processes that run tests begin together: the second finds what the first has made."""
    _KEPT.mkdir(parents=True, exist_ok=True)
    with (_KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _made() -> pathlib.Path:
    """The folder to copy; those of other states of the code are gone."""
    made = _KEPT / _state_of_the_code()
    if not made.exists():
        for other in _KEPT.iterdir():
            if other.is_dir():
                shutil.rmtree(other)
        draft = pathlib.Path(tempfile.mkdtemp(prefix="draft-", dir=_KEPT))
        environ = {name: value for name, value in os.environ.items() if not name.startswith(("REVUE_", "DJANGO_"))}
        command = [sys.executable, "-m", "revue.cli", "migrate", "--data", str(draft)]
        subprocess.run(command, env=environ, check=True, stdout=subprocess.DEVNULL)
        draft.rename(made)
    return made


@functools.cache
def _state_of_the_code() -> str:
    """Changes with any line that a migration may come to, ours or a library's."""
    state = hashlib.sha256((_REPOSITORY / "requirements.lock").read_bytes())
    for path in sorted((_REPOSITORY / "revue").rglob("*.py")):
        state.update(f"{path.relative_to(_REPOSITORY)}\0".encode() + path.read_bytes())
    return state.hexdigest()[:16]
