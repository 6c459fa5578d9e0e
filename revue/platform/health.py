"""Platform's own checks: folder, disk, database, tables, web build, clock, port."""

import os
import pathlib
import shutil
import socket
import tempfile

from django.conf import settings
from django.db import DatabaseError, connection

from revue.platform import checks, clock, tables

LEAST_FREE_BYTES = 1_000_000_000
LARGEST_CLOCK_ERROR_SECONDS = 5


def register_checks() -> None:
    """Put platform's checks into the registry."""
    checks.register("data folder", check_folder)
    checks.register("disk space", check_disk)
    checks.register("database", check_database, is_for_ready=True)
    checks.register("tables", check_tables)
    checks.register("clock", check_clock, is_fatal=False)
    checks.register("port", check_port, is_fatal=False)
    checks.register("web app", check_web_build)


def check_folder() -> str | None:
    """The data folder can be written to."""
    root = pathlib.Path(settings.DATA_ROOT)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=root):
            return None
    except OSError as error:
        return f"{root} cannot be written to ({error.strerror}). Give it to the user that runs Revue: chown -R."


def check_disk() -> str | None:
    """There is room for uploads."""
    root = pathlib.Path(settings.DATA_ROOT)
    free = shutil.disk_usage(root if root.exists() else root.parent).free
    if free >= LEAST_FREE_BYTES:
        return None
    return f"Only {free // 1_000_000} MB are free on the disk of {root}. Make room, or move it with REVUE_DATA_DIR."


def check_database() -> str | None:
    """PostgreSQL answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        reason = str(error).strip().split("\n")[0]
        return f"PostgreSQL does not answer: {reason}. Start it with `revue up`, or check REVUE_DATABASE_URL."
    return None


def check_tables() -> str | None:
    """Every migration is applied."""
    try:
        missing = tables.unapplied()
    except DatabaseError:
        return "The tables cannot be looked at while the database does not answer."
    if not missing:
        return None
    return f"{len(missing)} migrations are not applied, for example {missing[0]}. Run `revue migrate`."


def check_clock() -> str | None:
    """This machine and its database agree on the time."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs((cursor.fetchone()[0] - clock.now()).total_seconds())
    except DatabaseError:
        return "The clock cannot be compared while the database does not answer."
    if apart <= LARGEST_CLOCK_ERROR_SECONDS:
        return None
    return f"This machine's clock and the database's are {apart:.0f} s apart. Switch on time synchronisation (NTP)."


def check_port() -> str | None:
    """The port is ours or free."""
    host, port = settings.LISTENS_ON
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if (pathlib.Path(settings.DATA_ROOT) / "lock").exists() and _is_running():
                return None
            return f"{host}:{port} is taken ({error.strerror}). Stop the other program, or set REVUE_PORT."
    return None


def _is_running() -> bool:
    try:
        pid = int((pathlib.Path(settings.DATA_ROOT) / "lock").read_text() or 0)
        os.kill(pid, 0)
    except (ValueError, ProcessLookupError, PermissionError):
        return False
    return pid > 0


def check_web_build() -> str | None:
    """The built web app is part of this installation."""
    manifest = pathlib.Path(settings.WHITENOISE_ROOT) / "manifest.en.json"
    if manifest.exists():
        return None
    return "The web app is not built. Run `python build_frontend.py` in the source folder, or install the wheel."
