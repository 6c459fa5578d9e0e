"""What the index says of a thing: its words, each with its place and its weight. Pure.

Weights are PostgreSQL's A to D; `ranking.WEIGHTS` says what each is worth. Words stand as they are, and in their stem
with the language behind a slash (`danc/en`), so that a stem never meets a word of another language.
"""

import dataclasses
import re
from collections.abc import Iterable, Sequence
from typing import Final

from revue.search.languages import BY_CODE, languages_of
from revue.search.words import Word, fold, words

EDITION: Final = 2  # raise it with every change of what is said below: everything is then indexed again
ALIKE: Final = 3000  # from this place on stands what is not in a caption; a tsvector has places up to 16383
SAID: Final = 4000  # … and from this one what is said
MOST_SAID: Final = 5000  # words, in one language
_TAG = re.compile(r"[^\W]+(?:[\u200c\u200d][^\W]+)*")
_HANDLE = re.compile(r"[A-Za-z0-9_.]+", re.ASCII)
_SIGNED = re.compile(r"[#@\uff03][^\s#@]+")


@dataclasses.dataclass(slots=True)
class Document:
    """The words of one thing."""

    exact: list[tuple[str, int, str]] = dataclasses.field(default_factory=list)  # word, place, weight
    # word, place, weight, code of a language
    stemmed: list[tuple[str, int, str, str]] = dataclasses.field(default_factory=list)

    def add(self, found: Iterable[Word], first: int, weight: str) -> None:
        """Words as they are, from a place on."""
        self.exact += [(word.text, first + number, weight) for number, word in enumerate(found)]


def of_video(  # what it is found by
    *,
    caption: str,
    tags: Sequence[str],
    mentions: Sequence[str],
    handle: str,
    name: str,
    sound: str,
    spoken: Sequence[tuple[str, str]] = (),
) -> Document:
    """A video: tags A, caption B, its stems C, its author C, its sound D. Tags beyond those that count are D.

    What is said in it, in each language that it has subtitles in (`spoken`: language, words), and the stems of that: D.
    """
    made = Document()
    codes = languages_of(_SIGNED.sub(" ", caption))
    for place, word in enumerate(words(caption), start=1):
        signed = _signed(caption, word, tags, mentions)
        made.exact.append((word.text, place, _weight(word, signed)))
        if signed:
            made.exact.append((signed, place, "A"))
        if word.sign != "@":
            made.stemmed += [(word.text, place, "C", code) for code in codes]
    made.exact.append((f"@{handle}", ALIKE, "C"))
    made.add(words(handle), ALIKE, "C")
    made.add(words(name), ALIKE + 50, "C")
    made.add(words(sound), ALIKE + 200, "D")
    for language, text in spoken:
        _add_spoken(made, language.partition("-")[0], words(text)[:MOST_SAID])
    return made


def _add_spoken(made: Document, code: str, found: Sequence[Word]) -> None:
    made.add(found, SAID, "D")
    if code in BY_CODE:
        made.stemmed += [(word.text, place, "D", code) for place, word in enumerate(found, start=SAID)]


def of_person(*, handle: str, name: str, bio: str) -> Document:
    """A person: handle A, name B, what they say of themselves D."""
    made = Document()
    made.exact.append((f"@{handle}", 1, "A"))
    made.add(words(handle), 1, "A")
    made.add(words(name), 100, "B")
    made.add(words(bio), 300, "D")
    return made


def of_sound(*, name: str, owner: str, handle: str, mood: str) -> Document:
    """A sound: its name A, whose it is B, its mood C."""
    made = Document()
    made.add(words(name or "original sound"), 1, "A" if name else "D")
    made.add(words(owner), 200, "B")
    if handle:
        made.exact.append((f"@{handle}", 400, "B"))
        made.add(words(handle), 400, "B")
    made.add(words(mood), 500, "C")
    return made


def plain_tag(tag: str) -> str:
    """A tag as it is found: folded, with its underscores."""
    return fold(tag)


def _signed(caption: str, word: Word, tags: Sequence[str], mentions: Sequence[str]) -> str:
    """The whole tag or mention that a word begins, if it is one that counts; with its sign."""
    if word.sign == "#":
        found = _TAG.match(caption, word.start)
        tag = found[0].lower() if found else ""
        return f"#{plain_tag(tag)}" if tag in tags else ""
    if word.sign == "@":
        found = _HANDLE.match(caption, word.start)
        handle = found[0].rstrip(".").lower() if found else ""
        return f"@{handle}" if handle in mentions else ""
    return ""


def _weight(word: Word, signed: str) -> str:
    if word.sign == "#":
        return "A" if signed else "D"
    return "D" if word.sign == "@" else "B"
