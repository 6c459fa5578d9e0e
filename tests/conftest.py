"""One PostgreSQL and one data folder for the whole test run, ready before Django reads its settings."""

import atexit
import os
import pathlib
import shutil
import tempfile
from collections.abc import Callable, Iterator

import pytest

_root = pathlib.Path(tempfile.mkdtemp(prefix="revue-test-"))
for _name in [name for name in os.environ if name.startswith("REVUE_") and name != "REVUE_CHROMIUM"]:
    del os.environ[_name]
os.environ["REVUE_DATA_DIR"] = str(_root)
os.environ["REVUE_SECRET_KEY"] = "only-for-tests-" + "x" * 40
os.environ["DJANGO_SETTINGS_MODULE"] = "revue.settings.django"

from django.conf import settings  # noqa: E402 - the folder must be set first
from django.db import connection  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402
from django.utils import translation  # noqa: E402
from whitenoise.middleware import WhiteNoiseMiddleware  # noqa: E402

from revue.platform import jobs  # noqa: E402
from revue.platform.postgres import Embedded  # noqa: E402
from revue.settings.database import EMBEDDED_NAME  # noqa: E402
from tests.tables import with_tables  # noqa: E402

_server = Embedded(_root)


def _end() -> None:
    _server.stop()
    shutil.rmtree(_root, ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    """Start the server before pytest-django looks for it; journeys bring their own and need none."""
    assert settings.DATABASES  # read now: pytest-django sets Django up only when its settings are loaded
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        del os.environ["DJANGO_SETTINGS_MODULE"]  # or they would read settings before they have named their own folder
        return  # tests are run by processes below this one, and each of those has a server of its own
    settings.DATABASES["default"]["TEST"] = {"NAME": EMBEDDED_NAME}  # this server is for tests alone
    with_tables(_root)
    _server.start(fsync="off", synchronous_commit="off", full_page_writes="off")  # nothing here outlives the run
    atexit.register(_end)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The tables are there already."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix() -> None:
    """Each process has a server of its own, so the database's name is the same in all."""


@pytest.fixture
def data_root() -> pathlib.Path:
    """The data folder of this test run."""
    return _root


@pytest.fixture(scope="session", autouse=True)
def nothing_committed_stays() -> Iterator[None]:
    """After a test that commits, empty what holds rows.

    Django empties every table that it knows as its own, of which several of ours are none, and makes all permissions
    anew: ten times the work.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: _empty())
        yield


_MADE_BY_MIGRATIONS = {"django_migrations", "django_content_type", "auth_permission"}


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = {name for (name,) in cursor.fetchall()} - _MADE_BY_MIGRATIONS
        cursor.execute(" UNION ALL ".join(f"(SELECT '{name}' FROM \"{name}\" LIMIT 1)" for name in sorted(names)))
        words = [f'DELETE FROM "{name}"' for (name,) in cursor.fetchall()]
        # No order and no triggers: nothing is left that a key could point from or to.
        cursor.execute("; ".join(["BEGIN", "SET LOCAL session_replication_role = replica", *words, "COMMIT"]))


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A request leaves its language behind in its thread: the next one brings its own, and a test begins in English."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def web_app_is_listed_once() -> Iterator[None]:
    """Each test client makes its middleware anew, and WhiteNoise reads a thousand names each time: once is enough."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("update_files_dictionary", "add_files_from_finders"):
            patch.setattr(WhiteNoiseMiddleware, name, _once(getattr(WhiteNoiseMiddleware, name)))
        yield


def _once(list_files: Callable[..., None]) -> Callable[..., None]:
    known: dict[tuple[str, ...], dict[str, object]] = {}

    def listed(middleware: WhiteNoiseMiddleware, *folder: str) -> None:
        if folder not in known:
            before, middleware.files = middleware.files, {}
            list_files(middleware, *folder)
            known[folder], middleware.files = middleware.files, before
        middleware.files.update(known[folder])

    return listed


@pytest.fixture
def run_jobs(db: None) -> Callable[[], int]:
    """Runs every job that is due, here and now, until none is left; answers how many ran."""
    return jobs.run_waiting


pytest_plugins = ["tests.bucket"]
