"""Who asks, and what others see of people."""

import hashlib
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.http import HttpRequest

from revue.accounts import visitors
from revue.accounts.contracts import PersonCard, Profile, ProfileLink, Role, Viewer
from revue.accounts.models import Person
from revue.platform.errors import NotFound

if TYPE_CHECKING:
    from django.db.models import QuerySet

_CARD_FIELDS = ("id", "handle", "name", "avatar_key")


def viewer_for(request: HttpRequest) -> Viewer:
    """Who sent this request: the person of its session, or a visitor.

    Costs no query without a session cookie; with one, Django's two (session and person), once per request.
    """
    person = getattr(request, "user", None)
    if isinstance(person, Person) or (person is not None and person.is_authenticated):
        return Viewer(person_id=person.pk, role=Role(person.role), session_key=_session_key(request))
    return Viewer(session_key=visitors.key_of(request))


def _session_key(request: HttpRequest) -> str:
    """A name for this session that opens nothing: the cookie's own value never leaves the session table."""
    return hashlib.sha256(f"viewer:{request.session.session_key}".encode()).hexdigest()[:22]


def person_cards(person_ids: Collection[int]) -> dict[int, PersonCard]:
    """The cards of active people among `person_ids`, in one SELECT."""
    if not person_ids:
        return {}
    rows = _active().filter(pk__in=set(person_ids)).values_list(*_CARD_FIELDS)
    return {row[0]: PersonCard(row[0], row[1], row[2], avatar_url(row[3])) for row in rows}


def person_ids(handles: Collection[str]) -> dict[str, int]:
    """Handle (lower case) → id, for those of `handles` that belong to active people."""
    wanted = {handle.lower() for handle in handles}
    if not wanted:
        return {}
    return dict(_active().filter(handle__in=wanted).values_list("handle", "id"))


def profile(*, viewer: Viewer, handle: str) -> Profile:
    """A person's page.

    Raises:
        NotFound: nobody active has this handle.
    """
    person = _active().filter(handle=handle.lower()).only(*_CARD_FIELDS, "bio", "links").first()
    if person is None:
        raise NotFound("There is nobody with this name.")
    return Profile(
        id=person.id,
        handle=person.handle,
        name=person.name,
        bio=person.bio,
        links=tuple(ProfileLink(link["title"], link["url"]) for link in person.links),
        avatar_url=avatar_url(person.avatar_key),
        is_self=person.id == viewer.person_id,
    )


def avatar_url(key: str) -> str | None:
    """The address of an avatar's larger file, or None."""
    return f"/media/{key}" if key else None


def _active() -> "QuerySet[Person]":
    return Person.objects.filter(is_active=True)
