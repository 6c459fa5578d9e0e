"""A public video on another site's page: worked by hand, by keys and by messages, with no request to anybody else."""

import functools
import http.server
import pathlib
import re
import threading
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.network import Network, make_clip

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

# What any page may do: frame what oEmbed answered, and keep what the player says.
HOST_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Elsewhere</title>
<body><h1>A page about dancing</h1>{frame}
<script>
  window.heard = [];
  addEventListener('message', (event) => heard.push({{ ...event.data, origin: event.origin }}));
  window.tell = (word) => document.querySelector('iframe').contentWindow.postMessage(word, '{url}');
</script></body></html>"""


@pytest.fixture(scope="module")
def video_id(network: Network) -> str:
    """A public clip of two seconds with sound."""
    member = network.member("mara")
    clip = make_clip(network.folder.parent / "clip.mp4", seconds=2)
    made = member.post(clip, "A dance in the rain, from the first drop to the last #rain")
    member.wait_published(made)
    return made


@pytest.fixture(scope="module")
def elsewhere(network: Network, video_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of another site's page that frames the video as oEmbed says."""
    folder = tmp_path_factory.mktemp("elsewhere")
    asked = {"url": f"{network.url}/@mara/{video_id}", "maxheight": 560}
    told = network.members[0].http.get("/oembed", params=asked).json()
    (folder / "index.html").write_text(HOST_PAGE.format(frame=told["html"], url=network.url))
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}/index.html"
        server.shutdown()
        thread.join()


@pytest.fixture
def context(browser: Browser, network: Network) -> Iterator[BrowserContext]:
    """A browser whose content policy holds; it fails the test that complains, or asks anybody else."""
    context = browser.new_context(viewport={"width": 800, "height": 720})
    complaints: list[str] = []
    hosts = (f"{network.url}/", "http://localhost:", "data:", "blob:")
    context.on("request", lambda asked: asked.url.startswith(hosts) or complaints.append(asked.url))
    context.on("console", lambda line: line.type in ("error", "warning") and complaints.append(line.text))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield context
    context.close()
    assert [line for line in complaints if "favicon" not in line] == []


@pytest.fixture
def page(context: BrowserContext, elsewhere: str) -> Page:
    page = context.new_page()
    page.route("**/favicon.ico", lambda route: route.fulfill(status=HTTPStatus.NO_CONTENT))
    page.goto(elsewhere)
    wait_for(page, "ready")
    return page


def wait_for(page: Page, word: str, condition: str = "true") -> dict[str, Any]:
    """The last message of a kind for which `condition` holds, once there is one."""
    find = f"() => heard.findLast((said) => said.revue === '{word}' && ({condition}))"
    found: dict[str, Any] = page.wait_for_function(find).json_value()
    return found


def player_of(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


def test_it_waits_with_its_poster_and_plays_with_sound_once_somebody_presses(
    page: Page, context: BrowserContext
) -> None:
    player = player_of(page)
    video = player.locator("video")
    assert video.evaluate("(video) => [video.paused, video.readyState, video.controls]") == [True, 0, False]
    player.locator(".big").click()
    said = wait_for(page, "play")
    assert (said["muted"], said["duration"] > 1) == (False, True)
    first = wait_for(page, "time", "said.seconds > 0")
    wait_for(page, "ended")  # it loops
    assert video.evaluate("(video) => !video.paused")
    assert first["origin"] in page.frames[1].url
    player.get_by_role("group", name="Player").get_by_role("button", name="Pause").click()
    wait_for(page, "pause")
    assert context.cookies() == []


def test_the_page_around_it_works_it_by_messages(page: Page) -> None:
    page.evaluate("tell({ revue: 'play' })")
    assert wait_for(page, "play")["muted"], "nobody has touched the player, so it is silent"
    page.evaluate("tell({ revue: 'pause' })")
    wait_for(page, "pause")
    page.evaluate("tell({ revue: 'seek', seconds: 1 })")
    wait_for(page, "time", "said.seconds === 1")
    page.evaluate("tell({ revue: 'unmute' })")
    wait_for(page, "sound", "!said.muted")
    page.evaluate("tell({ revue: 'mute' })")
    wait_for(page, "sound", "said.muted")
    page.evaluate("tell('nonsense'); tell({ revue: 'seek', seconds: '9' }); tell(null)")
    assert player_of(page).locator("video").evaluate("(video) => video.currentTime") == 1


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    player = player_of(page)
    page.keyboard.press("Tab")
    names = []
    for _ in range(6):
        names.append(page.frames[1].evaluate("document.activeElement.ariaLabel ?? document.activeElement.innerText"))
        page.keyboard.press("Tab")
    assert any("mara" in name for name in names), names
    assert {"Play", "Progress", "Sound"} <= set(names), names
    player.locator(".bar .play").focus()
    page.keyboard.press("Space")
    assert not wait_for(page, "play")["muted"]
    page.keyboard.press("m")
    wait_for(page, "sound", "said.muted")
    page.keyboard.press("k")
    wait_for(page, "pause")
    player.get_by_role("slider", name="Progress").focus()
    page.keyboard.press("Home")
    wait_for(page, "time", "said.seconds === 0")


def test_its_words_lead_to_the_page_of_the_video(page: Page, network: Network, video_id: str) -> None:
    link = player_of(page).get_by_role("link", name=re.compile("^Watch on"))
    with page.context.expect_page() as opened:
        link.click()
    opened.value.wait_for_url(f"{network.url}/@mara/{video_id}")
    opened.value.close()


@pytest.mark.parametrize("size", [(360, 640), (560, 315), (180, 220)])
def test_axe_finds_nothing_at_any_size(
    browser: Browser, network: Network, video_id: str, tmp_path: pathlib.Path, size: tuple[int, int]
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
    page = context.new_page()
    for path in (f"/embed/{video_id}", "/embed/4kQz"):
        page.goto(f"{network.url}{path}")
        page.screenshot(path=tmp_path / f"{size[0]}{path.replace('/', '-')}.png")
        assert complaints(page) == []
    context.close()


def test_who_frames_a_video_that_was_hidden_is_told_so(
    browser: Browser, network: Network, video_id: str, elsewhere: str
) -> None:
    network.members[0].call("PATCH", f"/api/v1/videos/{video_id}", json={"visibility": "only_me"})
    page = browser.new_page()
    page.goto(elsewhere)
    expect(player_of(page).get_by_role("heading", name="Nothing on this stage")).to_be_visible()
    page.close()
