"""Where mail goes: `REVUE_SMTP_URL`, or files in the data folder."""

import dataclasses
import pathlib
import urllib.parse

from django.core.exceptions import ImproperlyConfigured

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclasses.dataclass(frozen=True, slots=True)
class Mail:
    """Django's mail settings."""

    backend: str
    file_path: str | None = None
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = dataclasses.field(default="", repr=False)
    use_starttls: bool = False
    use_tls: bool = False


def django_mail(url: str, *, folder: pathlib.Path) -> Mail:
    """Mail settings for `url` (smtp://, smtp+starttls:// or smtps://user:password@host:port), or for files.

    Raises:
        ImproperlyConfigured: `url` is none of these.
    """
    if not url:
        return Mail("django.core.mail.backends.filebased.EmailBackend", file_path=str(folder))
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ImproperlyConfigured("REVUE_SMTP_URL must look like smtp+starttls://user:password@host:587")
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        user=urllib.parse.unquote(parts.username or ""),
        password=urllib.parse.unquote(parts.password or ""),
        use_starttls=parts.scheme == "smtp+starttls",
        use_tls=parts.scheme == "smtps",
    )
