"""Jobs of the inbox: parse, call one thing, done."""

from django.core.mail import EmailMessage

from revue.platform import jobs


@jobs.job(queue="fast", retries=0)
def push_notice(*, notice_id: int, person_id: int) -> None:
    """Have each of a person's browsers told of a notice, if they may be disturbed now."""
    from revue.inbox.push import actions  # noqa: PLC0415 - actions enqueue our jobs

    actions.push_notice(notice_id=notice_id, person_id=person_id)


@jobs.job(queue="fast", retries=5)
def deliver(*, subscription_id: int, notice_id: int) -> None:
    """Tell one browser; a push service that is away is asked again later."""
    from revue.inbox.push import actions  # noqa: PLC0415

    actions.deliver(subscription_id=subscription_id, notice_id=notice_id)


@jobs.job(queue="fast", retries=0)
def push_message(*, person_id: int, conversation_id: int) -> None:
    """Have each of a person's browsers told that there is something new in a conversation, if that may be now."""
    from revue.inbox.messages import push  # noqa: PLC0415 - it enqueues our jobs

    push.push_message(person_id=person_id, conversation_id=conversation_id)


@jobs.job(queue="fast", retries=5)
def deliver_message(*, subscription_id: int, conversation_id: int) -> None:
    """Tell one browser of it; a push service that is away is asked again later."""
    from revue.inbox.messages import push  # noqa: PLC0415

    push.deliver(subscription_id=subscription_id, conversation_id=conversation_id)


@jobs.every("11 * * * *")
@jobs.job(queue="fast", retries=0)
def close_old_notices() -> None:
    """Each hour, let nobody join what is a day old."""
    from revue.inbox.notifications import actions  # noqa: PLC0415

    actions.close_old()


@jobs.every("49 4 * * *")
@jobs.job(queue="fast", retries=0)
def forget_old_notices() -> None:
    """Once a night, erase what is past its time."""
    from revue.inbox.notifications import actions  # noqa: PLC0415

    actions.forget_old()


@jobs.every("53 4 * * *")
@jobs.job(queue="fast", retries=0)
def forget_old_reports() -> None:
    """Once a night, erase reported messages that are past their time."""
    from revue.inbox.messages import reports  # noqa: PLC0415

    reports.forget_old()


@jobs.every("23 7 * * *")
@jobs.job(queue="fast", retries=0)
def send_due_digests() -> None:
    """Each morning, have mails made for those whose week is over."""
    from revue.inbox.notifications import digest  # noqa: PLC0415

    digest.send_due()


@jobs.job(queue="fast", retries=5)
def send_digest(*, person_id: int) -> None:
    """Send one person's weekly mail, with what a mail program needs to stop it by one click (RFC 8058)."""
    from revue.inbox.notifications import digest  # noqa: PLC0415

    mail = digest.digest_of(person_id=person_id)
    if mail is None:
        return
    headers = {"List-Unsubscribe": f"<{mail.stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    EmailMessage(subject=mail.subject, body=mail.body, to=[mail.to], headers=headers).send()
