"""One PostgreSQL and one data folder for the whole test run, ready before Django reads its settings."""

import atexit
import os
import pathlib
import shutil
import tempfile
from collections.abc import Callable, Iterator

import pytest
from pytest_django import DjangoDbBlocker

_root = pathlib.Path(tempfile.mkdtemp(prefix="revue-test-"))
for _name in [name for name in os.environ if name.startswith("REVUE_") and name != "REVUE_CHROMIUM"]:
    del os.environ[_name]
os.environ["REVUE_DATA_DIR"] = str(_root)
os.environ["REVUE_SECRET_KEY"] = "only-for-tests-" + "x" * 40
os.environ["DJANGO_SETTINGS_MODULE"] = "revue.settings.django"

from django.conf import settings  # noqa: E402 - the folder must be set first
from django.db import connection  # noqa: E402
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


@pytest.fixture(autouse=True)
def nothing_committed_stays(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """After a test that commits, empty also the tables that Django does not know as its own."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        return
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE events_event, procrastinate_jobs, procrastinate_workers CASCADE")
        connection.close()


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
