"""Signing up over allauth's headless API."""

import datetime
import urllib.parse

import pytest
from django.contrib.auth import get_user_model

from revue.accounts import actions
from revue.accounts.contracts import Role
from revue.accounts.queries import is_invitation_open
from revue.platform import clock, ids
from tests.accounts.conftest import ACCOUNT, AUTH, PASSWORD, Browser, errors_of


def people():
    return get_user_model().objects


def test_a_handle_a_password_and_a_birth_date_make_an_account_and_sign_in(browser, settings):
    settings.HOME_REGION = "north"
    response = browser.sign_up("Ana.Lima")
    assert response.status_code == 200
    person = people().get(handle="ana.lima")
    assert response.json()["data"]["user"]["id"] == ids.to_short(person.pk)
    assert response.json()["data"]["user"]["handle"] == "ana.lima"
    assert (person.home_region, person.role, person.is_superuser) == ("north", Role.MEMBER.value, False)
    assert person.birth_date == datetime.date(1990, 5, 17)
    assert person.password.startswith("scrypt$")
    assert browser.person["handle"] == "ana.lima"


def test_the_word_handle_is_understood_as_well(browser):
    data = {"handle": "ana", "password": PASSWORD, "birth_date": "1990-05-17"}
    assert browser.send("POST", f"{AUTH}/signup", data).status_code == 200
    assert people().get().handle == "ana"


@pytest.mark.parametrize("field", ["birth_date", "password", "username"])
def test_each_field_that_is_needed_is_named_when_it_is_missing(browser, field):
    response = browser.sign_up(**{"handle" if field == "username" else field: None})
    assert response.status_code == 400
    assert errors_of(response) == {field: "required"}
    assert not people().exists()


@pytest.mark.parametrize(
    ("handle", "code"),
    [
        ("an", "bad_handle"),
        ("a b c", "bad_handle"),
        ("ana.", "bad_handle"),
        ("añá", "bad_handle"),
        ("Admin", "bad_handle"),
    ],
)
def test_a_handle_outside_the_rule_is_refused(browser, handle, code):
    assert errors_of(browser.sign_up(handle)) == {"username": code}
    assert not people().exists()


def test_a_handle_is_free_once_whatever_the_case(browser, browsers):
    browser.sign_up("ana")
    assert errors_of(browsers().sign_up("ANA")) == {"username": "username_taken"}
    assert people().count() == 1


@pytest.mark.parametrize("password", ["short", "password1", "2847562947561"])
def test_a_weak_password_is_refused(browser, password):
    assert set(errors_of(browser.sign_up(password=password))) == {"password"}


def test_a_sign_up_without_the_csrf_token_is_refused(browser):
    response = browser.post(f"{AUTH}/signup", {"username": "ana"}, content_type="application/json")
    assert response.status_code == 403


def test_someone_signed_in_cannot_sign_up_again(browser):
    browser.sign_up("ana")
    assert browser.sign_up("bea").status_code == 409


# --- age -------------------------------------------------------------------------------------------------------


@pytest.fixture
def today(monkeypatch):
    def set_to(day: str) -> None:
        moment = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
        monkeypatch.setattr("revue.accounts.policy.clock.now", lambda: moment)

    return set_to


@pytest.mark.parametrize(
    ("day", "born", "is_old_enough"),
    [
        ("2026-05-17", "2013-05-17", True),  # the thirteenth birthday itself
        ("2026-05-16", "2013-05-17", False),  # the day before
        ("2025-02-28", "2012-02-29", False),  # born on a leap day: in other years it is 1 March
        ("2025-03-01", "2012-02-29", True),
        ("2028-02-29", "2015-03-01", False),
        ("2028-02-29", "2015-02-28", True),
        ("2026-01-01", "2013-01-01", True),
        ("2025-12-31", "2013-01-01", False),
    ],
)
def test_the_age_is_counted_in_whole_years(browser, settings, today, day, born, is_old_enough):
    settings.MINIMUM_AGE = 13
    today(day)
    response = browser.sign_up(birth_date=born)
    assert (response.status_code == 200) is is_old_enough
    assert people().exists() is is_old_enough


def test_whoever_is_too_young_is_not_told_how_old_is_old_enough(browser, settings, today):
    settings.MINIMUM_AGE = 13
    today("2026-01-01")
    response = browser.sign_up(birth_date="2015-01-01")
    assert errors_of(response) == {"birth_date": "too_young"}
    assert "13" not in response.json()["errors"][0]["message"]


@pytest.mark.parametrize("born", ["2999-01-01", "1800-01-01"])
def test_a_birth_date_nobody_alive_has_is_refused(browser, born):
    assert errors_of(browser.sign_up(birth_date=born)) == {"birth_date": "bad_birth_date"}


@pytest.mark.parametrize("born", ["17.05.1990", "2001-02-29", "yesterday", "1990-5"])
def test_a_birth_date_must_be_a_day_as_iso_8601_writes_it(browser, born):
    assert errors_of(browser.sign_up(birth_date=born)) == {"birth_date": "invalid"}


def test_nobody_is_asked_for_a_birth_date_where_there_is_no_age_limit(browser, settings):
    settings.MINIMUM_AGE = 0
    assert browser.sign_up(birth_date=None).status_code == 200
    assert people().get().birth_date is None


def test_no_answer_carries_the_birth_date(browser):
    body = browser.sign_up().content.decode() + browser.get(f"{AUTH}/session").content.decode()
    assert "1990" not in body


# --- e-mail ----------------------------------------------------------------------------------------------------


def test_an_address_is_a_wish_and_gets_a_mail_that_proves_it(browser, mails):
    assert browser.sign_up("ana", email="Ana@Example.org").status_code == 200
    assert people().get().email == "ana@example.org"
    (mail,) = mails()
    assert mail.to == ["ana@example.org"]
    assert "http://localhost:8000/settings/email?confirm=" in mail.body
    key = mail.body.split("email?confirm=")[1].split()[0]
    assert browser.send("POST", f"{AUTH}/email/verify", {"key": urllib.parse.unquote(key)}).status_code == 200
    (address,) = browser.get(f"{ACCOUNT}/email").json()["data"]
    assert address == {"email": "ana@example.org", "primary": True, "verified": True}


def test_a_mail_names_the_instance_and_its_address_whatever_host_was_asked_for(mails, settings):
    settings.INSTANCE_NAME = "Small Stage"
    visitor = Browser(headers={"Host": "evil.example"})
    visitor.sign_up("ana", email="ana@example.org")
    (mail,) = mails()
    assert "Small Stage" in mail.body
    assert "evil.example" not in mail.body + mail.subject


def test_an_address_in_use_is_not_given_away_by_sign_up(browser, browsers):
    browser.sign_up("ana", email="ana@example.org")
    second = browsers()
    assert second.sign_up("bea", email="ana@example.org").status_code == 200
    assert second.person["handle"] == "bea"


# --- invitations -----------------------------------------------------------------------------------------------


@pytest.fixture
def invite_only(settings):
    settings.INVITE_ONLY = True


def test_an_invite_only_instance_asks_for_a_code(browser, invite_only):
    assert errors_of(browser.sign_up()) == {"invitation": "required"}
    assert errors_of(browser.sign_up(invitation="AAAA-BBBB-CCCC-DDDD")) == {"invitation": "bad_invitation"}
    assert not people().exists()


def test_a_code_works_as_often_as_it_says_in_any_case_of_letters(browsers, invite_only):
    code = actions.make_invitation(uses=2)
    assert browsers().sign_up("ana", invitation=f" {code.lower()} ").status_code == 200
    assert browsers().sign_up("bea", invitation=code).status_code == 200
    assert errors_of(browsers().sign_up("cleo", invitation=code)) == {"invitation": "bad_invitation"}


def test_a_code_ends_with_its_days(browser, invite_only, monkeypatch):
    code = actions.make_invitation(days=2)
    later = clock.now() + datetime.timedelta(days=2, seconds=1)
    monkeypatch.setattr("revue.accounts.queries.clock.now", lambda: later)
    assert errors_of(browser.sign_up(invitation=code)) == {"invitation": "bad_invitation"}


def test_a_refused_sign_up_leaves_the_invitation_unused(browsers, invite_only):
    browsers_code = actions.make_invitation()
    assert browsers().sign_up("an", invitation=browsers_code).status_code == 400
    assert browsers().sign_up("ana", invitation=browsers_code).status_code == 200


def test_an_open_instance_takes_no_code(browser):
    code = actions.make_invitation()
    assert browser.sign_up(invitation=code).status_code == 200
    assert is_invitation_open(code)


def test_the_password_is_what_signs_in_afterwards(browser, browsers):
    browser.sign_up("ana")
    assert browsers().sign_in(username="ANA", password=PASSWORD).status_code == 200
