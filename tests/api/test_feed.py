"""The feed over HTTP: ready bytes that keep the contract."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from revue.api.schemas.feed import FeedPageOut, PersonVideosOut, Video, VideoPageOut
from revue.platform import ids
from revue.social import actions
from tests.people import client_of, make_person, viewer_of
from tests.published import publish, publish_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue() -> list[int]:
    videos = publish_many([make_person() for _ in range(6)] * 4)
    videos.append(publish(make_person(), tags=["dance"], mentions=["ana"], caption="#dance with @ana \U0001f483"))
    return videos


def keeps_contract(response, schema) -> dict:
    """The body, after the schema's own rendering of it gave the same."""
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"] == "private, no-store"
    body = response.json()
    assert schema.model_validate(body).model_dump(mode="json") == body
    return body


@pytest.mark.parametrize("is_member", [False, True])
def test_pages_keep_the_contract(catalogue, is_member):
    client = client_of(make_person()) if is_member else Client()
    body = keeps_contract(client.get("/api/v1/feed/foryou?limit=30"), FeedPageOut)
    assert len(body["items"]) == len(catalogue)
    item = body["items"][0]
    assert item["url"] == f"/@{item['author']['handle']}/{item['id']}"
    assert item["published_at"].endswith("Z")


def test_following_and_lists_keep_the_contract(catalogue):
    ana, ben = make_person("ana"), make_person("ben")
    publish_many([ben] * 3)
    actions.follow_person(viewer=viewer_of(ana), handle="ben")
    client = client_of(ana)
    assert len(keeps_contract(client.get("/api/v1/feed/following"), FeedPageOut)["items"]) == 3
    assert len(keeps_contract(client.get("/api/v1/people/ben/videos?limit=2"), PersonVideosOut)["items"]) == 2
    assert len(keeps_contract(client.get("/api/v1/tags/dance/videos"), VideoPageOut)["items"]) == 1
    short = ids.to_short(catalogue[0])
    assert keeps_contract(client.get(f"/api/v1/videos/{short}"), Video)["id"] == short


def test_a_visitors_whole_request_takes_at_most_four_queries(catalogue):
    client = Client()
    cursor = client.get("/api/v1/feed/foryou?limit=10").json()["next_cursor"]
    with CaptureQueriesContext(connection) as captured:
        body = client.get(f"/api/v1/feed/foryou?limit=10&cursor={cursor}").json()
    assert len(body["items"]) == 10
    assert len(captured) <= 4, [query["sql"][:100] for query in captured.captured_queries]


def test_signing_in_adds_only_the_two_queries_of_the_session_and_one_of_controls(catalogue):
    client = client_of(make_person())
    cursor = client.get("/api/v1/feed/foryou?limit=10").json()["next_cursor"]
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/api/v1/feed/foryou?limit=10&cursor={cursor}")
    assert len(captured) <= 7, [query["sql"][:100] for query in captured.captured_queries]
