"""Which language a caption is in, for its stems. Pure, and the same answer for the same caption for ever.

The rule: other scripts than Latin tell by themselves. In Latin script each word that is among the commonest of a
language counts two for it, each letter or ending that is typical of it one; the most win, of equals the one that
stands first. Where nothing tells, a caption is stemmed in each language that the app speaks in its script.
"""

import dataclasses
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from revue.search.words import fold


@dataclasses.dataclass(frozen=True, slots=True)
class Language:
    """A language that words are stemmed in."""

    code: str
    stemmer: str  # PostgreSQL's dictionary
    script: str = "LATIN"
    common: frozenset[str] = frozenset()  # folded
    typical: re.Pattern[str] = re.compile(r"(?!)")  # of words in lower case, with their accents


def _latin(code: str, stemmer: str, typical: str, common: str) -> Language:
    return Language(code, f"{stemmer}_stem", "LATIN", frozenset(common.split()), re.compile(typical))


LANGUAGES: Final = (
    _latin("en", "english", r"ing$|tion$|th|^wh|ly$|'s$", "the and of to a in is you that it for on with this my your"
           " are was be have at not what when how i we they from just like our me but all so"),
    _latin("de", "german", r"ß|ung$|lich$|sch|keit$|heit$|[äöü]|chen$|ck", "der die das und ist nicht ich du wir ihr"
           " mit ein eine einen einem einer auf fur im den dem des von zu auch wie was mein meine dein so noch am bei"
           " aus nach uber heute wenn aber oder nur vom zum zur es sie er kein keine mal sich"),
    _latin("fr", "french", r"[œçêèù]|eux$|eau|ais$|^qu|aient$", "le la les un une des et est dans pour que qui je tu il"
           " nous vous avec sur pas ce cette mon ma mes son ses du au aux plus"),
    _latin("es", "spanish", r"ñ|ción$|[¿¡]|dad$|mente$|ando$", "el la los las un una y es en de que por para con no se"
           " mi tu su lo como mas pero del al esta este muy yo"),
    _latin("it", "italian", r"zione$|gli|cch|ità$|issimo$|[ìò]", "il lo gli i un una e di che in per con non mi ti si"
           " del della sono questo questa piu come anche nel alla ma"),
    _latin("pt", "portuguese", r"ção$|ções$|[ãõ]|nh|lh", "o os as um uma e de que em para com nao se meu minha seu do"
           " da dos das no na mais como isso esta voce"),
    _latin("nl", "dutch", r"ij|aa|uu|oe|tje$|heid$", "de het een en van ik je niet dat die is op te zijn met voor mijn"
           " naar maar ook bij dit wat hoe"),
    _latin("sv", "swedish", r"å|ningen?$|[äö]r|sk$", "och att det som en ett pa jag du ar inte med for av den min till"
           " har om vi men sa"),
    _latin("tr", "turkish", r"[ğış]|lar$|ler$|yor|mek$|mak$", "bir ve bu da de icin cok ile ben sen ne gibi daha en mi"
           " var yok"),
    Language("ar", "arabic_stem", "ARABIC"),
    Language("ru", "russian_stem", "CYRILLIC"),
    Language("el", "greek_stem", "GREEK"),
    Language("hi", "hindi_stem", "DEVANAGARI"),
)  # fmt: skip
BY_CODE: Final = {language.code: language for language in LANGUAGES}
SPOKEN: Final = ("en", "de")  # what the app speaks in Latin script
_OF_COMMON, _OF_TYPICAL = 2, 1
_WORD = re.compile(r"[^\W\d_]+(?:'\w+)?")


def languages_of(text: str) -> tuple[str, ...]:
    """Codes of the languages in which a caption's words are stemmed; none for scripts without a stemmer.

    Args:
        text: without its tags and mentions, which are written alike in every language.
    """
    found = _WORD.findall(text.lower())
    script = _script_of(found)
    own = [language for language in LANGUAGES if language.script == script]
    if script != "LATIN":
        return tuple(language.code for language in own)
    scores = {language.code: _score(language, found) for language in own}
    best = max(scores.values())
    return SPOKEN if best == 0 else (next(code for code, score in scores.items() if score == best),)


def languages_asked(word: str) -> tuple[str, ...]:
    """Codes of the languages that a word of a question may be in: all of its script."""
    script = _script_of([word])
    return tuple(language.code for language in LANGUAGES if language.script == script)


def _score(language: Language, found: Sequence[str]) -> int:
    common = sum(fold(word) in language.common for word in found)
    typical = sum(language.typical.search(word) is not None for word in found)
    return _OF_COMMON * common + _OF_TYPICAL * typical


def _script_of(found: Sequence[str]) -> str:
    """The script of most letters, by their names in Unicode; Latin where there are none."""
    counts: dict[str, int] = {}
    for letter in "".join(found):
        script = unicodedata.name(letter, "").partition(" ")[0]
        counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script]) if counts else "LATIN"
