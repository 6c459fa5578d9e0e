"""Commands beside a stopped instance: the embedded database runs for as long as they need it."""

import contextlib
import pathlib
from collections.abc import Iterator

from django.conf import settings
from django.db import connections

from revue.platform.lock import AlreadyRunning, FolderLock
from revue.platform.postgres import Embedded, PostgresError


@contextlib.contextmanager
def running_database() -> Iterator[bool | None]:
    """The instance's database, started here when `revue up` does not run.

    Yields True when it was started here, False when `revue up` runs, None when the database is not ours to start.
    """
    root = pathlib.Path(settings.DATA_ROOT)
    if not settings.EMBEDS_DATABASE:
        yield None
        return
    try:
        lock = FolderLock(root)
    except AlreadyRunning:
        yield False
        return
    database = Embedded(root)
    try:
        with contextlib.suppress(PostgresError):  # the command finds out, and says so, when it connects
            database.start()
        yield True
    finally:
        connections.close_all()
        database.stop()
        lock.release()
