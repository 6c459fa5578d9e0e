"""How long until something moves in the browser, and what the page weighs. See README.md."""

import argparse
import pathlib
import statistics
import tempfile
from collections.abc import Callable

from playwright.sync_api import Browser, sync_playwright

from bench.web import lighthouse, long, targets, times
from bench.web.browser import opened
from bench.web.fill import fill, multiply
from tests.journeys.conftest import BROWSER_FLAGS, find_chromium
from tests.journeys.network import Network, running

# What the page loaded, with the bytes that travelled, and whether it began without it.
LOADED = """
() => {
  const begun = performance.getEntriesByType('navigation')[0].domContentLoadedEventStart;
  return performance.getEntries().filter((entry) => 'encodedBodySize' in entry)
    .map((entry) => [entry.name, entry.encodedBodySize, entry.startTime > begun]);
}
"""
LIKES = 10


def main() -> None:
    """Run what was asked for and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.web", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="by default all")
    parser.add_argument("--runs", type=int, default=3, help="visits per network")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        with running(folder / "data") as network, sync_playwright() as playwright:
            video_id = fill(network, folder)
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=BROWSER_FLAGS)
            for part in words.parts or PARTS:
                PARTS[part](browser, network, video_id, words.runs)
            browser.close()


def weigh(browser: Browser, network: Network, _: str, __: int) -> None:
    """Bytes of the feed page."""
    sizes = page_bytes(browser, network.url)
    print("\nfeed page, on the line: " + ", ".join(f"{kind} {size / 1000:.1f} kB" for kind, size in sizes.items()))
    print(targets.HEAD)
    print(targets.SCRIPTS.row(sizes["script"] / 1000))
    print(targets.STYLES.row(sizes["style"] / 1000), flush=True)


def page_bytes(browser: Browser, url: str) -> dict[str, int]:
    """Bytes on the line of the page itself, of the scripts and styles it begins with, and of those it loads ahead."""
    with opened(browser) as page:
        page.goto(url, wait_until="load")
        page.wait_for_timeout(1500)
        found = page.evaluate(LOADED)
    sizes = {"document": 0, "script": 0, "style": 0, "ahead": 0}
    for address, size, is_ahead in found:
        kind = {".js": "script", ".css": "style"}.get(pathlib.PurePosixPath(address).suffix)
        if kind or address.rstrip("/") == url:
            sizes["ahead" if kind and is_ahead else kind or "document"] += size
    return sizes


def time(browser: Browser, network: Network, _: str, runs: int) -> None:
    """Frames, beside the least that any page can do."""
    print("\nmilliseconds, median (p95); floor: a page that is nothing but the same clips")
    print("| network | | navigation → frame | swipe, cold | swipe, dwelt 3 s | flick |")
    print("|---|---|---|---|---|---|")
    rows = []
    for name, line in times.NETWORKS.items():
        ours, floor = times.measured(browser, network.url, line, runs)
        print("|", name, "| ours |", " | ".join(map(times.told, columns(ours))), "|", times.told(ours.flick), "|")
        print("| | floor |", " | ".join(map(times.told, columns(floor))), "| |")
        ratios = [
            statistics.median(a) / statistics.median(b) for a, b in zip(columns(ours), columns(floor), strict=True)
        ]
        print("| | ratio |", " | ".join(f"{ratio:.2f}" for ratio in ratios), "| |", flush=True)
        rows += [
            targets.NAVIGATION[name].row(statistics.median(ours.navigation)),
            targets.COLD[name].row(statistics.median(ours.cold)),
            targets.PRELOADED.row(times.p95(ours.preloaded)),
            targets.HITS.row(100 * statistics.mean(ours.hits)),
            targets.STALLED.row(100 * ours.stalled_ms / max(1, ours.stalled_ms + ours.played_ms)),
        ]
    print(f"\n{targets.HEAD}", *rows, sep="\n", flush=True)


def columns(samples: times.Samples) -> list[list[float]]:
    """What ours and the floor have in common."""
    return [samples.navigation, samples.cold, samples.preloaded]


def go_on(browser: Browser, network: Network, _: str, __: int) -> None:
    """A long visit."""
    multiply(network)
    visit = long.visited(browser, network.url)
    print(f"\n{long.CLIPS} clips in one visit, no throttling; swipe → frame {times.told(visit.swipes)} ms")
    print("| clips | DOM nodes | heap, MB | video elements |\n|---|---|---|---|")
    for held in visit.held:
        print(f"| {held.clips} | {held.nodes} | {held.heap_mb:.1f} | {held.videos} |")
    liked = long.liked_ms(browser, network.url, network.members[0], LIKES)
    print(f"\n{targets.HEAD}")
    print(targets.NODES.row(visit.held[-1].nodes))
    print(targets.VIDEOS.row(max(held.videos for held in visit.held)))
    print(targets.POSTERS.row(100 * visit.pictures))
    print(targets.SHIFT.row(visit.shift))
    print(targets.LIKED.row(statistics.median(liked)))
    print(
        f"errors of the console and requests to other hosts: {len(visit.complaints)}", *visit.complaints[:5], sep="\n"
    )


def judge(_: Browser, network: Network, video_id: str, runs: int) -> None:
    """Lighthouse."""
    columns = (lighthouse.CATEGORIES[0], lighthouse.ALONE, *lighthouse.CATEGORIES[1:])
    print("\nLighthouse, a phone as it simulates it, medians; alone: had each task had a processor to itself")
    print(f"| page | {' | '.join(columns)} |\n|---{'|---' * len(columns)}|")
    pages = {
        "feed": "/",
        "video": f"/@bench0/{video_id}",
        "profile": "/@bench0",
        "upload": "/upload",
        "settings": "/settings",
    }
    for name, path in pages.items():
        points = [lighthouse.judged(network.url + path) for _ in range(runs)]
        medians = [statistics.median(one[column] for one in points) for column in columns]
        print("|", name, "|", " | ".join(f"{found:.0f}" for found in medians), "|", flush=True)


PARTS: dict[str, Callable[[Browser, Network, str, int], None]] = {
    "bytes": weigh,
    "times": time,
    "long": go_on,
    "lighthouse": judge,
}

if __name__ == "__main__":
    main()
