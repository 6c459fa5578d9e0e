"""Where the database is: `REVUE_DATABASE_URL`, or the embedded server's socket."""

import hashlib
import os
import pathlib
import tempfile
import urllib.parse

from django.core.exceptions import ImproperlyConfigured

EMBEDDED_USER = "revue"
EMBEDDED_NAME = "revue"
LONGEST_SOCKET_PATH = 107  # bytes, Linux's sun_path less its end mark
_SOCKET_FILE = "/.s.PGSQL.5432"


def socket_folder(root: pathlib.Path) -> pathlib.Path:
    """The folder of the embedded server's socket, elsewhere when the data folder lies too deep."""
    folder = root / "postgres-socket"
    if len(os.fsencode(f"{folder}{_SOCKET_FILE}")) <= LONGEST_SOCKET_PATH:
        return folder
    digest = hashlib.sha256(os.fsencode(root)).hexdigest()[:16]
    return pathlib.Path(tempfile.gettempdir()) / f"revue-{digest}"


def django_database(url: str, root: pathlib.Path) -> dict[str, str]:
    """Django's connection fields for `url`, or for the embedded server of `root` when it is empty.

    Raises:
        ImproperlyConfigured: `url` is not a postgresql:// address with a database name.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": EMBEDDED_NAME,
            "USER": EMBEDDED_USER,
            "HOST": str(socket_folder(root)),
        }
    parts = urllib.parse.urlsplit(url)
    query = dict(urllib.parse.parse_qsl(parts.query))
    name = urllib.parse.unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise ImproperlyConfigured("REVUE_DATABASE_URL must look like postgresql://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": urllib.parse.unquote(parts.username or ""),
        "PASSWORD": urllib.parse.unquote(parts.password or ""),
        "HOST": query.get("host") or urllib.parse.unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }
