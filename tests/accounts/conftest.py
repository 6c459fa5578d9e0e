"""Sign-up and sign-in as a browser does them: JSON, a session cookie, a CSRF token."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from revue.platform import jobs

PASSWORD = "a-long-enough-secret"
AUTH = "/_allauth/browser/v1/auth"
ACCOUNT = "/_allauth/browser/v1/account"


class Browser(Client):
    """A Django test client that checks CSRF and speaks JSON."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(enforce_csrf_checks=True, **defaults)
        self.get("/_allauth/browser/v1/config")

    def send(self, method: str, path: str, data: Any = None, **headers: str) -> HttpResponse:
        token = self.cookies["csrftoken"].value
        body = b"" if data is None else json.dumps(data)
        return self.generic(
            method, path, body, content_type="application/json", headers={"X-CSRFToken": token, **headers}
        )

    def sign_up(self, handle: str = "ana", **fields: Any) -> HttpResponse:
        data = {"username": handle, "password": PASSWORD, "birth_date": "1990-05-17", **fields}
        return self.send("POST", f"{AUTH}/signup", {name: value for name, value in data.items() if value is not None})

    def sign_in(self, **credentials: str) -> HttpResponse:
        return self.send("POST", f"{AUTH}/login", {"password": PASSWORD, **credentials})

    def sign_out(self) -> HttpResponse:
        return self.send("DELETE", f"{AUTH}/session")

    @property
    def person(self) -> dict[str, Any] | None:
        """Who allauth says is signed in."""
        answer = self.get(f"{AUTH}/session").json()
        return answer["data"]["user"] if answer["meta"]["is_authenticated"] else None


def errors_of(response: HttpResponse) -> dict[str, str]:
    """Field → code."""
    return {error.get("param", ""): error["code"] for error in json.loads(response.content)["errors"]}


@pytest.fixture(autouse=True)
def light_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same hash with less work: these tests make hundreds."""
    monkeypatch.setattr(ScryptPasswordHasher, "work_factor", 2)


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> Iterator[None]:
    """Each test begins with nothing counted against it."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def browsers() -> Callable[[], Browser]:
    return Browser


@pytest.fixture
def mails(mailoutbox: list[Any]) -> Callable[[], list[Any]]:
    """Every mail sent so far, once the jobs that send them have run."""

    def read() -> list[Any]:
        jobs.run_waiting()
        return mailoutbox

    return read
