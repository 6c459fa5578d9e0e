"""Everyone can use it: axe finds nothing on any page or sheet, and the keyboard alone is enough."""

import re
from collections.abc import Iterator

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
# What a screen reader would call what has the focus, roughly, and whether it is typed into.
FOCUSED = """() => {
  const it = document.activeElement;
  const name = it.getAttribute('aria-label') ?? it.labels?.[0]?.textContent.trim() ?? it.textContent.trim();
  return [name.slice(0, 60), it.matches('input, textarea')];
}"""
PLAYING = "() => [...document.querySelectorAll('video')].some((v) => !v.paused)"


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


@pytest.fixture
def page(browser: Browser, stocked: Network) -> Iterator[Page]:
    """A desktop without a mouse."""
    context = browser.new_context(viewport=DESKTOP, base_url=stocked.url)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def test_the_keyboard_alone_is_enough(page: Page, stocked: Network) -> None:
    page.goto("/")
    page.wait_for_function(PLAYING)
    watch_by_keys(page)
    page.keyboard.press("l")
    sign_up_by_keys(page, "kim")
    expect(page.locator("article:not([inert])").get_by_role("button", name=re.compile("^Like"))).to_have_attribute(
        "aria-pressed", "true"
    )
    tab_to(page, "^Follow @")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Follow @"))).to_have_count(0)
    page.keyboard.press("c")
    box = page.get_by_role("textbox", name=re.compile("comment", re.IGNORECASE))
    expect(box).to_be_visible()
    tab_to(page, "comment", is_field=True)
    page.keyboard.type("Without a mouse")
    tab_to(page, "^(Post|Send)")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Without a mouse")).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    post_by_keys(page, stocked)


def watch_by_keys(page: Page) -> None:
    """To the next clip and back, stop and go on, and through the buttons beside it."""
    page.keyboard.press("ArrowDown")
    expect(page.locator("article[data-index='1']")).not_to_have_attribute("inert", "")
    page.keyboard.press("k")
    expect(page.locator("article[data-index='0']")).not_to_have_attribute("inert", "")
    page.keyboard.press(" ")
    page.wait_for_function("() => [...document.querySelectorAll('video')].every((v) => v.paused)")
    page.keyboard.press(" ")
    page.wait_for_function(PLAYING)
    for name in ("^Like,", "^Comments,", "^Share,", "^More"):
        tab_to(page, name)


def sign_up_by_keys(page: Page, handle: str) -> None:
    """Fill in the sheet that is open."""
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert page.evaluate("() => document.activeElement.closest('dialog') !== null"), "the sheet holds the focus"
    for label, text in (("user ?name|handle", handle), ("^password", "a-long-enough-secret"), ("birth", "05171990")):
        tab_to(page, label, is_field=True)
        page.keyboard.type(text)
    tab_to(page, "^Sign up$")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()


def post_by_keys(page: Page, stocked: Network) -> None:
    """Upload a clip, say something and post it."""
    tab_to(page, "^Upload")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Upload").first).to_be_visible()
    with page.expect_file_chooser() as chosen:
        tab_to(page, "^(Choose|Drop)", is_field=True)
        page.keyboard.press("Enter")
    chosen.value.set_files(stocked.folder.parent / "clip.mp4")
    tab_to(page, "caption", is_field=True)
    page.keyboard.type("Posted by keys alone")
    tab_to(page, "^Post$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=re.compile("watch|view|see", re.IGNORECASE)).first).to_be_visible(
        timeout=60_000
    )


def tab_to(page: Page, name: str, *, is_field: bool = False) -> None:
    """Press Tab until what has this name has the focus; a field may have it already."""
    passed: list[str] = []
    while len(passed) < 80:
        if passed or not is_field:
            page.keyboard.press("Tab")
        called, is_typed_into = page.evaluate(FOCUSED)
        if re.search(name, called, re.IGNORECASE) and is_typed_into >= is_field:
            return
        passed.append(called)
    raise AssertionError(f"no way to {name}; on it: {passed}")
