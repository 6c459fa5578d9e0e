"""Not personalised, over the network: two people with different lives get the same bytes from a real server."""

import time
import uuid

import httpx

from tests.front.conftest import Site
from tests.journeys.network import Member

ADDRESS = "/api/v1/feed/foryou?personalised=off&limit=1"
PERIOD_S = 600


def live(member: Member, video_id: str, handle: str) -> None:
    """Give somebody a taste of their own."""
    member.call("PUT", f"/api/v1/people/{handle}/follow")
    member.call("PUT", f"/api/v1/videos/{video_id}/like")
    now_ms = int(time.time() * 1000)
    kinds = ("impression", "play_start", "complete")
    report = [{"id": str(uuid.uuid4()), "kind": kind, "video_id": video_id, "at_ms": now_ms} for kind in kinds]
    member.call("POST", "/api/v1/events", json={"events": report})
    member.call("PUT", f"/api/v1/me/feed/not-interested/video/{video_id}")
    member.call("PUT", "/api/v1/me/feed/topics/1", json={"step": -2})
    member.call("POST", "/api/v1/me/feed/words", json={"word": "everyone"})
    member.call("PATCH", "/api/v1/me/feed", json={"is_personalised": False})


def bodies(clients: list[httpx.Client], address: str) -> set[bytes]:
    answers = [client.get(address) for client in clients]
    assert {answer.status_code for answer in answers} == {200}
    return {answer.content for answer in answers}


def test_two_people_with_different_histories_get_the_same_bytes(site: Site, http: httpx.Client) -> None:
    ana, ben = site.network.member("one.ana"), site.network.member("two.ben")
    video_id = http.get(ADDRESS).json()["items"][0]["id"]
    live(ana, video_id, "author")
    clients = [ana.http, ben.http, http]
    if time.time() % PERIOD_S > PERIOD_S - 10:  # an order is about to make room for the next
        time.sleep(11)
    (body,) = bodies(clients, ADDRESS)
    (switched,) = bodies([ana.http], "/api/v1/feed/foryou?limit=1")
    assert switched == body
    page = httpx.Response(200, content=body).json()
    assert [item["id"] for item in page["items"]] == [video_id], "what one of them has set does not change it"
    assert page["is_personalised"] is False
    assert page["items"][0]["viewer"] == dict.fromkeys(("liked", "saved", "reposted", "following", "is_author"), False)
    (marks,) = ana.http.get("/api/v1/me/feed/marks", params={"videos": video_id}).json()["items"]
    assert (marks["liked"], marks["following"]) == (True, True)


def test_another_language_has_an_order_of_its_own(site: Site, http: httpx.Client) -> None:
    cursors = {
        language: http.get(f"{ADDRESS}", headers={"Accept-Language": language}).json()["next_cursor"]
        for language in ("en", "en-GB,en;q=0.8", "fr")
    }
    assert cursors["fr"] is None or cursors["fr"] != cursors["en"]
    with (
        httpx.Client(base_url=site.url, headers={"Accept-Language": "fr"}) as one,
        httpx.Client(base_url=site.url, headers={"Accept-Language": "fr"}) as two,
    ):
        assert len(bodies([one, two], ADDRESS)) == 1
