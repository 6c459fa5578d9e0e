"""The words of drafts at rest: whoever has a copy of the database cannot read what was not said yet."""

import logging
from typing import Final

from cryptography.fernet import InvalidToken

from revue.platform import seal

_USE: Final = "revue.videos.draft.1"
_log = logging.getLogger(__name__)


def close(caption: str) -> str:
    """A caption as it is stored; none stays none."""
    return seal.close(caption, use=_USE) if caption else ""


def open_(sealed: str) -> str | None:
    """The caption; None: the secret key is another one. The draft's files and choices are there all the same."""
    try:
        return seal.open_(sealed, use=_USE) if sealed else ""
    except InvalidToken:
        _log.error("the words of a draft do not open: the instance's secret key is not the one they were sealed with")
        return None
