"""What is said in a clip, to read over it: while it is muted, always or never, of each clip its own."""

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.network import Network, make_clip

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}


def vtt(words: str) -> str:
    """WebVTT that says this for as long as the clips last."""
    return f"WEBVTT\n\n00:00.000 --> 00:04.000\n{words}\n"


@pytest.fixture(scope="module")
def videos(network: Network) -> list[str]:
    """Two clips, in which something is said in two languages."""
    ana = network.member("ana")
    clip = make_clip(network.folder.parent / "clip.mp4")
    ids = [ana.post(clip, f"Clip {number}") for number in (1, 2)]
    for number, video_id in enumerate(ids, 1):
        ana.wait_published(video_id)
        for language, word in (("de", "Hallo"), ("en", "Hello")):
            said = {"text": vtt(f"{word} from clip {number}, to everybody who watches without a sound")}
            ana.call("PUT", f"/api/v1/videos/{video_id}/subtitles/{language}", json=said)
    return ids


@pytest.fixture(params=SIZES)
def context(request: pytest.FixtureRequest, browser: Browser, network: Network) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport=SIZES[request.param],  # type: ignore[arg-type]
        base_url=network.url,
        bypass_csp=True,
        has_touch=request.param == "phone",
    )
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    context.close()
    assert errors == []


@pytest.fixture
def page(context: BrowserContext, videos: list[str]) -> Page:
    """The first clip, playing without sound."""
    page = context.new_page()
    page.goto(f"/@ana/{videos[0]}")
    page.wait_for_function("() => [...document.querySelectorAll('video')].some((video) => !video.paused)")
    return page


def current(page: Page) -> Locator:
    """The slide that plays."""
    return page.locator("article:not([inert])")


def words(page: Page, start: str = "Hello") -> Locator:
    """What is said on it."""
    return current(page).get_by_text(start)


def sides(shown: Locator) -> tuple[float, float, float, float]:
    """Left, top, right and bottom, in pixels of the window."""
    box = shown.bounding_box()
    assert box
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def choose(page: Page, name: str) -> None:
    """One of the choices about subtitles, in the clip's menu."""
    current(page).get_by_role("button", name="More").click()
    page.get_by_role("dialog").get_by_role("group", name="Subtitles").get_by_role("radio", name=name).check()
    page.keyboard.press("Escape")


def test_they_show_while_there_is_no_sound_and_each_clip_has_its_own(page: Page) -> None:
    expect(words(page)).to_contain_text("clip 1")
    assert complaints(page) == []
    tracks = page.locator("#stage track")
    expect(tracks).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(words(page)).to_contain_text("clip 2")
    expect(tracks).to_have_count(1)
    page.keyboard.press("m")
    expect(words(page)).to_be_hidden()
    expect(tracks).to_have_count(0)
    page.keyboard.press("m")
    expect(words(page)).to_contain_text("clip 2")


def test_they_lie_clear_of_the_caption_and_of_the_buttons(page: Page) -> None:
    left, _, right, bottom = sides(words(page))
    assert left >= 0
    assert bottom <= sides(current(page).get_by_role("link", name="@ana", exact=True))[1]
    assert right <= sides(current(page).get_by_role("button", name="Like"))[0]


def test_a_viewer_has_them_always_or_never_by_key_and_by_choice(page: Page) -> None:
    toast = page.get_by_role("status").filter(has_text="Subtitles")
    expect(words(page)).to_be_visible()
    page.keyboard.press("s")
    expect(toast).to_have_text("Subtitles off")
    expect(words(page)).to_be_hidden()
    page.reload()
    expect(page.locator("video.placed").first).to_be_visible()
    page.wait_for_timeout(800)
    expect(words(page)).to_be_hidden()
    choose(page, "Always")
    page.keyboard.press("m")
    page.wait_for_function("() => [...document.querySelectorAll('video')].some((video) => !video.muted)")
    expect(words(page)).to_be_visible()
    page.keyboard.press("s")
    expect(words(page)).to_be_hidden()
    page.keyboard.press("s")
    expect(toast).to_have_text("Subtitles on")
    expect(words(page)).to_be_visible()
    choose(page, "While muted")
    expect(words(page)).to_be_hidden()


def test_they_stay_when_everything_else_goes(page: Page) -> None:
    current(page).get_by_role("button", name="More").click()
    page.get_by_role("dialog").get_by_role("button", name="Clear display").click()
    expect(current(page).get_by_role("link", name="@ana", exact=True)).to_be_hidden()
    expect(words(page)).to_be_visible()


def test_a_file_that_does_not_come_shows_nothing_and_stops_nothing(context: BrowserContext, videos: list[str]) -> None:
    page = context.new_page()
    page.route("**/subtitles/*", lambda route: route.fulfill(status=HTTPStatus.NOT_FOUND))
    with page.expect_response("**/subtitles/*"):
        page.goto(f"/@ana/{videos[0]}")
    page.wait_for_function("() => [...document.querySelectorAll('video')].some((video) => video.currentTime > 0.5)")
    expect(words(page)).to_have_count(0)


def test_settings_have_the_choice_for_those_who_look_for_it(context: BrowserContext) -> None:
    page = context.new_page()
    for path in ("/settings/playback", "/settings/accessibility"):
        page.goto(path)
        choice = page.get_by_role("group", name="Subtitles")
        expect(choice.get_by_role("radio", name="While muted")).to_be_checked()
        assert complaints(page) == []


def test_each_viewer_gets_a_language_they_read(browser: Browser, network: Network, videos: list[str]) -> None:
    context = browser.new_context(base_url=network.url, locale="de-AT", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"/@ana/{videos[0]}")
    expect(words(page, "Hallo from clip 1")).to_be_visible()
    context.close()


def test_the_player_on_other_sites_has_them_too(context: BrowserContext, videos: list[str]) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/embed/{videos[0]}")
    assert not [url for url in asked if "/subtitles/" in url], "nothing loads before somebody presses Play"
    button = page.get_by_role("button", name="Subtitles")
    expect(button).to_have_attribute("aria-pressed", "false")
    with page.expect_response("**/subtitles/en"):
        page.keyboard.press("s")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("k")
    find = "() => [...document.querySelector('video').textTracks].find((track) => track.mode === 'showing')"
    page.wait_for_function(f"{find}?.activeCues?.[0]?.text.startsWith('Hello from clip 1')")
    assert complaints(page) == []
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate(f"({find})() === undefined")


def test_pages_without_scripts_offer_them(browser: Browser, network: Network, videos: list[str]) -> None:
    context = browser.new_context(base_url=network.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/@ana/{videos[0]}")
    tracks = page.locator("video.scriptless track")
    assert [track.get_attribute("srclang") for track in tracks.all()] == ["de", "en"]
    context.close()
