"""People look for something: typing, by tabs and filters, among what is popular and what grows."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.network import Member, Network, enter, make_clip

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]
CAPTIONS = ("Dancing on the roof #dance", "Ein Kürbis tanzt #kürbis #dance", "A quiet recipe #cooking")
DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def creator(network: Network) -> Member:
    """Somebody with three videos."""
    clip = make_clip(network.folder.parent / "clip.mp4", seconds=2)
    made = network.member("zoe.k")
    made.call("PATCH", "/api/v1/me/profile", json={"name": "Zoë"})
    for video_id in [made.post(clip, caption) for caption in CAPTIONS]:
        made.wait_published(video_id)
    return made


def tiles(page: Page) -> Locator:
    return page.locator("#page a[aria-label*=' play']")


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search")


def test_a_visitor_finds_videos_people_and_tags_with_the_keyboard(page: Page, creator: Member) -> None:
    page.goto("/")
    page.get_by_role("link", name="Search", exact=True).first.click()
    expect(field(page)).to_be_focused()

    page.keyboard.type("danced")
    page.keyboard.press("Enter")
    expect(tiles(page)).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/search\?q=danced$"))
    expect(page.locator("mark", has_text="Dancing")).to_be_visible()

    page.get_by_role("tab", name="Top").focus()
    page.keyboard.press("End")
    expect(page.get_by_role("tab", name="Hashtags")).to_be_focused()
    expect(page.get_by_text("No hashtag begins like this.")).to_be_visible()

    field(page).fill("kurb")
    expect(page.get_by_role("option", name=re.compile("#kürbis"))).to_be_visible()
    field(page).press("ArrowDown")
    field(page).press("Enter")
    expect(page).to_have_url(re.compile("/tag/k%C3%BCrbis$"))
    expect(page.get_by_text("1 video · 0 plays")).to_be_visible()

    page.go_back()
    expect(tiles(page).or_(page.get_by_text("No hashtag begins like this."))).to_be_visible()
    field(page).fill("@zo")
    expect(page.get_by_role("option", name=re.compile("Zoë"))).to_be_visible()
    field(page).press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_what_was_searched_for_stays_on_the_device_and_can_be_forgotten(page: Page, creator: Member) -> None:
    page.goto("/search?q=dance")
    expect(tiles(page)).to_have_count(2)
    field(page).fill("recipe")
    field(page).press("Enter")
    expect(tiles(page)).to_have_count(1)
    page.go_back()
    expect(tiles(page)).to_have_count(2)
    page.get_by_role("button", name="Clear", exact=True).click()
    page.get_by_role("button", name="Remove recipe").click()
    expect(page.get_by_role("link", name="recipe")).to_be_hidden()
    page.reload()
    page.get_by_role("link", name="dance", exact=True).click()
    expect(tiles(page)).to_have_count(2)
    page.goto("/search")
    page.get_by_role("button", name="Clear all").click()
    expect(page.get_by_role("heading", name="Recent searches")).to_be_hidden()


def test_a_member_filters_by_what_they_like_on_a_large_screen(page: Page, creator: Member) -> None:
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    liked = next(one for one in creator.call("GET", "/api/v1/me/videos").json()["items"] if "Kürbis" in one["caption"])
    creator.call("PUT", f"/api/v1/videos/{liked['id']}/like")
    enter(page, creator)
    page.goto("/search?q=dance&tab=videos")
    expect(tiles(page)).to_have_count(2)
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("radio", name="Liked", exact=True).check(force=True)
    page.get_by_role("button", name="Show videos").click()
    expect(tiles(page)).to_have_count(1)
    expect(page).to_have_url(re.compile("seen=liked"))
    page.reload()
    expect(tiles(page)).to_have_count(1)


def test_a_visitor_explores_a_topic_and_reads_why_something_trends(page: Page, creator: Member) -> None:
    page.goto("/explore")
    expect(tiles(page)).to_have_count(3)
    page.get_by_role("button", name="Food").click()
    expect(tiles(page)).to_have_count(1)
    page.get_by_role("link", name="Trends").click()
    page.get_by_text("Why these").click()
    expect(page.get_by_text("(now + 3)")).to_be_visible()
    expect(page.get_by_text("No hashtag spreads yet. Yours could be the first.")).to_be_visible()


def test_who_is_found_is_followed_there(page: Page, network: Network, creator: Member) -> None:
    enter(page, network.member("ulf"))
    page.goto("/search?q=zoe&tab=people")
    follow = page.get_by_role("button", name="Follow", exact=True)
    follow.press("Enter")
    expect(page.get_by_role("button", name="Following")).to_be_focused()
    page.reload()
    page.get_by_role("button", name="Following").click()
    expect(follow).to_be_visible()
    page.goto("/search?q=ulf&tab=people")
    expect(page.get_by_role("link", name=re.compile("ulf"))).to_be_visible()
    expect(follow).to_have_count(0)  # nobody follows themselves
