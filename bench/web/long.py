"""Two hundred clips in one visit: what the page holds then, and what was seen on the way."""

import dataclasses
import statistics

from playwright.sync_api import Browser, CDPSession, Page

from bench.web.browser import SWIPE, first_frame_ms, opened
from tests.journeys.network import Member, enter

CLIPS, STEP = 200, 50
DWELL_MS = 250
# A tap on the heart → the next frame in which it is pressed.
LIKE = """
() => new Promise((resolve) => {
  const button = document.querySelector('article:not([inert]) button[aria-pressed]');
  const begun = performance.now();
  const look = () => button.getAttribute('aria-pressed') === 'true'
    ? resolve(performance.now() - begun) : requestAnimationFrame(look);
  button.click();
  requestAnimationFrame(look);
})
"""


@dataclasses.dataclass
class Held:
    """What the page holds at one moment."""

    clips: int
    nodes: int
    heap_mb: float
    videos: int


@dataclasses.dataclass
class Visit:
    """What became of it."""

    held: list[Held]
    swipes: list[float]  # ms
    pictures: float  # share of the slides that had one at once
    shift: float
    complaints: list[str]  # errors of the console, and what was asked of other hosts


def visited(browser: Browser, url: str) -> Visit:
    """Go through the clips."""
    complaints: list[str] = []
    with opened(browser) as page:
        page.on("console", lambda said: said.type != "error" or complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        here = (url, "blob:", "data:")
        page.context.on("request", lambda asked: asked.url.startswith(here) or complaints.append(asked.url))
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        first_frame_ms(page, url)
        held, swipes, pictures = [_held(page, session, 0)], [], []
        for number in range(1, CLIPS + 1):
            page.wait_for_timeout(DWELL_MS)
            swipe = page.evaluate(SWIPE)
            swipes.append(swipe["ms"])
            pictures.append(swipe["hasPicture"])
            if number % STEP == 0:
                held.append(_held(page, session, number))
        shift = page.evaluate("window.__seen.shift")
        return Visit(held, swipes, statistics.mean(pictures), shift, complaints)


def _held(page: Page, session: CDPSession, clips: int) -> Held:
    session.send("HeapProfiler.collectGarbage")
    found = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    elements = page.evaluate("document.querySelectorAll('*').length")
    return Held(
        clips, elements, found["JSHeapUsedSize"] / 1e6, page.evaluate("document.querySelectorAll('video').length")
    )


def liked_ms(browser: Browser, url: str, member: Member, times: int) -> list[float]:
    """A tap on the heart → the frame in which it is red, for somebody who is signed in."""
    with opened(browser) as page:
        enter(page, member)
        first_frame_ms(page, url)
        found = []
        for _ in range(times):
            page.wait_for_timeout(DWELL_MS)
            found.append(float(page.evaluate(LIKE)))
            page.evaluate(SWIPE)
        return found
