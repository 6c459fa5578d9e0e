"""Films played in a real Chromium from the real site."""

import contextlib
import dataclasses
import os
import pathlib
import subprocess
import sys
from collections.abc import Iterator

import httpx
from playwright.sync_api import Page, sync_playwright

from tests.journeys.conftest import BROWSER_FLAGS, find_chromium
from tests.journeys.network import eventually, free_port

_PATIENCE_MS = 20_000
# Plays a film without sound; answers once a picture of it was painted and its clock has moved, or why not.
_PLAY = """
async ([source, patience]) => {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.width = 360;
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error('nothing for too long')), patience));
  const broken = new Promise((_, fail) => {
    video.onerror = () => fail(new Error(`error ${video.error?.code} ${video.error?.message}`));
  });
  const painted = new Promise((done) => video.requestVideoFrameCallback(done));
  const moved = new Promise((done) => {
    const look = () => (video.currentTime > 0 ? done() : setTimeout(look, 20));
    look();
  });
  document.body.replaceChildren(video);
  video.src = source;
  await Promise.race([Promise.all([video.play(), painted, moved]), late, broken]);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 8;
  const context = canvas.getContext('2d');
  context.drawImage(video, 0, 0, 8, 8);
  const opaque = context.getImageData(4, 4, 1, 1).data[3] === 255;
  const answer = { width: video.videoWidth, height: video.videoHeight, time: video.currentTime, opaque };
  video.pause();
  return answer;
}
"""


@dataclasses.dataclass(frozen=True)
class Player:
    """A page of the site on which films are played."""

    page: Page
    url: str

    def problem(self, key: str, width: int, height: int) -> str:
        """Why a rendition does not play as it should; empty when it does."""
        try:
            shown = self.page.evaluate(_PLAY, [f"{self.url}/media/{key}", _PATIENCE_MS])
        except Exception as error:  # noqa: BLE001 - whatever the browser says is the finding
            return str(error).splitlines()[0]
        if (shown["width"], shown["height"]) != (width, height):
            return f"{shown['width']}x{shown['height']} instead of {width}x{height}"
        return "" if shown["opaque"] and shown["time"] > 0 else f"nothing to be seen: {shown}"


@contextlib.contextmanager
def player(root: pathlib.Path) -> Iterator[Player]:
    """The site of a data folder, and a browser that looks at it."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with (root / "web.log").open("ab") as log:
        words = [sys.executable, "-m", "revue.cli", "web", "--data", str(root), "--port", str(port)]
        web = subprocess.Popen(words, stdout=log, stderr=log, env={**os.environ, "REVUE_PUBLIC_URL": url})
    try:
        eventually(lambda: _answers(url), what="the site answers")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=BROWSER_FLAGS)
            page = browser.new_page()
            page.goto(f"{url}/readyz")
            yield Player(page, url)
            browser.close()
    finally:
        web.terminate()
        web.wait(30)


def _answers(url: str) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(f"{url}/readyz", timeout=2).status_code == httpx.codes.OK
    return False
