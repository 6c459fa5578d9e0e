"""Watching itself: keys, taps and holds, the wheel, the menu, the scrubber, and coming back, in a real browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.network import Member, Network, enter, eventually, make_clip

pytestmark = [pytest.mark.journey, pytest.mark.timeout(420)]

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}
CLIPS = 5
PLAYING = "() => [...document.querySelectorAll('#stage video')].find((v) => !v.paused && v.currentTime > 0.05)"
AUDIBLE = "() => [...document.querySelectorAll('#stage video')].filter((v) => !v.paused && !v.muted).length"
RATE = f"() => ({PLAYING})()?.playbackRate"
# A trackpad's flick, as it runs on for more than a second.
# Events every 10 ms for nearly a second, from one task: timers of a busy machine may pause longer than a hand does.
FLICK = """() => {
  const slide = document.querySelector('article:not([inert])');
  let next = performance.now();
  for (let pixels = 120; pixels > 1; pixels *= 0.95) {
    slide.dispatchEvent(new WheelEvent('wheel', { deltaY: pixels, bubbles: true, cancelable: true }));
    for (next += 10; performance.now() < next; );
  }
}"""
# What comes after the first frame: listening to the wheel, among others.
IS_WHOLE = "() => performance.getEntriesByType('resource').some((entry) => entry.name.includes('/extras-'))"


@pytest.fixture(scope="module", autouse=True)
def stocked(network: Network) -> Network:
    """Some clips, each long enough to jump within."""
    authors = [network.member(f"author{number}") for number in range(CLIPS)]
    clip = make_clip(network.folder.parent / "clip.mp4", seconds=12)
    posted = [(author, author.post(clip, f"Number {number}")) for number, author in enumerate(authors)]
    for author, video_id in posted:
        author.wait_published(video_id)
    return network


@pytest.fixture(params=SIZES)
def context(request: pytest.FixtureRequest, browser: Browser, network: Network) -> Iterator[BrowserContext]:
    is_phone = request.param == "phone"
    size = SIZES[request.param]
    started = browser.new_context(viewport=size, base_url=network.url, bypass_csp=True, has_touch=is_phone)  # type: ignore[arg-type]
    yield started
    started.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []


def current(page: Page) -> Locator:
    """The slide that plays."""
    return page.locator("article:not([inert], .end)")


def arrive(page: Page, path: str = "/") -> None:
    page.goto(path)
    page.wait_for_function(PLAYING)
    page.wait_for_function(IS_WHOLE)


def seconds(page: Page) -> float:
    return float(page.evaluate(f"() => ({PLAYING})()?.currentTime ?? -1"))


def surface(page: Page) -> Locator:
    return current(page).locator(".tap")


def expect_number(page: Page, wanted: int) -> None:
    expect(current(page)).to_have_attribute("data-index", str(wanted))
    page.wait_for_function(
        "() => { const s = document.getElementById('scroller'); return s.scrollTop % s.clientHeight === 0 }"
    )


def test_each_key_does_what_the_list_says(page: Page) -> None:
    arrive(page)
    page.keyboard.press("ArrowDown")
    expect_number(page, 1)
    page.keyboard.press("k")
    expect_number(page, 0)
    page.wait_for_function(PLAYING)
    page.keyboard.press("ArrowRight")
    eventually(lambda: seconds(page) > 4.9, what="five seconds on")
    page.keyboard.press(" ")
    expect(surface(page)).to_have_attribute("aria-label", "Play")
    page.keyboard.press(" ")
    page.wait_for_function(PLAYING)
    page.keyboard.press("m")
    eventually(lambda: page.evaluate(AUDIBLE) == 1, what="sound is on")
    page.keyboard.press("m")
    eventually(lambda: page.evaluate(AUDIBLE) == 0, what="sound is off")
    for key, rate in ((">", 1.5), (">", 2), ("<", 1.5)):
        page.keyboard.press(key)
        eventually(lambda rate=rate: page.evaluate(RATE) == rate, what=f"{rate} times as fast")
    pill = current(page).get_by_role("button", name="1.5x, back to normal speed")
    expect(pill).to_be_visible()
    pill.click()
    eventually(lambda: page.evaluate(RATE) == 1, what="normal speed")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement === null")
    expect_number(page, 0)
    page.keyboard.press("c")
    opened = page.get_by_role("dialog", name="Comments").or_(page.get_by_role("complementary", name="Comments"))
    expect(opened).to_be_visible()
    page.keyboard.press("Escape")
    expect(opened).to_be_hidden()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Picture-in-picture")
    assert complaints(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect_number(page, 0)


def test_two_taps_like_and_never_take_it_back(page: Page, network: Network) -> None:
    fan = network.member(f"fan{len(network.members)}")
    enter(page, fan)
    arrive(page)
    like = current(page).get_by_role("button", name=re.compile(r"^Like\b"))
    for _ in range(2):
        surface(page).dblclick(position={"x": 150, "y": 300})
        expect(like).to_have_attribute("aria-pressed", "true")
        page.wait_for_timeout(400)
    expect(surface(page)).to_have_attribute("aria-label", "Pause")
    page.keyboard.press("l")
    expect(like).to_have_attribute("aria-pressed", "false")
    surface(page).click(position={"x": 150, "y": 300})
    expect(surface(page)).to_have_attribute("aria-label", "Play")


def test_a_wheel_that_runs_on_is_one_step(page: Page) -> None:
    arrive(page)
    page.evaluate(FLICK)
    expect_number(page, 1)
    surface(page).hover(position={"x": 100, "y": 200})
    page.wait_for_timeout(500)
    page.mouse.wheel(0, 100)
    expect_number(page, 2)
    page.wait_for_timeout(700)
    page.mouse.wheel(0, -100)
    expect_number(page, 1)


def test_the_menu_has_what_a_viewer_may_choose_and_it_is_kept(page: Page) -> None:
    arrive(page)
    surface(page).click(button="right", position={"x": 150, "y": 300})
    menu = page.get_by_role("dialog", name="This video")
    expect(menu).to_be_visible()
    assert complaints(page) == []
    menu.get_by_role("radio", name="1.5x").check()
    menu.get_by_role("radio", name="Data saver").check()
    menu.get_by_label("Auto-scroll to the next video").check()
    page.keyboard.press("Escape")
    eventually(lambda: page.evaluate(RATE) == 1.5, what="the speed is set")
    assert "/360" in page.evaluate(f"() => ({PLAYING})().currentSrc")
    arrive(page)
    assert page.evaluate(RATE) == 1.5
    current(page).get_by_role("slider", name="Position").focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect_number(page, 1)  # by itself, from the end of the first
    current(page).get_by_role("button", name="More").click()
    menu.get_by_role("button", name="Clear display").click()
    expect(current(page).locator(".rail")).to_be_hidden()
    expect(current(page).get_by_role("slider", name="Position")).to_be_hidden()
    assert complaints(page) == []
    current(page).get_by_role("button", name="Show everything").click()
    expect(current(page).locator(".rail")).to_be_visible()


def test_a_hold_at_the_edge_is_fast_and_a_slide_locks_it(page: Page) -> None:
    arrive(page)
    box = surface(page).bounding_box()
    assert box
    at = {"x": box["x"] + 20, "y": box["y"] + 300}
    page.mouse.move(**at)
    page.mouse.down()
    eventually(lambda: page.evaluate(RATE) == 2, what="twice as fast")
    expect(current(page).get_by_role("status")).to_have_text("2x")
    page.mouse.up()
    eventually(lambda: page.evaluate(RATE) == 1, what="as before")
    page.mouse.down()
    eventually(lambda: page.evaluate(RATE) == 2, what="twice as fast")
    page.mouse.move(at["x"] + 80, at["y"], steps=4)
    page.mouse.up()
    page.wait_for_timeout(300)
    assert page.evaluate(RATE) == 2
    page.mouse.click(at["x"] + 80, at["y"])
    eventually(lambda: page.evaluate(RATE) == 1, what="a tap ends it")
    expect(surface(page)).to_have_attribute("aria-label", "Pause")


def test_the_scrubber_shows_where_it_would_go(page: Page) -> None:
    arrive(page)
    slider = current(page).get_by_role("slider", name="Position")
    box = slider.bounding_box()
    assert box
    assert box["height"] >= 24
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 12)
    preview = current(page).locator(".preview")
    expect(preview).to_contain_text("0:06 / 0:12")
    assert "sprite" in preview.locator(".picture").evaluate("(element) => element.style.backgroundImage")
    page.mouse.down()
    page.mouse.up()
    eventually(lambda: 5 < seconds(page) < 8, what="it went there")


def test_back_and_reload_come_to_the_same_clip(page: Page) -> None:
    arrive(page)
    page.keyboard.press("j")
    expect_number(page, 1)
    words = current(page).locator(".caption").inner_text()
    page.keyboard.press("ArrowRight")
    eventually(lambda: seconds(page) > 4.9, what="it is five seconds on")
    current(page).locator(".who a").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.go_back()
    expect(current(page).locator(".caption")).to_have_text(words)
    eventually(lambda: seconds(page) > 4.9, what="it goes on where it was")
    current(page).locator(".who a").click()
    page.get_by_role("link", name=re.compile("^Number")).first.click()
    expect(page).to_have_url(re.compile(r"/@\w+/\w+$"))
    page.wait_for_function(PLAYING)
    page.go_back()
    page.go_back()
    expect(current(page).locator(".caption")).to_have_text(words)
    expect_number(page, 1)
    page.wait_for_function(PLAYING)
    assert seconds(page) > 4.9
    page.goto(current(page).locator(".who a").get_attribute("href") or "")
    page.get_by_role("link", name=re.compile("^Number")).first.click()
    page.wait_for_function(PLAYING)
    page.keyboard.press("ArrowRight")
    eventually(lambda: seconds(page) > 4.9, what="five seconds on")
    page.reload()
    eventually(lambda: seconds(page) > 4.9, what="the same second after a reload")


@pytest.mark.parametrize("context", ["phone"], indirect=True)
def test_nothing_plays_behind_the_end_of_the_feed(page: Page) -> None:
    arrive(page)
    page.keyboard.press("m")
    end = page.get_by_role("article", name="End of the feed")
    captions = set()
    for _ in range(CLIPS):  # as fast as a thumb: answers that rank anew come too late
        captions.add(current(page).locator(".caption").inner_text())
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(350)
    expect(end).to_be_in_viewport(ratio=0.9)
    expect(end).to_contain_text("That was everything")
    assert len(captions) == CLIPS
    eventually(lambda: page.evaluate(AUDIBLE) == 0, what="nothing is heard")
    page.keyboard.press("ArrowUp")
    page.wait_for_function(PLAYING)
    expect_number(page, CLIPS - 1)
    assert page.evaluate(AUDIBLE) == 1


def test_up_at_the_top_fetches_the_feed_anew(page: Page) -> None:
    arrive(page)
    with page.expect_response(re.compile(r"/api/v1/feed/foryou")):
        page.keyboard.press("ArrowUp")
    page.wait_for_function(PLAYING)
    expect_number(page, 0)


@pytest.mark.parametrize("context", ["desktop"], indirect=True)
def test_only_one_tab_is_heard(context: BrowserContext) -> None:
    tabs = []
    for _ in range(2):
        tabs.append(context.new_page())
        arrive(tabs[-1])
        tabs[-1].keyboard.press("m")
        eventually(lambda: tabs[-1].evaluate(AUDIBLE) == 1, what="this tab is heard")
    eventually(lambda: tabs[0].evaluate(AUDIBLE) == 0, what="the other one is not")


def test_a_like_survives_a_lost_line(page: Page, network: Network) -> None:
    fan: Member = network.member(f"fan{len(network.members)}")
    enter(page, fan)
    arrive(page)
    like = current(page).get_by_role("button", name=re.compile(r"^Like\b"))
    href = current(page).locator(".who a").get_attribute("href") or ""
    page.context.set_offline(True)
    like.click()
    expect(like).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(300)
    expect(like).to_have_attribute("aria-pressed", "true")
    page.context.set_offline(False)
    author = next(member for member in network.members if href.endswith(f"@{member.handle}"))
    video = author.http.get("/api/v1/me/videos").json()["items"][0]["id"]
    eventually(
        lambda: fan.http.get(f"/api/v1/videos/{video}").json()["viewer"]["liked"],
        what="the server has it",
    )
