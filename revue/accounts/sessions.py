"""Sessions that bring their person along: one SELECT where Django asks for the session and then for the person.

Nothing is kept between requests, so a sign-out, a new password or another role counts from the next request on.
"""

import datetime
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends import db
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from revue.accounts.models import Person
from revue.platform import clock

_COLUMNS = [field.column for field in Person._meta.concrete_fields]  # noqa: SLF001 - Django documents it
_FIELDS = [field.attname for field in Person._meta.concrete_fields]  # noqa: SLF001
_SESSION = f"""
SELECT s.session_data, p.id IS NOT NULL, {", ".join(f'p."{column}"' for column in _COLUMNS)}
FROM django_session AS s
LEFT JOIN usersessions_usersession AS u ON u.session_key = s.session_key
LEFT JOIN accounts_person AS p ON p.id = u.user_id
WHERE s.session_key = %s AND s.expire_date > %s
"""  # noqa: S608 - put together from the names of our own columns


class SessionStore(db.SessionStore):
    """Django's sessions in the database; after a read, `person` is who it was begun for, where that is known."""

    person: Person | None = None

    def load(self) -> dict[str, Any]:
        """Read the session, and its person with it."""
        row = self._row(clock.now())
        if row is None:
            self._session_key = None  # as Django does: a session that is gone is not brought back
            return {}
        data, has_person, *person = row
        if has_person:
            self.person = Person.from_db("default", _FIELDS, person)
        decoded: dict[str, Any] = self.decode(data)
        return decoded

    def _row(self, now: datetime.datetime) -> tuple[Any, ...] | None:
        with connection.cursor() as cursor:
            cursor.execute(_SESSION, [self.session_key, now])
            found: tuple[Any, ...] | None = cursor.fetchone()
        return found


class PersonMiddleware(AuthenticationMiddleware):
    """Django's, with the person that the session brought."""

    def process_request(self, request: HttpRequest) -> None:
        """Set `request.user`, which asks nothing until it is looked at."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _user(request))  # type: ignore[assignment]


def _user(request: HttpRequest) -> Person | AnonymousUser:
    """Who is signed in. Whatever is not plainly in order is left to Django's own, longer way."""
    session = request.session
    person_id = session.get(auth.SESSION_KEY)  # reads the session
    person = getattr(session, "person", None)
    if (
        isinstance(person, Person)
        and person.is_active
        and person_id == str(person.pk)
        and session.get(auth.BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(auth.HASH_SESSION_KEY, ""), person.get_session_auth_hash())
    ):
        return person
    return auth.get_user(request)
