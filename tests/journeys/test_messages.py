"""Two people write to each other: one asks, the other answers, a video is sent, a message is taken back."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.network import Member, Network, enter, make_clip

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def ana(network: Network) -> Member:
    """Somebody with one video."""
    made = network.member("ana")
    made.wait_published(made.post(make_clip(network.folder.parent / "clip.mp4", seconds=2), "Tango"))
    return made


@pytest.fixture(scope="module")
def ben(network: Network, ana: Member) -> Member:
    """Somebody whom nobody follows."""
    return network.member("ben")


def a_desk(browser: Browser, network: Network, member: Member) -> Page:
    """A desktop of somebody who is signed in, with nothing but keys."""
    page = browser.new_context(viewport=DESKTOP, base_url=network.url).new_page()  # type: ignore[arg-type]
    enter(page, member)
    return page


def said(page: Page) -> Locator:
    """What two people have written, as a screen reader finds it."""
    return page.get_by_role("log")


def say(page: Page, words: str) -> None:
    """Write to whom the page is about, by keys."""
    field = page.get_by_role("textbox", name=re.compile("^Message to"))
    field.fill(words)
    field.press("Enter")
    expect(field).to_have_value("")
    expect(field).to_be_focused()


def test_a_stranger_asks_and_is_answered_live(
    page: Page, browser: Browser, network: Network, ana: Member, ben: Member
) -> None:
    enter(page, ben)
    page.goto("/@ana")
    page.get_by_role("button", name="Message", exact=True).click()
    expect(page).to_have_url(re.compile("/messages/@ana$"))
    say(page, "May I dance with you?")
    expect(page.get_by_text("You can write 2 messages until they accept.")).to_be_visible()

    hers = a_desk(browser, network, ana)
    hers.goto("/messages")
    expect(hers.get_by_text("No messages yet.")).to_be_visible()
    hers.get_by_role("tab", name="Requests (1)").press("Enter")
    hers.get_by_role("link", name=re.compile("^@ben")).press("Enter")
    request = hers.get_by_role("region", name="Request of @ben")
    expect(said(hers)).to_contain_text("May I dance with you?")
    assert complaints(hers) == []
    request.get_by_role("button", name="Accept").press("Enter")
    expect(request).to_have_count(0)
    say(hers, "Gladly")

    expect(said(page)).to_contain_text("Gladly")
    say(page, "Tomorrow?")
    expect(said(hers)).to_contain_text("Tomorrow?")
    expect(said(page)).to_contain_text("Seen")
    for theme in ("dark", "light"):
        page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
        assert complaints(page) == []

    page.goto("/settings")
    say(hers, "At eight")
    way = page.get_by_role("navigation", name="Main").get_by_role("link", name="Inbox")
    expect(way).to_have_accessible_name("Inbox 1 unread conversation")
    way.click()
    page.get_by_role("link", name=re.compile("^Messages")).last.click()
    page.get_by_role("link", name=re.compile("At eight.*1 new message")).click()
    expect(said(page)).to_contain_text("At eight")
    expect(way).to_have_accessible_name("Inbox")
    hers.context.close()


def test_a_video_is_sent_from_the_share_menu_and_opens(page: Page, network: Network, ana: Member, ben: Member) -> None:
    ana.call("PUT", "/api/v1/people/ben/follow")  # so that it comes straight to her
    enter(page, ben)
    page.goto("/")
    page.locator("article:not([inert])").get_by_role("button", name=re.compile("^Share")).click()
    page.get_by_role("list", name="Send to").get_by_role("button", name="ana").click()
    form = page.get_by_role("dialog", name="Send to")
    form.get_by_role("textbox", name="A message, if you like").fill("Yours!")
    form.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Sent to 1 person.")).to_be_visible()

    enter(page, ana)
    page.goto("/messages/@ben")
    expect(said(page)).to_contain_text("Yours!")
    said(page).get_by_role("link", name="Video by @ana: Tango").click()
    expect(page).to_have_url(re.compile(r"/@ana/\w+$"))
    page.wait_for_function("() => [...document.querySelectorAll('video')].some((v) => !v.paused)")


def test_what_was_not_sent_waits_and_what_was_sent_is_taken_back(
    page: Page, browser: Browser, network: Network, ana: Member, ben: Member
) -> None:
    enter(page, ben)
    page.goto("/messages/@ana")
    hers = a_desk(browser, network, ana)
    hers.goto("/messages/@ben")
    expect(hers.get_by_role("textbox", name="Message to @ben")).to_be_focused(timeout=15_000)
    hers.context.set_offline(True)
    say(hers, "Never mind")
    expect(hers.get_by_text("Not sent")).to_be_visible()
    hers.context.set_offline(False)
    hers.get_by_role("button", name="Try again").press("Enter")
    expect(hers.get_by_text("Not sent")).to_have_count(0)
    expect(said(page)).to_contain_text("Never mind")

    said(hers).get_by_role("button", name="More about your message").last.press("Enter")
    hers.get_by_role("button", name="Unsend").press("Enter")
    hers.get_by_role("dialog").get_by_role("button", name="Unsend").press("Enter")
    expect(said(hers)).to_contain_text("You unsent this message")
    expect(said(page)).to_contain_text("This message was unsent")
    expect(said(page).get_by_text("Never mind")).to_have_count(0)
    hers.context.close()


def test_the_keyboard_alone_is_enough(browser: Browser, network: Network, ana: Member, ben: Member) -> None:
    ana.call("PUT", "/api/v1/people/ben/follow")
    ben.call("POST", "/api/v1/people/ana/messages", json={"text": "Are you there?"})
    page = a_desk(browser, network, ana)
    page.goto("/messages")
    line = page.get_by_role("link", name=re.compile("^@ben"))
    line.press("Enter")
    field = page.get_by_role("textbox", name="Message to @ben")
    expect(field).to_be_focused()
    page.keyboard.type("One")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    page.keyboard.press("Enter")
    expect(said(page).get_by_text("One\ntwo")).to_be_visible()
    page.keyboard.type("kept")
    page.keyboard.press("Escape")
    expect(line).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_have_value("kept")
    field.fill("")

    theirs = said(page).get_by_role("button", name="More about the message of @ben").last
    theirs.press("Enter")
    page.get_by_role("button", name="Report").press("Enter")
    page.get_by_role("radio", name="Spam").press("Space")
    page.get_by_role("button", name="Send report").press("Enter")
    page.get_by_role("button", name="Block @ben").press("Enter")
    page.get_by_role("dialog", name="Block @ben?").get_by_role("button", name="Block").press("Enter")
    expect(page).to_have_url(re.compile("/messages$"))
    expect(line).to_have_count(0)
    page.context.close()
