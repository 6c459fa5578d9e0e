"""A phone's browser behind a throttled network, with what a page needs to tell of its own frames."""

import contextlib
from collections.abc import Iterator

from playwright.sync_api import Browser, CDPSession, Page

PHONE = {"width": 390, "height": 844}
FRAME_WAIT_MS = 20_000

# Notes the first frame of each source on each <video>, how long clips played and stood still, and what moved by itself;
# all on the page's own clock.
WATCHING = """
window.__frames = [];
window.__seen = { played: 0, stalled: 0, shift: 0 };
const watched = new WeakMap();
const watch = (video) => {
  const source = video.currentSrc || video.src;
  if (!source || watched.get(video)?.source === source) return;
  const state = { source, isShown: false };
  watched.set(video, state);
  const note = () => video.requestVideoFrameCallback(() => {
    if (video.paused) { note(); return; }
    state.isShown = true;
    window.__frames.push({ at: performance.now(), source });
  });
  note();
};
let last = performance.now();
setInterval(() => {
  const now = performance.now();
  for (const video of document.querySelectorAll('video')) {
    watch(video);
    if (video.paused || !watched.get(video)?.isShown) continue;
    window.__seen[video.readyState < 3 && !video.ended ? 'stalled' : 'played'] += now - last;
  }
  last = now;
}, 5);
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.__seen.shift += entry.value;
}).observe({ type: 'layout-shift', buffered: true });
"""

# What a swipe that shows nothing leaves behind.
STATE = """
const state = (scroller, before) => {
  const seen = [...document.querySelectorAll('video')].map((video) =>
    [video.currentSrc.slice(-24), video.paused, video.readyState, video.networkState, video.style.transform]);
  const last = [...scroller.querySelectorAll('article')].at(-1)?.innerText;
  return JSON.stringify([scroller.scrollTop / scroller.clientHeight, last, before, seen]);
};
"""

# Whether the slide in front has something to see.
PICTURE = """
const hasPicture = () => {
  const middle = innerHeight / 2;
  const isInFront = (box) => box.top <= middle && box.bottom >= middle;
  const pictures = [...document.querySelectorAll('article img')].filter((one) => one.complete && one.naturalWidth);
  const clips = [...document.querySelectorAll('video')].filter((video) => video.readyState >= 2);
  return [...pictures, ...clips].some((element) => isInFront(element.getBoundingClientRect()));
};
"""

# An instant scroll by one slide; resolves when a clip that was not playing before shows a frame while it plays. Frames
# are waited for from before the scroll on, as on the bare page: one that is asked for later is one frame late. `ready`
# tells how much of the clip was there when it was started, `hasPicture` whether the slide came in with a picture.
SWIPE = f"""
() => new Promise((resolve, reject) => {{
  {STATE} {PICTURE}
  const isScroller = (element) => getComputedStyle(element).scrollSnapType.startsWith('y');
  const scroller = [...document.querySelectorAll('*')].find(isScroller);
  if (!scroller) {{ reject(new Error('no snapping scroller')); return; }}
  const videos = [...document.querySelectorAll('video')];
  const before = videos.find((video) => !video.paused)?.currentSrc;
  const begun = performance.now();
  let pictured, ready;
  const note = ({{ target }}) => (ready ??= target.readyState);
  const done = (video) => {{
    removeEventListener('play', note, true);
    resolve({{ ms: performance.now() - begun, ready, hasPicture: pictured, source: video.currentSrc }});
  }};
  const wait = (video) => video.requestVideoFrameCallback(() =>
    video.paused || video.currentSrc === before ? wait(video) : done(video));
  addEventListener('play', note, true);
  videos.forEach(wait);
  setTimeout(() => reject(new Error(`no frame of another clip: ${{state(scroller, before)}}`)), {FRAME_WAIT_MS});
  scroller.scrollBy({{ top: scroller.clientHeight, behavior: 'instant' }});
  requestAnimationFrame(() => (pictured = hasPicture()));
}})
"""


@contextlib.contextmanager
def opened(browser: Browser, network: tuple[int, int] | None = None) -> Iterator[Page]:
    """A page with a cold cache.

    Args:
        browser: which.
        network: bit/s and ms of added latency; None: as fast as it is.
    """
    context = browser.new_context(viewport=PHONE)
    try:
        context.add_init_script(WATCHING)
        page = context.new_page()
        if network:
            _throttle(context.new_cdp_session(page), *network)
        yield page
    finally:
        context.close()


def _throttle(session: CDPSession, bits_per_s: int, latency_ms: int) -> None:
    session.send("Network.enable")
    speed = {"downloadThroughput": bits_per_s / 8, "uploadThroughput": bits_per_s / 8}
    session.send("Network.emulateNetworkConditions", {"offline": False, "latency": latency_ms, **speed})


def first_frame_ms(page: Page, url: str) -> float:
    """Navigation start → first frame."""
    page.goto(url, wait_until="commit")
    page.wait_for_function("() => window.__frames?.length > 0", timeout=FRAME_WAIT_MS)
    return float(page.evaluate("window.__frames[0].at"))
