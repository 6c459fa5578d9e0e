"""One PostgreSQL and one data folder for the whole test run, ready before Django reads its settings."""

import atexit
import os
import pathlib
import shutil
import tempfile

import pytest

_root = pathlib.Path(tempfile.mkdtemp(prefix="revue-test-"))
for _name in [name for name in os.environ if name.startswith("REVUE_") and name != "REVUE_CHROMIUM"]:
    del os.environ[_name]
os.environ["REVUE_DATA_DIR"] = str(_root)
os.environ["REVUE_SECRET_KEY"] = "only-for-tests-" + "x" * 40
os.environ["DJANGO_SETTINGS_MODULE"] = "revue.settings.django"

from revue.platform.postgres import Embedded  # noqa: E402 - the folder must be set first

_server = Embedded(_root)


def _end() -> None:
    _server.stop()
    shutil.rmtree(_root, ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    """Start the server before pytest-django looks for it; journeys bring their own and need none."""
    _server.start()
    atexit.register(_end)


@pytest.fixture
def data_root() -> pathlib.Path:
    """The data folder of this test run."""
    return _root
