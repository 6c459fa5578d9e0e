"""Whether a text says one of some unwanted words, however it is dressed up. Pure.

Whole words, whatever their case and accents. Also `c@t`, `c.a.t` and `caaat` for "cat"; several words in a row; and for
scripts that put no spaces between words, the word anywhere. `#word` means the tag alone.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable

LONGEST = 60  # letters, as somebody writes it
_LOOKS_LIKE = str.maketrans("@$!€013457", "asieoieast")
_TOKEN = re.compile(r"#?[^\s#]+")
_EDGES = re.compile(r"^[^\w$]+|[^\w$!€]+$")
_BETWEEN = re.compile(r"[^\w@$!€]+|_+")  # @ $ ! € may stand for letters
_AGAIN = re.compile(r"(\w)\1{2,}")
_SPELT = 3  # so many letters apart are a word that is spelt
# Thai to Myanmar, Khmer, kana and Chinese signs: written without spaces.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def plain(word: str) -> str:
    """A word as it is compared: lower case, without accents, one space between words; `#` in front of a tag stays.

    Empty when nothing of it can be compared.
    """
    folded = _folded(word.strip())
    if folded.startswith("#"):
        tag = plain_tag(folded)
        return f"#{tag}" if tag else ""
    parts = (_BETWEEN.sub("", part.lstrip("@").rstrip("!")) for part in folded.split())
    return " ".join(part for part in parts if part)


def plain_tag(tag: str) -> str:
    """A tag as it is compared: its letters and digits alone, lower case, without accents."""
    return "".join(letter for letter in _folded(tag) if letter.isalnum())


def says(text: str, *, words: frozenset[str], tags: Iterable[str] = ()) -> bool:
    """Whether a text, or its tags, say one of `words`.

    Args:
        text: a caption, a comment or a name.
        words: as `plain` has them.
        tags: without `#`.
    """
    if not words:
        return False
    folded = _folded(text)
    tagged = tags_of(tags, text)
    if any(f"#{tag}" in words for tag in tagged):
        return True
    single, several, unspaced = _sorted(words)
    said = [_variants(token) for token in _tokens(folded)]
    if any(single & variants for variants in (*said, *(_variants(tag) for tag in tagged))):
        return True
    if any(word in folded for word in unspaced):
        return True
    line = " ".join(plain_tag(token) for token in _tokens(folded))
    return any(f" {phrase} " in f" {line} " for phrase in several)


def tags_of(tags: Iterable[str], text: str) -> set[str]:
    """A video's tags, those past the ones that it is found by too, as they are compared."""
    return {plain_tag(tag) for tag in (*tags, *_tags_in(_folded(text)))}


@functools.lru_cache(maxsize=1024)
def _sorted(words: frozenset[str]) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Words of one piece, of several, and those of scripts without spaces."""
    bare = [word for word in words if not word.startswith("#")]
    unspaced = tuple(word for word in bare if _UNSPACED.search(word))
    return (
        frozenset(word for word in bare if " " not in word),
        tuple(word for word in bare if " " in word),
        unspaced,
    )


def _folded(text: str) -> str:
    """Lower case, without accents, wide and narrow letters alike."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _tokens(folded: str) -> list[str]:
    """What stands between spaces, less the signs around it; letters that stand apart ("c a t") also as one word."""
    found = [_EDGES.sub("", token) for token in _TOKEN.findall(folded)]
    return [token for token in found if token] + _spelt(found)


def _spelt(tokens: list[str]) -> list[str]:
    words, run = list[str](), ""
    for token in [*tokens, ""]:
        if len(token) == 1:
            run += token
            continue
        if len(run) >= _SPELT:
            words.append(run)
        run = ""
    return words


def _tags_in(folded: str) -> list[str]:
    return [_EDGES.sub("", token) for token in _TOKEN.findall(folded) if token.startswith("#")]


def _variants(token: str) -> set[str]:
    """What a token may stand for."""
    parts = [part for part in _BETWEEN.split(token) if part]
    forms = {token, plain_tag(token), *parts} if not _is_spelt(parts) else {token, "".join(parts)}
    forms |= {form.translate(_LOOKS_LIKE) for form in forms if any(letter.isalpha() for letter in form)}
    return forms | {_AGAIN.sub(again, form) for form in forms for again in (r"\1", r"\1\1")}


def _is_spelt(parts: list[str]) -> bool:
    """Whether signs stand between single letters: c.a.t."""
    return len(parts) >= _SPELT and all(len(part) == 1 for part in parts)
