"""Navigation → first frame and swipe → first frame, ours and the least that any page can do."""

import dataclasses
import statistics
from collections.abc import Callable, Iterator

from playwright.sync_api import Browser, Page, Route

from bench.web.browser import SWIPE, first_frame_ms, opened

NETWORKS = {"10 Mbit/s, 40 ms": (10_000_000, 40), "1.6 Mbit/s, 150 ms": (1_600_000, 150)}
SWIPES, FLICKS = 5, 3
DWELL_MS = 3000

# A page that is nothing but clips: the first plays, the second waits with its data, or without.
BARE = """<!doctype html><style>video{{width:390px}}</style>
<video autoplay muted playsinline preload="auto" src="{first}"></video>
<video muted playsinline preload="{preload}" src="{second}"></video>"""
BARE_SWIPE = """
() => new Promise((resolve) => {
  const [before, video] = document.querySelectorAll('video');
  const begun = performance.now();
  before.pause();
  before.removeAttribute('src');
  before.load();
  video.requestVideoFrameCallback(() => resolve(performance.now() - begun));
  void video.play();
})
"""


@dataclasses.dataclass
class Samples:
    """Milliseconds, and shares from 0 to 1."""

    navigation: list[float] = dataclasses.field(default_factory=list)
    cold: list[float] = dataclasses.field(default_factory=list)  # the next clip at once, when nothing of it is there
    preloaded: list[float] = dataclasses.field(default_factory=list)  # after a dwell
    flick: list[float] = dataclasses.field(default_factory=list)  # one after another
    hits: list[float] = dataclasses.field(default_factory=list)  # 1: the clip of a swipe after a dwell was ready
    played_ms: float = 0
    stalled_ms: float = 0


def measured(browser: Browser, url: str, network: tuple[int, int], runs: int) -> tuple[Samples, Samples]:
    """Ours and the floor's, in turn, by the same clips."""
    ours, floor = Samples(), Samples()
    list(_ours(browser, url, network, Samples()))  # warms up the browser and the server
    for _ in range(runs):
        sources = list(_ours(browser, url, network, ours))
        _floor(browser, f"{url}/bare", network, sources, floor)
    return ours, floor


def _ours(browser: Browser, url: str, network: tuple[int, int], into: Samples) -> Iterator[str]:
    with opened(browser, network) as page:
        into.navigation.append(first_frame_ms(page, url))
        yield str(page.evaluate("window.__frames[0].source"))
        swipe = page.evaluate(SWIPE)
        into.cold.append(swipe["ms"])
        yield swipe["source"]
        for _ in range(SWIPES):
            page.wait_for_timeout(DWELL_MS)
            swipe = page.evaluate(SWIPE)
            into.preloaded.append(swipe["ms"])
            into.hits.append(float(swipe["ready"] >= 3))
        seen = page.evaluate("window.__seen")
        into.played_ms += seen["played"]
        into.stalled_ms += seen["stalled"]
        into.flick += [page.evaluate(SWIPE)["ms"] for _ in range(FLICKS)]


def _floor(browser: Browser, url: str, network: tuple[int, int], sources: list[str], into: Samples) -> None:
    for preload, times in (("none", into.cold), ("auto", into.preloaded)):
        with opened(browser, network) as page:
            body = BARE.format(first=sources[0], second=sources[1], preload=preload)
            page.route(url, _answering(body))
            into.navigation.append(first_frame_ms(page, url))
            if preload == "auto":
                _wait_until_ready(page)
            times.append(float(page.evaluate(BARE_SWIPE)))


def _answering(body: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=body, content_type="text/html")


def _wait_until_ready(page: Page) -> None:
    page.wait_for_function("document.querySelectorAll('video')[1].readyState >= 3")


def p95(values: list[float]) -> float:
    """The 95th percentile of some samples, by the nearest rank: of few samples the greatest."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def told(values: list[float]) -> str:
    """Median and p95, for a table."""
    return f"{statistics.median(values):.0f} ({p95(values):.0f})"
