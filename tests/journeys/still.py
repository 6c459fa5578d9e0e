"""When a page has come to rest."""

import contextlib
import time
from collections.abc import Iterator

from playwright.sync_api import Page, Request

MOST_SECONDS = 8
# A disc may turn for ever: what counts is what is still on its way to its place, or through a change of colour.
_STANDS = """() =>
  document.fonts.status === 'loaded' &&
  [...document.images].every((one) => one.complete || one.loading === 'lazy') &&
  !document.getAnimations().some(
    (one) => one.playState === 'running' && Number.isFinite(one.effect.getComputedTiming().endTime),
  )"""
_AFTER_TWO_FRAMES = "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"
# A feed goes on loading clips, and the live stream never ends.
_ENDLESS = ("/media/", "/live?")


def wait_until_still(page: Page) -> None:
    """Until pictures and fonts are there and nothing moves to its place any more; a few seconds are the most."""
    page.evaluate(_AFTER_TWO_FRAMES)
    deadline = time.monotonic() + MOST_SECONDS
    while time.monotonic() < deadline and not page.evaluate(_STANDS):
        page.wait_for_timeout(50)


@contextlib.contextmanager
def resting(page: Page, *, quiet_seconds: float = 0.3) -> Iterator[None]:
    """After what is done within, wait until all that the page asked for has come, and it stands still."""
    under_way: set[Request] = set()
    changed = [time.monotonic()]

    def begins(asked: Request) -> None:
        if not any(part in asked.url for part in _ENDLESS):
            under_way.add(asked)
            changed[0] = time.monotonic()

    def ends(asked: Request) -> None:
        under_way.discard(asked)
        changed[0] = time.monotonic()

    handlers = {"request": begins, "requestfinished": ends, "requestfailed": ends}
    for name, handler in handlers.items():
        page.on(name, handler)  # type: ignore[call-overload]
    yield
    deadline = time.monotonic() + MOST_SECONDS
    while time.monotonic() < deadline and (under_way or time.monotonic() - changed[0] < quiet_seconds):
        page.wait_for_timeout(50)
    for name, handler in handlers.items():
        page.remove_listener(name, handler)
    wait_until_still(page)


def open_and_rest(page: Page, path: str) -> None:
    """Go to an address, and let its page come to rest."""
    with resting(page):
        page.goto(path)
