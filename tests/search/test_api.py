"""Search, Explore and trends as clients meet them."""

import datetime

import pytest
from django.core.cache import cache
from django.test import Client

from revue.api.routers.search import PER_MINUTE
from revue.platform import clock
from revue.recommender import upkeep
from revue.search import actions
from revue.videos import trends
from tests.people import make_person
from tests.published import publish

pytestmark = pytest.mark.django_db


def ask(path: str, **query) -> dict:
    response = Client().get(f"/api/v1{path}", query)
    assert response.status_code == 200, response.content
    return response.json()


def post(author: int, caption: str, tags: list[str], *, days: float = 0) -> int:
    when = clock.now() - datetime.timedelta(days=days)
    video_id = publish(author, caption=caption, tags=tags, published_at=when)
    actions.follow_video(video_id=video_id)
    return video_id


def test_top_has_the_best_of_each_kind_with_ranges_of_the_match():
    ana = make_person("dancer", name="Ana")
    post(ana, "Dance with me #dance", ["dance"])
    found = ask("/search/top", q="dance")
    assert [one["person"]["handle"] for one in found["people"]] == ["dancer"]
    assert found["people"][0]["handle_matches"] == [{"start": 0, "end": 5}]
    assert [one["name"] for one in found["tags"]] == ["dance"]
    assert found["videos"]["items"][0]["matches"] == [{"start": 0, "end": 5}, {"start": 15, "end": 20}]


def test_a_question_that_is_too_long_or_too_frequent_is_refused():
    assert Client().get("/api/v1/search/videos", {"q": "x" * 201}).status_code == 422
    client = Client()
    answers = (client.get("/api/v1/search/tags", {"q": "x"}).status_code for _ in range(2 * PER_MINUTE))
    assert 429 in answers
    assert client.get("/api/v1/search/suggest", {"q": "x"}).status_code == 200


def test_explore_shows_everything_or_one_topic():
    cache.clear()
    ana = make_person()
    post(ana, "A recipe", ["cooking"])
    post(ana, "A tango", ["tango"])
    upkeep.repair()
    topics = {topic["name"]: topic["id"] for topic in ask("/explore/topics")["items"]}
    assert set(topics) == {"Food", "Dance"}
    page = ask("/explore", topic=topics["Food"])
    assert [video["caption"] for video in page["items"]] == ["A recipe"]
    first = ask("/explore", limit=1)
    second = ask("/explore", limit=1, cursor=first["next_cursor"])
    assert {first["items"][0]["caption"], second["items"][0]["caption"]} == {"A recipe", "A tango"}


def test_tags_rise_by_growth_and_one_person_alone_is_no_trend():
    cache.clear()
    people = [make_person() for _ in range(6)]
    for person in people:
        post(person, "#steady", ["steady"], days=1)
        post(person, "#steady", ["steady"], days=8)
    for person in people[:5]:
        post(person, "#rising", ["rising"], days=1)
    for _ in range(9):
        post(people[0], "#lonely", ["lonely"], days=1)
    found = ask("/trends")["tags"]
    assert [tag["name"] for tag in found] == ["rising", "steady"]
    assert found[0]["uses"] == {"this_week": 5, "week_before": 0, "days": [0] * 12 + [5, 0]}
    assert found[1]["uses"]["week_before"] == 6
    assert len(found[0]["uses"]["days"]) == trends.DAYS


def test_a_tag_has_its_numbers_and_its_best():
    ana = make_person()
    post(ana, "#one", ["one"])
    publish(ana, tags=["one"], visibility="only_me")
    assert ask("/tags/ONE") == {"name": "one", "videos": 1, "plays": 0}
    assert ask("/tags/none")["videos"] == 0
    assert len(ask("/tags/one/videos", sort="top")["items"]) == 1


@pytest.mark.parametrize("path", ["/search?q=dance", "/explore", "/trends"])
def test_pages_are_for_people_and_not_for_indexes(path):
    answer = Client().get(path)
    assert answer.status_code == 200
    assert b'name="robots" content="noindex"' in answer.content
    assert b"dance" not in answer.content
