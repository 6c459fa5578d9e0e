"""Signed cursors: what a page remembers travels with the client, which can neither read it as ours nor forge it."""

from typing import Any

from django.core import signing

from revue.platform.errors import RevueError

_LONGEST = 8_192


class BadCursor(RevueError):
    """A cursor that we did not make, or made for another list."""

    code = "bad_cursor"
    status = 400
    title = "This list has changed. Start again from its top."


def sign(kind: str, data: dict[str, Any]) -> str:
    """A cursor for one kind of list.

    Args:
        kind: for example `feed.foryou`; a cursor of one kind is refused by another.
        data: JSON values.
    """
    return _signer(kind).sign_object(data, compress=True)


def read(kind: str, cursor: str) -> dict[str, Any]:
    """What `sign` put in.

    Raises:
        BadCursor: forged, cut short, or of another kind.
    """
    if len(cursor) > _LONGEST:
        raise BadCursor
    try:
        data = _signer(kind).unsign_object(cursor)
    except (signing.BadSignature, ValueError) as error:
        raise BadCursor from error
    if not isinstance(data, dict):
        raise BadCursor
    return data


def _signer(kind: str) -> signing.Signer:
    """No time goes in: the same place of the same list has the same cursor, whoever asks and when."""
    return signing.Signer(salt=f"revue.paging.{kind}")
