"""A mail each week to those who want one, with what they have not read."""

import dataclasses
import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.inbox import tasks
from revue.inbox.models import Preferences
from revue.inbox.notifications import preferences, queries
from revue.inbox.notifications.sentences import sentence
from revue.platform import clock

EVERY: Final = datetime.timedelta(days=6, hours=12)  # a week, less what the clock of the job may be early
MOST_LINES: Final = 10


@dataclasses.dataclass(frozen=True, slots=True)
class Digest:
    """A mail that is ready to be sent."""

    to: str
    subject: str
    body: str
    stop_url: str  # stops these mails with one request, and no sign-in


def send_due() -> int:
    """Have a mail made for everybody whose week is over; returns for how many. Whoever comes first does it."""
    now = clock.now()
    due = Q(digest_at=None) | Q(digest_at__lt=now - EVERY)
    count = 0
    for person_id in Preferences.objects.filter(due, wants_digest=True).values_list("pk", flat=True):
        with transaction.atomic():
            if Preferences.objects.filter(due, pk=person_id, wants_digest=True).update(digest_at=now):
                tasks.send_digest.enqueue(person_id=person_id, once=str(person_id))
                count += 1
    return count


def digest_of(*, person_id: int) -> Digest | None:
    """A person's mail; None while they have read everything, want none, or have no proved address."""
    to = accounts.proved_email(person_id=person_id)
    wanted = Preferences.objects.filter(pk=person_id, wants_digest=True).first()
    if not to or wanted is None:
        return None
    count = queries.unread(person_id=person_id)
    if count == 0:
        return None
    with translation.override(wanted.language or None):
        return _written(person_id, to, count)


def _written(person_id: int, to: str, count: int) -> Digest:
    page = queries.page(viewer=Viewer(person_id=person_id), limit=MOST_LINES, only_unread=True)
    stop_url = f"{settings.BASE_URL}/inbox/stop/{preferences.token_of(person_id)}"
    more = count - len(page.notices)
    stop = _("You get this once a week because you asked for it. Stop it: %(url)s") % {"url": stop_url}
    lines = [
        *(f"- {sentence(notice)}" for notice in page.notices),
        *([ngettext("… and %(count)d more.", "… and %(count)d more.", more) % {"count": more}] if more > 0 else []),
        "",
        f"{settings.BASE_URL}/inbox",
        "",
        stop,
    ]
    subject = _("Your week on %(instance)s") % {"instance": settings.INSTANCE_NAME}
    return Digest(to, subject, "\n".join(lines), stop_url)
