"""What people may say and note, who is mentioned, who may do what with others' things, and which comments wait."""

import re
import unicodedata
from typing import Final, Protocol

from revue.accounts.contracts import Viewer
from revue.platform import wording
from revue.social.contracts import Hold, PersonList, Rules
from revue.social.errors import BadCollectionName, BadComment, BadFilterWord, BadNote
from revue.videos import policy as videos
from revue.videos.contracts import VideoCard

LONGEST_NAME = 50  # of a collection
LONGEST_NOTE = 150  # of a repost

LONGEST_COMMENT = 500
MOST_PINNED: Final = 3  # comments that stand first under a video
MOST_FORMER: Final = 20  # texts that a comment is known to have had; older ones are forgotten
MOST_WORDS: Final = 200  # in a creator's filter
MOST_AT_ONCE: Final = 100  # comments that one call changes
RANKED: Final = 100  # comments that are sorted by relevance; what comes after them is newest first
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


class Said(Protocol):
    """What the questions need to know of a comment."""

    @property
    def author_id(self) -> int | None:
        """Whose it is; None where that person has left."""

    @property
    def held_for(self) -> str:
        """A `Hold`; empty: everybody sees it."""


def may_read(viewer: Viewer, comment: Said, *, creator_id: int) -> bool:
    """Whether one who may watch a video may read a comment under it: what waits is for its author and the video's."""
    return not comment.held_for or is_author(viewer, comment) or viewer.person_id == creator_id


def is_author(viewer: Viewer, comment: Said) -> bool:
    """Whether the comment is the viewer's own."""
    return viewer.person_id is not None and viewer.person_id == comment.author_id


def may_delete(viewer: Viewer, comment: Said, *, creator_id: int) -> bool:
    """Whether the viewer may delete a comment: who wrote it, whose video it is under, and moderators."""
    is_theirs = is_author(viewer, comment) or viewer.person_id == creator_id
    return viewer.is_signed_in and (is_theirs or viewer.is_moderator)


def hold_for(text: str, rules: Rules) -> Hold | None:
    """Why a comment waits under the videos of one who has set these rules; None: it does not."""
    if wording.says(text, words=frozenset(wording.plain(word) for word in rules.words)):
        return Hold.WORD
    return Hold.APPROVAL if rules.approves_first else None


def clean_word(text: str) -> str:
    """A word, or several, of a filter as it is stored.

    Raises:
        BadFilterWord: too long, or nothing in it can be compared.
    """
    word = " ".join(text.split())
    if len(word) > wording.LONGEST or not wording.plain(word):
        raise BadFilterWord(fields={"words": BadFilterWord.title})
    return word


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


def may_see_list(viewer: Viewer, *, person_id: int, which: PersonList, may_see_videos: bool) -> bool:
    """Whether the viewer may see what somebody passes on, keeps or likes.

    What is passed on is meant to be seen, by those who may see the person's videos; the rest is for the person alone.
    """
    return viewer.person_id == person_id or (which is PersonList.REPOSTS and may_see_videos)
