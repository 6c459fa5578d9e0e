"""A video for followers over real HTTP: who gets its page, bytes, talk and stream, and when that ends."""

import re
import socket
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.front.conftest import Site
from tests.journeys.network import Member, make_clip

FORGET_SECONDS = 2.5  # the front remembers what is public for two seconds
PATIENCE_SECONDS = 20
FILES = ("poster_url", "poster_small_url", "preview_url")


@pytest.fixture(scope="module")
def video_id(site: Site) -> str:
    """A clip that the site's author shows to followers."""
    clip = make_clip(site.network.folder.parent / "followers.mp4", seconds=2, tone=300)
    video_id = site.author.post(clip, "For those who follow me #friends")
    status = site.author.wait_published(video_id)
    while status["progress"] != 100 or not status["sound"]:
        time.sleep(0.2)
        status = site.author.status(video_id)
    site.author.call("PATCH", f"/api/v1/videos/{video_id}", json={"visibility": "followers"})
    time.sleep(FORGET_SECONDS)
    return video_id


@pytest.fixture
def follower(site: Site) -> Iterator[Member]:
    """Somebody who follows the author."""
    known = [member for member in site.network.members if member.handle == "follower"]
    member = known[0] if known else site.network.member("follower")
    member.call("PUT", "/api/v1/people/author/follow")
    yield member
    member.call("DELETE", "/api/v1/people/author/follow")


def addresses(site: Site, video_id: str) -> list[str]:
    """All that belongs to a video: its page, its API object, its comments, each of its files."""
    video = site.author.call("GET", f"/api/v1/videos/{video_id}").json()
    files = [*(video[name] for name in FILES), video["sprite"]["url"], *(file["url"] for file in video["renditions"])]
    sound = site.author.call("GET", f"/api/v1/sounds/{video['sound']['id']}").json()
    api = f"/api/v1/videos/{video_id}"
    return [video["url"], api, f"{api}/comments", f"/sound/{sound['id']}", sound["url"], *files]


def answers(http: httpx.Client, paths: list[str]) -> set[int]:
    return {http.get(path, follow_redirects=True).status_code for path in paths}


def test_followers_and_the_author_get_all_of_it_and_nobody_else_any(
    site: Site, http: httpx.Client, video_id: str, follower: Member
) -> None:
    paths = addresses(site, video_id)
    assert len(paths) >= 9
    assert answers(site.author.http, paths) == answers(follower.http, paths) == {200}
    assert answers(site.stranger.http, paths) == answers(http, paths) == {404}
    for path in paths:
        assert follower.http.get(path).headers["cache-control"] == "private, no-store"


def test_strangers_are_told_what_they_are_told_of_nothing(site: Site, http: httpx.Client, video_id: str) -> None:
    nothing = "".join(reversed(video_id))
    for reader in (http, site.stranger.http):
        for path in ("/api/v1/videos/{}", "/@author/{}", "/api/v1/videos/{}/comments"):
            hidden, missing = reader.get(path.format(video_id)), reader.get(path.format(nothing))
            assert hidden.status_code == missing.status_code == 404
            assert plain(hidden.text, video_id) == plain(missing.text, nothing)
        assert "follow me" not in reader.get(f"/@author/{video_id}").text
    listed = http.get("/api/v1/people/author/videos").json()["items"]
    assert video_id not in [item["id"] for item in listed]
    assert http.get("/api/v1/tags/friends/videos").json()["items"] == []


def plain(text: str, video_id: str) -> str:
    """An answer without what differs from one to the next."""
    return re.sub(r'"instance":"[^"]*"|"request_id":"[^"]*"', "", text.replace(video_id, "ID"))


def test_followers_may_like_and_comment_until_they_stop_following(site: Site, video_id: str, follower: Member) -> None:
    path = f"/api/v1/videos/{video_id}"
    follower.call("PUT", f"{path}/like")
    follower.call("POST", f"{path}/comments", json={"text": "Just us"})
    assert refused(site.stranger, "PUT", f"{path}/like") == 404
    assert refused(site.stranger, "POST", f"{path}/comments", json={"text": "Me too"}) == 404
    media = site.author.call("GET", path).json()["renditions"][0]["url"]
    assert follower.http.get(media).status_code == 200

    follower.call("DELETE", "/api/v1/people/author/follow")

    assert follower.http.get(media).status_code == 404
    assert answers(follower.http, addresses(site, video_id)) == {404}
    assert refused(follower, "PUT", f"{path}/like") == 404
    assert refused(follower, "POST", f"{path}/comments", json={"text": "Still here"}) == 404
    comments = site.author.call("GET", f"{path}/comments").json()["items"]
    assert [comment["text"] for comment in comments] == ["Just us"]


def refused(member: Member, method: str, path: str, **what: object) -> int:
    """The status of an answer that is an error."""
    token = member.http.get("/api/v1/session").json()["csrf_token"]
    return member.http.request(method, path, headers={"X-CSRFToken": token}, **what).status_code  # type: ignore[arg-type]


def test_a_live_stream_ends_when_its_listener_stops_following(
    site: Site, http: httpx.Client, video_id: str, follower: Member
) -> None:
    topic = f"/live?topics=video:{video_id}"
    assert http.get(topic).status_code == site.stranger.http.get(topic).status_code == 403
    with listen(site, follower, topic) as stream:
        stream.recv(65_536)
        site.author.call("POST", f"/api/v1/videos/{video_id}/comments", json={"text": "Hello you"})
        assert b"Hello you" in read_until(stream, b"Hello you")
        follower.call("DELETE", "/api/v1/people/author/follow")
        rest = read_until(stream, None)
    assert b"recheck" not in rest
    assert follower.http.get(topic).status_code == 403


def test_a_stream_tells_nothing_of_what_stands_below_somebody_whom_its_listener_has_blocked(
    site: Site, video_id: str, follower: Member
) -> None:
    path = f"/api/v1/videos/{video_id}/comments"
    site.stranger.call("PUT", "/api/v1/people/author/follow")
    root = site.stranger.call("POST", path, json={"text": "I begin"}).json()["id"]
    follower.call("PUT", "/api/v1/people/stranger/block")
    with listen(site, follower, f"/live?topics=video:{video_id}") as stream:
        stream.recv(65_536)
        site.author.call("POST", path, json={"text": "Below it", "reply_to": root})
        site.author.call("POST", path, json={"text": "Beside it"})
        heard = read_until(stream, b"Beside it")
    assert b"Below it" not in heard
    assert b'"about"' not in heard, "who was named for that"
    follower.call("DELETE", "/api/v1/people/stranger/block")
    site.stranger.call("DELETE", "/api/v1/people/author/follow")


def test_what_was_for_everyone_is_closed_to_strangers_in_seconds_and_their_streams_at_once(
    site: Site, http: httpx.Client, video_id: str
) -> None:
    path, topic = f"/api/v1/videos/{video_id}", f"/live?topics=video:{video_id}"
    site.author.call("PATCH", path, json={"visibility": "everyone"})
    paths = addresses(site, video_id)
    assert answers(http, paths) == {200}
    with listen(site, site.stranger, topic) as stream:
        stream.recv(65_536)
        site.author.call("PATCH", path, json={"visibility": "followers"})
        read_until(stream, None)
    time.sleep(FORGET_SECONDS)
    assert answers(http, paths) == {404}
    assert http.get(topic).status_code == 403


def listen(site: Site, member: Member, path: str) -> socket.socket:
    """An open stream of a member's."""
    cookies = "; ".join(f"{name}={value}" for name, value in member.http.cookies.items())
    stream = socket.create_connection(("127.0.0.1", site.network.port), timeout=PATIENCE_SECONDS)
    stream.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\n\r\n".encode())
    return stream


def read_until(stream: socket.socket, word: bytes | None) -> bytes:
    """What comes until `word`, or until the stream ends by itself."""
    found = b""
    while word is None or word not in found:
        block = stream.recv(65_536)
        found += block
        if not block or found.endswith(b"0\r\n\r\n"):
            break
    return found
