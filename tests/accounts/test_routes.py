"""Every route of allauth that we mount, read from the URLconf, as a visitor meets it."""

import pytest
from django.urls import URLPattern, get_resolver

from tests.accounts.conftest import Browser

# Routes that visitors need, or that answer with no more than who they are.
OPEN = {
    "config", "auth/session", "auth/login", "auth/signup", "auth/password/request", "auth/password/reset",
    "auth/email/verify", "auth/email/verify/resend", "auth/webauthn/login",
}  # fmt: skip
# Steps of a sign-in that has begun, and changes of an account.
CLOSED = {
    "account/authenticators", "account/authenticators/recovery-codes", "account/authenticators/totp",
    "account/authenticators/webauthn", "account/email", "account/password/change",
    "auth/2fa/authenticate", "auth/code/confirm", "auth/2fa/reauthenticate", "auth/reauthenticate", "auth/sessions",
    "auth/webauthn/authenticate", "auth/webauthn/reauthenticate",
}  # fmt: skip
NOT_OFFERED = {"account/phone", "auth/phone/verify", "auth/phone/verify/resend"}
ROOT = "_allauth/browser/v1/"


def paths(patterns, prefix=""):
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield path
        else:
            yield from paths(pattern.url_patterns, path)


def mounted():
    found = {path for path in paths(get_resolver().url_patterns) if path.startswith("_allauth/")}
    return {path for path in found if "^" not in path}


def test_no_route_of_allauth_is_mounted_that_nobody_thought_about():
    assert mounted() == {ROOT + path for path in OPEN | CLOSED | NOT_OFFERED}


METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@pytest.mark.parametrize("path", sorted(NOT_OFFERED))
def test_nobody_is_asked_for_a_telephone_number(path):
    assert {Browser().send(method, f"/{ROOT}{path}", {}).status_code for method in METHODS} == {404}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", sorted(CLOSED))
def test_a_visitor_gets_nothing_from_the_routes_of_members(path, method):
    answer = Browser().send(method, f"/{ROOT}{path}", {} if method != "GET" else None)
    assert answer.status_code in {401, 405, 409, 404}
    if answer.status_code != 405:
        assert "user" not in answer.json().get("data", {})
