"""Watch events over HTTP: from our pages only, also as a beacon."""

import uuid

import orjson
import pytest
from django.test import Client

from revue.events import queries
from revue.platform import clock, ids
from tests.people import client_of, make_person
from tests.published import publish

pytestmark = pytest.mark.django_db
PATH = "/api/v1/events"


@pytest.fixture
def video() -> int:
    return publish(make_person())


def batch(video_id: int, *, count: int = 1, **fields) -> str:
    event = {"kind": "play_start", "video_id": ids.to_short(video_id), "at_ms": int(clock.now().timestamp() * 1000)}
    return orjson.dumps({"events": [{**event, "id": str(uuid.uuid4()), **fields} for _ in range(count)]}).decode()


def strict() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("content_type", ["text/plain;charset=UTF-8", "application/json"])
@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}])
def test_a_beacon_from_our_own_page_counts(video, content_type, headers):
    response = strict().post(PATH, batch(video), content_type=content_type, headers=headers)
    assert (response.status_code, response.json()) == (202, {"accepted": 1, "repeated": 0, "ignored": 0})
    assert queries.counts_of([video])[video].plays == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_a_request_from_anywhere_else_is_refused_and_nothing_counts(video, headers):
    client = client_of(make_person())
    client.handler.enforce_csrf_checks = True
    response = client.post(PATH, batch(video), content_type="text/plain", headers=headers)
    assert (response.status_code, response.json()["code"]) == (403, "csrf_failed")
    assert queries.counts_of([video])[video].plays == 0


def test_the_csrf_token_opens_it_too(video):
    client = strict()
    token = client.get("/api/v1/session").json()["csrf_token"]
    response = client.post(PATH, batch(video), content_type="application/json", headers={"X-CSRFToken": token})
    assert response.status_code == 202


def test_a_batch_that_arrives_twice_counts_once(video):
    body = batch(video, count=3)
    answers = [Client().post(PATH, body, content_type="text/plain").json() for _ in range(2)]
    assert answers == [{"accepted": 3, "repeated": 0, "ignored": 0}, {"accepted": 0, "repeated": 3, "ignored": 0}]


@pytest.mark.parametrize(
    "fields",
    [{"kind": "dance"}, {"source": "dream"}, {"id": "1"}, {"watch_ms": -1}, {"propensity": 2}, {"at_ms": 2**60}],
)
def test_a_batch_with_nonsense_is_refused_whole(video, fields):
    response = Client().post(PATH, batch(video, **fields), content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (422, "bad_input")


def test_more_than_two_hundred_at_once_are_refused(video):
    assert Client().post(PATH, batch(video, count=201), content_type="application/json").status_code == 422


def test_details_beyond_a_kilobyte_are_left_out_and_the_event_counts(video):
    body = batch(video, data={"text": "x" * 5000})
    assert Client().post(PATH, body, content_type="application/json").json()["accepted"] == 1
