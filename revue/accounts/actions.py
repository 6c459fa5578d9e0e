"""Everything that changes an account. One transaction each."""

import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from revue.accounts import queries, visitors
from revue.accounts.contracts import Role, Viewer
from revue.accounts.errors import HandleTaken
from revue.accounts.models import Person
from revue.accounts.policy import clean_handle


def create_person(
    *,
    handle: str,
    password: str | None = None,
    email: str = "",
    name: str = "",
    birth_date: datetime.date | None = None,
    role: Role = Role.MEMBER,
    is_demo: bool = False,
) -> int:
    """Make an account and return its id. Without a password nobody can sign in to it by one.

    This is the operator's and the demo's way in: it asks for no age and no invitation. People sign up
    through allauth's API.

    Raises:
        BadHandle: the handle breaks a rule.
        HandleTaken: somebody else has it.
    """
    person = Person(
        handle=clean_handle(handle),
        email=email,
        name=name,
        birth_date=birth_date,
        role=role.value,
        is_superuser=role is Role.ADMIN,
        is_demo=is_demo,
        home_region=settings.HOME_REGION,
    )
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise HandleTaken(fields={"handle": HandleTaken.title}) from error
    return person.id


def recognise_visitor(request: HttpRequest) -> Viewer:
    """Who asks, with a key for visitors too: the page's answer brings the cookie when it is new."""
    viewer = queries.viewer_for(request)
    if viewer.is_signed_in or viewer.session_key:
        return viewer
    return Viewer(session_key=visitors.introduce(request))
