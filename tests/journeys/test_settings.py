"""How pages look and clips play is the viewer's: from the first paint on, after a reload, and without a mouse."""

import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.network import Member, Network, enter, make_clip
from tests.journeys.still import open_and_rest

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

MEMBERS_PAGES = ("profile", "security", "email", "sessions", "storage")
PAGES = ("feed", "appearance", "playback", "accessibility")
CLIPS = 6
# What `<html>` says when the body begins, and whether a clip ever plays: noted by a script that runs before the page's.
WATCH = """() => {
  window.first = null
  new MutationObserver((_, observer) => {
    if (!document.body) return
    window.first = { ...document.documentElement.dataset }
    observer.disconnect()
  }).observe(document, { childList: true, subtree: true })
  window.plays = 0
  document.addEventListener('play', () => { window.plays += 1 }, true)
}"""
FOCUSED = "() => document.activeElement.textContent.trim()"
BOX = "(element) => { const { left, right } = element.getBoundingClientRect(); return [left, right] }"


@pytest.fixture(scope="module")
def ana(network: Network) -> Member:
    """Somebody with enough videos to leaf through."""
    made = network.member("ana")
    clip = make_clip(network.folder.parent / "clip.mp4", seconds=2)
    for video_id in [made.post(clip, f"Clip {number}") for number in range(CLIPS)]:
        made.wait_published(video_id)
    return made


@pytest.fixture
def strict(browser: Browser, network: Network) -> Iterator[Page]:
    """A visitor's phone under the content policy as it is."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=network.url)
    context.add_init_script(f"({WATCH})()")
    yield context.new_page()
    context.close()


def choose(page: Page, group: str, name: str) -> None:
    page.get_by_role("group", name=group).get_by_role("radio", name=name, exact=True).check(force=True)


def test_what_was_chosen_holds_before_anything_is_painted(strict: Page, ana: Member) -> None:
    strict.goto("/settings/accessibility")
    choose(strict, "Text size", "150 %")
    choose(strict, "Contrast", "More")
    choose(strict, "Motion", "Less")
    choose(strict, "Buttons over the video", "On the left")
    strict.get_by_role("checkbox", name="Videos start by themselves").uncheck()
    strict.goto("/settings/appearance")
    strict.get_by_role("radio", name="Light").check()
    chosen = {"theme": "light", "motion": "less", "contrast": "more", "text": "150", "hand": "left"}
    for path in ("/", f"/@{ana.handle}", "/nowhere"):
        strict.goto(path)
        assert strict.evaluate("() => window.first") == chosen
    strict.goto("/settings/accessibility")
    expect(strict.get_by_role("radio", name="150 %")).to_be_checked()
    expect(strict.get_by_role("checkbox", name="Videos start by themselves")).not_to_be_checked()
    strict.goto("/")
    slide = strict.locator("article:not([inert])")
    play = slide.get_by_role("button", name="Play", exact=True)
    expect(play).to_be_visible()
    strict.wait_for_timeout(1500)  # long enough for a clip to begin
    assert strict.evaluate("() => window.plays") == 0
    left, _ = slide.locator(".rail").evaluate(BOX)
    assert left < 20
    words = slide.locator(".caption").evaluate(BOX)
    assert words[0] >= 80
    assert strict.evaluate("() => document.documentElement.scrollWidth") <= 390
    play.click()
    strict.wait_for_function("() => [...document.querySelectorAll('video')].some((v) => !v.paused)")


def test_the_device_decides_what_was_left_to_it(browser: Browser, network: Network, ana: Member) -> None:
    assert ana.handle
    context = browser.new_context(
        base_url=network.url, color_scheme="light", reduced_motion="reduce", contrast="more", viewport=None
    )
    context.add_init_script(f"({WATCH})()")
    page = context.new_page()
    page.goto("/settings/appearance")
    assert page.evaluate("() => window.first") == {"theme": "dark", "motion": "less", "contrast": "more"}
    page.get_by_role("radio", name="As the device").check()
    html = page.locator("html")
    expect(html).to_have_attribute("data-theme", "light")
    bars = page.locator("meta[name=theme-color]")
    expect(bars).to_have_attribute("content", "rgb(255, 255, 255)")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="For You").click()
    expect(bars).to_have_attribute("content", "#120c1a")
    page.go_back()
    expect(bars).to_have_attribute("content", "rgb(255, 255, 255)")
    page.emulate_media(color_scheme="dark", reduced_motion="no-preference", contrast="no-preference")
    expect(html).to_have_attribute("data-theme", "dark")
    expect(html).not_to_have_attribute("data-motion", "less")
    context.close()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_each_page_has_an_address_and_holds_large_text(page: Page, ana: Member, theme: str) -> None:
    page.add_init_script(f"localStorage.setItem('revue.theme', '{theme}')")
    page.add_init_script('localStorage.setItem(\'revue.look\', \'{"text": 150, "contrast": "more"}\')')
    enter(page, ana)
    for name in ("", *MEMBERS_PAGES, *PAGES):
        open_and_rest(page, f"/settings/{name}".rstrip("/"))
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_be_visible()
        expect(page).to_have_title(re.compile(f"^{re.escape(heading.inner_text())}.*Revue$".replace(r"\ ", ".")))
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390, name
        assert complaints(page) == [], name


def test_the_list_leads_to_each_page_and_back_without_a_mouse(page: Page, ana: Member) -> None:
    enter(page, ana)
    page.goto("/settings")
    playback = page.get_by_role("link", name=re.compile("^Playback"))
    playback.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/settings/playback$"))
    expect(page.get_by_role("radio", name="1.5x")).to_be_visible()
    assert page.evaluate(FOCUSED) == "Playback"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="1.5x")).to_be_checked()
    page.reload()
    expect(page.get_by_role("radio", name="1.5x")).to_be_checked()
    page.go_back()
    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()
    page.goto("/")
    page.locator("article:not([inert])").get_by_role("button", name="More").click()
    expect(page.get_by_role("dialog").get_by_role("radio", name="1.5x")).to_be_checked()


def test_a_wide_screen_has_the_list_beside_the_page(browser: Browser, network: Network, ana: Member) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=network.url)
    page = context.new_page()
    page.goto("/settings")
    expect(page).to_have_url(re.compile("/settings/feed$"))
    enter(page, ana)
    page.goto("/settings")
    expect(page).to_have_url(re.compile("/settings/profile$"))
    entries = page.get_by_role("navigation", name="Settings").get_by_role("link")
    entries.filter(has_text="Appearance").click()
    expect(page.get_by_role("heading", name="Appearance", level=1)).to_be_visible()
    expect(entries.filter(has_text="Appearance")).to_have_attribute("aria-current", "page")
    page.goto("/settings/nothing")
    expect(page.get_by_role("heading", name="Not a setting")).to_be_visible()
    context.close()


def test_the_code_for_other_sites_is_copied_of_public_videos_alone(
    browser: Browser, network: Network, ana: Member
) -> None:
    context = browser.new_context(base_url=network.url, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    enter(page, ana)
    video_id = ana.call("GET", "/api/v1/me/videos").json()["items"][0]["id"]
    for visibility, is_offered in (("everyone", True), ("followers", False)):
        ana.call("PATCH", f"/api/v1/videos/{video_id}", json={"visibility": visibility})
        page.goto(f"/@ana/{video_id}")
        page.locator("article:not([inert])").get_by_role("button", name=re.compile("^Share")).click()
        embed = page.get_by_role("dialog", name="Share").get_by_role("button", name=re.compile("^Copy embed code"))
        expect(embed).to_have_count(int(is_offered))
        if is_offered:
            embed.click()
            expect(page.get_by_role("status").filter(has_text="Embed code copied")).to_be_visible()
            assert f'<iframe src="{network.url}/embed/{video_id}"' in page.evaluate(
                "() => navigator.clipboard.readText()"
            )
    ana.call("PATCH", f"/api/v1/videos/{video_id}", json={"visibility": "everyone"})
    context.close()


def test_a_profile_shows_a_code_its_links_and_who_follows_whom(page: Page, network: Network, ana: Member) -> None:
    links = [{"title": "My site", "url": "https://ana.example/"}, {"title": "", "url": "https://b.example/"}]
    ana.call("PATCH", "/api/v1/me/profile", json={"links": links})
    ben = network.member("ben")
    ana.call("PUT", "/api/v1/people/ben/follow")
    enter(page, ben)
    page.goto("/@ana")
    expect(page.get_by_text("Follows you")).to_be_visible()
    for link in page.get_by_role("list", name="Links").get_by_role("link").all():
        assert "me" in str(link.get_attribute("rel")).split()
    page.get_by_role("button", name="QR code").click()
    sheet = page.get_by_role("dialog", name="QR code")
    expect(sheet.get_by_role("img")).to_have_js_property("complete", True)
    with page.expect_download() as download:
        sheet.get_by_role("link", name="Save as PNG").click()
    assert download.value.suggested_filename == "ana.png"
    assert complaints(page) == []


def test_a_picture_is_cropped_by_keyboard(page: Page, network: Network, ana: Member) -> None:
    enter(page, ana)
    page.goto("/settings/profile")
    page.locator("input[type=file]").set_input_files(_two_colours(network))
    sheet = page.get_by_role("dialog", name="Your picture")
    frame = sheet.get_by_role("button", name="Part of the picture")
    frame.focus()
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    assert complaints(page) == []
    sheet.get_by_role("button", name="Use this picture").click()
    expect(page.get_by_role("status").filter(has_text="New picture")).to_be_visible()
    red, _, blue = _middle(page, ana.call("GET", "/api/v1/session").json()["person"]["avatar_url"])
    assert blue > 150 > red, "the right half is blue"


def _two_colours(network: Network) -> str:
    """A wide picture: its left half red, its right half blue."""
    path = network.folder.parent / "two.png"
    image = Image.new("RGB", (400, 200), "red")
    image.paste("blue", (200, 0, 400, 200))
    image.save(path)
    return str(path)


def _middle(page: Page, url: str) -> tuple[int, int, int]:
    """The colour in the middle of a picture."""
    image = Image.open(io.BytesIO(page.request.get(url).body())).convert("RGB")
    return image.getpixel((image.width // 2, image.height // 2))  # type: ignore[return-value]


def test_a_newcomer_says_once_what_they_like(page: Page, ana: Member) -> None:
    assert ana.handle
    page.goto("/")
    for number in range(1, 4):
        page.keyboard.press("ArrowDown")
        expect(page.locator(f"article[data-index='{number}']")).not_to_have_attribute("inert", "")
    card = page.get_by_role("region", name="What do you like?")
    expect(card).to_be_visible()
    assert complaints(page) == []
    card.get_by_role("button", name="Pick topics").click()
    sheet = page.get_by_role("dialog", name="What do you like?")
    done = sheet.get_by_role("button", name="Done")
    topics = sheet.get_by_role("list", name="Topics").get_by_role("button")
    names = [topics.nth(index).inner_text() for index in range(3)]
    for name in names:
        expect(done).to_be_disabled()
        sheet.get_by_role("button", name=name, exact=True).click()
    assert complaints(page) == []
    done.click()
    expect(sheet).to_be_hidden()
    controls = page.request.get("/api/v1/me/feed").json()
    assert [topic["name"] for topic in controls["topics"] if topic["step"] == 1] == names
    page.goto("/")
    for number in range(1, 4):
        page.keyboard.press("ArrowDown")
        expect(page.locator(f"article[data-index='{number}']")).not_to_have_attribute("inert", "")
    page.wait_for_timeout(800)
    expect(card).to_be_hidden()
