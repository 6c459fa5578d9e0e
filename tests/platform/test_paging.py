"""A cursor carries what we put in, and nothing that anyone else put in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revue.platform import paging

VALUES = st.dictionaries(
    st.text(max_size=10), st.one_of(st.integers(-(2**53), 2**53), st.text(max_size=30), st.booleans())
)


@given(VALUES)
def test_what_was_signed_is_read(data: dict[str, object]) -> None:
    assert paging.read("feed", paging.sign("feed", data)) == data


@given(st.text(max_size=200))
def test_what_was_not_signed_is_refused(cursor: str) -> None:
    with pytest.raises(paging.BadCursor):
        paging.read("feed", cursor)


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(paging.BadCursor):
        paging.read("comments", paging.sign("feed", {"at": 1}))


def test_a_changed_cursor_is_refused() -> None:
    cursor = paging.sign("feed", {"at": 1})
    for place in range(len(cursor)):
        changed = cursor[:place] + ("A" if cursor[place] != "A" else "B") + cursor[place + 1 :]
        with pytest.raises(paging.BadCursor):
            paging.read("feed", changed)
