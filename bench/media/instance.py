"""A database and a data folder of their own, for as long as a measurement lasts."""

import contextlib
import dataclasses
import os
import pathlib
import shutil
import tempfile
from collections.abc import Iterator

from revue.platform.postgres import Embedded


@dataclasses.dataclass(frozen=True)
class Instance:
    """A data folder and the database that is for it alone."""

    root: pathlib.Path
    server: Embedded


@contextlib.contextmanager
def running(**environ: str) -> Iterator[Instance]:
    """Django set up on a fresh database, with these settings too; everything is gone afterwards."""
    root = pathlib.Path(tempfile.mkdtemp(prefix="revue-bench-"))
    os.environ |= {
        "REVUE_DATA_DIR": str(root),
        "REVUE_SECRET_KEY": "only-for-measurements-" + "x" * 40,
        "REVUE_LOG_LEVEL": "error",
        "DJANGO_SETTINGS_MODULE": "revue.settings.django",
        **environ,
    }
    server = Embedded(root)
    server.start()
    try:
        import django  # noqa: PLC0415 - after the environment is settled
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        call_command("migrate", verbosity=0)
        yield Instance(root, server)
    finally:
        server.stop()
        shutil.rmtree(root, ignore_errors=True)
