"""A page is in the language that its viewer has chosen, or whose browser asks for it."""

import pathlib
import re

import pytest
from django.test import Client

from revue.feed import queries
from revue.platform import ids
from revue.recommender.contracts import Found, Why
from revue.web import assets
from tests.people import make_person
from tests.published import publish

FEED = pathlib.Path(__file__).parents[2] / "frontend" / "src" / "feed"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _built(monkeypatch: pytest.MonkeyPatch) -> None:
    """An app in three languages, whatever has been built here."""
    built = {code: {assets.ENTRY: {"file": f"assets/main-{code}.js"}} for code in ("en", "de", "ar")}
    monkeypatch.setattr(assets, "manifests", lambda: built)


@pytest.mark.parametrize(
    ("wishes", "chosen", "expected"),
    [
        ("", "", 'lang="en" dir="ltr"'),
        ("de-AT,de;q=0.9,en;q=0.8", "", 'lang="de" dir="ltr"'),
        ("fr;q=0.9,AR-eg;q=0.8,en;q=0.1", "", 'lang="ar" dir="rtl"'),
        ("fr", "", 'lang="en" dir="ltr"'),
        ("de", "ar", 'lang="ar" dir="rtl"'),
        ("de", "xx", 'lang="de" dir="ltr"'),
        ("*;;q=x,\u00e4", "../de", 'lang="en" dir="ltr"'),
    ],
)
def test_the_page_and_its_scripts_are_in_the_language_wanted(
    client: Client, wishes: str, chosen: str, expected: str
) -> None:
    if chosen:
        client.cookies["language"] = chosen
    answer = client.get("/upload", headers={"Accept-Language": wishes})
    code = expected[6:8]
    page = answer.content.decode()
    assert f"<html {expected}" in page
    assert f'src="/assets/main-{code}.js"' in page
    assert answer["Content-Language"] == code


@pytest.mark.parametrize(
    ("wishes", "heading", "way_back"),
    [
        ("de", "Auf dieser B\u00fchne ist nichts", "Zur\u00fcck zu Revue"),
        ("ar", "\u0644\u0627 \u0634\u064a\u0621 \u0639\u0644\u0649", "Revue"),
        ("fr", "Nothing on this stage", "Back to Revue"),
    ],
)
def test_what_the_server_says_itself_is_in_that_language_too(
    client: Client, wishes: str, heading: str, way_back: str
) -> None:
    answer = client.get("/@nobody", headers={"Accept-Language": wishes})
    page = answer.content.decode()
    assert answer.status_code == 404
    assert heading in page
    assert way_back in page
    assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))


def test_pages_speak_the_language_of_the_app_and_not_one_that_it_lacks(client: Client) -> None:
    """Django knows French; a page whose app is German says nothing in it, not even a date."""
    video_id = publish(make_person("mara"), caption="")
    answer = client.get(f"/@mara/{ids.to_short(video_id)}", headers={"Accept-Language": "fr,de;q=0.5"})
    page = answer.content.decode()
    assert 'lang="de"' in page
    assert "Ein Video von @mara" in page
    assert "Alles andere auf Revue braucht JavaScript." in page


def test_the_player_on_other_sites_asks_the_browser_alone(client: Client) -> None:
    video_id = publish(make_person("mara"))
    client.cookies["language"] = "ar"
    answer = client.get(f"/embed/{ids.to_short(video_id)}", headers={"Accept-Language": "de"})
    assert "Auf Revue ansehen" in answer.content.decode()
    assert "Cookie" not in answer["Vary"]
    gone = client.get("/embed/nothing", headers={"Accept-Language": "de"})
    assert "Dieses Video gibt es nicht" in gone.content.decode()


def test_the_feed_goes_by_what_the_browser_wishes_most(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    page_for = queries.page_for
    monkeypatch.setattr(queries, "page_for", lambda *a, **k: asked.append(k["locale"]) or page_for(*a, **k))
    client.get("/", headers={"Accept-Language": "fr,de;q=0.5"})
    assert asked == ["fr"]


def test_the_numbers_of_the_ranking_are_the_same_in_all_languages(client: Client) -> None:
    pages = [
        client.get("/transparency/ranking", headers={"Accept-Language": code}).content.decode()
        for code in ("en", "de", "ar")
    ]
    numbers = [re.findall(r"</strong> = ([^<]+)</dt>", page) for page in pages]
    assert numbers[0]
    assert numbers[0] == numbers[1] == numbers[2]
    assert "Wie \u201eF\u00fcr dich\u201c geordnet wird" in pages[1]


def test_the_app_has_words_of_its_own_for_every_reason_of_a_feed() -> None:
    because, told = (
        set(re.findall(r"^  (\w+): '", (FEED / name).read_text(), re.MULTILINE))
        for name in ("because.ts", "reasons.ts")
    )
    assert {why.value for why in Why} - because == {"followed", "reposted"}  # which name somebody
    assert {found.value for found in Found} <= told
