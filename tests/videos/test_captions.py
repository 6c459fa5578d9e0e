"""What a caption says: tags and names, in every script."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revue.videos import captions


@pytest.mark.parametrize(
    ("caption", "tags"),
    [
        ("Dance! #Tango #tango #TANGO", ["tango"]),
        ("#früh #STRASSE #日本語 #हिन्दी #فارسی #한국어", ["früh", "strasse", "日本語", "हिन्दी", "فارسی"]),
        ("#a1 #1a #2024 #_ #", ["a1", "1a"]),
        ("me#no http://x.org/#no ##no &#39; a/#no", []),
        ("(#yes),#also-no #yes! #und_er", ["yes", "also", "und_er"]),
        ("\uff03全角", ["全角"]),
        ("#" + "x" * 100, ["x" * 100]),
        ("#" + "x" * 101, []),
    ],
)
def test_tags(caption: str, tags: list[str]) -> None:
    assert captions.tags(caption) == tags


@pytest.mark.parametrize(
    ("caption", "mentions"),
    [
        ("with @Ana and @ben.b, @ana", ["ana", "ben.b"]),
        ("mail ana@example.org or @@nobody", []),
        ("thanks @ana. @ben_!", ["ana", "ben_"]),
        ("@ab @a..b @" + "x" * 31, []),
        ("@" + "x" * 30, ["x" * 30]),
    ],
)
def test_mentions(caption: str, mentions: list[str]) -> None:
    assert captions.mentions(caption) == mentions


@given(st.text(max_size=300))
def test_whatever_is_written_stays_within_bounds(text: str) -> None:
    caption = captions.clean(text)
    assert captions.clean(caption) == caption
    assert "\x00" not in caption
    assert unicodedata.is_normalized("NFC", caption)
    tags = captions.tags(caption)
    assert len(tags) <= captions.MOST_TAGS
    assert len(set(tags)) == len(tags)
    assert all(0 < len(tag) <= captions.LONGEST_TAG and captions.plain_tag(tag) == tag for tag in tags)
    assert len(captions.mentions(caption)) <= captions.MOST_MENTIONS


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Lo"]), min_size=1, max_size=20))
def test_a_tag_of_letters_is_found_however_it_is_written(word: str) -> None:
    plain = captions.plain_tag(word)
    assert captions.tags(captions.clean(f"so #{word} !")) == [plain]
    assert captions.plain_tag(f"#{plain}") == plain
