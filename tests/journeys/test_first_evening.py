"""One evening on Revue, from the first look to the first comment, in a real browser, on a phone and on a desktop."""

import pathlib
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.network import Network, make_clip

pytestmark = [pytest.mark.journey, pytest.mark.timeout(420)]

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}
CLIPS_BEFORE = 7
SWIPES = 5
PLAYING = "() => [...document.querySelectorAll('video')].some((v) => !v.paused && v.currentTime > 0.1)"
AUDIBLE = "() => [...document.querySelectorAll('video')].filter((v) => !v.paused && !v.muted).length"
IS_UPRIGHT = """() => {
  const video = [...document.querySelectorAll('video')].find((v) => !v.paused);
  return video.videoHeight > video.videoWidth;
}"""
CURRENT = """() =>
  [...document.querySelectorAll('video')].find((v) => !v.paused && v.currentTime > 0.05)?.currentSrc ?? ''"""
HAS_CHANGED = f"(before) => {{ const now = ({CURRENT})(); return now && now !== before }}"
IS_SETTLED = "() => { const s = document.getElementById('scroller'); return s.scrollTop % s.clientHeight === 0 }"


@pytest.fixture(scope="module")
def stocked(network: Network) -> Network:
    """A network on which some people have posted already."""
    posted = []
    for number in range(CLIPS_BEFORE):
        member = network.member(f"early{number}")
        clip = make_clip(network.folder.parent / f"early{number}.mp4", tone=300 + 40 * number)
        posted.append((member, member.post(clip, f"Early bird {number} #morning")))
    for member, video_id in posted:
        member.wait_published(video_id)
    return network


class Visit:
    """One person's browser; notes everything that must not happen."""

    def __init__(self, browser: Browser, network: Network, size: str) -> None:
        self.network = network
        self.context: BrowserContext = browser.new_context(viewport=SIZES[size], has_touch=size == "phone")
        self.page: Page = self.context.new_page()
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self._note_foreign(request.url))
        self.page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note_foreign(self, url: str) -> None:
        if not url.startswith((self.network.url, "data:", "blob:")):
            self.foreign.append(url)

    def open(self, path: str = "/") -> None:
        self.page.goto(self.network.url + path)

    def wait_playing(self) -> str:
        """Wait until a video moves; returns its source."""
        self.page.wait_for_function(PLAYING)
        self.page.wait_for_function(IS_SETTLED)
        return str(self.page.evaluate(CURRENT))

    def swipe(self) -> str:
        """Go to the next video and wait until it moves; returns its source."""
        before = self.wait_playing()
        self.page.keyboard.press("ArrowDown")
        self.page.wait_for_function(HAS_CHANGED, arg=before)
        self.page.wait_for_function(IS_SETTLED)
        assert self.page.evaluate(AUDIBLE) <= 1
        return str(self.page.evaluate(CURRENT))

    @property
    def slide(self) -> Locator:
        """The slide that plays."""
        return self.page.locator("article:not([inert])").first

    def like_button(self) -> Locator:
        return self.slide.get_by_role("button", name=re.compile(r"^Like\b"))

    def sign_up(self, handle: str) -> None:
        """Fill in the sign-up sheet that is open."""
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label(re.compile("user ?name|handle", re.IGNORECASE)).fill(handle)
        dialog.get_by_label(re.compile("^password", re.IGNORECASE)).fill("a-long-enough-secret")
        dialog.get_by_label(re.compile("birth", re.IGNORECASE)).first.fill("1990-05-17")
        dialog.get_by_role("button", name="Sign up", exact=True).click()
        expect(dialog).to_be_hidden()

    def comment(self, text: str) -> None:
        """Open the comments of the current video and say something."""
        self.open_comments()
        box = self.page.get_by_role("textbox", name=re.compile("comment", re.IGNORECASE))
        box.fill(text)
        self.page.get_by_role("button", name=re.compile("^(post|send)", re.IGNORECASE)).click()
        expect(self.page.get_by_text(text)).to_be_visible()

    def open_comments(self) -> None:
        self.slide.get_by_role("button", name=re.compile(r"^Comments\b")).click()

    def close(self) -> None:
        """End the visit; nothing may have gone to another host, nothing may have been complained about."""
        assert self.foreign == []
        assert self.complaints == []
        self.context.close()


Start = Callable[[str], Visit]


@pytest.fixture
def visit(browser: Browser, stocked: Network) -> Iterator[Start]:
    visits: list[Visit] = []

    def start(size: str) -> Visit:
        visits.append(Visit(browser, stocked, size))
        return visits[-1]

    yield start
    for started in visits:
        started.close()


@pytest.mark.parametrize("size", SIZES)
def test_a_first_evening(visit: Start, tmp_path: pathlib.Path, size: str) -> None:
    ana = visit(size)
    ana.open()
    seen = [ana.wait_playing()]
    seen += [ana.swipe() for _ in range(SWIPES)]
    assert len({re.sub(r"/[^/]+$", "", source) for source in seen}) == SWIPES + 1, "each swipe showed another video"

    ana.like_button().click()
    ana.sign_up(f"ana.{size}")
    expect(ana.like_button()).to_have_attribute("aria-pressed", "true")

    clip = make_clip(tmp_path / "mine.mp4", seconds=4, turned=True)
    ana.open("/upload")
    caption = f"My first dance on a {size} #first"
    ana.page.locator("input[type=file]").set_input_files(clip)
    ana.page.get_by_role("textbox", name=re.compile("caption", re.IGNORECASE)).fill(caption)
    ana.page.get_by_role("button", name="Post", exact=True).click()
    link = ana.page.get_by_role("link", name=re.compile("watch|view|see", re.IGNORECASE)).first
    expect(link).to_be_visible(timeout=60_000)
    link.click()
    ana.wait_playing()
    assert ana.page.evaluate(IS_UPRIGHT), "the rotation tag was honoured"
    ana.open_comments()

    ben = visit(size)
    ben.open()
    find(ben, caption)
    ben.like_button().click()
    ben.sign_up(f"ben.{size}")
    ben.comment(f"Bravo from the {size}!")
    expect(ana.page.get_by_text(f"Bravo from the {size}!")).to_be_visible(timeout=5000)


def find(visitor: Visit, caption: str) -> None:
    """Swipe until the video with this caption plays."""
    visitor.wait_playing()
    for _ in range(CLIPS_BEFORE + 3):
        if visitor.slide.get_by_text(caption).is_visible():
            return
        visitor.swipe()
    raise AssertionError(f"{caption} never came")
