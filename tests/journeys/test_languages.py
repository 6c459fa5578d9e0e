"""The app in another language, from right to left too: no English is left, and it stays as the viewer has chosen."""

import json
import pathlib
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.network import Member, Network, enter, make_clip
from tests.journeys.still import open_and_rest

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

TEMPLATE = pathlib.Path(__file__).parents[2] / "frontend" / "languages" / "messages.pot"
#: Everything that somebody can read or hear on a page.
READ = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { textContent, parentElement } = walker.currentNode;
    if (!parentElement.closest('script, style, noscript')) found.push(textContent);
  }
  for (const element of document.body.querySelectorAll('*'))
    for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt'])
      if (element.hasAttribute(name)) found.push(element.getAttribute(name));
  return found.map((text) => text.replace(/\\s+/g, ' ').trim()).filter(Boolean);
}"""
PAGES = [
    *("/", "/@ana", "/tag/accessible", "/upload", "/history", "/settings/profile", "/settings/feed"),
    *("/explore", "/search", "/inbox", "/messages", "/studio"),
]


def english() -> set[str]:
    """The texts of the source that have no gap to fill; those that other languages share are left out."""
    found = re.findall(r'^msgid (".*"(?:\n".*")*)$', TEMPLATE.read_text(), re.MULTILINE)
    texts = {"".join(json.loads(line) for line in text.splitlines()) for text in found}
    return {text for text in texts if text and not re.search(r"[{<#]", text)} - {"Edge", "Esc", "Page ↓", "Page ↑"}


@pytest.fixture(scope="module")
def ana(network: Network) -> Member:
    """Somebody with a clip and a comment."""
    member = network.member("ana")
    video_id = member.post(make_clip(network.folder.parent / "clip.mp4"), "Clip one #accessible")
    member.wait_published(video_id)
    member.call("POST", f"/api/v1/videos/{video_id}/comments", json={"text": "Lovely day"})
    return member


@pytest.fixture(params=["dark", "light"])
def page(request: pytest.FixtureRequest, browser: Browser, network: Network) -> Iterator[Page]:
    """A visitor from somewhere people read Arabic."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, base_url=network.url, bypass_csp=True, locale="ar"
    )
    context.add_init_script(f"localStorage.setItem('revue.theme', '{request.param}')")
    yield context.new_page()
    context.close()


def check(page: Page) -> None:
    """It runs from right to left, axe finds nothing, and nothing on it is in English."""
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert complaints(page) == []
    assert english() & set(page.evaluate(READ)) == set()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_reader_of_arabic_has_the_whole_app_in_it(page: Page, ana: Member) -> None:
    page.goto("/")
    expect(page.get_by_role("link", name="تسجيل الدخول")).to_be_visible()
    enter(page, ana)
    for path in PAGES:
        open_and_rest(page, path)
        check(page)
    page.goto("/")
    for key in ("c", "?"):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        check(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="المزيد").last.click()
    check(page)
    page.goto(f"/@ana/{ana.call('GET', '/api/v1/me/videos').json()['items'][0]['id']}/edit")
    page.get_by_label("اختر ملفًا").set_input_files({"name": "a.srt", "mimeType": "text/plain", "buffer": b"no times"})
    expect(page.get_by_role("alert")).to_have_text("هذه ليست ترجمة مكتوبة بصيغة WebVTT أو SRT.")  # the server says it
    check(page)


@pytest.mark.parametrize("page", ["dark"], indirect=True)
def test_a_language_that_is_chosen_stays(page: Page) -> None:
    page.goto("/settings/language")
    page.get_by_role("radio", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.get_by_role("heading", name="Sprache")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("link", name="Für dich").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Für dich").first).to_be_visible()
    page.goto("/settings/language")
    page.get_by_role("radio", name="Wie der Browser").click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
