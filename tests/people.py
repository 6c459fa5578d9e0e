"""The people of the tests: made as any account is made."""

import itertools
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from revue.accounts import actions
from revue.accounts.contracts import Role, Viewer

_numbers = itertools.count(1)
PASSWORD = "a-long-enough-secret"


def make_person(handle: str = "", *, role: Role = Role.MEMBER, **fields: Any) -> int:
    """Make an account; answers its id. Without a handle it gets one of its own."""
    return actions.create_person(handle=handle or f"person.{next(_numbers)}", role=role, **fields)


def viewer_of(person_id: int, *, role: Role = Role.MEMBER) -> Viewer:
    """The viewer that a person is when they are signed in."""
    return Viewer(person_id=person_id, role=role, session_key=f"session-of-{person_id}")


def client_of(person_id: int) -> Client:
    """An HTTP client with a person's session."""
    client = Client()
    client.force_login(get_user_model().objects.get(pk=person_id))
    return client
