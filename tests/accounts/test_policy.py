"""Handles, ages and links: the pure rules."""

import datetime
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revue.accounts import policy
from revue.accounts.contracts import ProfileLink
from revue.accounts.errors import BadHandle, BadProfile

LETTERS = string.ascii_lowercase + string.digits + "_."


@given(st.text(alphabet=LETTERS + string.ascii_uppercase, min_size=3, max_size=30))
def test_what_is_taken_as_a_handle_stays_as_it_is_and_fits_an_address(text):
    try:
        handle = policy.clean_handle(text)
    except BadHandle:
        broken = ".." in text or text.startswith(".") or text.endswith(".")
        assert broken or text.lower() in policy.RESERVED_HANDLES
        return
    assert handle == text.lower() == policy.clean_handle(handle)
    assert not handle.startswith(".")
    assert not handle.endswith(".")
    assert ".." not in handle


@given(st.text(max_size=40))
def test_any_text_is_a_handle_of_plain_letters_or_refused(text):
    try:
        handle = policy.clean_handle(text)
    except BadHandle:
        return
    assert 3 <= len(handle) <= 30
    assert set(handle) <= set(LETTERS)


@pytest.mark.parametrize("handle", ["admin", "API", "@media", "live", "upload", "settings", "Sign-In", "robots.txt"])
def test_words_of_the_product_are_reserved(handle):
    with pytest.raises(BadHandle):
        policy.clean_handle(handle)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2020, 12, 31)), st.integers(1, 90))
def test_a_birthday_adds_exactly_one_year(born, years):
    try:
        birthday = born.replace(year=born.year + years)
    except ValueError:  # 29 February
        birthday = datetime.date(born.year + years, 3, 1)
    assert policy.age_on(birthday, born=born) == years
    assert policy.age_on(birthday - datetime.timedelta(days=1), born=born) == years - 1


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "ftp://x.org", "//x.org", "https://", "https://a@b.org/", "x.org",
     "https://x.org/\n/x", "https://x.org:99999/", "https://[::1", "https://x.org/\u202etxt", "https://" + "x" * 300],
)  # fmt: skip
def test_a_link_that_is_not_a_plain_web_address_is_refused(url):
    with pytest.raises(BadProfile):
        policy.clean_links([ProfileLink("x", url)])


def test_links_are_kept_in_order_and_at_most_five():
    links = [ProfileLink(f"n{n}", f"https://n{n}.example/") for n in range(5)]
    assert policy.clean_links(links) == [{"title": link.title, "url": link.url} for link in links]
    with pytest.raises(BadProfile):
        policy.clean_links([*links, ProfileLink("", "https://one.more/")])


def test_words_lose_control_letters_and_tricks_of_direction_and_keep_emoji():
    family = "👩\u200d👩\u200d👧"
    assert policy.clean_text(f" A\u202en\x00a\n{family} ", field="name", longest=50) == f"Ana {family}"
