"""What may be read of push."""

from django.conf import settings

from revue.inbox.push import keys


def application_key() -> str | None:
    """What browsers subscribe with, as base64url; None while this instance pushes nothing."""
    return keys.public_key() if settings.WEB_PUSH else None
