"""Who asks, and what others see of people."""

import dataclasses
import hashlib
import urllib.parse
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.db.models.functions import Lower
from django.http import HttpRequest

from revue.accounts import avatars, policy, visitors
from revue.accounts.contracts import (
    Circle,
    Instance,
    Me,
    PersonCard,
    Privacy,
    Profile,
    ProfileLink,
    Role,
    Viewer,
)
from revue.accounts.models import Invitation, Person
from revue.platform import clock, storage
from revue.platform.errors import NotFound, SignInNeeded

if TYPE_CHECKING:
    from django.db.models import QuerySet

LONGEST_AGENT = 200  # letters of what a browser calls itself, where a session keeps that
_CARD_FIELDS = ("id", "handle", "name", "avatar_key")
_PROFILE_FIELDS = (*_CARD_FIELDS, "bio", "links", "is_private", "is_indexed")
_ANYBODY = Q()
_PRIVACY_FIELDS = tuple(field.name for field in dataclasses.fields(Privacy))
_CARD_AVATAR = avatars.SIZES[-1]  # beside videos and comments avatars are small


def viewer_for(request: HttpRequest) -> Viewer:
    """Who sent this request: the person of its session, or a visitor.

    Costs no query without a session cookie; with one, Django's two (session and person), once per request.
    """
    person = getattr(request, "user", None)
    if person is not None and person.is_authenticated:
        return Viewer(person_id=person.pk, role=Role(person.role), session_key=_session_key(request))
    return Viewer(session_key=visitors.key_of(request))


def _session_key(request: HttpRequest) -> str:
    return _session_name(str(request.session.session_key))


def _session_name(session_key: str) -> str:
    """A name for a session that opens nothing: the cookie's own value never leaves the session table."""
    return hashlib.sha256(f"viewer:{session_key}".encode()).hexdigest()[:22]


def session_names(*, person_id: int) -> set[str]:
    """The names (`Viewer.session_key`) of the sessions in which a person is signed in now."""
    living = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    keys = UserSession.objects.filter(user_id=person_id, session_key__in=living).values_list("session_key", flat=True)
    return {_session_name(key) for key in keys}


def is_new_browser(*, person_id: int, user_agent: str) -> bool:
    """Whether a person is signed in with no browser that calls itself so."""
    return not UserSession.objects.filter(user_id=person_id, user_agent=user_agent).exists()


def age(*, person_id: int) -> int | None:
    """A person's age in whole years today, in UTC; None where they were not asked."""
    born = Person.objects.filter(pk=person_id).values_list("birth_date", flat=True).first()
    return policy.age_on(clock.now().date(), born=born) if born is not None else None


def proved_email(*, person_id: int) -> str:
    """The address that an active person has proved to be theirs; "" where there is none."""
    proved = EmailAddress.objects.filter(user_id=person_id, user__is_active=True, verified=True)
    return proved.order_by("-primary", "pk").values_list("email", flat=True).first() or ""


def person_cards(person_ids: Collection[int]) -> dict[int, PersonCard]:
    """The cards of active people among `person_ids`, in one SELECT."""
    if not person_ids:
        return {}
    rows = _active().filter(pk__in=set(person_ids)).values_list(*_CARD_FIELDS)
    return {row[0]: PersonCard(row[0], row[1], row[2], avatar_url(row[3], size=_CARD_AVATAR)) for row in rows}


def person_ids(handles: Collection[str]) -> dict[str, int]:
    """Handle (lower case) → id, for those of `handles` that belong to active people."""
    wanted = {handle.lower() for handle in handles}
    if not wanted:
        return {}
    return dict(_active().filter(handle__in=wanted).values_list("handle", "id"))


def people_beginning(
    prefix: str,
    *,
    limit: int,
    among: Collection[int] | None = None,
    but: Collection[int] = (),
    who: Q = _ANYBODY,
) -> list[PersonCard]:
    """Active people whose handle or name begins so, whatever the case, by handle. One SELECT.

    Args:
        prefix: without @.
        limit: at most so many.
        among: only these; None: all.
        but: not these.
        who: which of them, by what they have chosen.
    """
    begins = Q(handle__startswith=prefix.lower()) | Q(lower_name__startswith=prefix.lower())
    people = _active().alias(lower_name=Lower("name")).filter(begins, who).exclude(pk__in=but)
    if among is not None:
        people = people.filter(pk__in=among)
    rows = people.order_by("handle").values_list(*_CARD_FIELDS)[:limit]
    return [PersonCard(row[0], row[1], row[2], avatar_url(row[3], size=_CARD_AVATAR)) for row in rows]


def profile(*, viewer: Viewer, handle: str) -> Profile:
    """A person's page.

    Raises:
        NotFound: nobody active has this handle.
    """
    person = _active().filter(handle=handle.lower()).only(*_PROFILE_FIELDS).first()
    if person is None:
        raise NotFound("There is nobody with this name.")
    return Profile(
        id=person.id,
        handle=person.handle,
        name=person.name,
        bio=person.bio,
        links=_links(person),
        avatar_url=avatar_url(person.avatar_key),
        is_self=person.id == viewer.person_id,
        is_private=person.is_private,
        is_indexed=person.is_indexed,
    )


def privacy_of(person_ids: Collection[int]) -> dict[int, Privacy]:
    """What active people among `person_ids` have chosen, in one SELECT."""
    if not person_ids:
        return {}
    rows = _active().filter(pk__in=set(person_ids)).values_list("pk", *_PRIVACY_FIELDS)
    return {row[0]: _privacy(row[1:]) for row in rows}


def _privacy(row: Sequence[Any]) -> Privacy:
    is_private, is_suggested, is_indexed, shows_read, *circles = row
    return Privacy(is_private, is_suggested, is_indexed, shows_read, *map(Circle, circles))


def own_privacy(*, viewer: Viewer) -> Privacy:
    """What the viewer has chosen.

    Raises:
        SignInNeeded: the viewer is a visitor, or their account was closed.
    """
    found = privacy_of([policy.person_id_of(viewer)])
    if viewer.person_id not in found:
        raise SignInNeeded
    return found[viewer.person_id]


def me(*, viewer: Viewer) -> Me | None:
    """The viewer's own account, or None for a visitor."""
    person = _active().filter(pk=viewer.person_id).first() if viewer.person_id is not None else None
    if person is None:
        return None
    return Me(
        id=person.id,
        handle=person.handle,
        name=person.name,
        avatar_url=avatar_url(person.avatar_key),
        role=Role(person.role),
        email=person.email,
        bio=person.bio,
        links=_links(person),
        home_region=person.home_region,
    )


def instance() -> Instance:
    """What clients may know of this instance."""
    return Instance(
        name=settings.INSTANCE_NAME,
        invite_only=settings.INVITE_ONLY,
        minimum_age=settings.MINIMUM_AGE,
        max_upload_bytes=settings.MAX_UPLOAD_BYTES,
        max_video_seconds=settings.MAX_VIDEO_SECONDS,
        has_direct_uploads=storage.takes_parts(),
        bin_days=settings.BIN_DAYS,
    )


def demo_person_ids() -> list[int]:
    """The performers of the demo troupe."""
    return list(Person.objects.filter(is_demo=True).order_by("pk").values_list("pk", flat=True))


def open_invitations(code: str) -> "QuerySet[Invitation]":
    """The invitation with this code while it works; for `actions` and `is_invitation_open`."""
    unexpired = Q(expires_at__isnull=True) | Q(expires_at__gt=clock.now())
    return Invitation.objects.filter(unexpired, code=code.strip().upper(), uses_left__gt=0)


def is_invitation_open(code: str) -> bool:
    """Whether someone could sign up with this code now."""
    return open_invitations(code).exists()


def passkey_host() -> str:
    """The host name that passkeys belong to, from the address people type."""
    return urllib.parse.urlsplit(settings.BASE_URL).hostname or "localhost"


def avatar_file(key: str, size: int) -> str:
    """The storage key of an avatar in one of its sizes; `key` is the largest one's."""
    return key if size == avatars.SIZES[0] else f"{key.removesuffix('.webp')}-{size}.webp"


def avatar_url(key: str, *, size: int = avatars.SIZES[0]) -> str | None:
    """The address of an avatar, or None."""
    return storage.url(avatar_file(key, size)) if key else None


def _links(person: Person) -> tuple[ProfileLink, ...]:
    return tuple(ProfileLink(link["title"], link["url"]) for link in person.links)


def _active() -> "QuerySet[Person]":
    return Person.objects.filter(is_active=True)
