"""Whether a text says an unwanted word: whole words, however they are dressed up."""

import pytest

from revue.platform import wording


def says(text: str, *words: str, tags: tuple[str, ...] = ()) -> bool:
    return wording.says(text, words=frozenset(wording.plain(word) for word in words), tags=tags)


@pytest.mark.parametrize(
    "text",
    [
        "My cat",
        "CAT!",
        "a càt, again",
        "c@t",
        "so c.a.t",
        "c-a-t",
        "caaaat",
        "c a t",
        "(cat)",
        "#cat",
        "dog_cat",
        "@cat",
    ],
)
def test_a_word_is_found_however_it_is_dressed_up(text):
    assert says(text, "cat")


@pytest.mark.parametrize("text", ["education", "cats", "catalogue", "concat", "ca", "act", "c at", "", "a c"])
def test_other_words_are_left_alone(text):
    assert not says(text, "cat")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Große Straße", "strasse"),
        ("déjà vu", "Deja Vu"),
        ("that DÉJÀ  vu feeling", "déjà vu"),
        ("spo1lers ahead", "spoilers"),
        ("b1g $ale", "sale"),
        ("don't look", "dont"),
        ("完美的猫咪视频", "猫咪"),
        ("\uff43\uff41\uff54 in wide letters", "cat"),
        ("Кошка и собака", "кошка"),
        ("5kg lifted", "5KG"),
        ("what a$$", "a$$"),
    ],
)
def test_words_of_all_kinds(text, word):
    assert says(text, word)


@pytest.mark.parametrize(("text", "word"), [("vu déjà", "déjà vu"), ("all too good", "god"), ("2024", "zoza")])
def test_what_only_looks_alike_is_left_alone(text, word):
    assert not says(text, word)


def test_a_muted_tag_is_no_muted_word():
    assert says("#Dance now", "#dance")
    assert says("now", "#dance", tags=("dance",))
    assert not says("dance now", "#dance")
    assert says("now", "dance", tags=("dance",))


def test_nothing_is_muted_by_nothing():
    assert not says("anything")
    assert [wording.plain(word) for word in ("", "  ", "#", "!!", "...")] == [""] * 5
