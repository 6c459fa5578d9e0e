"""Everything that changes an account. One transaction each."""

import datetime
import secrets
from collections.abc import Collection
from typing import Any, BinaryIO, Unpack

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.http import HttpRequest

from revue.accounts import avatars, hooks, policy, queries, tasks, visitors
from revue.accounts.contracts import OPERATOR, Choices, ProfileLink, Role, SecurityEvent, Viewer
from revue.accounts.errors import BadInvitation, HandleTaken, LastAdmin
from revue.accounts.models import Invitation, Person
from revue.platform import clock, ids, limits, storage
from revue.platform.errors import NotAllowed, NotFound

_CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
PRIVACY_CHANGES_PER_MINUTE = 60
_HOLD_PEOPLE = """
SELECT id FROM accounts_person WHERE id = ANY (%s::bigint[]) AND is_active ORDER BY id FOR KEY SHARE
"""
_CODE_GROUPS, _CODE_GROUP = 4, 4  # 16 letters of 30: 78 bits


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
    through allauth's API, which ends in `sign_up`.

    Raises:
        BadHandle: the handle breaks a rule.
        HandleTaken: somebody else has it.
    """
    person = Person(
        handle=policy.clean_handle(handle, may_be_reserved=role is Role.ADMIN),
        email=email.strip().lower(),
        name=policy.clean_text(name, field="name", longest=policy.LONGEST_NAME),
        birth_date=birth_date,
        role=role.value,
        is_superuser=role is Role.ADMIN,
        is_demo=is_demo,
        home_region=settings.HOME_REGION,
    )
    person.set_password(password)
    with transaction.atomic():
        _insert(person)
        if person.email:
            EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
        _tell_changed(person.id)
    return person.id


def sign_up(
    *, handle: str, password: str, email: str, birth_date: datetime.date | None, invitation: str
) -> AbstractBaseUser:
    """Make the account of someone who asks for it, and take the invitation it needs. Both or neither.

    Allauth then adds the e-mail address and signs the person in.

    Raises:
        BadHandle, HandleTaken, BadBirthDate, TooYoung: see their words.
        BadInvitation: the instance is invite-only and the code does not work, or somebody was first.
    """
    if birth_date is not None:
        policy.check_birth_date(birth_date, minimum_age=settings.MINIMUM_AGE)
    person = Person(
        handle=policy.clean_handle(handle), email=email, birth_date=birth_date, home_region=settings.HOME_REGION
    )
    person.set_password(password)
    with transaction.atomic():
        if settings.INVITE_ONLY:
            _take_invitation(invitation)
        _insert(person)
        _tell_changed(person.id)
    return person


def _insert(person: Person) -> None:
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise HandleTaken(fields={"handle": HandleTaken.title}) from error


def _take_invitation(code: str) -> None:
    """Use the code once. The row's lock makes two at once take two uses, or one of them fail."""
    taken = queries.open_invitations(code).update(uses_left=F("uses_left") - 1)
    if not taken:
        raise BadInvitation(fields={"invitation": BadInvitation.title})


def make_invitation(*, actor: Viewer = OPERATOR, uses: int = 1, days: int | None = None) -> str:
    """A new code that lets `uses` people sign up, for `days` days or for good.

    Raises:
        NotAllowed: the actor is no admin.
    """
    policy.require_admin(actor)
    groups = ("".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_GROUP)) for _ in range(_CODE_GROUPS))
    invitation = Invitation.objects.create(
        code="-".join(groups),
        made_by_id=actor.person_id,
        uses_left=uses,
        expires_at=clock.now() + datetime.timedelta(days=days) if days is not None else None,
    )
    return invitation.code


def revoke_invitation(*, actor: Viewer, code: str) -> None:
    """Close a code at once; doing it again changes nothing.

    Raises:
        NotAllowed: the actor is no admin.
    """
    policy.require_admin(actor)
    Invitation.objects.filter(code=code).update(uses_left=0)


def update_profile(
    *,
    viewer: Viewer,
    name: str | None = None,
    bio: str | None = None,
    links: list[ProfileLink] | None = None,
    handle: str | None = None,
) -> None:
    """Change what others see of the viewer; None leaves a part as it is.

    Raises:
        SignInNeeded, BadProfile, BadHandle, HandleTaken: see their words.
    """
    changes: dict[str, Any] = {}
    if name is not None:
        changes["name"] = policy.clean_text(name, field="name", longest=policy.LONGEST_NAME)
    if bio is not None:
        changes["bio"] = policy.clean_text(bio, field="bio", longest=policy.LONGEST_BIO)
    if links is not None:
        changes["links"] = policy.clean_links(links)
    if handle is not None:
        changes["handle"] = policy.clean_handle(handle)
    person_id = policy.person_id_of(viewer)
    try:
        with transaction.atomic():
            Person.objects.filter(pk=person_id).update(**changes)
            _tell_changed(person_id)
    except IntegrityError as error:
        raise HandleTaken(fields={"handle": HandleTaken.title}) from error


def _tell_changed(person_id: int) -> None:
    for hear in hooks.person_changed():
        hear(person_id=person_id)


@transaction.atomic
def change_privacy(*, viewer: Viewer, **choices: Unpack[Choices]) -> None:
    """Change what the viewer lets others do and find; what is left out stays as it is. Again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        RateLimited: too many changes in a minute.
    """
    person_id = policy.person_id_of(viewer)
    limits.check("privacy", key=str(person_id), per_minute=PRIVACY_CHANGES_PER_MINUTE)
    person = Person.objects.select_for_update(no_key=True).get(pk=person_id)
    was_private = person.is_private
    for name, choice in choices.items():
        setattr(person, name, choice)
    person.save(update_fields=[*choices])
    if person.is_private != was_private:
        for follow in hooks.private_changed():
            follow(person_id=person_id, is_private=person.is_private)


def hold_private(*, person_id: int) -> bool:
    """Whether an account is private; it stays so until the caller's transaction ends.

    To be asked before the rows of the person's videos are locked.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT is_private FROM accounts_person WHERE id = %s FOR SHARE", [person_id])
        row = cursor.fetchone()
    return row is not None and bool(row[0])


def hold_people(person_ids: Collection[int]) -> set[int]:
    """Keep active people from being deleted until the caller's transaction ends; those of `person_ids` who are there.

    To be asked before rows are written that go with these people.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOLD_PEOPLE, [list(person_ids)])
        return {row[0] for row in cursor.fetchall()}


def set_avatar(*, viewer: Viewer, image: BinaryIO) -> None:
    """Show this picture beside the viewer's name; the one before is removed once the change is safe.

    Raises:
        SignInNeeded: the viewer is a visitor.
        RateLimited: more than six in a minute.
        BadImage: the file is no picture we take.
    """
    person_id = policy.person_id_of(viewer)
    limits.check("avatar", key=str(person_id), per_minute=6, per_hour=60)  # each costs a tenth of a second of CPU
    avatar = avatars.make(image)
    key = queries.avatar_file(f"avatars/{ids.to_short(person_id)}/{avatar.name}.webp", avatars.SIZES[0])
    for size, data in avatar.files.items():
        storage.put_bytes(queries.avatar_file(key, size), data)
    _put_avatar(person_id, key)


def clear_avatar(*, viewer: Viewer) -> None:
    """Show no picture; doing it again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    _put_avatar(policy.person_id_of(viewer), "")


@transaction.atomic
def _put_avatar(person_id: int, key: str) -> None:
    person = Person.objects.select_for_update().only("avatar_key").get(pk=person_id)
    old, person.avatar_key = person.avatar_key, key
    person.save(update_fields=["avatar_key"])
    if old and old != key:
        tasks.delete_files.enqueue(keys=[queries.avatar_file(old, size) for size in avatars.SIZES])


def set_role(*, actor: Viewer, person_id: int, role: Role) -> None:
    """Make someone a member, a moderator or an admin.

    Raises:
        NotAllowed: the actor is no admin.
        NotFound: there is no such person.
        LastAdmin: nobody else could run the instance.
    """
    policy.require_admin(actor)
    with transaction.atomic():
        person = _locked(person_id)
        if role is not Role.ADMIN:
            _keep_an_admin(person)
        person.role, person.is_superuser = role.value, role is Role.ADMIN
        person.save(update_fields=["role", "is_superuser"])


def set_active(*, actor: Viewer, person_id: int, is_active: bool) -> None:
    """Close or open an account. Closing ends its sessions and hides the person everywhere.

    Raises:
        NotAllowed: the actor is no admin.
        NotFound: there is no such person.
        LastAdmin: nobody else could run the instance.
    """
    policy.require_admin(actor)
    with transaction.atomic():
        person = _locked(person_id)
        if not is_active:
            _keep_an_admin(person)
            _end_sessions(UserSession.objects.filter(user_id=person_id))
        person.is_active = is_active
        person.save(update_fields=["is_active"])
        _tell_changed(person_id)


def _locked(person_id: int) -> Person:
    """The person's row, and every admin's beside it, locked in the order of their ids."""
    rows = Person.objects.select_for_update().filter(role=Role.ADMIN.value).order_by("pk")
    list(rows)
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFound("There is nobody with this id.")
    return person


def _keep_an_admin(person: Person) -> None:
    others = Person.objects.filter(role=Role.ADMIN.value, is_active=True).exclude(pk=person.pk)
    if person.role == Role.ADMIN.value and person.is_active and not others.exists():
        raise LastAdmin


def end_session(*, viewer: Viewer, session_id: int) -> None:
    """Sign one of the viewer's browsers out; doing it again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotAllowed: the session is somebody else's.
    """
    person_id = policy.person_id_of(viewer)
    with transaction.atomic():
        if UserSession.objects.filter(pk=session_id).exclude(user_id=person_id).exists():
            raise NotAllowed
        _end_sessions(UserSession.objects.filter(pk=session_id))


def forget_ended_sessions() -> int:
    """Remove sessions past their end with the address and browser noted beside them; returns how many."""
    with transaction.atomic():
        Session.objects.filter(expire_date__lt=clock.now()).delete()
        living = Session.objects.values("session_key")
        forgotten, _ = UserSession.objects.exclude(session_key__in=living).delete()
    return int(forgotten)


def _end_sessions(sessions: Any) -> None:
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.delete()


def delete_person(*, person_id: int) -> None:
    """Remove an account and everything every app holds of it: rows now, files by jobs. Again changes nothing.

    Raises:
        LastAdmin: nobody else could run the instance.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update().filter(pk=person_id).first()
        if person is None:
            return
        _keep_an_admin(person)
        for remove in hooks.person_deleted():
            remove(person_id=person_id)
        _end_sessions(UserSession.objects.filter(user_id=person_id))
        tasks.delete_folder.enqueue(prefix=f"avatars/{ids.to_short(person_id)}")
        person.delete()


def tell_security(*, person_id: int, event: SecurityEvent, user_agent: str) -> None:
    """Say to apps above what happened to how somebody signs in."""
    with transaction.atomic():
        for hear in hooks.security():
            hear(person_id=person_id, event=event, user_agent=user_agent)


def recognise_visitor(request: HttpRequest) -> Viewer:
    """Who asks, with a key for visitors too: the page's answer brings the cookie when it is new."""
    viewer = queries.viewer_for(request)
    if viewer.is_signed_in or viewer.session_key:
        return viewer
    return Viewer(session_key=visitors.introduce(request))
