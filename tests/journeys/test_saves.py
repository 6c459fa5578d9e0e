"""Somebody saves a video into a collection, reposts another with a note, and finds all of it on their profile."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.network import Member, Network, enter, make_clip

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

CAPTIONS = ("One", "Two", "Three")


@pytest.fixture(scope="module")
def people(network: Network) -> tuple[Member, Member, Member]:
    """Somebody with three videos, somebody who looks at them, and who follows that one."""
    clip = make_clip(network.folder.parent / "clip.mp4", seconds=2)
    maker, keeper, fan = (network.member(handle) for handle in ("mina", "kim", "fay"))
    fan.call("PUT", "/api/v1/people/kim/follow")
    for video_id in [maker.post(clip, caption) for caption in CAPTIONS]:
        maker.wait_published(video_id)
    return maker, keeper, fan


def addresses(maker: Member) -> dict[str, str]:
    """Caption → where a video is."""
    items = maker.call("GET", f"/api/v1/people/{maker.handle}/videos").json()["items"]
    return {item["caption"]: item["url"] for item in items}


def slide(page: Page, address: str) -> Locator:
    """A video in front, with the marks of whoever is signed in."""
    page.goto(address)
    page.wait_for_function("() => [...document.querySelectorAll('video')].some((v) => !v.paused)")
    return page.locator("article:not([inert])").first


def tiles(page: Page) -> Locator:
    return page.get_by_role("tabpanel").locator("a[aria-label*='play']")


def test_a_save_goes_into_a_new_collection_and_moves_out_of_it(
    page: Page, people: tuple[Member, Member, Member]
) -> None:
    maker, keeper, _ = people
    enter(page, keeper)
    found = addresses(maker)
    front = slide(page, found["One"])
    front.get_by_role("button", name="Save, 0").click()
    sheet = page.get_by_role("dialog", name="Save to …")
    expect(sheet.get_by_role("button", name="Saved In no collection")).to_have_attribute("aria-pressed", "true")
    assert complaints(page) == []
    sheet.get_by_role("button", name="New collection").click()
    page.keyboard.type("Steps")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Saved · Steps")).to_be_visible()
    expect(front.get_by_role("button", name="Save, 1")).to_have_attribute("aria-pressed", "true")
    slide(page, found["Two"]).get_by_role("button", name="Save, 0").click()
    page.get_by_role("dialog").get_by_role("button", name="Steps 1 video").click()
    page.wait_for_timeout(300)

    page.goto("/@kim")
    page.get_by_role("tab", name="Videos").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Saved")).to_be_focused()
    expect(tiles(page)).to_have_count(2)
    expect(page.get_by_role("link", name="Steps 2 videos Only you see it")).to_be_visible()
    assert complaints(page) == []
    tiles(page).first.click()
    page.wait_for_timeout(500)
    page.go_back()
    expect(page.get_by_role("tab", name="Saved")).to_have_attribute("aria-selected", "true")

    page.get_by_role("link", name="Steps 2 videos Only you see it").click()
    expect(page.get_by_role("heading", name="Steps")).to_be_visible()
    page.get_by_role("button", name="Select").click()
    page.get_by_role("checkbox", name=re.compile("^Select: Two")).check()
    assert complaints(page) == []
    page.get_by_role("button", name="Move to …").click()
    page.get_by_role("dialog").get_by_role("button", name="Saved In no collection").click()
    expect(page.locator("main a[aria-label*='play']")).to_have_count(1)
    page.get_by_role("button", name="Edit").click()
    page.get_by_role("checkbox", name="Everybody may see it").check()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Public · 1 video")).to_be_visible()
    page.context.clear_cookies()
    page.reload()
    expect(page.get_by_role("heading", name="Steps")).to_be_visible()
    expect(page.locator("main a[aria-label*='play']")).to_have_count(1)
    expect(page.get_by_role("button", name="Edit")).to_have_count(0)
    page.goto("/@kim")
    expect(page.get_by_role("tab")).to_have_text(["Videos", "Reposts", "Saved"])


def test_a_repost_comes_to_those_who_follow_and_goes_again(page: Page, people: tuple[Member, Member, Member]) -> None:
    maker, keeper, fan = people
    enter(page, keeper)
    front = slide(page, addresses(maker)["Three"])
    front.get_by_role("button", name=re.compile("^Share")).click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="QR code").click()
    expect(sheet.get_by_role("img", name="QR code of this video")).to_have_js_property("complete", True)
    sheet.get_by_role("button", name="Close").click()
    front.get_by_role("button", name=re.compile("^Share")).click()
    sheet.get_by_role("button", name="Repost").click()
    sheet.get_by_role("textbox", name="A note, if you like").fill("Look at the third step")
    assert complaints(page) == []
    sheet.get_by_role("button", name="Repost").click()
    expect(page.get_by_role("status").filter(has_text="Reposted")).to_be_visible()
    page.goto("/@kim#reposts")
    expect(tiles(page)).to_have_count(1)

    page.context.clear_cookies()
    enter(page, fan)
    front = slide(page, "/following")
    expect(front.get_by_text("Reposted by @kim")).to_be_visible()
    expect(front.get_by_text("Look at the third step")).to_be_visible()

    page.context.clear_cookies()
    enter(page, keeper)
    slide(page, addresses(maker)["Three"]).get_by_role("button", name=re.compile("^Share")).click()
    sheet.get_by_role("button", name="Undo repost").click()
    expect(page.get_by_role("status").filter(has_text="Repost taken back")).to_be_visible()
    assert fan.call("GET", "/api/v1/feed/following").json()["items"] == []
