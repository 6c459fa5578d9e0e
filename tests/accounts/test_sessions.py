"""A session brings its person in one SELECT, and never one that it should not bring any more."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from revue.accounts.contracts import Role
from tests.accounts.conftest import Browser

ME = "/api/v1/feed/foryou"
MOST = 4  # queries of a feed page itself


@pytest.fixture
def ana(browser: Browser) -> Browser:
    """A browser with Ana signed in."""
    assert browser.sign_up("ana").status_code == 200
    return browser


def who(browser: Browser) -> str | None:
    """Whom the API takes the browser for."""
    person = browser.get("/api/v1/session").json()["person"]
    return person["handle"] if person else None


def statements(browser: Browser) -> list[str]:
    """The statements of one request that needs the viewer."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(ME).status_code == 200
    return [query["sql"] for query in asked]


def test_who_asks_costs_one_statement(ana):
    asked = statements(ana)
    assert sum("django_session" in sql for sql in asked) == 1
    assert sum("accounts_person" in sql for sql in asked if "videos_video" not in sql) == 1
    assert len(asked) <= MOST + 1


def test_a_session_that_is_not_listed_still_signs_in(ana):
    UserSession.objects.all().delete()
    assert who(ana) == "ana"


def test_a_session_listed_for_somebody_else_does_not_sign_them_in(ana, browsers):
    browsers().sign_up("ben")
    ben = get_user_model().objects.get(handle="ben")
    key = ana.cookies["sessionid"].value
    UserSession.objects.filter(session_key=key).update(user=ben)
    assert who(ana) == "ana"


def test_a_suspended_person_is_a_visitor_from_the_next_request_on(ana):
    assert who(ana) == "ana"
    get_user_model().objects.update(is_active=False)
    assert who(ana) is None


def test_another_role_counts_from_the_next_request_on(ana):
    assert ana.get("/api/v1/session").json()["person"]["role"] == Role.MEMBER.value
    get_user_model().objects.update(role=Role.ADMIN.value)
    assert ana.get("/api/v1/session").json()["person"]["role"] == Role.ADMIN.value


def test_another_password_ends_the_session(ana):
    person = get_user_model().objects.get(handle="ana")
    person.set_password("something-else-entirely")
    person.save()
    assert who(ana) is None
    assert not Session.objects.filter(session_key=ana.cookies["sessionid"].value).exists()


def test_a_session_that_ran_out_or_was_deleted_signs_nobody_in(ana):
    Session.objects.update(expire_date=timezone.now())
    assert who(ana) is None
    Session.objects.all().delete()
    assert who(ana) is None
