"""A start migrates unless this very code was the last to do so."""

import pathlib
from collections.abc import Iterator

import psycopg
import pytest

from revue.platform import stamp
from revue.platform.postgres import Embedded
from tests.tables import with_tables


@pytest.fixture
def database(tmp_path: pathlib.Path) -> Iterator[Embedded]:
    server = Embedded(tmp_path / "data")
    server.start(fsync="off")
    yield server
    server.stop()


def write(database: Embedded, query: str) -> None:
    with psycopg.connect(**database.connection(), autocommit=True) as connection:
        connection.execute(query)


def test_a_database_is_current_for_the_code_that_migrated_it_and_no_other(database: Embedded) -> None:
    assert not stamp.is_current(database, "this")
    write(database, "CREATE TABLE django_migrations (app text, name text)")
    write(database, "INSERT INTO django_migrations VALUES ('media', '0001_initial')")
    stamp.keep(database, "this")
    assert stamp.is_current(database, "this")
    assert not stamp.is_current(database, "other")


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO django_migrations VALUES ('media', '0002_more')",
        "DELETE FROM django_migrations",
        "DROP TABLE django_migrations",
    ],
)
def test_a_database_that_changed_since_is_not_current(database: Embedded, change: str) -> None:
    write(database, "CREATE TABLE django_migrations (app text, name text)")
    write(database, "INSERT INTO django_migrations VALUES ('media', '0001_initial')")
    stamp.keep(database, "this")
    write(database, change)
    assert not stamp.is_current(database, "this")


def test_what_revue_migrate_has_done_is_not_done_once_more_at_the_start(tmp_path: pathlib.Path) -> None:
    server = Embedded(with_tables(tmp_path / "data"))  # as `revue migrate` leaves them
    server.start(fsync="off")
    try:
        assert stamp.is_current(server, stamp.code())
    finally:
        server.stop()


def test_the_code_is_the_same_until_something_is_installed(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stamp.code()
    assert stamp.code() == before
    (tmp_path / "something-1.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert stamp.code() != before
