"""A creator puts a video first on their page, and a visitor leafs through the page in another order."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.network import Member, Network, enter, make_clip

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

CAPTIONS = ("First", "Second", "Third")


@pytest.fixture(scope="module")
def creator(network: Network) -> Member:
    """Somebody with three videos."""
    clip = make_clip(network.folder.parent / "clip.mp4", seconds=2)
    made = network.member("pina")
    for video_id in [made.post(clip, caption) for caption in CAPTIONS]:
        made.wait_published(video_id)
    return made


def tiles(page: Page) -> Locator:
    return page.locator("main a[aria-label*='plays'], .page a[aria-label*='plays']")


def names(page: Page) -> list[str]:
    return [str(tile.get_attribute("aria-label")) for tile in tiles(page).all()]


def test_a_pinned_video_stands_first_until_it_is_unpinned(page: Page, creator: Member) -> None:
    first = next(
        item for item in creator.call("GET", "/api/v1/me/videos").json()["items"] if item["caption"] == "First"
    )
    enter(page, creator)
    page.goto(f"/@pina/{first['id']}/edit")
    section = page.get_by_role("region", name="On your page")
    section.get_by_role("button", name="Pin to the top").click()
    expect(section.get_by_role("button", name="Unpin")).to_be_visible()
    page.goto("/@pina")
    expect(tiles(page)).to_have_count(3)
    assert [name.split(",")[0] for name in names(page)] == ["Pinned 0 plays", "Third", "Second"]
    assert complaints(page) == []
    page.goto(f"/@pina/{first['id']}/edit")
    section.get_by_role("button", name="Unpin").click()
    expect(section.get_by_role("button", name="Pin to the top")).to_be_visible()
    page.goto("/@pina")
    expect(tiles(page).first).to_have_attribute("aria-label", "Third, 0 plays")


def test_a_visitor_turns_the_order_with_the_keyboard(page: Page, creator: Member) -> None:
    page.goto(f"/@{creator.handle}")
    latest = page.get_by_role("radio", name="Latest")
    expect(latest).to_be_checked()
    latest.focus()
    page.keyboard.press("ArrowLeft")  # from the first to the last
    expect(page.get_by_role("radio", name="Oldest")).to_be_checked()
    expect(tiles(page).first).to_have_attribute("aria-label", "First, 0 plays")
    expect(page.get_by_role("radio", name="Oldest")).to_be_focused()
    page.get_by_role("radio", name="Popular").check()
    expect(tiles(page)).to_have_count(3)


def test_a_page_asks_once_for_what_its_html_has_begun_to_ask_for(page: Page, creator: Member) -> None:
    asked: list[str] = []
    page.on(
        "request", lambda request: asked.append(request.url.split("/api/v1/")[-1]) if "/api/" in request.url else None
    )
    page.goto(f"/@{creator.handle}")
    expect(tiles(page)).to_have_count(3)
    of_page = sorted(address for address in asked if address.startswith("people/"))
    assert of_page == [f"people/{creator.handle}", f"people/{creator.handle}/videos?sort=latest"]
