"""What comments, notes and names may be, who is mentioned, and who may do what with others' things."""

import re
import unicodedata

from revue.accounts.contracts import Viewer
from revue.social.contracts import PersonList
from revue.social.errors import BadCollectionName, BadComment, BadNote
from revue.videos import policy as videos
from revue.videos.contracts import VideoCard

LONGEST_COMMENT = 500
LONGEST_NAME = 50  # of a collection
LONGEST_NOTE = 150  # of a repost
MOST_MENTIONS = 20
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


def clean_name(text: str) -> str:
    """A collection's name as it is stored: in one line, no control characters, no spaces around it.

    Raises:
        BadCollectionName: nothing is left, or more than 50 characters.
    """
    name = _one_line(text)
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadCollectionName(fields={"name": BadCollectionName.title})
    return name


def clean_note(text: str) -> str:
    """A repost's note as it is stored, in one line; perhaps empty.

    Raises:
        BadNote: more than 150 characters are left.
    """
    note = _one_line(text)
    if len(note) > LONGEST_NOTE:
        raise BadNote(fields={"note": BadNote.title})
    return note


def _one_line(text: str) -> str:
    words = "".join(" " if letter.isspace() else letter for letter in text).split()
    return "".join(letter for letter in " ".join(words) if unicodedata.category(letter) not in ("Cc", "Cs"))


def may_repost(viewer: Viewer, card: VideoCard) -> bool:
    """Whether one who may watch a video may pass it on: what others show to everybody."""
    return viewer.person_id != card.author.id and videos.may_embed(card.visibility)


def may_see_list(viewer: Viewer, *, person_id: int, which: PersonList) -> bool:
    """Whether the viewer may see what somebody passes on, keeps or likes. What is passed on is meant to be seen."""
    return which is PersonList.REPOSTS or viewer.person_id == person_id
