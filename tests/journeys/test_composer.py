"""The upload page: dropped anywhere, written by keyboard, kept as a draft, opened on another device, posted, saved."""

import base64
import os
import pathlib
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.network import Network, enter, make_clip

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}
COUNT_TAGS = "import django; django.setup(); from revue.videos import tags; tags.count()"
DROP = """([data, name]) => {
  const files = new DataTransfer();
  files.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], name, { type: 'video/mp4' }));
  for (const kind of ['dragenter', 'dragover', 'drop'])
    document.querySelector('h1').dispatchEvent(
      new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
}"""
LEAVES = "() => dispatchEvent(new Event('beforeunload', { cancelable: true }))"
THEME = "(theme) => (document.documentElement.dataset.theme = theme)"


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return make_clip(tmp_path_factory.mktemp("clip") / "dance.mp4", seconds=2)


@pytest.fixture(scope="module")
def tagged(network: Network, clip: pathlib.Path) -> Network:
    """Somebody to name, with a video whose tag is known."""
    bea = network.member("bea")
    bea.wait_published(bea.post(clip, "First #journeys"))
    environ = {**os.environ, "REVUE_DATA_DIR": str(network.folder), "DJANGO_SETTINGS_MODULE": "revue.settings.django"}
    subprocess.run([sys.executable, "-c", COUNT_TAGS], env=environ, check=True)
    return network


@pytest.fixture(params=SIZES)
def context(request: pytest.FixtureRequest, browser: Browser, tagged: Network) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport=SIZES[request.param],  # type: ignore[arg-type]
        base_url=tagged.url,
        bypass_csp=True,
    )
    yield context
    context.close()


def is_clean(page: Page) -> bool:
    """Whether axe finds nothing in either theme."""
    found = []
    for theme in ("light", "dark"):
        page.evaluate(THEME, theme)
        found += complaints(page)
    assert found == []
    return True


def more_of(page: Page) -> Locator:
    """The button of the clip on the screen that opens its menu."""
    return page.locator("article:not([inert])").get_by_role("button", name="More", exact=True)


def write_by_keyboard(page: Page) -> None:
    """A caption with a tag and a person, both chosen from what is suggested."""
    caption = page.get_by_role("textbox", name="Caption")
    caption.focus()
    page.keyboard.type("Look at #jour")
    tag = page.get_by_role("option", name=re.compile("#journeys"))
    expect(tag).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="suggestions")).to_be_attached()
    assert is_clean(page)
    page.keyboard.press("ArrowDown")
    expect(caption).to_have_attribute("aria-activedescendant", tag.get_attribute("id") or "none")
    page.keyboard.press("Enter")
    expect(caption).to_have_value("Look at #journeys ")
    page.keyboard.type("with @be")
    person = page.get_by_role("option", name=re.compile("@bea"))
    expect(person).to_be_visible()
    page.keyboard.press("Escape")
    expect(person).to_be_hidden()
    page.keyboard.type("a")
    expect(person).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    expect(caption).to_have_value("Look at #journeys with @bea ")
    expect(caption).to_be_focused()


def open_again(page: Page) -> None:
    """The draft as it was written, with its film, on a device that has not seen it."""
    draft = page.get_by_role("button", name=re.compile("^Look at #journeys"))
    expect(draft).to_be_visible()
    assert is_clean(page)
    draft.press("Enter")
    expect(page.get_by_role("textbox", name="Caption")).to_have_value("Look at #journeys with @bea ")
    expect(page.get_by_role("combobox", name="Who can watch")).to_have_value("friends")
    expect(page.get_by_role("checkbox", name="Download")).not_to_be_checked()
    expect(page.get_by_role("radio", name="At a time")).to_be_checked()
    expect(page.get_by_role("slider", name="Cover")).to_have_value("100")  # its film came from the server
    assert is_clean(page)


def lose_the_line(page: Page) -> None:
    """What is written without a line is asked about before leaving, and saved when there is one again."""
    page.context.set_offline(True)
    page.get_by_role("textbox", name="Caption").press_sequentially("!")
    page.get_by_role("link", name="For You").first.click()
    question = page.get_by_role("dialog", name="Leave this page?")
    expect(question).to_be_visible()
    assert is_clean(page)
    assert not page.evaluate(LEAVES)
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    page.context.set_offline(False)
    expect(page.get_by_text("Saved", exact=True)).to_be_visible(timeout=15_000)


def test_a_post_is_written_by_keyboard_kept_on_another_device_and_posted(
    context: BrowserContext, browser: Browser, tagged: Network, clip: pathlib.Path
) -> None:
    ana = tagged.member(f"ana{len(tagged.members)}")
    page = context.new_page()
    enter(page, ana)
    page.goto("/upload")
    expect(page.get_by_text("Choose a video or photos")).to_be_visible()
    page.evaluate(DROP, [base64.b64encode(clip.read_bytes()).decode(), "dance.mp4"])
    expect(page.get_by_text("Uploaded")).to_be_visible()

    write_by_keyboard(page)
    page.get_by_role("combobox", name="Who can watch").select_option("friends")
    page.get_by_role("checkbox", name="Download").focus()
    page.keyboard.press("Space")
    page.get_by_role("radio", name="At a time").check()
    cover = page.get_by_role("slider", name="Cover")
    cover.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    assert page.evaluate(LEAVES), "nothing would be lost: nobody is asked"
    page.close()  # as a killed tab does, without a word

    elsewhere = browser.new_context(viewport=page.viewport_size, base_url=tagged.url, bypass_csp=True)
    page = elsewhere.new_page()
    enter(page, ana)
    page.goto("/upload")
    open_again(page)
    lose_the_line(page)
    page.get_by_role("combobox", name="Who can watch").select_option("everyone")
    page.get_by_role("radio", name="Post now").check()
    page.get_by_role("button", name="Post", exact=True).press("Enter")
    watch = page.get_by_role("link", name="Watch your video")
    expect(watch).to_be_visible(timeout=60_000)
    assert is_clean(page)
    path = watch.get_attribute("href") or ""
    watch.press("Enter")
    more_of(page).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^Download")).click()
    assert download.value.suggested_filename == f"{ana.handle}-{path.rpartition('/')[2]}.mp4"

    enter(page, tagged.members[0])
    page.goto(path)
    more_of(page).click()
    expect(page.get_by_role("button", name=re.compile("^Not interested"))).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Download"))).to_have_count(0)
    elsewhere.close()


def test_leaving_while_a_file_is_on_its_way_asks_once_and_a_draft_can_be_deleted(
    context: BrowserContext, tagged: Network, clip: pathlib.Path
) -> None:
    ana = tagged.member(f"leaver{len(tagged.members)}")
    page = context.new_page()
    enter(page, ana)
    page.route(
        "**/api/v1/uploads/*",
        lambda route: None if route.request.method == "PATCH" else route.continue_(),  # it never arrives
    )
    page.goto("/upload")
    page.locator("input[type=file]").set_input_files(clip)
    page.get_by_role("textbox", name="Caption").fill("Half a thing")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    assert not page.evaluate(LEAVES)
    page.get_by_role("link", name="For You").first.click()
    page.get_by_role("dialog", name="Leave this page?").get_by_role("button", name="Leave").click()
    page.wait_for_url("**/")
    page.unroute_all(behavior="ignoreErrors")

    page.goto("/upload")
    page.get_by_role("button", name=re.compile("^Half a thing File missing")).click()
    expect(page.get_by_text("has not arrived whole")).to_be_visible()
    page.locator("input[type=file]").set_input_files(clip)
    expect(page.get_by_text("Uploaded")).to_be_visible()
    expect(page.get_by_role("textbox", name="Caption")).to_have_value("Half a thing")
    page.get_by_role("button", name="Keep as a draft").click()
    page.get_by_role("button", name="Delete the draft “Half a thing”").click()
    question = page.get_by_role("dialog", name="Delete this draft?")
    assert is_clean(page)
    question.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="Drafts")).to_have_count(0)
    assert ana.call("GET", "/api/v1/me/drafts").json() == {"items": []}
    assert ana.call("GET", "/api/v1/me/storage").json()["used_bytes"] == 0
