"""Errors: one shape, documented codes, whoever raised them."""

import pathlib
import re

import pytest
from django.test import Client

from revue.api.errors import PROBLEM_TYPE, problem
from revue.api.words import every_error
from revue.platform import ids
from revue.platform.errors import NotFound, RateLimited, RevueError
from revue.social import actions
from tests.people import client_of, make_person
from tests.published import publish

pytestmark = pytest.mark.django_db
PAGE = pathlib.Path(__file__).parents[2] / "docs" / "develop" / "errors.md"


def test_every_error_code_stands_on_its_page_with_its_status():
    page = PAGE.read_text()
    lines = dict(re.findall(r"^\| `(\w+)` \| (\d{3}) \|", page, re.MULTILINE))
    wanted = {kind.code: str(kind.status) for kind in every_error() if kind is not RevueError}
    assert wanted.items() <= lines.items(), {code: s for code, s in wanted.items() if lines.get(code) != s}
    assert set(lines) <= set(wanted), "the page names errors that do not exist"


def test_every_error_says_something_to_a_person():
    for kind in every_error():
        assert kind.title.endswith("."), kind
        assert re.fullmatch(r"[a-z][a-z0-9_]*", kind.code), kind


def test_a_problem_carries_its_data_and_no_data_hides_its_own_fields():
    body = problem(NotFound("No such thing.", code="mine", hint="look elsewhere"))
    assert body.headers["Content-Type"] == PROBLEM_TYPE
    assert body.status_code == 404
    assert b'"code":"not_found"' in body.content
    assert b'"hint":"look elsewhere"' in body.content


def test_retry_after_is_a_header_too():
    assert problem(RateLimited(retry_after_s=7)).headers["Retry-After"] == "7"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "/api/v1/nowhere", 404, "not_found"),
        ("get", "/api/v2/session", 404, "not_found"),
        ("post", "/api/v1/feed/foryou", 405, "method_not_allowed"),
        ("get", "/api/v1/feed/following", 401, "sign_in_needed"),
        ("get", "/api/v1/feed/foryou?limit=0", 422, "bad_input"),
        ("get", "/api/v1/feed/foryou?cursor=forged", 400, "bad_cursor"),
        ("get", "/api/v1/videos/!!", 404, "not_found"),
        ("get", "/api/v1/people/%00", 400, "bad_request"),
        ("get", "/api/v1/feed/foryou?cursor=%00", 400, "bad_request"),
    ],
)
def test_everything_that_goes_wrong_is_a_problem(method, path, status, code):
    response = getattr(Client(), method)(path)
    assert (response.status_code, response.headers["Content-Type"]) == (status, PROBLEM_TYPE)
    body = response.json()
    assert body["status"] == status
    assert {"type", "title", "detail"} <= body.keys()
    assert body["code"] in (code, "video_not_found")


def test_a_method_that_is_not_allowed_names_those_that_are():
    response = Client().post("/api/v1/feed/foryou")
    assert response.headers["Allow"] == "GET"


def test_bad_fields_are_named():
    response = Client().post("/api/v1/events", {"events": [{"kind": "dance"}]}, content_type="application/json")
    assert response.status_code == 422
    assert {"events.0.id", "events.0.kind"} <= response.json()["fields"].keys()


@pytest.mark.parametrize("body", ["{", '"\\ud800"', '{"events": NaN}', '{"events": [], "x": "\\u0000"}'])
def test_broken_json_is_a_bad_request(body):
    response = Client().post("/api/v1/events", body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (400, "bad_request")


def test_a_bug_is_a_problem_without_its_details(monkeypatch):
    def broken(**_):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(actions, "like_video", broken)
    client = client_of(make_person())
    client.raise_request_exception = False
    video = publish(make_person())
    response = client.put(f"/api/v1/videos/{ids.to_short(video)}/like")
    assert (response.status_code, response.json()["code"]) == (500, "server_error")
    assert b"secret" not in response.content


def test_a_change_without_the_csrf_token_is_refused_and_a_visitor_is_asked_to_sign_in_first():
    ana = make_person()
    member = client_of(ana)
    member.handler.enforce_csrf_checks = True
    path = f"/api/v1/videos/{ids.to_short(publish(ana))}/like"
    assert member.put(path).json()["code"] == "csrf_failed"
    token = member.get("/api/v1/session").json()["csrf_token"]
    assert member.put(path, headers={"X-CSRFToken": token}).status_code == 200
    assert Client(enforce_csrf_checks=True).put(path).json()["code"] == "sign_in_needed"
