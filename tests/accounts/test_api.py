"""The session and one's own profile over HTTP."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from revue.platform import ids
from tests.accounts.conftest import Browser
from tests.accounts.pictures import picture
from tests.people import make_person

ME = {"name": "", "bio": "", "links": [], "avatar_url": None, "role": "member", "email": "", "home_region": "local"}


@pytest.fixture
def ana(browser):
    browser.sign_up("ana")
    return browser


def session(browser):
    return browser.get("/api/v1/session").json()


def patch(browser, **changes):
    return browser.send("PATCH", "/api/v1/me/profile", changes)


def put_avatar(browser, data, name="file"):
    body = encode_multipart(BOUNDARY, {name: SimpleUploadedFile("me.jpg", data, "image/jpeg")})
    headers = {"X-CSRFToken": browser.cookies["csrftoken"].value}
    return browser.generic("PUT", "/api/v1/me/avatar", body, content_type=MULTIPART_CONTENT, headers=headers)


def test_a_visitor_learns_what_this_instance_is_and_gets_a_token(settings):
    settings.INSTANCE_NAME = "Small Stage"
    settings.MINIMUM_AGE = 16
    visitor = Client()
    answer = visitor.get("/api/v1/session").json()
    assert answer["person"] is None
    assert answer["csrf_token"]
    assert visitor.cookies["csrftoken"].value
    assert answer["instance"] == {
        "name": "Small Stage",
        "invite_only": False,
        "minimum_age": 16,
        "max_upload_bytes": 1_000_000_000,
        "max_video_seconds": 600,
        "has_direct_uploads": False,
        "bin_days": 30,
    }


def test_a_session_shows_ones_own_account_and_no_birth_date(ana):
    person = session(ana)["person"]
    assert ids.from_short(person.pop("id"))
    assert person == {**ME, "handle": "ana"}


def test_the_token_of_the_session_is_what_changes_need(ana):
    headers = {"X-CSRFToken": session(ana)["csrf_token"]}
    body = json.dumps({"name": "Ana"})
    change = {"content_type": "application/json", "headers": headers}
    assert ana.generic("PATCH", "/api/v1/me/profile", body, **change).status_code == 200
    change["headers"] = {}
    refused = ana.generic("PATCH", "/api/v1/me/profile", body, **change)
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")


def test_parts_of_a_profile_change_and_the_others_stay(ana):
    links = [{"title": "Home", "url": "https://ana.example/"}]
    assert patch(ana, name=" Ana\u202e Lima ", links=links).status_code == 200
    answer = patch(ana, bio="Dances.", handle="ana.lima")
    assert answer.status_code == 200
    expected = {**ME, "handle": "ana.lima", "name": "Ana Lima", "bio": "Dances.", "links": links}
    assert {**answer.json(), "id": ""} == {**expected, "id": ""}
    assert session(ana)["person"] == answer.json()


@pytest.mark.parametrize(
    ("changes", "status", "code", "field"),
    [
        ({"handle": "admin"}, 422, "bad_handle", "handle"),
        ({"handle": "bea"}, 409, "handle_taken", "handle"),
        ({"name": "x" * 51}, 422, "bad_profile", "name"),
        ({"bio": "x" * 161}, 422, "bad_profile", "bio"),
        ({"links": [{"url": "javascript:alert(1)"}]}, 422, "bad_profile", "links"),
        ({"links": [{"url": "https://x.org/"}] * 6}, 422, "bad_profile", "links"),
    ],
)
def test_a_change_that_breaks_a_rule_changes_nothing_and_says_which(ana, changes, status, code, field):
    make_person("bea")
    before = session(ana)["person"]
    answer = patch(ana, **{"name": "Changed", **changes})
    assert (answer.status_code, answer.json()["code"], list(answer.json()["fields"])) == (status, code, [field])
    assert session(ana)["person"] == before


def test_an_avatar_is_set_and_cleared(ana):
    answer = put_avatar(ana, picture().getvalue())
    assert answer.status_code == 200, answer.content
    assert answer.json()["avatar_url"].startswith("/media/avatars/")
    cleared = ana.send("DELETE", "/api/v1/me/avatar")
    assert (cleared.status_code, cleared.json()["avatar_url"]) == (200, None)


def test_an_avatar_that_is_no_picture_is_refused(ana):
    for answer in (
        put_avatar(ana, b"<svg/>"),
        put_avatar(ana, picture().getvalue(), name="picture"),
        ana.send("PUT", "/api/v1/me/avatar", {"file": "x"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_image")
    assert session(ana)["person"]["avatar_url"] is None


@pytest.mark.parametrize(("method", "path"), [("PATCH", "profile"), ("PUT", "avatar"), ("DELETE", "avatar")])
def test_visitors_change_nothing(method, path):
    answer = Browser().send(method, f"/api/v1/me/{path}", {})
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_needed")
