"""What a comment may be, who is mentioned in it, and who may delete it."""

import re
import unicodedata

from revue.accounts.contracts import Viewer
from revue.social.errors import BadComment

LONGEST_COMMENT = 500
MOST_MENTIONS = 20
MOST_BLOCKED_AT_ONCE = 100
_MENTION = re.compile(r"(?<![\w@./])@([A-Za-z0-9_](?:[A-Za-z0-9_.]{1,28})[A-Za-z0-9_])(?![\w@])", re.ASCII)
_LINES = re.compile(r"\n{3,}")


def clean_comment(text: str) -> str:
    """The text as it is stored: no control characters, no spaces around it, no towers of empty lines.

    Raises:
        BadComment: nothing is left, or more than 500 characters.
    """
    plain = "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs"))
    plain = _LINES.sub("\n\n", plain).strip()
    if not 0 < len(plain) <= LONGEST_COMMENT:
        raise BadComment(fields={"text": BadComment.title})
    return plain


def mentions_in(text: str) -> tuple[str, ...]:
    """The handles after an @ in `text`, lower case, each once, in order; not those inside addresses or e-mail."""
    found = dict.fromkeys(match.lower() for match in _MENTION.findall(text))
    return tuple(found)[:MOST_MENTIONS]


def may_delete_comment(viewer: Viewer, *, author_id: int, video_author_id: int) -> bool:
    """Whether the viewer may delete a comment: who wrote it, whose video it is under, and moderators."""
    return viewer.is_signed_in and (viewer.person_id in (author_id, video_author_id) or viewer.is_moderator)
