"""A question as the index understands it: its words, their stems, and PostgreSQL's query for them."""

import dataclasses
import re
from typing import Final

from django.db import connection

from revue.search.documents import plain_tag
from revue.search.languages import BY_CODE, languages_asked, languages_of
from revue.search.words import fold, words

MOST_WORDS: Final = 10
LONGEST: Final = 200  # letters
SHORTEST_BEGINNING: Final = 2  # letters of a last word that is taken for the beginning of others
_HANDLE = re.compile(r"[a-z0-9_.]+", re.ASCII)
_STEMS: Final = """
SELECT w.number, stem || '/' || w.code
FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[]) AS w (number, word, code, stemmer),
    unnest(ts_lexize(w.stemmer::regdictionary, w.word)) AS stem
ORDER BY w.number, w.code
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Term:
    """One word of a question."""

    text: str  # folded; a tag or handle with its sign
    is_open: bool = False  # the last one: what begins so is meant too
    stems: tuple[str, ...] = ()

    @property
    def lexemes(self) -> tuple[str, ...]:
        """What stands for it in the index."""
        return (self.text, *self.stems)

    def query(self, more: tuple[str, ...] = ()) -> str:
        """Any of its lexemes, as a part of a tsquery."""
        parts = [_quoted(lexeme) for lexeme in (*self.lexemes, *more)]
        if self.is_open:
            parts.append(f"{_quoted(self.text)}:*")
        return f"({'|'.join(parts)})"


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """A whole question."""

    text: str  # as it was typed, without spaces around it
    terms: tuple[Term, ...]

    def __bool__(self) -> bool:
        """Whether there is a word in it."""
        return bool(self.terms)

    @property
    def all_of_it(self) -> str:
        """A tsquery for what says every word."""
        return "&".join(term.query() for term in self.terms)

    @property
    def any_of_it(self) -> str:
        """A tsquery for what says some word."""
        return "|".join(term.query() for term in self.terms)

    @property
    def of_people(self) -> str:
        """A tsquery for people; whose handle is all of the question is meant most."""
        whole = (f"@{self.terms[0].text}",) if len(self.terms) == 1 and self.terms[0].text[0] not in "#@" else ()
        return "&".join(term.query(whole) for term in self.terms)

    @property
    def lexemes(self) -> list[str]:
        """All that stands for it in the index."""
        return [lexeme for term in self.terms for lexeme in term.lexemes]

    @property
    def beginning(self) -> str:
        """How the last word begins; empty where it is whole."""
        return next((term.text for term in self.terms if term.is_open), "")


def asked(text: str) -> Asked:
    """What is asked for. At most one SELECT.

    Words that say little (the commonest of their language) are passed over, unless there are no others.
    """
    text = text.replace("\0", " ").strip()[:LONGEST]
    found = _terms(text)
    meant = _telling(found, text) or found
    return Asked(text, _with_stems(meant[:MOST_WORDS]))


def typed(text: str) -> Asked:
    """What is being typed: every word as it is, the last one the beginning of others. No SELECT."""
    terms = _terms(text.replace("\0", " ")[:LONGEST])[-MOST_WORDS:]
    if terms:
        terms[-1] = dataclasses.replace(terms[-1], is_open=True)
    return Asked(text, tuple(terms))


def tag_beginning(text: str) -> str:
    """How a tag begins that is asked for: several words are one tag written apart."""
    return plain_tag("".join(letter for letter in text.strip()[:LONGEST] if _is_of_tag(letter)))


def spans(text: str, asked_for: Asked) -> tuple[tuple[int, int], ...]:
    """Where in a name stands what was asked for: whole words, and beginnings of them."""
    found = []
    wanted = {term.text.lstrip("#@") for term in asked_for.terms}
    beginnings = tuple(term.text.lstrip("#@") for term in asked_for.terms if term.is_open)
    for word in words(text):
        if word.text in wanted:
            found.append((word.start, word.end))
        elif beginnings and word.text.startswith(beginnings):
            length = max(len(one) for one in beginnings if word.text.startswith(one))
            found.append((word.start, word.start + beginning_in(text[word.start : word.end], length)))
    return tuple(found)


def beginning_in(text: str, folded_letters: int) -> int:
    """How many letters of a text its first so many folded ones are."""
    return next((end for end in range(len(text) + 1) if len(fold(text[:end])) >= folded_letters), len(text))


def _terms(text: str) -> list[Term]:
    found: list[Term] = []
    for piece in text.split():
        sign, rest = piece[0].replace("\uff03", "#"), piece[1:]
        if sign == "#" and (tag := tag_beginning(rest)):
            found.append(Term(f"#{tag}"))
        elif sign == "@" and (handle := _HANDLE.match(rest.lower())):
            found.append(Term(f"@{handle[0]}"))
        else:
            found += [Term(word.text) for word in words(piece)]
    unique = list({term.text: term for term in found}.values())
    if unique and len(unique[-1].text.lstrip("#@")) >= SHORTEST_BEGINNING:
        unique[-1] = dataclasses.replace(unique[-1], is_open=True)
    return unique


def _telling(found: list[Term], text: str) -> list[Term]:
    common = frozenset[str]().union(*(BY_CODE[code].common for code in languages_of(text)))
    return [term for term in found if term.text not in common]


def _with_stems(terms: list[Term]) -> tuple[Term, ...]:
    wanted = [
        (number, term.text, code, BY_CODE[code].stemmer)
        for number, term in enumerate(terms)
        if term.text[0] not in "#@"
        for code in languages_asked(term.text)
    ]
    if not wanted:
        return tuple(terms)
    stems: dict[int, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, [list(column) for column in zip(*wanted, strict=True)])
        for number, stem in cursor.fetchall():
            stems.setdefault(number, []).append(stem)
    return tuple(dataclasses.replace(term, stems=tuple(stems.get(number, ()))) for number, term in enumerate(terms))


def _is_of_tag(letter: str) -> bool:
    return letter == "_" or bool(words(letter)) or letter in "\u200c\u200d"


def _quoted(lexeme: str) -> str:
    plain = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{plain}'"
