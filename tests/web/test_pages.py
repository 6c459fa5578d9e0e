"""What each address says before any script runs: to link previews, to crawlers, to browsers without scripts."""

import base64
import hashlib
import html.parser
import json
import pathlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from revue.accounts import actions
from revue.accounts.contracts import ProfileLink
from revue.media.models import RenditionFile
from revue.platform import ids
from revue.videos.contracts import VideoState, Visibility
from revue.web import assets
from tests.people import client_of, make_person, viewer_of
from tests.published import give_sound, publish

pytestmark = pytest.mark.django_db

EARLY = "document.documentElement.dataset.theme = 'light'"
HOSTILE = "</script><script>alert(1)</script><!-- \u2028 & \"quoted\" 'too'"


@pytest.fixture(autouse=True)
def built(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A web app that has been built, as far as its early script."""
    (tmp_path / "early.js").write_text(f"{EARLY}\n")
    monkeypatch.setattr(settings, "WHITENOISE_ROOT", tmp_path)
    for read in (assets.early, assets.manifests):
        read.cache_clear()
    yield
    for read in (assets.early, assets.manifests):
        read.cache_clear()


class Document(html.parser.HTMLParser):
    """The parts of a page that these tests ask for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.metas: dict[str, str] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep every tag, and what metas say."""
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag == "meta" and (name := found.get("property") or found.get("name")):
            self.metas[name] = found.get("content") or ""

    def handle_data(self, data: str) -> None:
        """Keep the text of the tag that was opened last."""
        if self.tags:
            tag, attributes = self.tags[-1]
            key = attributes.get("id") or ("ld" if attributes.get("type") == "application/ld+json" else tag)
            self.texts[key] = self.texts.get(key, "") + data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each tag of one kind."""
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def island(self) -> dict[str, Any]:
        """The data the app starts with."""
        found: dict[str, Any] = json.loads(self.texts["feed-data"])
        return found


def read(response: HttpResponse) -> Document:
    """A page that answered."""
    assert response.status_code == 200
    return Document(response.content.decode())


def address(handle: str, video_id: int) -> str:
    """Where a video's page is."""
    return f"/@{handle}/{ids.to_short(video_id)}"


def test_a_video_page_tells_previews_what_it_is(client: Client) -> None:
    video_id = publish(make_person("mara"), caption="A dance in the rain #rain")
    page = read(client.get(address("mara", video_id)))
    here = settings.BASE_URL + address("mara", video_id)
    assert page.metas["og:title"].startswith("A dance in the rain #rain")
    assert "A dance in the rain" in page.metas["og:description"]
    assert page.metas["og:url"] == here
    assert page.metas["og:type"] == "video.other"
    assert page.metas["og:image"].startswith(f"{settings.BASE_URL}/preview/{ids.to_short(video_id)}.jpg?of=poster")
    assert page.metas["og:video"].endswith("/540.mp4")
    assert (page.metas["og:video:width"], page.metas["og:video:height"]) == ("720", "1280")
    assert "robots" not in page.metas
    assert [link["href"] for link in page.all("link") if link.get("rel") == "canonical"] == [here]


def test_the_first_video_plays_before_any_script(client: Client) -> None:
    video_id = publish(make_person("mara"))
    for path in ("/", address("mara", video_id)):
        page = read(client.get(path))
        (boot,) = [video for video in page.all("video") if video.get("id") == "boot"]
        assert boot["src"] is not None
        assert boot["src"].endswith("/540.mp4")
        assert {"autoplay", "muted", "loop", "playsinline"} <= boot.keys()
        preloads = [link for link in page.all("link") if link.get("rel") == "preload"]
        assert [link["href"] for link in preloads] == [boot["poster"]]


def test_pages_name_h264_whatever_a_video_has_beside_it(client: Client) -> None:
    video_id = publish(make_person("mara"))
    mime = 'video/mp4; codecs="av01.0.05M.08"'
    (plain,) = RenditionFile.objects.all()
    for name, width, codec in (("360-av1", 360, "av1"), ("540-av1", 540, "av1"), ("720-av1", 720, "av1")):
        key = plain.key.replace("540", name)
        height = width * 16 // 9
        RenditionFile.objects.create(
            clip=plain.clip, name=name, key=key, width=width, height=height, bitrate=1, bytes=1, codec=codec, mime=mime
        )
    page = read(client.get(address("mara", video_id)))
    assert page.all("video")[0]["src"].endswith("/540.mp4")
    assert page.metas["og:video"].endswith("/540.mp4")
    told = client.get(f"/api/v1/videos/{ids.to_short(video_id)}").json()["renditions"]
    assert [(one["name"], one["codec"]) for one in told] == [
        ("360-av1", "av1"),
        ("540", "h264"),
        ("540-av1", "av1"),
        ("720-av1", "av1"),
    ]
    assert [told[0]["mime"], told[1]["mime"]] == [mime, "video/mp4"]


def test_the_island_is_what_the_api_answers(client: Client) -> None:
    video_id = publish(make_person("mara"))
    island = read(client.get(address("mara", video_id))).island
    told = client.get(f"/api/v1/videos/{ids.to_short(video_id)}").json()
    for video in (island["video"], told):
        video["published_at"] = video["published_at"][:-1][:23]  # the island counts milliseconds, the API microseconds
    assert island == {"kind": "video", "video": told}
    home = read(client.get("/")).island
    assert home["kind"] == "foryou"
    assert [item["id"] for item in home["page"]["items"]] == [ids.to_short(video_id)]


def test_a_hostile_caption_stays_text(client: Client) -> None:
    author = make_person("mara")
    video_id = publish(author, caption=HOSTILE)
    response = client.get(address("mara", video_id))
    page = read(response)
    assert page.island["video"]["caption"] == HOSTILE
    assert page.metas["og:title"].startswith("</script><script>alert(1)</script><!-- & \"quoted\" 'too'")
    assert b"<script>alert" not in response.content
    data = ("application/json", "application/ld+json")  # which no browser runs
    assert [script for script in page.all("script") if script.get("type") not in data] == [{}]
    assert page.texts["script"].strip() == EARLY
    assert json.loads(page.texts["ld"])["description"] == HOSTILE


@pytest.mark.parametrize("path", ["/", "/settings/appearance", "/nowhere", "/transparency/ranking"])
def test_pages_allow_nothing_foreign_and_nothing_inline_but_the_early_script(client: Client, path: str) -> None:
    publish(make_person("mara"))
    response = client.get(path)
    policy = response.headers["Content-Security-Policy"]
    digest = base64.b64encode(hashlib.sha256(EARLY.encode()).digest()).decode()
    assert "default-src 'self'" in policy
    assert f"script-src 'self' 'sha256-{digest}';" in f"{policy};"
    assert "unsafe" not in policy
    assert "http" not in policy
    page = Document(response.content.decode())
    assert page.texts["script"].strip() == EARLY
    assert not [tag for tag, found in page.tags if any(name.startswith("on") or name == "style" for name in found)]


@pytest.mark.parametrize(
    "fields",
    [
        {"visibility": Visibility.ONLY_ME.value},
        {"state": VideoState.REMOVED.value},
    ],
)
def test_what_a_stranger_may_not_see_looks_like_nothing(client: Client, fields: dict[str, str]) -> None:
    video_id = publish(make_person("mara"), caption="A secret", **fields)
    hidden, none = client.get(address("mara", video_id)), client.get(address("mara", 1))
    assert (hidden.status_code, none.status_code) == (404, 404)
    assert hidden.content == none.content
    assert b"noindex" in hidden.content


def test_the_author_reaches_a_private_video_that_crawlers_may_not_keep() -> None:
    author = make_person("mara")
    video_id = publish(author, visibility=Visibility.ONLY_ME.value)
    assert read(client_of(author).get(address("mara", video_id))).metas["robots"] == "noindex"


def test_an_address_with_another_name_leads_to_the_one_of_its_author(client: Client) -> None:
    mara = make_person("mara")
    video_id, hidden = publish(mara), publish(mara, visibility=Visibility.ONLY_ME.value)
    old = address("mara", video_id)
    actions.update_profile(viewer=viewer_of(mara), handle="mara.lind")
    for asked in (old, address("Mara.Lind", video_id)):
        answer = client.get(f"{asked}?t=3")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{address('mara.lind', video_id)}?t=3")
    assert client.get(address("mara", hidden)).status_code == 404


@pytest.mark.parametrize(
    ("asked", "one"),
    [
        ("/@Mara", "/@mara"),
        ("/@mara/", "/@mara"),
        ("/@mara/4kQz/?a=1&b=2", "/@mara/4kQz?a=1&b=2"),
        ("/tag/Rain", "/tag/rain"),
        ("/tag/%23rain", "/tag/rain"),
        ("/tag/%C3%84pfel/", "/tag/%C3%84pfel"),
        ("/tag/%C3%84pfel", "/tag/%C3%A4pfel"),
        ("/@Mara/feed.atom", "/@mara/feed.atom"),
        ("/tag/Rain/feed.atom", "/tag/rain/feed.atom"),
    ],
)
def test_each_page_has_one_address(client: Client, asked: str, one: str) -> None:
    make_person("mara")
    answer = client.get(asked)
    assert (answer.status_code, answer.headers["Location"]) == (301, one)


@pytest.mark.parametrize("path", ["/@a//example.org/", "/@mara/%2Fexample.org/", "/tag/%2F%2Fexample.org/", "/tag//x/"])
def test_no_redirect_leaves_the_instance(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/nothing", "/@nobody", "/@a/%00", "/@x/../..", "/tag/", "/settings/Bad", "/media/x", "/sound/aaaaaaaaaaa"]
)
def test_addresses_of_nothing_answer_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_profile_tag_and_following_say_what_they_are(client: Client) -> None:
    mara = viewer_of(make_person("mara"))
    actions.update_profile(viewer=mara, name="Mara Lind", bio="I dance <b>in the rain</b>.")
    assert read(client.get("/@mara")).metas["og:title"].startswith("Mara Lind (@mara)")
    assert read(client.get("/@mara")).metas["og:description"] == "I dance <b>in the rain</b>."
    assert read(client.get("/tag/rain")).metas["og:title"].startswith("#rain")
    assert read(client.get("/following")).metas["robots"] == "noindex"


def test_a_sounds_page_says_whose_it_is_and_hides_a_private_one(client: Client) -> None:
    mara = make_person("mara")
    short = ids.to_short(give_sound(mara, publish(mara)))
    page = read(client.get(f"/sound/{short}"))
    assert page.metas["og:title"].startswith("Original sound by @mara")
    assert page.metas["og:description"].endswith("1 video has it.")
    hidden = give_sound(mara, publish(mara, visibility=Visibility.ONLY_ME))
    assert client.get(f"/sound/{ids.to_short(hidden)}").status_code == 404


def test_pages_are_kept_by_nobody_and_compressed(client: Client) -> None:
    publish(make_person("mara"))
    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": "gzip, br"})
    assert plain.headers["Cache-Control"] == packed.headers["Cache-Control"] == "private, no-store"
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_the_queries_of_the_first_page_do_not_grow_with_the_videos(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            read(client.get("/"))
        return len(seen)

    publish(make_person())
    queries()  # the visitor's cookie is made
    one = queries()
    for _ in range(8):
        publish(make_person())
    assert queries() == one
    assert one <= 5 + 2  # the feed ends here, so the catalogue is looked at anew


def test_the_ranking_is_public_number_by_number(client):
    page = client.get("/transparency/ranking").content.decode()
    file = client.get("/transparency/ranking.json")
    for name, (value, _) in file.json()["numbers"].items():
        assert f"<strong>{name}</strong> = {value}" in page
    assert hashlib.sha256(file.content).hexdigest() in page


def test_the_links_of_a_profile_are_in_its_page_for_whoever_checks_that_it_is_theirs(client: Client) -> None:
    mara = make_person("mara")
    links = [ProfileLink("My site", "https://mara.example/"), ProfileLink("", "https://videos.example/@mara")]
    actions.update_profile(viewer=viewer_of(mara), links=links)
    found = [tag for tag in read(client.get("/@mara")).all("a") if (tag.get("rel") or "").startswith("me ")]
    assert [tag["href"] for tag in found] == [link.url for link in links]
