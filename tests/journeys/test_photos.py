"""A photo post: chosen, put in order, posted, leafed through by finger, button and key."""

import pathlib
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.network import Network
from tests.journeys.test_sounds import enter
from tests.media import stills

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}
COLOURS = [(200, 40, 40), (40, 160, 60), (40, 60, 200)]


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser, network: Network) -> Iterator[Page]:
    context = browser.new_context(
        viewport=SIZES[request.param],  # type: ignore[arg-type]
        base_url=network.url,
        bypass_csp=True,
        has_touch=request.param == "phone",
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def test_photos_are_ordered_posted_and_leafed_through(page: Page, network: Network, tmp_path: pathlib.Path) -> None:
    handle = f"leafer{len(network.members)}"
    ana = network.member(handle)
    enter(page, ana)
    files = [stills.still(tmp_path / f"{n}.png", (600, 800), colour) for n, colour in enumerate(COLOURS)]
    page.goto("/upload")
    page.locator("input[type=file]").set_input_files(files[:2])
    order = page.get_by_role("list", name="Your photos in their order")
    order.locator("input[type=file]").set_input_files(files[2:])
    expect(order.get_by_role("img")).to_have_count(3)
    third = order.get_by_role("img", name="Photo 3").get_attribute("src")
    page.get_by_role("button", name="Photo 3: show earlier").press("Enter")
    expect(page.get_by_role("button", name="Photo 2: show earlier")).to_be_focused()
    page.keyboard.press("Enter")
    expect(order.get_by_role("img", name="Photo 1")).to_have_attribute("src", third or "")
    page.get_by_role("button", name="Photo 2: take out").click()
    expect(order.get_by_role("img")).to_have_count(2)
    expect(page.get_by_text("2 photos")).to_be_visible()
    expect(page.get_by_text("Uploaded")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("textbox", name=re.compile("caption", re.IGNORECASE)).fill("Blue before green")
    page.get_by_role("button", name="Post", exact=True).click()
    page.get_by_role("link", name="Watch your video").click(timeout=60_000)

    slide = page.locator("article:not([inert])")
    first, second = slide.get_by_role("group", name="Photo 1 of 2"), slide.get_by_role("group", name="Photo 2 of 2")
    expect(first).to_be_visible()
    expect(slide.get_by_role("img", name="Photo 1 of 2")).to_be_visible()
    assert complaints(page) == []
    expect(second).to_be_visible(timeout=10_000)  # by itself, after three seconds
    page.keyboard.press("ArrowLeft")  # also while they glide
    expect(first).to_be_visible()
    page.wait_for_function("() => document.querySelector('article:not([inert]) .reel').scrollLeft < 5")
    page.wait_for_timeout(3500)  # leafing ends the going by itself
    expect(first).to_be_visible()
    slide.locator(".reel").hover()
    page.mouse.wheel(400, 0)
    expect(second).to_be_visible()
    slide.locator(".reel").click(position={"x": 120, "y": 300})
    expect(slide.get_by_role("button", name="Play", exact=True)).to_be_attached()

    page.goto(f"/@{handle}")
    expect(page.get_by_role("link", name=re.compile("^Blue before green"))).to_be_visible()


def test_the_photos_of_a_draft_are_ordered_anew(page: Page, network: Network, tmp_path: pathlib.Path) -> None:
    ana = network.member(f"drafter{len(network.members)}")
    enter(page, ana)
    files = [stills.still(tmp_path / f"{n}.png", (600, 800), colour) for n, colour in enumerate(COLOURS)]
    page.goto("/upload")
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("textbox", name=re.compile("caption", re.IGNORECASE)).fill("Red last")
    expect(page.get_by_text("Uploaded")).to_be_visible()
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.get_by_role("heading", name="Drafts")).to_be_visible()
    before = ana.call("GET", "/api/v1/me/drafts").json()["items"][0]["files"]
    page.get_by_role("button", name=re.compile("^Red last")).click()
    order = page.get_by_role("list", name="Your photos in their order")
    expect(order.get_by_role("img")).to_have_count(3)
    assert order.get_by_role("img").first.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 600
    page.get_by_role("button", name="Photo 2: take out").click()
    page.get_by_role("button", name="Photo 1: show later").press("Enter")
    assert complaints(page) == []
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.get_by_role("heading", name="Drafts")).to_be_visible()
    after = ana.call("GET", "/api/v1/me/drafts").json()["items"][0]["files"]
    assert [file["id"] for file in after] == [before[2]["id"], before[0]["id"]]
    page.get_by_role("button", name=re.compile("^Red last")).click()
    page.get_by_role("button", name="Post", exact=True).click()
    page.get_by_role("link", name="Watch your video").click(timeout=60_000)
    expect(page.locator("article:not([inert])").get_by_role("group", name="Photo 1 of 2")).to_be_visible()
