"""What people want to be told, and how: read and set."""

from collections.abc import Collection
from typing import Any, Final

from django.core import signing
from django.db import transaction

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.inbox.models import LONGEST_LANGUAGE, Preferences
from revue.inbox.notifications import policy
from revue.inbox.notifications.contracts import NoticeTopic, PreferencesView, QuietHours
from revue.inbox.notifications.errors import NoProvedEmail
from revue.platform import clock
from revue.platform.errors import NotFound

ALWAYS: Final = frozenset({NoticeTopic.SECURITY, NoticeTopic.MESSAGES})  # told in the app to everybody
_SALT: Final = "revue.inbox.digest"


def of(*, person_id: int) -> PreferencesView:
    """What a person has set. Two SELECTs."""
    found = Preferences.objects.filter(pk=person_id).first() or Preferences(person_id=person_id)
    return PreferencesView(
        hidden=frozenset(map(NoticeTopic, found.hidden)),
        not_pushed=frozenset(map(NoticeTopic, found.not_pushed)),
        quiet=_quiet(found),
        wants_digest=found.wants_digest,
        may_have_digest=bool(accounts.proved_email(person_id=person_id)),
    )


def is_quiet_for(*, person_id: int) -> bool:
    """Whether a person is not to be disturbed now."""
    found = Preferences.objects.filter(pk=person_id).first() or Preferences(person_id=person_id)
    age = accounts.age(person_id=person_id)
    return policy.is_quiet(clock.now(), quiet=_quiet(found), time_zone=found.time_zone, age=age)


@transaction.atomic
def change(
    *,
    viewer: Viewer,
    hidden: Collection[NoticeTopic] | None = None,
    not_pushed: Collection[NoticeTopic] | None = None,
    wants_digest: bool | None = None,
    language: str = "",
    **quiet: QuietHours | None,
) -> None:
    """Set what the viewer wants to be told; None leaves a part as it is.

    Args:
        viewer: whose.
        hidden: topics of which they are told nothing; security and messages are told all the same.
        not_pushed: topics of which they are told in the app only.
        wants_digest: whether they get a mail each week.
        language: of the browser that asks for that mail, and so of the mail.
        quiet: `quiet=` hours in which nothing is pushed; None: there are none.

    Raises:
        SignInNeeded: the viewer is a visitor.
        BadQuietHours: the hours are none, or the time zone is unknown.
        NoProvedEmail: there is no address to send a mail to.
    """
    person_id = person_id_of(viewer)
    changes: dict[str, Any] = {}
    if hidden is not None:
        changes["hidden"] = sorted(set(hidden) - ALWAYS)
    if not_pushed is not None:
        changes["not_pushed"] = sorted(set(not_pushed))
    if wants_digest is not None:
        if wants_digest and not accounts.proved_email(person_id=person_id):
            raise NoProvedEmail
        changes |= {"wants_digest": wants_digest, "language": language[:LONGEST_LANGUAGE]}
    if "quiet" in quiet:
        changes |= _columns(quiet["quiet"])
    Preferences.objects.update_or_create(pk=person_id, defaults=changes)


def stop_digest(token: str) -> None:
    """Send no more weekly mail to whoever got this link in one; again is the same.

    Raises:
        NotFound: the link is not ours.
    """
    Preferences.objects.filter(pk=person_of(token)).update(wants_digest=False)


def token_of(person_id: int) -> str:
    """What a link in a mail to a person carries: it stops the mails, and opens nothing else."""
    return signing.Signer(salt=_SALT).sign_object({"person": person_id})


def person_of(token: str) -> int:
    """Whose token it is.

    Raises:
        NotFound: it is none of ours.
    """
    try:
        return int(signing.Signer(salt=_SALT).unsign_object(token)["person"])
    except (signing.BadSignature, ValueError) as error:
        raise NotFound("This link is not one of ours, or it was cut short.") from error


def _quiet(found: Preferences) -> QuietHours | None:
    if found.quiet_from is None or found.quiet_to is None:
        return None
    return QuietHours(found.quiet_from, found.quiet_to, found.time_zone)


def _columns(quiet: QuietHours | None) -> dict[str, Any]:
    if quiet is None:
        return {"quiet_from": None, "quiet_to": None}
    hours = policy.clean_quiet_hours(quiet)
    return {"quiet_from": hours.start, "quiet_to": hours.end, "time_zone": hours.time_zone}
