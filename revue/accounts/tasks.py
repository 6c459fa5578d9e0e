"""Jobs of accounts: parse, call one thing, done. Running one twice is harmless, save for a mail sent twice."""

from django.core.mail import EmailMessage

from revue.platform import jobs, storage


@jobs.job(queue="fast", retries=5)
def send_mail(*, to: str, subject: str, body: str) -> None:
    """Send one mail; a server that is away is asked again later."""
    EmailMessage(subject=subject, body=body, to=[to]).send()


@jobs.job(queue="fast", retries=5)
def delete_files(*, keys: list[str]) -> None:
    """Remove stored files that no row names any more."""
    for key in keys:
        storage.delete(key)


@jobs.job(queue="fast", retries=5)
def delete_folder(*, prefix: str) -> None:
    """Remove everything stored for a person who is gone."""
    storage.delete_tree(prefix)


@jobs.every("17 * * * *")
@jobs.job(queue="fast", retries=0)
def forget_ended_sessions() -> None:
    """Each hour, so that no address is kept longer than the session it belongs to."""
    from revue.accounts import actions  # noqa: PLC0415 - actions enqueue our jobs

    actions.forget_ended_sessions()
