"""A creator makes their account private and lets somebody in; two people keep out of each other's way."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.network import Member, Network, enter, make_clip

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def creator(network: Network) -> Member:
    """Somebody with one video."""
    made = network.member("pina")
    made.wait_published(made.post(make_clip(network.folder.parent / "clip.mp4", seconds=2), "First"))
    return made


@pytest.fixture(scope="module")
def fan(network: Network) -> Member:
    """Somebody who would see it."""
    return network.member("fanny")


def a_page(browser: Browser, network: Network, member: Member) -> Page:
    """Another phone, of somebody who is signed in."""
    page = browser.new_context(viewport={"width": 390, "height": 844}, base_url=network.url).new_page()
    enter(page, member)
    return page


def test_who_follows_a_private_account_asks_and_is_let_in(
    page: Page, browser: Browser, network: Network, creator: Member, fan: Member
) -> None:
    theirs = a_page(browser, network, fan)
    theirs.goto(creator.call("GET", "/api/v1/people/pina/videos").json()["items"][0]["url"])
    expect(theirs.get_by_role("button", name="Follow @pina")).to_be_visible()
    enter(page, creator)
    page.goto("/settings/privacy")
    page.get_by_label("Private account").check()
    expect(page.get_by_text("Who wants to follow you has to ask")).to_be_visible()
    page.get_by_label("Download your videos").select_option(label="Friends")

    theirs.get_by_role("button", name="Follow @pina").click()
    expect(theirs.get_by_role("status").filter(has_text="Requested")).to_be_visible()
    expect(theirs.get_by_role("button", name="Follow @pina")).to_have_count(0)
    theirs.goto("/@pina")
    expect(theirs.get_by_role("heading", name="This account is private")).to_be_visible()
    theirs.get_by_role("button", name="Requested").click()
    theirs.get_by_role("button", name="Follow", exact=True).click()
    expect(theirs.get_by_role("button", name="Requested")).to_be_visible()

    page.reload()
    expect(page.get_by_label("Download your videos")).to_have_value("friends")
    asking = page.get_by_role("list", name="Who asks to follow you")
    asking.get_by_role("button", name="Let @fanny follow you", exact=True).click()
    expect(asking).to_have_count(0)
    theirs.reload()
    expect(theirs.get_by_role("button", name="Following", exact=True)).to_be_visible()
    expect(theirs.get_by_role("link", name=re.compile("First"))).to_be_visible()

    page.goto("/@pina")
    page.get_by_role("button", name=re.compile("Follower")).click()
    sheet = page.get_by_role("dialog", name="Followers")
    sheet.get_by_label("Search").fill("nobody")
    expect(sheet.get_by_text("Nobody by this name.")).to_be_visible()
    sheet.get_by_label("Search").fill("fan")
    sheet.get_by_role("button", name="Remove @fanny from your followers").click()
    expect(sheet.get_by_role("link", name=re.compile("@fanny"))).to_have_count(0)
    theirs.reload()
    expect(theirs.get_by_role("heading", name="This account is private")).to_be_visible()
    theirs.context.close()
    creator.call("PATCH", "/api/v1/me/privacy", json={"is_private": False})


def test_a_person_is_muted_and_blocked_by_keyboard_and_let_be_again(page: Page, creator: Member, fan: Member) -> None:
    enter(page, fan)
    page.goto("/@pina")
    more = page.get_by_role("button", name="More")
    more.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="@pina")
    expect(sheet).to_be_visible()
    assert complaints(page) == []
    sheet.get_by_role("button", name=re.compile("^Mute")).press("Enter")
    expect(page.get_by_text("You have muted @pina.")).to_be_visible()
    more.press("Enter")
    expect(sheet.get_by_role("button", name=re.compile("^Unmute"))).to_be_visible()
    sheet.get_by_role("button", name=re.compile("^Block")).press("Enter")
    question = page.get_by_role("dialog", name="Block @pina?")
    expect(question.get_by_role("button", name="Cancel")).to_be_focused()
    assert complaints(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="You have blocked this person")).to_be_visible()
    assert creator.http.get("/api/v1/people/fanny").status_code == 404

    page.goto("/settings/people")
    page.get_by_role("button", name="Unblock @pina").click()
    page.get_by_role("button", name="Unmute @pina").click()
    expect(page.get_by_text("You have blocked nobody.")).to_be_visible()
    page.goto("/@pina")
    expect(page.get_by_role("link", name=re.compile("First"))).to_be_visible()


def test_a_visitor_signs_in_where_the_videos_of_those_they_follow_come(page: Page, network: Network) -> None:
    author, fan = network.member("vera"), network.member("otto")
    author.wait_published(author.post(make_clip(network.folder.parent / "clip.mp4", seconds=2), "Second"))
    fan.call("PUT", "/api/v1/people/vera/follow")
    page.goto("/following")
    end = page.get_by_role("article", name="End of the feed")
    expect(end.get_by_role("heading", name="Following")).to_be_visible()
    assert complaints(page) == []
    end.get_by_role("button", name="Sign in").click()
    page.get_by_label("User name or e-mail").fill("otto")
    page.get_by_label("Password", exact=True).fill(fan.password)
    page.get_by_role("dialog").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("article:not([inert])").get_by_text("Second")).to_be_visible()
