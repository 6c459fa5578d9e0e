"""Words as the index has them, the same for what is written and for what is asked. Pure.

A word is a run of letters, digits and marks of any script, folded: lower case, without accents. Emoji are words too.
"""

import dataclasses
import re
import unicodedata
from typing import Final

LONGEST_WORD: Final = 60  # letters; what is longer is cut, in the index and in questions alike
_JOINERS: Final = "\u200c\u200d\ufe0f"  # inside words and emoji, and worth nothing when comparing
# Marks that people leave out when they type. Vowel signs of Indian scripts and the marks of kana are letters to them.
_ACCENTS: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff]"
)
# Letters that Unicode does not take apart, as people without them on their keyboard write them.
_LETTERS: Final = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ħ": "h",
        "\u0131": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ĸ": "k",
    }
)


@dataclasses.dataclass(frozen=True, slots=True)
class Word:
    """A word of a text."""

    text: str  # folded
    start: int  # in code points of the text
    end: int
    sign: str = ""  # "#" or "@" where it begins with one


def fold(text: str) -> str:
    """Lower case without accents: `Größe` is `grosse`, `Ñandú` is `nandu`, `أحمد` is `احمد`."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", plain).translate(_LETTERS))


def words(text: str) -> list[Word]:
    """The words of a text with their places, in order."""
    found: list[Word] = []
    at = 0
    while at < len(text):
        end = _end_of_word(text, at)
        if end == at:
            at += 1
            continue
        plain = fold("".join(letter for letter in text[at:end] if _counts(letter)))[:LONGEST_WORD]
        if plain:
            sign = text[at - 1] if at and text[at - 1] in "#@" and _begins(text, at - 1) else ""
            found.append(Word(plain, at, end, sign))
        at = end
    return found


def _end_of_word(text: str, at: int) -> int:
    """Behind the last letter of the word that begins here; here where none begins. An emoji is one by itself."""
    if _is_emoji(text[at]):
        end = at + 1
        while end < len(text) and (text[end] in _JOINERS or unicodedata.category(text[end]) in ("Sk", "Mn")):
            end += 1
        return end
    end = at
    while end < len(text) and (_is_letter(text[end]) or (end > at and text[end] in _JOINERS)):
        end += 1
    return end


def _counts(letter: str) -> bool:
    """Whether a letter says something when words are compared: joiners and the colours of emoji do not."""
    return letter not in _JOINERS and unicodedata.category(letter) != "Sk"


def _is_letter(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LNM"


def _is_emoji(letter: str) -> bool:
    return unicodedata.category(letter) == "So"


def _begins(text: str, at: int) -> bool:
    """Whether a sign here stands at the beginning of a word."""
    return at == 0 or not (_is_letter(text[at - 1]) or text[at - 1] in "_#@/.&-")
