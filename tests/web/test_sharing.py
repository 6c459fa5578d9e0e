"""What link previews, search engines and other sites are told of a video, and who is told nothing."""

import datetime
import io
import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from revue.accounts import actions as people
from revue.accounts.contracts import VISITOR
from revue.media.models import Clip, RenditionFile
from revue.platform import clock, ids, storage
from revue.social import actions as social
from revue.videos import actions as videos
from revue.videos import policy
from revue.videos.contracts import VideoState, Visibility
from revue.videos.models import Video
from tests.people import client_of, make_person, viewer_of
from tests.published import publish
from tests.web.test_pages import HOSTILE, Document, address, read

pytestmark = pytest.mark.django_db

BASE = settings.BASE_URL
NOT_FOR_STRANGERS: list[dict[str, Any]] = [
    {"visibility": Visibility.ONLY_ME.value},
    {"visibility": Visibility.FOLLOWERS.value},
    {"state": VideoState.PROCESSING.value},
    {"state": VideoState.FAILED.value},
    {"state": VideoState.REMOVED.value},
]


def linked(page: Document) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.texts["ld"])
    return found


def oembed(client: Client, path: str, **asked: object) -> Any:
    return client.get("/oembed", {"url": f"{BASE}{path}", **asked})


def test_previews_are_told_sizes_words_and_the_player(client: Client) -> None:
    video_id = publish(make_person("mara"), caption="A dance in the rain #rain")
    short = ids.to_short(video_id)
    page = read(client.get(address("mara", video_id)))
    said = page.metas
    assert (said["og:image:width"], said["og:image:height"], said["og:image:type"]) == ("1200", "630", "image/jpeg")
    assert said["og:image:alt"] == "A dance in the rain #rain"
    assert said["og:video:duration"] == "8"
    assert (said["twitter:card"], said["twitter:player"]) == ("player", f"{BASE}/embed/{short}")
    assert (said["twitter:player:width"], said["twitter:player:height"]) == ("360", "640")
    assert said["twitter:image"] == said["og:image"]
    assert "og:video:secure_url" not in said  # this instance has no https
    (link,) = [link for link in page.all("link") if link.get("type") == "application/json+oembed"]
    assert client.get(str(link["href"]).removeprefix(BASE)).json()["title"] == "A dance in the rain #rain"


def test_the_picture_for_previews_is_wide_and_shows_the_whole_poster(client: Client) -> None:
    video_id = publish(make_person("mara"))
    key = Clip.objects.get(pk=Video.objects.get(pk=video_id).clip_id).poster_key
    poster = io.BytesIO()
    Image.new("RGB", (540, 960), (250, 20, 20)).save(poster, "WEBP")
    storage.put_bytes(key, poster.getvalue())
    told = read(client.get(address("mara", video_id))).metas["og:image"].removeprefix(BASE)
    answer = client.get(told)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "public, max-age=86400")
    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.format, picture.size) == ("JPEG", (1200, 630))
    in_the_light, beside = picture.getpixel((600, 5)), picture.getpixel((100, 300))
    assert in_the_light[0] > 230
    assert beside[0] < in_the_light[0] / 2
    storage.delete(key)
    assert client.get(told).status_code == 404


@pytest.mark.parametrize("changes", NOT_FOR_STRANGERS)
def test_there_is_no_picture_of_what_is_not_for_strangers(changes: dict[str, Any]) -> None:
    author = make_person("mara")
    video_id = publish(author, **changes)
    assert client_of(author).get(f"/preview/{ids.to_short(video_id)}.jpg").status_code == 404
    assert client_of(author).get("/preview/nothing.jpg").status_code == 404


def test_players_without_the_app_have_the_subtitles_of_a_video(client: Client) -> None:
    mara = make_person("mara")
    video_id = publish(mara)
    short = ids.to_short(video_id)
    text = "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"
    for path in (f"/embed/{short}", address("mara", video_id)):
        assert read(client.get(path)).all("track") == []
    for language in ("pt-BR", "en"):
        videos.put_subtitles(viewer=viewer_of(mara), video_id=video_id, language=language, text=text)
    for path in (f"/embed/{short}", address("mara", video_id)):
        tracks = read(client.get(path)).all("track")
        assert [track["srclang"] for track in tracks] == ["en", "pt-BR"]
        assert all(client.get(str(track["src"])).headers["Content-Type"].startswith("text/vtt") for track in tracks)


def test_an_instance_with_https_says_so_to_previews(client: Client, settings: Any) -> None:
    settings.BASE_URL = "https://videos.example.org"
    said = read(client.get(address("mara", publish(make_person("mara"))))).metas
    assert said["og:video:secure_url"] == said["og:video"]
    assert said["twitter:player"].startswith("https://videos.example.org/embed/")


def test_search_engines_are_told_in_their_own_words(client: Client) -> None:
    mara, otto = make_person("mara"), make_person("otto")
    video_id = publish(mara, caption="A dance in the rain #rain", tags=["rain"])
    social.like_video(viewer=viewer_of(otto), video_id=video_id)
    social.write_comment(viewer=viewer_of(otto), video_id=video_id, text="Lovely")
    social.share_video(viewer=VISITOR, video_id=video_id)
    told = linked(read(client.get(address("mara", video_id))))
    assert told["@type"] == "VideoObject"
    assert told["name"] == told["description"] == "A dance in the rain #rain"
    assert told["duration"] == "P0DT00H00M08S"
    assert told["uploadDate"].endswith("+00:00")
    assert told["contentUrl"].startswith(f"{BASE}/media/clips/")
    assert told["embedUrl"] == f"{BASE}/embed/{ids.to_short(video_id)}"
    assert told["creator"] == {
        "@type": "Person", "name": "@mara", "alternateName": "@mara", "url": f"{BASE}/@mara",
    }  # fmt: skip
    counts = {one["interactionType"]["@type"]: one["userInteractionCount"] for one in told["interactionStatistic"]}
    assert counts == {"LikeAction": 1, "WatchAction": 0, "CommentAction": 1, "ShareAction": 1}
    assert told["isFamilyFriendly"] is True


def test_a_long_caption_makes_a_title_of_one_line(client: Client) -> None:
    caption = "A line\nand another " * 20
    page = read(client.get(address("mara", publish(make_person("mara"), caption=caption))))
    title = page.metas["og:title"].partition(" · ")[0]
    assert title == " ".join(caption.split())[:69] + "…"
    assert linked(page)["description"] == caption


def test_browsers_without_scripts_get_the_video_its_words_and_its_author(client: Client) -> None:
    video_id = publish(make_person("mara"), caption="Line one\nLine <two>")
    page = read(client.get(address("mara", video_id)))
    _, plain = page.all("video")
    assert "controls" in plain
    assert str(plain["src"]).endswith("/540.mp4")
    assert str(plain["poster"]).endswith("/poster.webp")
    assert page.texts["h1"].strip() == "Line one Line <two>"
    assert {"href": "/@mara", "class": "link"} in page.all("a")


@pytest.mark.parametrize("path", ["/@mara", "/tag/rain"])
def test_lists_can_be_walked_without_scripts_and_show_public_videos_only(client: Client, path: str) -> None:
    mara = make_person("mara")
    shown = publish(mara, tags=["rain"])
    for fields in [*NOT_FOR_STRANGERS, {"visibility": Visibility.UNLISTED.value}]:
        publish(mara, tags=["rain"], **fields)
    for who in (client, client_of(mara)):
        page = read(who.get(path))
        videos = [link["href"] for link in page.all("a") if str(link["href"]).startswith("/@mara/")]
        assert videos == [address("mara", shown)]
        assert [link["href"] for link in page.all("link") if link.get("type") == "application/atom+xml"] == [
            f"{path}/feed.atom"
        ]


def test_a_profile_is_a_profile_and_a_tag_that_nobody_used_is_not_indexed(client: Client) -> None:
    make_person("mara")
    said = read(client.get("/@mara")).metas
    assert (said["og:type"], said["profile:username"], said["twitter:card"]) == ("profile", "mara", "summary")
    assert read(client.get("/tag/rain")).metas["robots"] == "noindex"
    publish(make_person("otto"), tags=["rain"])
    assert "robots" not in read(client.get("/tag/rain")).metas


@pytest.mark.parametrize("visibility", [Visibility.ONLY_ME, Visibility.FOLLOWERS])
def test_those_who_may_see_a_hidden_video_pass_nothing_on_to_previews(visibility: Visibility) -> None:
    author = make_person("mara")
    video_id = publish(author, visibility=visibility.value, caption="A secret")
    page = read(client_of(author).get(address("mara", video_id)))
    assert page.metas["robots"] == "noindex"
    assert not {"og:video", "og:image", "twitter:player", "twitter:image"} & page.metas.keys()
    assert "ld" not in page.texts
    assert not [link for link in page.all("link") if link.get("type") == "application/json+oembed"]


def test_an_unlisted_video_has_a_preview_and_no_player_elsewhere(client: Client) -> None:
    video_id = publish(make_person("mara"), visibility=Visibility.UNLISTED.value)
    page = read(client.get(address("mara", video_id)))
    assert page.metas["robots"] == "noindex"
    assert page.metas["og:video"].endswith("/540.mp4")
    assert page.metas["twitter:card"] == "summary_large_image"
    assert "twitter:player" not in page.metas
    assert "ld" not in page.texts
    assert client.get(f"/embed/{ids.to_short(video_id)}").status_code == 404
    assert oembed(client, address("mara", video_id)).status_code == 404


@pytest.mark.parametrize("fields", [*NOT_FOR_STRANGERS, {"visibility": Visibility.UNLISTED.value}])
def test_what_strangers_may_not_see_is_nowhere_for_nobody(client: Client, fields: dict[str, Any]) -> None:
    mara, fan = make_person("mara"), make_person("fanny")
    social.follow_person(viewer=viewer_of(fan), handle="mara")
    hidden, none = publish(mara, caption="A secret", **fields), 1
    for who in (client, client_of(fan), client_of(mara)):
        for path in ("/embed/{}", "/oembed?url=" + BASE + "/@mara/{}"):
            answers = [who.get(path.format(ids.to_short(video_id))) for video_id in (hidden, none)]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert answers[0].content == answers[1].content
            assert answers[0].headers == answers[1].headers


def test_a_video_can_be_framed_by_any_site_and_nothing_else_can(client: Client) -> None:
    video_id = publish(make_person("mara"))
    for path, status in ((f"/embed/{ids.to_short(video_id)}", 200), ("/embed/4kQz", 404)):
        answer = client.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert answer.status_code == status
        assert "frame-ancestors *;" in f"{policy};"
        assert "script-src 'self';" in f"{policy};"
        assert "unsafe" not in policy
        assert "X-Frame-Options" not in answer.headers
    for path in ("/", address("mara", video_id), "/oembed", "/embed/4kQz/x"):
        answer = client.get(path)
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_player_and_oembed_know_no_cookies() -> None:
    author = make_person("mara")
    member = client_of(author)
    video_id = publish(author)
    for path in (f"/embed/{ids.to_short(video_id)}", f"/oembed?url={BASE}{address('mara', video_id)}"):
        answer = member.get(path)
        assert not answer.cookies
        assert "Cookie" not in answer.headers["Vary"]
        assert {"public", "max-age=60"} == set(answer.headers["Cache-Control"].split(", "))


def test_the_player_shows_the_video_and_keeps_a_hostile_caption_text(client: Client) -> None:
    author = make_person("mara")
    video_id = publish(author, caption=HOSTILE)
    answer = client.get(f"/embed/{ids.to_short(video_id)}")
    page = read(answer)
    (video,) = page.all("video")
    assert "autoplay" not in video
    assert video["preload"] == "none"
    assert str(video["src"]).endswith("/540.mp4")
    assert b"<script>alert" not in answer.content
    assert page.metas["robots"] == "noindex, indexifembedded"
    assert not [tag for tag, found in page.tags if any(name.startswith("on") or name == "style" for name in found)]


def test_oembed_answers_with_a_frame_of_the_asked_size(client: Client) -> None:
    video_id = publish(make_person("mara"), caption='A "dance" <b>')
    told = oembed(client, address("mara", video_id)).json()
    assert (told["version"], told["type"], told["title"]) == ("1.0", "video", 'A "dance" <b>')
    assert (told["author_name"], told["author_url"]) == ("@mara", f"{BASE}/@mara")
    assert told["provider_url"] == BASE
    assert (told["width"], told["height"]) == (360, 640)
    assert (told["thumbnail_width"], told["thumbnail_height"]) == (540, 960)
    (frame,) = Document(told["html"]).all("iframe")
    assert frame["src"] == f"{BASE}/embed/{ids.to_short(video_id)}"
    assert (frame["title"], frame["width"], frame["height"]) == ('A "dance" <b>', "360", "640")


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ({"maxwidth": 200}, (200, 356)),
        ({"maxheight": 320}, (180, 320)),
        ({"maxwidth": 200, "maxheight": 100}, (56, 100)),
        ({"maxwidth": 9999, "maxheight": 9999}, (360, 640)),
        ({"maxwidth": 1, "maxheight": 1}, (1, 1)),
    ],
)
def test_oembed_keeps_to_the_asked_size(client: Client, asked: dict[str, int], size: tuple[int, int]) -> None:
    told = oembed(client, address("mara", publish(make_person("mara"))), **asked).json()
    assert (told["width"], told["height"]) == size
    assert f'width="{size[0]}" height="{size[1]}"' in told["html"]
    assert told.get("thumbnail_width", 0) <= asked.get("maxwidth", 540)
    assert told.get("thumbnail_height", 0) <= asked.get("maxheight", 960)


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({}, 400, "bad_request"),
        ({"url": ""}, 400, "bad_request"),
        ({"url": "/@mara/4kQz"}, 400, "bad_request"),
        ({"url": "javascript:alert(1)"}, 400, "bad_request"),
        ({"url": "http://[::1/@mara/4kQz"}, 400, "bad_request"),
        ({"url": "https://example.org/@mara/4kQz"}, 404, "not_found"),
        ({"url": f"{BASE}.example.org/@mara/4kQz"}, 404, "not_found"),
        ({"url": f"{BASE}/@mara"}, 404, "not_found"),
        ({"url": f"{BASE}/@mara/%00"}, 404, "not_found"),
        ({"url": f"{BASE}/settings/profile"}, 404, "not_found"),
        ({"url": f"{BASE}/@mara/4kQz", "format": "xml"}, 501, "format_not_offered"),
        ({"url": f"{BASE}/@mara/4kQz", "format": "yaml"}, 400, "bad_request"),
        ({"url": f"{BASE}/@mara/4kQz", "maxwidth": "-1"}, 400, "bad_request"),
        ({"url": f"{BASE}/@mara/4kQz", "maxwidth": "0"}, 400, "bad_request"),
        ({"url": f"{BASE}/@mara/4kQz", "maxheight": "9" * 5000}, 400, "bad_request"),
        ({"url": f"{BASE}/@mara/4kQz", "maxheight": "٣"}, 400, "bad_request"),
    ],
)
def test_oembed_says_what_it_cannot_do(client: Client, asked: dict[str, str], status: int, code: str) -> None:
    answer = client.get("/oembed", asked)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_landscape_video_keeps_its_shape(client: Client) -> None:
    video_id = publish(make_person("mara"))
    clip = Video.objects.get(pk=video_id).clip
    clip.width, clip.height = 1280, 720
    clip.save(update_fields=["width", "height"])
    told = oembed(client, address("mara", video_id)).json()
    assert (told["width"], told["height"]) == (640, 360)
    assert (told["thumbnail_width"], told["thumbnail_height"]) == (540, 304)
    RenditionFile.objects.filter(clip=clip).delete()  # none that everything plays
    assert read(client.get(f"/embed/{ids.to_short(video_id)}")).all("video")[0]["src"] == ""


def test_what_was_public_when_it_was_deleted_is_gone_and_all_else_never_was(client: Client) -> None:
    mara = make_person("mara")
    was_public = publish(mara, caption="Farewell")
    others = [publish(mara, **fields) for fields in [*NOT_FOR_STRANGERS, {"visibility": Visibility.UNLISTED.value}]]
    for video_id in (was_public, *others):
        videos.delete_video(viewer=viewer_of(mara), video_id=video_id)
    for path in ("/@mara/{}", "/embed/{}"):
        answer = client.get(path.format(ids.to_short(was_public)))
        assert answer.status_code == 410
        assert b"noindex" in answer.content
        assert b"og:" not in answer.content
        assert b"Farewell" not in answer.content
        none = client.get(path.format(ids.to_short(1)))
        for video_id in others:
            answer = client.get(path.format(ids.to_short(video_id)))
            assert (answer.status_code, answer.content) == (404, none.content)
    assert oembed(client, address("mara", was_public)).status_code == 404


def test_a_deletion_is_told_for_half_a_year_and_of_nobody_who_left(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    mara, otto = make_person("mara"), make_person("otto")
    deleted, left = publish(mara), publish(otto)
    videos.delete_video(viewer=viewer_of(mara), video_id=deleted)
    videos.delete_video(viewer=viewer_of(mara), video_id=deleted)
    people.delete_person(person_id=otto)
    assert client.get(address("otto", left)).status_code == 404
    assert videos.forget_gone() == 0
    later = clock.now() + policy.TELLS_GONE_FOR + datetime.timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert videos.forget_gone() == 1
    assert client.get(address("mara", deleted)).status_code == 404
