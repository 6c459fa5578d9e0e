"""The instance as an app: its manifest, its icons, its page without a line, its share target."""

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageChops

from revue.accounts.models import Person
from revue.settings.worker import worker_is_asked_for_anew
from revue.web import icons, installable
from tests.people import client_of, make_person
from tests.published import publish

pytestmark = pytest.mark.django_db

TOKENS = icons.PUBLIC.parent / "src" / "styles" / "tokens.css"
COMMITTED = icons.PUBLIC / "icons"
MOST_DIFFERENT = 8  # of 255: another version of a drawing library may round otherwise


def manifest(client: Client) -> dict[str, Any]:
    answer = client.get("/manifest.webmanifest")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/manifest+json"
    found: dict[str, Any] = answer.json()
    return found


def test_the_manifest_says_what_an_installed_app_needs(client: Client, settings: LazySettings) -> None:
    settings.INSTANCE_NAME = "Little Theatre"
    found = manifest(client)
    assert (found["id"], found["start_url"], found["scope"], found["display"]) == ("/", "/", "/", "standalone")
    assert (found["name"], found["short_name"]) == ("Little Theatre", "Little Theat")
    assert [one["url"] for one in found["shortcuts"]] == ["/upload", "/following"]
    assert found["share_target"]["action"] == "/share"
    assert found["share_target"]["params"]["files"][0]["name"] == "media"


def test_its_colours_are_those_of_the_stage(client: Client) -> None:
    found = manifest(client)
    (dark, *_) = re.findall(r"--stage: (#\w+);", TOKENS.read_text())
    assert {found["theme_color"], found["background_color"], installable.STAGE} == {dark}


def test_every_icon_of_the_manifest_is_there_in_its_size(client: Client) -> None:
    found = manifest(client)
    for icon in [*found["icons"], *(one for shortcut in found["shortcuts"] for one in shortcut["icons"])]:
        path = icons.PUBLIC / icon["src"].lstrip("/")
        assert path.is_file()
        if icon["type"] == "image/png":
            with Image.open(path) as image:
                assert f"{image.width}x{image.height}" == icon["sizes"]


@pytest.mark.parametrize("size", icons.SIZES)
@pytest.mark.parametrize("purpose", ["any", "maskable"])
def test_icons_are_drawn_from_the_svg(purpose: str, size: int) -> None:
    drawn = icons.draw(icons.PUBLIC / "favicon.svg", size, is_maskable=purpose == "maskable")
    with Image.open(COMMITTED / f"{purpose}-{size}.png") as image:
        committed = image.convert("RGBA")
    extrema = ImageChops.difference(drawn, committed).getextrema()
    assert max(high for _, high in extrema) <= MOST_DIFFERENT, "run scripts/icons"  # type: ignore[misc]


def test_a_maskable_icon_keeps_to_the_circle_that_is_never_cut_off() -> None:
    size = icons.SIZES[0]
    image = icons.draw(icons.PUBLIC / "favicon.svg", size, is_maskable=True).convert("RGB")
    ground = image.getpixel((0, 0))
    inked = [(x, y) for x in range(size) for y in range(size) if image.getpixel((x, y)) != ground]
    assert max(((x - size / 2) ** 2 + (y - size / 2) ** 2) ** 0.5 for x, y in inked) <= 0.4 * size


def test_pages_name_the_manifest_and_allow_nothing_of_elsewhere(client: Client) -> None:
    page = client.get("/")
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page.content.decode()
    policy = page["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_page_without_a_line_holds_nobodys_data(client: Client) -> None:
    ana = make_person("ana")
    publish(ana, caption="A dance that stays online")
    signed_in, visitor = client_of(ana).get("/offline"), client.get("/offline")
    assert signed_in.content == visitor.content
    assert '{"kind": "offline"}' in visitor.content.decode()
    assert "A dance" not in visitor.content.decode()
    assert not visitor.cookies


def test_what_is_shared_without_a_worker_is_read_by_nobody() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Person.objects.get(pk=make_person("ana")))
    answer = strict.post("/share", {"media": SimpleUploadedFile("a.mp4", b"film", "video/mp4")})
    assert (answer.status_code, answer["Location"]) == (303, "/upload?shared=lost")
    assert strict.get("/share").status_code == 405


def test_other_posts_from_elsewhere_are_still_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Person.objects.get(pk=make_person("ana")))
    assert strict.post("/api/v1/videos", {}, content_type="application/json").status_code == 403


def test_the_worker_is_asked_for_anew_each_time() -> None:
    headers: dict[str, str] = {"Cache-Control": "max-age=3600"}
    worker_is_asked_for_anew(headers, "", "/favicon.svg")
    assert headers["Cache-Control"] == "max-age=3600"
    worker_is_asked_for_anew(headers, "", "/sw.js")
    assert headers["Cache-Control"] == "no-cache"
