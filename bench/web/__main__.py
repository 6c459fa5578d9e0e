"""Navigation → first frame and swipe → first frame under a throttled network. See README.md."""

import argparse
import pathlib
import statistics
import subprocess
import tempfile
import time

import httpx
import imageio_ffmpeg
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from tests.journeys.conftest import BROWSER_FLAGS, find_chromium
from tests.journeys.network import Network, running

PHONE = {"width": 390, "height": 844}
NETWORKS = {"10 Mbit/s, 40 ms": (10_000_000, 40), "1.6 Mbit/s, 150 ms": (1_600_000, 150)}
CLIPS = 12
SWIPES = 5
DWELL_MS = 3000
FRAME_WAIT_MS = 20_000

# Notes the first frame of each source on each <video>, on the page's own clock.
WATCH_FRAMES = """
window.__frames = [];
const watched = new WeakMap();
const watch = (video) => {
  const source = video.currentSrc || video.src;
  if (!source || watched.get(video) === source) return;
  watched.set(video, source);
  const note = () => video.requestVideoFrameCallback((now) => {
    if (video.paused) { note(); return; }
    window.__frames.push({ at: performance.now(), source });
  });
  note();
};
setInterval(() => document.querySelectorAll('video').forEach(watch), 5);
"""
# What the page loaded, with the bytes that travelled.
LOADED = """
() => performance.getEntries().filter((entry) => 'encodedBodySize' in entry)
  .map((entry) => [entry.name, entry.encodedBodySize])
"""
# An instant scroll by one slide; resolves when a clip that was not playing before shows a frame while it plays.
SWIPE = """
() => new Promise((resolve, reject) => {
  const scroller = [...document.querySelectorAll('*')].find((e) => getComputedStyle(e).scrollSnapType.startsWith('y'));
  if (!scroller) { reject(new Error('no snapping scroller')); return; }
  const playing = () => [...document.querySelectorAll('video')].find((video) => !video.paused);
  const before = playing()?.currentSrc;
  const begun = performance.now();
  const next = () => {
    const video = playing();
    if (!video || !video.currentSrc || video.currentSrc === before) { requestAnimationFrame(next); return; }
    const ready = video.readyState;
    video.requestVideoFrameCallback(() => resolve({ ms: performance.now() - begun, ready }));
  };
  scroller.scrollBy({ top: scroller.clientHeight, behavior: 'instant' });
  next();
})
"""


def make_textured_clip(path: pathlib.Path, number: int) -> pathlib.Path:
    """Ten seconds with enough detail that a 540 rendition comes near its bitrate cap."""
    picture = f"mandelbrot=size=540x960:rate=30:start_scale={3 / (number + 1)}"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", picture]
    command += ["-f", "lavfi", "-i", f"sine=frequency={220 + 20 * number}", "-t", "10", "-c:v", "libx264"]
    subprocess.run([*command, "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", str(path)], check=True)
    return path


def fill(network: Network, folder: pathlib.Path) -> None:
    """Post the clips, a few authors each with a few."""
    posted = []
    for number in range(CLIPS):
        member = network.member(f"bench{number}")
        posted.append((member, member.post(make_textured_clip(folder / f"{number}.mp4", number), f"Clip {number}")))
    for member, video_id in posted:
        member.wait_published(video_id)
    deadline = time.monotonic() + 300  # let the remaining renditions finish, or they would load the processor
    while network.children("ffmpeg") and time.monotonic() < deadline:
        time.sleep(1)


def open_page(browser: Browser, bits_per_s: int, latency_ms: int) -> tuple[BrowserContext, Page]:
    """A page with a cold cache behind a throttled network."""
    context = browser.new_context(viewport=PHONE)
    context.add_init_script(WATCH_FRAMES)
    page = context.new_page()
    session: CDPSession = context.new_cdp_session(page)
    session.send("Network.enable")
    throttle = {"offline": False, "latency": latency_ms, "downloadThroughput": bits_per_s / 8}
    session.send("Network.emulateNetworkConditions", {**throttle, "uploadThroughput": bits_per_s / 8})
    return context, page


def first_frame_ms(page: Page, url: str) -> float:
    """Navigation start → first frame."""
    page.goto(url, wait_until="commit")
    page.wait_for_function("() => window.__frames?.length > 0", timeout=FRAME_WAIT_MS)
    return float(page.evaluate("window.__frames[0].at"))


def measure(browser: Browser, url: str, clip: str, network: tuple[int, int], runs: int) -> dict[str, list[float]]:
    """All samples for one network, floor and ours in turn."""
    samples: dict[str, list[float]] = {"floor": [], "navigation": [], "preloaded": [], "flick": [], "hits": []}
    for _ in range(runs):
        context, page = open_page(browser, *network)
        samples["floor"].append(first_frame_ms(page, clip))
        context.close()
        context, page = open_page(browser, *network)
        samples["navigation"].append(first_frame_ms(page, url))
        for _ in range(SWIPES):
            page.wait_for_timeout(DWELL_MS)
            swipe = page.evaluate(SWIPE)
            samples["preloaded"].append(swipe["ms"])
            samples["hits"].append(float(swipe["ready"] >= 3))
        for _ in range(3):
            samples["flick"].append(page.evaluate(SWIPE)["ms"])
        context.close()
    return samples


def page_bytes(browser: Browser, url: str) -> dict[str, int]:
    """Bytes on the line of the page itself and of the scripts and styles that it loads by itself."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(url, wait_until="load")
    page.wait_for_timeout(1500)
    found = page.evaluate(LOADED)
    context.close()
    sizes = {"document": 0, "script": 0, "style": 0}
    for address, size in found:
        kind = {".js": "script", ".css": "style"}.get(pathlib.PurePosixPath(address).suffix)
        sizes[kind or "document"] += size if kind or address.rstrip("/") == url else 0
    return sizes


def median(values: list[float]) -> float:
    """The median of some samples."""
    return statistics.median(values)


def main() -> None:
    """Run everything and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        with running(folder / "data") as network, sync_playwright() as playwright:
            fill(network, folder)
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=BROWSER_FLAGS)
            report(browser, network.url, runs)
            browser.close()


def report(browser: Browser, url: str, runs: int) -> None:
    """Measure each network and print a row for it."""
    sizes = page_bytes(browser, url)
    told = ", ".join(f"{kind} {size / 1000:.1f} kB" for kind, size in sizes.items())
    print(f"feed page, on the line: {told}")
    item = httpx.get(f"{url}/api/v1/feed/foryou", params={"limit": 1}).json()["items"][0]
    clip = url + item["renditions"][0]["url"]
    print(
        "| network | floor, bare file | navigation → frame | ratio | swipe, dwelt 3 s: median (max) | ready | flick |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, network in NETWORKS.items():
        s = measure(browser, url, clip, network, runs)
        floor, ours = median(s["floor"]), median(s["navigation"])
        swipe = f"{median(s['preloaded']):.0f} ({max(s['preloaded']):.0f})"
        row = [name, f"{floor:.0f} ms", f"{ours:.0f} ms", f"{ours / floor:.2f}", swipe]
        print("|", " | ".join([*row, f"{100 * statistics.mean(s['hits']):.0f} %", f"{median(s['flick']):.0f} ms"]), "|")


if __name__ == "__main__":
    main()
