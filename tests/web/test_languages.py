"""A page is in the language that its viewer has chosen, or whose browser asks for it."""

import pathlib
import re

import pytest
from django.test import Client

from revue.recommender.contracts import Found, Why
from revue.web import assets

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


def test_the_app_has_words_of_its_own_for_every_reason_of_a_feed() -> None:
    because, told = (
        set(re.findall(r"^  (\w+): '", (FEED / name).read_text(), re.MULTILINE))
        for name in ("because.ts", "reasons.ts")
    )
    assert {why.value for why in Why} - because == {"followed", "reposted"}  # which name somebody
    assert {found.value for found in Found} <= told
