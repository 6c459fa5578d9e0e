"""A page brings along what its own part of the app consists of, so that no module is asked for a round trip later."""

import html
import pathlib
import re

import pytest
from django.test import Client

from revue.accounts import actions as accounts
from revue.web import assets
from tests.people import make_person, viewer_of

FRONTEND = pathlib.Path(__file__).parents[2] / "frontend"
SEARCH = "src/search/SearchPage.svelte"
BUILT = {
    "src/main.ts": {"file": "assets/main.js", "css": ["assets/main.css"], "imports": ["_svelte.js"]},
    "_svelte.js": {"file": "assets/svelte.js"},
    "_button.js": {"file": "assets/button.js", "css": ["assets/button.css"], "imports": ["_svelte.js", SEARCH]},
    "src/app/Page.svelte": {"file": "assets/page.js", "css": ["assets/page.css"], "imports": ["src/main.ts"]},
    SEARCH: {"file": "assets/search.js", "css": ["assets/search.css"], "imports": ["src/main.ts", "_button.js"]},
}


@pytest.fixture
def _built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "manifests", lambda: {"en": BUILT, "de": BUILT})


@pytest.mark.usefixtures("_built")
def test_a_feed_brings_what_the_entry_imports() -> None:
    assert assets.preloads("de") == ["/assets/svelte.js"]
    assert assets.styles() == ["/assets/main.css"]


@pytest.mark.usefixtures("_built")
def test_another_page_brings_its_part_too_each_file_once() -> None:
    files = assets.preloads("de", "search/SearchPage")
    assert sorted(files) == [f"/assets/{name}.js" for name in ("button", "page", "search", "svelte")]
    sheets = assets.styles(part="search/SearchPage")
    assert sheets[0] == "/assets/main.css"
    assert sorted(sheets) == [f"/assets/{name}.css" for name in ("button", "main", "page", "search")]


@pytest.mark.usefixtures("_built")
def test_a_part_that_was_not_built_brings_nothing() -> None:
    assert sorted(assets.preloads("de", "search/Nowhere")) == ["/assets/page.js", "/assets/svelte.js"]
    assert assets.preloads("fr", "search/SearchPage") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/search",
        "/explore",
        "/trends",
        "/upload",
        "/history",
        "/studio",
        "/inbox",
        "/messages",
        "/settings/feed",
        "/@mara",
        "/@mara/x/edit",
        "/tag/tango",
        "/collection/x",
    ],
)
def test_each_page_names_a_part_that_there_is(client: Client, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    make_person("mara")
    named: list[str] = []
    monkeypatch.setattr(assets, "preloads", lambda _, part: named.append(part) or [])
    client.get(path)
    (part,) = named
    assert part
    assert (FRONTEND / "src" / f"{part}.svelte").is_file()
    assert f"import('../{part}.svelte')" in (FRONTEND / "src/app/Page.svelte").read_text()


@pytest.mark.django_db
def test_a_page_asks_the_api_at_once_for_what_its_part_would_ask_later(client: Client) -> None:
    make_person("mara")
    for path in ("/@mara", "/tag/tango"):
        asked = re.findall(
            r'<link rel="preload" as="fetch" href="([^"]+)" crossorigin>', client.get(path).content.decode()
        )
        assert len(asked) == 2
        for address in asked:
            assert client.get(html.unescape(address)).status_code == 200


@pytest.mark.django_db
def test_what_a_viewer_may_not_see_is_not_asked_for(client: Client) -> None:
    accounts.change_privacy(viewer=viewer_of(make_person("mara")), is_private=True)
    page = client.get("/@mara").content.decode()
    assert '"/api/v1/people/mara"' in page
    assert "/api/v1/people/mara/videos" not in page
