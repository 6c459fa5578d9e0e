"""An app on the home screen: it opens without a line, plays what was watched, and takes what other apps share."""

import base64
import json
import pathlib
import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import revue
from tests.journeys.axe import complaints
from tests.journeys.network import Member, Network, enter, eventually, make_clip, running_with_tables

pytestmark = [pytest.mark.journey, pytest.mark.timeout(420)]

CLIP_SECONDS = 8
PLAYING = "() => [...document.querySelectorAll('video')].some((v) => !v.paused && v.currentTime > 0.1)"
IS_READY = "async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated'"
SEEN = """async () => {
  if (!(await caches.has('seen'))) return [];
  const answer = await (await caches.open('seen')).match('/offline/seen.json');
  return answer ? (await answer.json()).clips.map(({ video }) => video.id) : [];
}"""
SEEK = """async (seconds) => {
  const video = [...document.querySelectorAll('video')].find((v) => !v.paused);
  video.currentTime = seconds;
  await new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
  return { src: video.currentSrc, time: video.currentTime, error: video.error?.message ?? '' };
}"""
IS_WAITING = "async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)"
IS_BUSY = "async () => (await navigator.locks.query()).held.some(({ name }) => name === 'revue.busy')"
CACHES = "async () => (await caches.keys()).filter((name) => name.startsWith('shell-'))"
SHARE = """([name, type, data]) => {
  const form = Object.assign(document.createElement('form'), {
    action: '/share', method: 'POST', enctype: 'multipart/form-data',
  });
  const field = Object.assign(document.createElement('input'), { type: 'file', name: 'media' });
  const given = new DataTransfer();
  given.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], name, { type }));
  field.files = given.files;
  form.append(field);
  document.body.append(form);
  form.submit();
}"""

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def ana(network: Network) -> Member:
    """Somebody with two clips that everybody may watch."""
    member = network.member("ana")
    clip = make_clip(network.folder.parent / "clip.mp4", seconds=CLIP_SECONDS)
    for video_id in [member.post(clip, f"Clip {number} #offline") for number in range(2)]:
        member.wait_published(video_id)
    return member


@pytest.fixture
def context(browser: Browser, ana: Member) -> Iterator[BrowserContext]:
    """A phone."""
    context = browser.new_context(viewport=PHONE, base_url=ana.url, has_touch=True)
    yield context
    context.close()


def open_app(context: BrowserContext, path: str = "/") -> Page:
    """Open the app and wait until its worker is there."""
    page = context.new_page()
    page.goto(path)
    eventually(lambda: page.evaluate(IS_READY), what="the worker is there")
    return page


def wait_kept(page: Page) -> list[str]:
    """Which videos are kept in this browser, once there are some."""
    return list(eventually(lambda: page.evaluate(SEEN), what="a clip is kept"))


def wait_forgotten(page: Page) -> None:
    eventually(lambda: page.evaluate(SEEN) == [], what="nothing is kept")


def test_the_app_opens_without_a_line_and_plays_what_was_watched(
    context: BrowserContext, network: Network, tmp_path: pathlib.Path
) -> None:
    page = open_app(context)
    assert len(wait_kept(page)) == 1
    network.stop()
    try:
        page.reload()
        page.wait_for_function(PLAYING)
        found = page.evaluate(SEEK, CLIP_SECONDS - 2)
        assert found["src"].endswith(".mp4?seen")
        assert (found["error"], round(found["time"])) == ("", CLIP_SECONDS - 2)
        expect(page.get_by_text("You are offline: seen videos only")).to_be_visible()
        page.get_by_role("button", name="Like").first.click()
        expect(page.get_by_text("You seem to be offline.")).to_be_visible()
        assert page.evaluate("() => document.getElementById('scroller').scrollTop") == 0
        page.screenshot(path=tmp_path / "offline.png")
        assert complaints(page) == []
    finally:
        network.start()
    page.get_by_role("complementary", name="Notes").get_by_role("button").click()
    page.wait_for_function(PLAYING)
    expect(page.get_by_text("You are offline")).to_have_count(0)
    assert "?seen" not in page.evaluate("() => [...document.querySelectorAll('video')].map((v) => v.src).join()")


def test_online_the_worker_keeps_out_of_media_and_of_the_api(context: BrowserContext) -> None:
    open_app(context).close()
    page = context.new_page()
    answered = []
    page.on("response", lambda answer: answered.append((answer.url, answer.from_service_worker)))
    page.goto("/")
    page.wait_for_function(PLAYING)
    assert page.evaluate("() => navigator.serviceWorker.controller?.scriptURL").endswith("/sw.js")
    wait_kept(page)
    assert any("/media/clips/" in url for url, _ in answered)
    assert [url for url, by_worker in answered if by_worker and re.match(r"\w+://[^/]+/(media|api|live)\b", url)] == []


def test_what_is_deleted_goes_and_so_does_everything_on_signing_out(
    context: BrowserContext, network: Network, ana: Member
) -> None:
    page = open_app(context, "/@ana")
    enter(page, ana)
    clip = make_clip(network.folder.parent / "short.mp4", tone=700, seconds=CLIP_SECONDS)
    short = ana.post(clip, "Not for long")
    ana.wait_published(short)
    page.goto(f"/@ana/{short}")
    assert wait_kept(page) == [short]
    ana.call("DELETE", f"/api/v1/videos/{short}")
    page.goto("/settings/sessions")
    wait_forgotten(page)
    page.goto("/")
    wait_kept(page)
    page.goto("/settings/sessions")
    page.locator("aside[aria-label=Notes]").wait_for(state="attached")  # what forgets is there
    page.get_by_role("button", name="Sign out here").click()
    wait_forgotten(page)


def test_while_the_history_is_paused_nothing_is_kept(context: BrowserContext, network: Network) -> None:
    shy = network.member("shy")
    shy.call("PATCH", "/api/v1/me/feed", json={"is_history_paused": True})
    page = open_app(context)
    enter(page, shy)
    page.goto("/")
    page.wait_for_function(PLAYING)
    page.wait_for_timeout(6000)
    assert page.evaluate(SEEN) == []


def give(page: Page, clip: pathlib.Path) -> None:
    """What a phone does when somebody shares a file with the app."""
    data = base64.b64encode(clip.read_bytes()).decode()
    with page.expect_navigation():
        page.evaluate(SHARE, [clip.name, "video/mp4", data])


def test_a_shared_file_is_uploaded_when_its_owner_says_so(context: BrowserContext, network: Network) -> None:
    page = open_app(context)
    sam = network.member("sam")
    enter(page, sam)
    page.goto("/")
    clip = make_clip(network.folder.parent / "from the camera.mp4", size="720x1280")
    give(page, clip)
    expect(page.get_by_text("from the camera.mp4")).to_be_visible()
    assert page.evaluate("() => caches.has('shared')") is False
    assert complaints(page) == []
    assert list((network.folder / "uploads").iterdir()) == [], "nothing is sent before"
    page.get_by_role("button", name="Upload it").click()
    page.get_by_role("textbox", name=re.compile("caption", re.IGNORECASE)).fill("Shared from my camera")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("link", name=re.compile("watch", re.IGNORECASE)).first).to_be_visible(timeout=60_000)
    assert [one["caption"] for one in sam.call("GET", "/api/v1/me/videos").json()["items"]] == ["Shared from my camera"]


def test_a_file_shared_without_a_worker_is_asked_for_again(browser: Browser, network: Network) -> None:
    context = browser.new_context(viewport=PHONE, base_url=network.url, service_workers="block")
    page = context.new_page()
    enter(page, network.member("lou"))
    page.goto("/settings/appearance")
    give(page, make_clip(network.folder.parent / "lost.mp4", size="720x1280"))
    assert page.url.startswith(f"{network.url}/upload")
    expect(page.get_by_text("did not arrive")).to_be_visible()
    context.close()


def deploy(package: pathlib.Path) -> str:
    """Make a new version of the built app in `package`: its scripts have other names. Returns that of the first."""
    dist = package / "web" / "dist"
    scripts = list((dist / "assets").glob("*.js"))
    for path in [dist / "manifest.en.json", dist / "sw.js", *scripts]:
        text = re.sub("shell-[0-9a-f]{12}", "shell-0123456789ab", path.read_text())
        for script in scripts:
            text = text.replace(script.name, f"{script.stem}-new.js")
        path.write_text(text)
    for path in [*dist.rglob("*.br"), *dist.rglob("*.gz")]:
        path.unlink()
    for script in scripts:
        script.rename(script.with_name(f"{script.stem}-new.js"))
    return f"/{json.loads((dist / 'manifest.en.json').read_text())['src/main.ts']['file']}"


def test_a_new_version_waits_until_the_viewer_wants_it(browser: Browser, tmp_path: pathlib.Path) -> None:
    package = tmp_path / "source" / "revue"
    shutil.copytree(pathlib.Path(revue.__file__).parent, package)
    with running_with_tables(tmp_path / "data", source=package.parent) as network:
        member = network.member("mia")
        context = browser.new_context(viewport=PHONE, base_url=network.url)
        page = open_app(context, "/settings/appearance")
        enter(page, member)
        page.reload()
        page.evaluate("() => { window.isOldPage = true }")
        network.stop()
        script = deploy(package)
        network.start()
        other = context.new_page()
        other.goto("/upload")
        other.locator("input[type=file]").set_input_files(make_clip(tmp_path / "busy.mp4"))
        expect(other.get_by_role("button", name="Post", exact=True)).to_be_visible()
        page.locator("aside[aria-label=Notes]").wait_for(state="attached")  # what looks for versions is there
        page.evaluate("async () => { await (await navigator.serviceWorker.getRegistration()).update() }")
        eventually(lambda: page.evaluate(IS_WAITING), what="the new worker waits")
        page.get_by_text("New version").locator("..").get_by_role("button", name="Reload").click()
        expect(page.get_by_text("A post is still being made")).to_be_visible()
        assert page.evaluate("() => window.isOldPage")
        other.close()
        eventually(lambda: not page.evaluate(IS_BUSY), what="the post is given up")
        with page.expect_navigation():
            page.get_by_text("New version").locator("..").get_by_role("button", name="Reload").click()
        assert page.locator(f'script[src="{script}"]').count() == 1
        eventually(lambda: page.evaluate(CACHES) == ["shell-0123456789ab"], what="the old version is gone")
        context.close()
