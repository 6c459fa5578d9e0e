"""Media over real HTTP: ranges, conditions, hostile paths, and who may have which bytes."""

import time

import httpx
import pytest

from tests.front.conftest import Site

FORGET_SECONDS = 2.5  # the front remembers what is public for two seconds


def test_a_whole_file_and_its_head_agree(site: Site, http: httpx.Client):
    whole, head = http.get(site.open_url), http.head(site.open_url)
    assert whole.status_code == head.status_code == 200
    assert head.content == b""
    assert int(head.headers["content-length"]) == len(whole.content)
    assert whole.headers["content-type"] == "video/mp4"
    assert whole.headers["accept-ranges"] == "bytes"
    assert "immutable" in whole.headers["cache-control"]
    assert whole.headers["etag"] == head.headers["etag"]
    assert whole.headers["etag"].startswith('"')


@pytest.mark.parametrize(
    ("header", "start", "end"), [("bytes=0-99", 0, 100), ("bytes=100-", 100, None), ("bytes=-50", -50, None)]
)
def test_a_part_is_exactly_that_part(site: Site, http: httpx.Client, header, start, end):
    whole = http.get(site.open_url).content
    part = http.get(site.open_url, headers={"Range": header})
    assert part.status_code == 206
    assert part.content == whole[start:end]
    first, last = part.headers["content-range"].removeprefix("bytes ").split("/")[0].split("-")
    assert whole[int(first) : int(last) + 1] == part.content


def test_a_part_beyond_the_end_is_refused_with_the_length(site: Site, http: httpx.Client):
    answer = http.get(site.open_url, headers={"Range": "bytes=999999999-"})
    assert answer.status_code == 416
    size = http.head(site.open_url).headers["content-length"]
    assert answer.headers["content-range"] == f"bytes */{size}"


def test_several_parts_are_answered_whole(site: Site, http: httpx.Client):
    assert http.get(site.open_url, headers={"Range": "bytes=0-1,4-5"}).status_code == 200


def test_what_the_browser_has_is_not_sent_again(site: Site, http: httpx.Client):
    etag = http.head(site.open_url).headers["etag"]
    assert http.get(site.open_url, headers={"If-None-Match": etag}).status_code == 304
    current = http.get(site.open_url, headers={"Range": "bytes=0-9", "If-Range": etag})
    outdated = http.get(site.open_url, headers={"Range": "bytes=0-9", "If-Range": '"other"'})
    assert (current.status_code, outdated.status_code) == (206, 200)


@pytest.mark.parametrize(
    "path",
    [
        "/media/../secret-key",
        "/media/%2e%2e/secret-key",
        "/media/clips/%2e%2e/%2e%2e/secret-key",
        "/media/clips/..%2f..%2fsecret-key",
        "/media/clips/%5c..%5csecret-key",
        "/media/originals/x/original",
        "/media/clips/nothing/540.mp4",
        "/media//etc/passwd",
        "/media/",
        "/internal-media/clips/x/540.mp4",
        "/media/clips/%00/540.mp4",
        "/media/" + "a" * 3000,
    ],
)
def test_hostile_paths_get_nothing(site: Site, path):
    host, port = "127.0.0.1", site.network.port
    raw = httpx.HTTPTransport()
    with httpx.Client(transport=raw) as client:
        request = client.build_request("GET", f"http://{host}:{port}/")
        request.extensions["target"] = path.encode()
        answer = client.send(request)
    assert answer.status_code in (400, 404)
    assert b"root:" not in answer.content


def test_private_bytes_go_to_their_author_only(site: Site, http: httpx.Client):
    mine = site.author.http.get(site.private_url)
    assert mine.status_code == 200
    assert mine.headers["cache-control"] == "private, no-store"
    assert http.get(site.private_url).status_code == 404
    assert site.stranger.http.get(site.private_url).status_code == 404
    assert http.get(site.private_url, headers={"Range": "bytes=0-9"}).status_code == 404


def test_what_turns_private_or_is_deleted_is_gone_in_seconds(site: Site, http: httpx.Client):
    site.author.call("PATCH", f"/api/v1/videos/{site.private_id}", json={"visibility": "unlisted"})
    assert http.get(site.private_url).status_code == 200
    site.author.call("PATCH", f"/api/v1/videos/{site.private_id}", json={"visibility": "only_me"})
    time.sleep(FORGET_SECONDS)
    assert http.get(site.private_url).status_code == 404
    assert site.author.http.get(site.private_url).status_code == 200


def test_originals_are_never_served(site: Site):
    folder = site.network.folder / "media"
    original = next(path for path in (folder / "originals").rglob("*") if path.is_file())
    answer = site.author.http.get(f"/media/{original.relative_to(folder).as_posix()}")
    assert answer.status_code == 404
