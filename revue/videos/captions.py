"""What people write under a video: its tags and the people it names. Pure, the same for every language.

A tag is `#` and letters, digits, marks or underscores of any script, not only digits; case does not matter.
A mention is `@` and a handle. Neither begins in the middle of a word or of an address.
"""

import re
import unicodedata

LONGEST_CAPTION = 2200
LONGEST_TAG = 100
MOST_TAGS = 5  # more than five are shown, and not indexed: lists of tags are how captions become noise
MOST_MENTIONS = 20

_JOINERS = "\u200c\u200d"  # zero width, inside words of Persian and of Indian scripts
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MENTION = re.compile(r"@([A-Za-z0-9_](?:[A-Za-z0-9_.]{1,28})[A-Za-z0-9_])(?![A-Za-z0-9_])", re.ASCII)


def clean(text: str) -> str:
    """The caption as it is stored: composed, lines kept, without control letters and tricks of direction."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(letter for letter in plain if letter == "\n" or _is_shown(letter)).strip()


def tags(caption: str) -> list[str]:
    """The first `MOST_TAGS` different tags, lower case, without `#`."""
    return _first(_tags_in(unicodedata.normalize("NFC", caption)), MOST_TAGS)


def mentions(caption: str) -> list[str]:
    """The first `MOST_MENTIONS` different handles, lower case, without `@`; whether they exist is not asked."""
    found = (match[1].lower() for match in _MENTION.finditer(caption) if _begins(caption, match.start()))
    return _first([handle for handle in found if ".." not in handle], MOST_MENTIONS)


def plain_tag(tag: str) -> str:
    """A tag as it is indexed, from however someone writes it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", tag.removeprefix("#")).lower())


def _tags_in(caption: str) -> list[str]:
    found = []
    for at, letter in enumerate(caption):
        if letter in "#\uff03" and _begins(caption, at):
            end = at + 1
            while end < len(caption) and _is_word(caption[end]):
                end += 1
            tag = plain_tag(caption[at + 1 : end].strip(_JOINERS))
            if 0 < len(tag) <= LONGEST_TAG and any(letter.isalpha() for letter in tag):
                found.append(tag)
    return found


def _begins(caption: str, at: int) -> bool:
    """Whether a `#` or `@` here stands at the beginning of a word."""
    return at == 0 or not (_is_word(caption[at - 1]) or caption[at - 1] in "#@/.&-")


def _is_word(letter: str) -> bool:
    return letter == "_" or letter in _JOINERS or unicodedata.category(letter)[0] in "LNM"


def _is_shown(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs", "Co", "Cn") and letter not in _TURNS


def _first(words: list[str], most: int) -> list[str]:
    return list(dict.fromkeys(words))[:most]
