"""Atom feeds and sitemaps: public videos only, valid, and not sent twice."""

import datetime
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from revue.accounts import actions
from revue.accounts.contracts import OPERATOR
from revue.platform import clock, ids
from revue.videos import actions as videos
from revue.videos.contracts import Visibility
from revue.web import newsfeeds, sitemaps
from tests.people import client_of, make_person, viewer_of
from tests.published import publish, publish_many
from tests.web.test_pages import address
from tests.web.test_sharing import NOT_FOR_STRANGERS

pytestmark = pytest.mark.django_db

BASE = settings.BASE_URL
SPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "media": "http://search.yahoo.com/mrss/",
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "v": "http://www.google.com/schemas/sitemap-video/1.1",
}
HIDDEN: list[dict[str, Any]] = [*NOT_FOR_STRANGERS, {"visibility": Visibility.UNLISTED.value}]


def read(answer: Any, kind: str) -> ET.Element:
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(kind)
    return ET.fromstring(answer.content)


def atom(client: Client, path: str) -> ET.Element:
    return read(client.get(f"{path}/feed.atom"), "application/atom+xml")


def texts(root: ET.Element, path: str) -> list[str]:
    return [found.text or "" for found in root.iterfind(path, SPACES)]


def links(root: ET.Element, rel: str) -> list[str | None]:
    return [link.get("href") for link in root.iterfind("a:link", SPACES) if link.get("rel") == rel]


@pytest.mark.parametrize("path", ["/@mara", "/tag/rain"])
def test_a_feed_has_what_a_reader_needs(client: Client, path: str) -> None:
    mara = make_person("mara")
    actions.update_profile(viewer=viewer_of(mara), name="Mara & <Lind>")
    video_id = publish(mara, caption="A dance <in> the rain & more #rain", tags=["rain"])
    feed = atom(client, path)
    assert links(feed, "self") == [f"{BASE}{path}/feed.atom"]
    assert links(feed, "alternate") == [f"{BASE}{path}"]
    for name in ("a:id", "a:title", "a:updated", "a:author/a:name"):
        assert len(texts(feed, name)) == 1, name
    (entry,) = feed.iterfind("a:entry", SPACES)
    assert texts(entry, "a:title") == ["A dance <in> the rain & more #rain"]
    assert "A dance &lt;in&gt; the rain &amp; more" in texts(entry, "a:summary")[0]
    assert texts(entry, "a:author/a:name") == ["Mara & <Lind>"]
    assert links(entry, "alternate") == [BASE + address("mara", video_id)]
    (enclosure,) = [link for link in entry.iterfind("a:link", SPACES) if link.get("rel") == "enclosure"]
    assert (enclosure.get("type"), enclosure.get("length")) == ("video/mp4", "1")
    assert str(enclosure.get("href")).startswith(f"{BASE}/media/clips/")
    (thumbnail,) = entry.iterfind("media:thumbnail", SPACES)
    assert (thumbnail.get("width"), thumbnail.get("height")) == ("540", "960")
    assert [found.get("term") for found in entry.iterfind("a:category", SPACES)] == ["rain"]


def test_an_entry_was_never_changed_before_it_was_published(client: Client) -> None:
    later = clock.now() + datetime.timedelta(minutes=5)
    publish(make_person("mara"), published_at=later)
    assert texts(atom(client, "/@mara"), "a:entry/a:updated") == [later.isoformat()]
    (url,) = [path for path in parts(client) if "videos" in path]
    assert texts(sitemap(client, url), "s:url/s:lastmod") == [later.isoformat()]


def test_what_names_an_entry_outlives_a_change_of_handle(client: Client) -> None:
    mara = make_person("mara")
    publish(mara)
    before = texts(atom(client, "/@mara"), "a:entry/a:id")
    actions.update_profile(viewer=viewer_of(mara), handle="mara.lind")
    assert texts(atom(client, "/@mara.lind"), "a:entry/a:id") == before


@pytest.mark.parametrize("path", ["/@mara", "/tag/rain"])
def test_a_feed_holds_public_videos_only_whoever_asks(client: Client, path: str) -> None:
    mara = make_person("mara")
    publish(mara, caption="Shown", tags=["rain"])
    for fields in HIDDEN:
        publish(mara, caption="Hidden", tags=["rain"], **fields)
    for who in (client, client_of(mara)):
        assert texts(atom(who, path), "a:entry/a:title") == ["Shown"]
        answer = who.get(f"{path}/feed.atom")
        assert not answer.cookies
        assert "Cookie" not in answer.headers["Vary"]


def test_a_feed_is_at_most_thirty_long_and_costs_the_same_however_many_there_are(client: Client) -> None:
    mara = make_person("mara")
    publish(mara)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            atom(client, "/@mara")
        return len(seen)

    one = queries()
    newest = publish_many([mara] * 40)[-1]
    entries = atom(client, "/@mara").findall("a:entry", SPACES)
    assert len(entries) == newsfeeds.MOST
    assert links(entries[0], "alternate") == [BASE + address("mara", newest)]
    assert queries() == one


def test_a_reader_who_has_it_all_is_sent_nothing(client: Client) -> None:
    mara = make_person("mara")
    video_id = publish(mara)

    def ask(**headers: str) -> Any:
        return client.get("/@mara/feed.atom", headers=headers)

    first = ask()
    packed = ask(**{"accept-encoding": "gzip"})
    for known in (first.headers["ETag"], packed.headers["ETag"]):
        answer = ask(**{"if-none-match": known})
        assert (answer.status_code, answer.content) == (304, b"")
    assert ask(**{"if-modified-since": first.headers["Last-Modified"]}).status_code == 304
    videos.edit_video(viewer=viewer_of(mara), video_id=video_id, caption="Another")
    assert ask(**{"if-none-match": first.headers["ETag"]}).status_code == 200
    empty = client.get("/tag/nobody/feed.atom")
    assert client.get("/tag/nobody/feed.atom", headers={"if-none-match": empty.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", ["/@nobody/feed.atom", "/tag/%00/feed.atom", "/sitemap/videos-!.xml"])
def test_feeds_of_nothing_answer_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def sitemap(client: Client, path: str) -> ET.Element:
    return read(client.get(path), "application/xml")


def parts(client: Client) -> list[str]:
    return [url.removeprefix(BASE) for url in texts(sitemap(client, "/sitemap.xml"), "s:sitemap/s:loc")]


def others(urls: list[str], handle: str) -> list[str]:
    return [url for url in urls if not f"{url}/".startswith(f"{BASE}/@{handle}/")]


def test_crawlers_find_public_videos_and_their_authors_and_nothing_else(client: Client) -> None:
    mara = make_person("mara")
    shown = publish(mara, caption="Rain & <shine>")
    for fields in HIDDEN:
        publish(make_person(), caption="Hidden", **fields)
    make_person("otto")
    gone = make_person("gone.away")
    publish(gone)
    actions.set_active(actor=OPERATOR, person_id=gone, is_active=False)
    assert client.get("/@gone.away/feed.atom").status_code == 404
    assert f"Sitemap: {BASE}/sitemap.xml" in client.get("/robots.txt").content.decode().splitlines()
    video_part, people_part = parts(client)
    found = sitemap(client, video_part)
    assert BASE + address("mara", shown) in texts(found, "s:url/s:loc")
    assert not [
        url
        for url in texts(found, "s:url/s:loc")
        if url.startswith((f"{BASE}/@person", f"{BASE}/@otto", f"{BASE}/@gone"))
    ]
    video = found.find("s:url/v:video", SPACES)
    assert video is not None
    assert texts(video, "v:title") == ["Rain & <shine>"]
    assert texts(video, "v:player_loc") == [f"{BASE}/embed/{ids.to_short(shown)}"]
    assert texts(video, "v:duration") == ["8"]
    people = texts(sitemap(client, people_part), "s:url/s:loc")
    assert f"{BASE}/@mara" in people
    assert others(people, "mara") == []


def test_a_long_list_comes_in_parts_and_none_is_left_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "PART", 3)
    people = [make_person() for _ in range(4)]
    made = publish_many([people[number % 4] for number in range(8)])
    found = parts(client)
    assert [path.split("-")[0] for path in found] == ["/sitemap/videos"] * 3 + ["/sitemap/people"] * 2
    urls = [texts(sitemap(client, path), "s:url/s:loc") for path in found]
    assert [len(part) for part in urls] == [3, 3, 2, 3, 1]
    shorts = [url.rpartition("/")[2] for part in urls[:3] for url in part]
    assert shorts == [ids.to_short(video_id) for video_id in made]


def test_a_part_that_was_told_loses_nothing_when_videos_go(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "PART", 3)
    mara = make_person("mara")
    made = publish_many([mara] * 7)
    told = [path for path in parts(client) if "videos" in path]
    videos.delete_video(viewer=viewer_of(mara), video_id=made[0])
    videos.delete_video(viewer=viewer_of(mara), video_id=made[3])
    kept = {url.rpartition("/")[2] for path in told for url in texts(sitemap(client, path), "s:url/s:loc")}
    assert kept == {ids.to_short(video_id) for video_id in made} - {ids.to_short(made[0]), ids.to_short(made[3])}
