"""Everyone can use it: axe finds nothing on any page or sheet, and the keyboard alone is enough."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.network import Network, eventually, make_clip

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}
MEMBERS_PAGES = ["/following", "/@ana", "/upload", "/settings/profile", "/settings/security", "/settings/sessions"]
FOCUSED = "() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()"


@pytest.fixture(scope="module")
def stocked(network: Network) -> Network:
    """Two clips by one person, with a comment."""
    member = network.member("ana")
    clip = make_clip(network.folder.parent / "clip.mp4")
    ids = [member.post(clip, f"Clip {number} #accessible @ana") for number in range(2)]
    for video_id in ids:
        member.wait_published(video_id)
        member.call("POST", f"/api/v1/videos/{video_id}/comments", json={"text": "Lovely #day"})
    return network


@pytest.fixture(params=[(size, theme) for size in SIZES for theme in ("dark", "light")], ids="-".join)
def page(request: pytest.FixtureRequest, browser: Browser, stocked: Network) -> Iterator[Page]:
    """A visitor's page in one size and theme."""
    size, theme = request.param
    context = browser.new_context(viewport=SIZES[size], base_url=stocked.url, bypass_csp=True)
    context.add_init_script(f"localStorage.setItem('revue.theme', '{theme}')")
    yield context.new_page()
    context.close()


def sign_in(page: Page, stocked: Network) -> None:
    """Take over the session of the person who posted."""
    cookies = [
        {"name": name, "value": value, "url": stocked.url} for name, value in stocked.members[0].http.cookies.items()
    ]
    page.context.add_cookies(cookies)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "path", ["/", "/following", "/@ana", "/tag/accessible", "/upload", "/settings", "/settings/feed", "/sign-in"]
)
def test_axe_finds_nothing_on_a_visitors_page(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle") if path not in ("/", "/@ana") else page.wait_for_timeout(1200)
    assert complaints(page) == []


@pytest.mark.parametrize(
    "path",
    [
        "/following",
        "/@ana",
        "/upload",
        "/history",
        *(f"/settings/{s}" for s in ("profile", "feed", "security", "sessions", "storage", "appearance")),
    ],
)
def test_axe_finds_nothing_on_a_members_page(page: Page, stocked: Network, path: str) -> None:
    sign_in(page, stocked)
    page.goto(path)
    page.wait_for_timeout(1200)
    assert complaints(page) == []


def test_axe_finds_nothing_on_a_sound_and_an_own_video(page: Page, stocked: Network) -> None:
    sign_in(page, stocked)
    member = stocked.members[0]
    video_id = member.call("GET", "/api/v1/me/videos").json()["items"][0]["id"]
    sound = eventually(lambda: member.status(video_id)["sound"], what="it has a sound")
    page.goto(f"/sound/{sound['id']}")
    expect(page.get_by_role("button", name="Use this sound")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("button", name="Edit").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert complaints(page) == []
    page.goto(f"/@ana/{video_id}/edit")
    page.get_by_role("button", name="Another sound").click()
    page.get_by_role("tab", name="Mine").click()
    expect(page.get_by_role("button", name=re.compile("^Use Original sound")).first).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("button", name=re.compile("^Use Original sound")).first.click()
    expect(page.get_by_role("slider", name="Begins at")).to_be_visible()
    assert complaints(page) == []


def test_axe_finds_nothing_on_comments_and_the_sign_up_sheet(page: Page) -> None:
    page.goto("/")
    page.wait_for_timeout(1000)
    page.keyboard.press("c")
    expect(page.get_by_text("Lovely #day").first).to_be_visible()
    assert complaints(page) == []
    page.locator("article:not([inert])").first.get_by_role("button", name=re.compile("^Like")).focus()
    page.keyboard.press("Escape")
    page.goto("/")
    page.wait_for_timeout(1000)
    page.keyboard.press("l")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert complaints(page) == []


def test_the_keyboard_alone_is_enough(browser: Browser, stocked: Network) -> None:
    context = browser.new_context(viewport=SIZES["desktop"], base_url=stocked.url)
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
