"""The database's tables, brought up to date by one process at a time."""

import pathlib

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from revue.platform import stamp
from revue.platform.postgres import Embedded

_LOCK = 7_283_831  # any number, the same in each process that migrates


def migrate() -> None:
    """Apply all migrations; a second process waits for the first and finds nothing left to do.

    The embedded database's own are remembered, see `revue.platform.stamp`.
    """
    wanted = stamp.code()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            call_command("migrate", interactive=False, verbosity=1)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    if settings.EMBEDS_DATABASE:
        stamp.keep(Embedded(pathlib.Path(settings.DATA_ROOT)), wanted)


def unapplied() -> list[str]:
    """Names of migrations that this code has and the database has not."""
    executor = MigrationExecutor(connection)
    return [f"{step.app_label}.{step.name}" for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
