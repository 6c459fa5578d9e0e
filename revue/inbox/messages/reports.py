"""Messages that somebody reports: kept with a copy, for the moderation, and told to nobody else."""

import datetime
from typing import Any, Final

from django.db import transaction

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.inbox import hooks
from revue.inbox.messages import policy, queries
from revue.inbox.messages.contracts import ReportedMessage, ReportReason, SaidMessage
from revue.inbox.messages.errors import MessageNotFound
from revue.inbox.models import Message, MessageReport
from revue.platform import clock, limits
from revue.platform.errors import NotAllowed

MOST_BEFORE: Final = 5  # messages that are copied with the reported one
REPORTS_PER_HOUR: Final = 60
KEPT_FOR: Final = datetime.timedelta(days=180)


@transaction.atomic
def report_message(*, viewer: Viewer, message_id: int, reason: ReportReason, text: str = "") -> None:
    """Report what somebody wrote to the viewer. Again is the same, as it was said first.

    The message and up to five before it, as the viewer finds them now, are copied, so that taking them back hides
    nothing. Whoever wrote it is not told.

    Raises:
        SignInNeeded: the viewer is a visitor.
        MessageNotFound: there is no such message in a conversation of theirs, or nothing is left of it.
        NotAllowed: it is their own.
        BadReport: more than 500 characters.
        RateLimited: more than 60 in an hour.
    """
    person_id = person_id_of(viewer)
    clean = policy.clean_report(text)
    message, place = queries.message_found(viewer=viewer, message_id=message_id)
    if message.author_id == person_id:
        raise NotAllowed("This message is your own.")
    if message.unsent_at is not None:
        raise MessageNotFound
    limits.check("report", key=str(person_id), per_hour=REPORTS_PER_HOUR)
    around = queries.messages_at(place).filter(pk__lte=message_id, unsent_at=None).order_by("-pk")[: MOST_BEFORE + 1]
    report = MessageReport(
        reporter_id=person_id,
        reported_id=message.author_id,
        message_id=message_id,
        reason=reason.value,
        text=clean,
        said=[_copy(one) for one in reversed(around)],
    )
    MessageReport.objects.bulk_create([report], ignore_conflicts=True)
    if MessageReport.objects.filter(pk=report.pk).exists():
        hooks.message_reported(_contract(report))


def forget_old() -> int:
    """Erase reports past their time; returns how many."""
    return MessageReport.objects.filter(made_at__lt=clock.now() - KEPT_FOR).delete()[0]


def _contract(report: MessageReport) -> ReportedMessage:
    said = tuple(SaidMessage(**one) for one in report.said)
    reason = ReportReason(report.reason)
    return ReportedMessage(report.pk, report.reporter_id, report.reported_id, reason, report.text, said)


def _copy(message: Message) -> dict[str, Any]:
    return {
        "id": message.pk,
        "author_id": message.author_id,
        "text": message.text,
        "video_id": message.video_id,
        "made_at": message.made_at.isoformat(),
    }
