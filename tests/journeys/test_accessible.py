"""Everyone can use it: axe finds nothing on any page or sheet, and the keyboard alone is enough."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import places
from tests.journeys.axe import complaints
from tests.journeys.network import Network
from tests.journeys.places import Place

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
# Each size, theme and direction of reading stands beside each of the others once.
LOOKS = ((PHONE, "dark", "ltr"), (PHONE, "light", "rtl"), (DESKTOP, "dark", "rtl"), (DESKTOP, "light", "ltr"))
LOOK = "([theme, dir]) => { document.documentElement.dataset.theme = theme; document.documentElement.dir = dir; }"
FOCUSED = "() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()"


@pytest.fixture(scope="module", autouse=True)
def stocked(network: Network) -> Network:
    places.stock(network)
    return network


@pytest.mark.parametrize("place", places.PLACES, ids=lambda place: f"{'member ' * place.is_members}{place.name}")
def test_axe_finds_nothing(browser: Browser, stocked: Network, place: Place) -> None:
    context = browser.new_context(viewport=PHONE, base_url=stocked.url, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    places.arrive(page, stocked, place)
    found = [
        f"{size['width']} {theme} {way}: {one}" for size, theme, way in LOOKS for one in look(page, size, theme, way)
    ]
    context.close()
    assert found == []


def look(page: Page, size: dict[str, int], theme: str, way: str) -> list[str]:
    """What axe finds, so."""
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.evaluate(LOOK, [theme, way])
    return complaints(page)


def test_the_keyboard_alone_is_enough(browser: Browser, stocked: Network) -> None:
    context = browser.new_context(viewport=DESKTOP, base_url=stocked.url)
    page = context.new_page()
    page.goto("/")
    page.wait_for_function("() => [...document.querySelectorAll('video')].some((v) => !v.paused)")
    page.keyboard.press("ArrowDown")
    expect(page.locator("article[data-index='1']")).not_to_have_attribute("inert", "")
    page.keyboard.press("k")
    expect(page.locator("article[data-index='0']")).not_to_have_attribute("inert", "")
    page.keyboard.press(" ")
    page.wait_for_function("() => [...document.querySelectorAll('video')].every((v) => v.paused)")
    page.keyboard.press(" ")
    page.keyboard.press("l")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert page.evaluate("() => document.activeElement.closest('dialog') !== null"), "the sheet holds the focus"
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    reached = set()
    for _ in range(25):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(FOCUSED))
    assert any(re.match("Like,", name) for name in reached), reached
    assert any(re.match("Comments,", name) for name in reached), reached
    assert any(re.match("Share,", name) for name in reached), reached
    context.close()
