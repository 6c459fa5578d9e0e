"""What a word is, what a letter is without its accents, and which language a caption is in. No database."""

import pytest

from revue.search.documents import of_video
from revue.search.languages import languages_of
from revue.search.words import LONGEST_WORD, fold, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Größe", "grosse"),
        ("GRÖSSE", "grosse"),
        ("Ñandú", "nandu"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("İstanbul \u0131ş\u0131k", "istanbul isik"),
        ("Ёлка", "елка"),
        ("Ελλάδα", "ελλαδα"),
        ("أَحْمَد", "احمد"),
        ("हिन्दी", "हिन्दी"),
        ("が", "が"),
        ("한국", "한국"),
        ("ﬁne", "fine"),
    ],
)
def test_a_word_is_folded(text, folded):
    assert fold(text) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Don't stop_now!", ["don", "t", "stop", "now"]),
        ("a 💃🏽 b👨‍👩‍👧", ["a", "💃", "b", "👨", "👩", "👧"]),
        ("مرحبا، بالعالم", ["مرحبا", "بالعالم"]),
        ("می‌خواهم", ["میخواهم"]),
        ("\u202eabc\u202c …", ["abc"]),
        ("", []),
        ("?!…", []),
        ("x" * 500, ["x" * LONGEST_WORD]),
    ],
)
def test_a_text_is_words(text, found):
    assert [word.text for word in words(text)] == found


def test_a_word_knows_its_place_and_its_sign():
    text = "Hé #Ña_x by @ana.b"
    found = words(text)
    assert [(text[word.start : word.end], word.sign) for word in found] == [
        ("Hé", ""),
        ("Ña", "#"),
        ("x", ""),
        ("by", ""),
        ("ana", "@"),
        ("b", ""),
    ]


@pytest.mark.parametrize(
    ("caption", "codes"),
    [
        ("The best trick of the week", ("en",)),
        ("Heute backen wir ein Brot mit Kürbis", ("de",)),
        ("Jonglieren lernen für Anfänger", ("de",)),
        ("Aujourd'hui on danse avec les amis", ("fr",)),
        ("Bailando en la calle con mis amigos", ("es",)),
        ("تعلم الرقص في المنزل", ("ar",)),
        ("Танцы на улице", ("ru",)),
        ("Guitar", ("en", "de")),
        ("", ("en", "de")),
        ("日本語の字幕", ()),
    ],
)
def test_a_caption_tells_its_language(caption, codes):
    assert languages_of(caption) == codes


def test_tags_that_count_weigh_most_and_those_beyond_least():
    made = of_video(caption="Go #Ber_lin #spam", tags=["ber_lin"], mentions=[], handle="ana", name="Ana", sound="Polka")
    weights = {word: weight for word, _, weight in made.exact}
    assert weights["#ber_lin"] == "A"
    assert weights["go"] == "B"
    assert weights["ana"] == "C"
    assert weights["spam"] == weights["polka"] == "D"
