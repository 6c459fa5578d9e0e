"""Signing in and out, sessions, passwords and second factors over allauth's headless API."""

import base64
import hashlib
import hmac
import re
import struct
import time
import urllib.parse

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import ScryptPasswordHasher

from revue.accounts import actions
from revue.accounts.contracts import OPERATOR
from tests.accounts.authenticator import Passkey
from tests.accounts.conftest import ACCOUNT, AUTH, PASSWORD, Browser, errors_of

ORIGIN = "http://localhost:8000"
NEW_PASSWORD = "another-long-secret"


@pytest.fixture
def ana(browser):
    """A browser with Ana signed in."""
    assert browser.sign_up("ana", email="ana@example.org").status_code == 200
    return browser


@pytest.fixture
def person(ana):
    return get_user_model().objects.get(handle="ana")


@pytest.mark.parametrize("name", [{"username": "ana"}, {"username": "ANA"}, {"email": "Ana@example.org"}])
def test_a_handle_or_an_address_signs_in(ana, browsers, name):
    visitor = browsers()
    assert visitor.sign_in(**name).status_code == 200
    assert visitor.person["handle"] == "ana"


def test_a_session_gets_a_new_key_at_sign_in_and_ends_at_sign_out(ana, browsers):
    visitor = browsers()
    visitor.sign_in(username="ana", password="wrong")
    before = visitor.cookies.get("sessionid")
    visitor.sign_in(username="ana")
    after = visitor.cookies["sessionid"].value
    assert before is None or before.value != after
    assert visitor.sign_out().status_code == 401
    visitor.cookies["sessionid"] = after
    assert visitor.person is None


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(ana):
    cookie = ana.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer_for_the_same_work(ana, browsers, monkeypatch):
    work = []
    encode = ScryptPasswordHasher.encode
    monkeypatch.setattr(ScryptPasswordHasher, "encode", lambda *args, **kw: work.append(1) or encode(*args, **kw))
    wrong = browsers().sign_in(username="ana", password="not-the-secret")
    work_of_wrong = len(work)
    unknown = browsers().sign_in(username="nobody", password="not-the-secret")
    assert wrong.status_code == unknown.status_code == 400
    assert wrong.json()["errors"] == unknown.json()["errors"]
    assert work_of_wrong == len(work) - work_of_wrong == 1


def test_guessing_is_stopped_whatever_host_is_asked_for(ana):
    codes = [
        errors_of(Browser(headers={"Host": f"h{n}.example"}).sign_in(username="ana", password=f"guess-{n}"))
        for n in range(6)
    ]
    assert codes[0] == {"password": "username_password_mismatch"}
    assert codes[-1] == {"": "too_many_login_attempts"}


def test_someone_whose_account_is_closed_cannot_sign_in_and_is_signed_out(ana, person, browsers):
    actions.set_active(actor=OPERATOR, person_id=person.pk, is_active=False)
    assert ana.person is None
    assert browsers().sign_in(username="ana").status_code != 200
    visitor = browsers()
    visitor.sign_in(username="ana")
    assert visitor.person is None


def test_sessions_are_listed_and_ended_one_by_one(ana, browsers):
    phone = browsers()
    phone.sign_in(username="ana")
    sessions = ana.get(f"{AUTH}/sessions").json()["data"]
    assert [session["is_current"] for session in sessions].count(True) == 1
    (other,) = (session["id"] for session in sessions if not session["is_current"])
    ana.send("DELETE", f"{AUTH}/sessions", {"sessions": [other]})
    assert phone.person is None
    assert ana.person["handle"] == "ana"


def test_nobody_ends_the_session_of_somebody_else(ana, browsers):
    eve = browsers()
    eve.sign_up("eve")
    (session,) = ana.get(f"{AUTH}/sessions").json()["data"]
    assert eve.send("DELETE", f"{AUTH}/sessions", {"sessions": [session["id"]]}).status_code == 400
    assert ana.person["handle"] == "ana"


def test_a_new_password_ends_every_other_session(ana, browsers):
    phone = browsers()
    phone.sign_in(username="ana")
    change = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert ana.send("POST", f"{ACCOUNT}/password/change", change).status_code == 200
    assert phone.person is None
    assert ana.person["handle"] == "ana"
    assert browsers().sign_in(username="ana").status_code == 400
    assert browsers().sign_in(username="ana", password=NEW_PASSWORD).status_code == 200


def test_a_new_password_needs_the_old_one(ana):
    change = {"current_password": "wrong", "new_password": NEW_PASSWORD}
    assert errors_of(ana.send("POST", f"{ACCOUNT}/password/change", change)) == {
        "current_password": "enter_current_password"
    }


def test_a_forgotten_password_is_replaced_by_a_link_in_a_mail_once(ana, browsers, mails):
    visitor = browsers()
    mails().clear()
    visitor.send("POST", f"{AUTH}/password/request", {"email": "ana@example.org"})
    (mail,) = mails()
    key = urllib.parse.unquote(re.search(rf"{ORIGIN}/sign-in\?reset=(\S+)", mail.body)[1])
    reset = {"key": key, "password": NEW_PASSWORD}
    visitor.send("POST", f"{AUTH}/password/reset", reset)
    assert browsers().sign_in(username="ana", password=NEW_PASSWORD).status_code == 200
    assert visitor.send("POST", f"{AUTH}/password/reset", reset).status_code == 400
    assert ana.person is None


def test_asking_for_a_new_password_says_nothing_about_who_is_here(ana, browsers, mails):
    mails().clear()
    known = browsers().send("POST", f"{AUTH}/password/request", {"email": "ana@example.org"})
    unknown = browsers().send("POST", f"{AUTH}/password/request", {"email": "nobody@example.org"})
    assert known.status_code == unknown.status_code == 200
    assert [mail.to for mail in mails()] == [["ana@example.org"]]


def reauthenticate(browser):
    assert browser.send("POST", f"{AUTH}/reauthenticate", {"password": PASSWORD}).status_code == 200


def test_a_new_address_asks_for_the_password_again(ana, person, browsers):
    phone = browsers()
    phone.sign_in(username="ana")
    new = {"email": "other@example.org"}
    answer = phone.send("POST", f"{ACCOUNT}/email", new)
    assert answer.status_code == 401
    assert {flow["id"] for flow in answer.json()["data"]["flows"]} == {"reauthenticate"}
    reauthenticate(phone)
    assert phone.send("POST", f"{ACCOUNT}/email", new).status_code == 200


# --- codes -----------------------------------------------------------------------------------------------------


def totp(secret: str, moment: float) -> str:
    """RFC 6238, six digits, thirty seconds, SHA-1."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(moment) // 30), hashlib.sha1)
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@pytest.fixture
def with_codes(ana):
    """Ana with an authenticator app; answers its secret."""
    reauthenticate(ana)
    secret = ana.get(f"{ACCOUNT}/authenticators/totp").json()["meta"]["secret"]
    answer = ana.send("POST", f"{ACCOUNT}/authenticators/totp", {"code": totp(secret, time.time())})
    assert answer.status_code == 200
    return secret


def test_the_password_alone_no_longer_signs_in(with_codes, browsers):
    visitor = browsers()
    answer = visitor.sign_in(username="ana")
    assert answer.status_code == 401
    assert {"mfa_authenticate"} <= {flow["id"] for flow in answer.json()["data"]["flows"] if flow.get("is_pending")}
    assert visitor.person is None


def test_a_code_of_the_app_signs_in_and_works_once(with_codes, browsers):
    code = totp(with_codes, time.time() + 30)  # the code of the set-up is used
    first, second = browsers(), browsers()
    first.sign_in(username="ana")
    assert first.send("POST", f"{AUTH}/2fa/authenticate", {"code": code}).status_code == 200
    assert first.person["handle"] == "ana"
    second.sign_in(username="ana")
    assert errors_of(second.send("POST", f"{AUTH}/2fa/authenticate", {"code": code})) == {"code": "incorrect_code"}


def test_a_recovery_code_signs_in_once(ana, with_codes, browsers):
    codes = ana.get(f"{ACCOUNT}/authenticators/recovery-codes").json()["data"]["unused_codes"]
    assert len(set(codes)) == 10
    for expected in (200, 400):
        visitor = browsers()
        visitor.sign_in(username="ana")
        assert visitor.send("POST", f"{AUTH}/2fa/authenticate", {"code": codes[0]}).status_code == expected


def test_the_secret_is_sealed_in_the_database(with_codes):
    stored = " ".join(str(data) for data in Authenticator.objects.values_list("data", flat=True))
    assert with_codes not in stored
    assert "gAAAA" in stored  # how a Fernet token begins


# --- passkeys --------------------------------------------------------------------------------------------------


@pytest.fixture
def passkey(ana):
    """A passkey of Ana's."""
    reauthenticate(ana)
    return add_passkey(ana, Passkey(ORIGIN))


def add_passkey(browser, key):
    options = browser.get(f"{ACCOUNT}/authenticators/webauthn?passwordless").json()["data"]["creation_options"]
    assert options["publicKey"]["rp"] == {"id": "localhost", "name": "Revue"}
    credential = key.register(options["publicKey"])
    answer = browser.send("POST", f"{ACCOUNT}/authenticators/webauthn", {"name": "My phone", "credential": credential})
    assert answer.status_code == 200, answer.content
    return key


def sign_in_with(browser, key):
    options = browser.get(f"{AUTH}/webauthn/login").json()["data"]["request_options"]["publicKey"]
    return browser.send("POST", f"{AUTH}/webauthn/login", {"credential": key.sign(options)})


def test_a_passkey_signs_in_without_a_password(passkey, browsers):
    visitor = browsers()
    assert sign_in_with(visitor, passkey).status_code == 200
    assert visitor.person["handle"] == "ana"


def test_a_passkey_of_another_site_does_not_sign_in(passkey, browsers):
    passkey.origin = "https://evil.example"
    visitor = browsers()
    assert sign_in_with(visitor, passkey).status_code == 400
    assert visitor.person is None


def test_a_passkey_signs_each_challenge_once(passkey, browsers):
    visitor = browsers()
    options = visitor.get(f"{AUTH}/webauthn/login").json()["data"]["request_options"]["publicKey"]
    signed = {"credential": passkey.sign(options)}
    assert visitor.send("POST", f"{AUTH}/webauthn/login", signed).status_code == 200
    assert browsers().send("POST", f"{AUTH}/webauthn/login", signed).status_code == 400


def test_a_forged_signature_does_not_sign_in(passkey, browsers):
    forger = Passkey(ORIGIN)
    forger.credential_id, forger.user_handle = passkey.credential_id, passkey.user_handle
    assert sign_in_with(browsers(), forger).status_code == 400


def test_the_passkey_of_a_closed_account_does_not_sign_in(passkey, person, browsers):
    actions.set_active(actor=OPERATOR, person_id=person.pk, is_active=False)
    visitor = browsers()
    assert sign_in_with(visitor, passkey).status_code != 200
    assert visitor.person is None


def test_adding_a_passkey_asks_for_the_password_again(ana, browsers):
    phone = browsers()
    phone.sign_in(username="ana")
    assert phone.get(f"{ACCOUNT}/authenticators/webauthn?passwordless").status_code == 401
    reauthenticate(phone)
    assert phone.get(f"{ACCOUNT}/authenticators/webauthn?passwordless").status_code == 200


def test_a_removed_passkey_no_longer_signs_in(ana, passkey, browsers):
    key_id = Authenticator.objects.get(type="webauthn").pk
    answer = ana.send("DELETE", f"{ACCOUNT}/authenticators/webauthn", {"authenticators": [key_id]})
    assert answer.status_code == 200
    assert sign_in_with(browsers(), passkey).status_code == 400
