"""Whether the embedded database's tables are what this code wants, told without loading Django.

After a migration that ended well two digests are kept in a file: one of the code that decides what the tables should
be, one of the migrations that the database itself says it has. While both are the same a start has nothing to migrate.
"""

import hashlib
import pathlib
import sys
from collections.abc import Iterator

import psycopg

from revue.platform.postgres import Embedded

_PACKAGE = pathlib.Path(__file__).resolve().parent.parent
_APPLIED = "SELECT coalesce(string_agg(app || '.' || name, ' ' ORDER BY app, name), '') FROM django_migrations"


def code() -> str:
    """A digest of our migrations and settings and of every installed package's name and version."""
    digest = hashlib.sha256()
    for path in sorted([*_PACKAGE.glob("*/migrations/*.py"), *_PACKAGE.glob("settings/*.py")]):
        digest.update(f"{path.relative_to(_PACKAGE)} {path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    for name in sorted(set(_packages())):
        digest.update(f"{name}\n".encode())
    return digest.hexdigest()


def _packages() -> Iterator[str]:
    """Such as `django-5.2.1.dist-info`; a folder's name says it all, so none is opened."""
    for folder in map(pathlib.Path, sys.path):
        if folder.is_dir():
            yield from (entry.name for entry in folder.iterdir() if entry.suffix in (".dist-info", ".egg-info"))


def is_current(database: Embedded, wanted: str) -> bool:
    """Whether the tables were last migrated by this very code, and by nobody since.

    Args:
        database: the server, running.
        wanted: what `code` answered.
    """
    path = _path(database)
    return path.exists() and path.read_bytes() == _text(database, wanted)


def keep(database: Embedded, wanted: str) -> None:
    """Remember that a migration by the code `wanted` has ended well."""
    path = _path(database)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_bytes(_text(database, wanted))
    draft.replace(path)


def _text(database: Embedded, wanted: str) -> bytes:
    return f"{wanted} {_applied(database)}\n".encode()


def _applied(database: Embedded) -> str:
    """A digest of the migrations that the database has; of nothing while it has no table for them."""
    with psycopg.connect(**database.connection()) as connection:
        try:
            row = connection.execute(_APPLIED).fetchone()
        except psycopg.errors.UndefinedTable:
            row = None
    return hashlib.sha256(row[0].encode() if row else b"").hexdigest()


def _path(database: Embedded) -> pathlib.Path:
    return database.root / "run" / "tables"
