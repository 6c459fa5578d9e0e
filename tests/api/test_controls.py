"""Feed controls as clients meet them: set, read, undone, and refused with words."""

import orjson
import pytest
from django.test import Client

from revue.platform import clock, ids
from revue.recommender.models import Watch
from tests.people import client_of, make_person
from tests.published import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> int:
    return make_person("ana")


@pytest.fixture
def client(ana) -> Client:
    return client_of(ana)


def send(client: Client, method: str, path: str, body: dict | None = None, *, status: int = 204):
    answer = client.generic(
        method, f"/api/v1/me/feed{path}", b"" if body is None else orjson.dumps(body), content_type="application/json"
    )
    assert answer.status_code == status, answer.content
    return answer.json() if answer.content else None


def test_settings_are_read_changed_and_left_alone(client):
    body = send(client, "GET", "", status=200)
    assert (body["is_personalised"], body["most_videos"], body["muted_words"]) == (True, None, [])
    assert {topic["step"] for topic in body["topics"]} == {0}
    body = send(client, "PATCH", "", {"most_videos": 20, "is_personalised": False}, status=200)
    assert (body["most_videos"], body["is_personalised"]) == (20, False)
    body = send(client, "PATCH", "", {"is_history_paused": True}, status=200)
    assert (body["most_videos"], body["is_personalised"], body["is_history_paused"]) == (20, False, True)
    assert send(client, "PATCH", "", {"most_videos": None}, status=200)["most_videos"] is None


def test_a_dial_and_a_word_are_set_and_undone(client):
    send(client, "PUT", "/topics/1", {"step": -2})
    send(client, "POST", "/words", {"word": "Déjà vu"})
    body = send(client, "GET", "", status=200)
    assert {topic["name"]: topic["step"] for topic in body["topics"]}["Dance"] == -2
    assert body["muted_words"] == ["Déjà vu"]
    send(client, "PUT", "/topics/1", {"step": 0})
    send(client, "DELETE", "/words?word=deja%20vu")
    body = send(client, "GET", "", status=200)
    assert {topic["step"] for topic in body["topics"]} == {0}
    assert body["muted_words"] == []


def test_what_is_not_wanted_leaves_the_feed_and_comes_back(client):
    video = ids.to_short(publish(make_person(), caption="#dance", tags=["dance"]))
    item = client.get("/api/v1/feed/foryou").json()["items"][0]
    assert item["topics"] == [{"id": 1, "name": "Dance"}]
    for kind, target in (("video", video), ("creator", item["author"]["id"]), ("topic", "1"), ("tag", "dance")):
        send(client, "PUT", f"/not-interested/{kind}/{target}")
        assert client.get("/api/v1/feed/foryou").json()["items"] == []
        assert [
            (line["kind"], line["target"]) for line in send(client, "GET", "/not-interested", status=200)["items"]
        ] == [(kind, target)]
        send(client, "DELETE", f"/not-interested/{kind}/{target}")
        assert [one["id"] for one in client.get("/api/v1/feed/foryou").json()["items"]] == [video]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", "/topics/99", {"step": 1}, 422),
        ("PUT", "/topics/1", {"step": 3}, 422),
        ("PUT", "/not-interested/nothing/1", None, 422),
        ("PUT", "/not-interested/video/!!", None, 404),
        ("PUT", "/not-interested/topic/one", None, 404),
        ("PUT", "/not-interested/topic/99", None, 422),
        ("POST", "/words", {"word": "  "}, 422),
        ("POST", "/words", {"word": "x" * 61}, 422),
        ("PATCH", "", {"most_videos": 0}, 422),
        ("PATCH", "", {"most_minutes": 10**9}, 422),
        ("DELETE", "/history?since=never", None, 422),
        ("DELETE", "/history/!!", None, 404),
        ("GET", "/marks?videos=!!", None, 404),
        ("GET", "/history?cursor=forged", None, 400),
    ],
)
def test_what_makes_no_sense_is_refused(client, method, path, body, status):
    assert send(client, method, path, body, status=status)["code"]


def test_history_is_read_searched_and_taken_away(client, ana):
    videos = [publish(make_person(), caption=caption) for caption in ("first", "second")]
    for video_id in videos:
        Watch.objects.create(viewer=ana, video_id=video_id, at=clock.now(), watch_ms=700)
    body = send(client, "GET", "/history", status=200)
    assert [line["video"]["caption"] for line in body["items"]] == ["second", "first"]
    assert body["items"][0]["watch_ms"] == 700
    assert [line["video"]["caption"] for line in send(client, "GET", "/history?search=FIR", status=200)["items"]] == [
        "first"
    ]
    send(client, "DELETE", f"/history/{ids.to_short(videos[0])}")
    assert len(send(client, "GET", "/history", status=200)["items"]) == 1
    send(client, "DELETE", "/history?since=last_day")
    assert send(client, "GET", "/history", status=200)["items"] == []


def test_a_visit_ends_where_it_was_set_to_end(client):
    for _ in range(3):
        publish(make_person())
    send(client, "PATCH", "", {"most_videos": 2}, status=200)
    first = client.get("/api/v1/feed/foryou").json()
    assert (len(first["items"]), first["onward_cursor"]) == (2, None)
    end = client.get("/api/v1/feed/foryou", {"cursor": first["next_cursor"]}).json()
    assert (end["items"], end["next_cursor"]) == ([], None)
    assert len(client.get("/api/v1/feed/foryou", {"cursor": end["onward_cursor"]}).json()["items"]) == 1


def test_marks_are_given_for_what_may_be_watched(client, ana):
    one, hidden = publish(ana), publish(make_person(), visibility="only_me")
    wanted = ",".join(map(ids.to_short, (one, hidden)))
    assert send(client, "GET", f"/marks?videos={wanted}", status=200)["items"] == [
        {
            "id": ids.to_short(one),
            "liked": False,
            "saved": False,
            "reposted": False,
            "following": False,
            "is_author": True,
        }
    ]


def test_visitors_with_a_name_have_controls_too():
    client = Client()
    client.get("/")  # the page gives the name
    send(client, "PATCH", "", {"is_personalised": False}, status=200)
    assert client.get("/api/v1/feed/foryou").json()["is_personalised"] is False
    assert Client().get("/api/v1/feed/foryou").json()["is_personalised"] is True
