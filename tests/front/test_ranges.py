"""Byte ranges as pure functions: whatever a header says, the answer is a part of the file or a refusal."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revue.platform.ranges import Part, Unsatisfiable, matches, range_is_current, wanted


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (None, None),
        ("bytes=0-99", Part(0, 100)),
        ("bytes=0-0", Part(0, 1)),
        ("bytes=500-", Part(500, 1000)),
        ("bytes=-50", Part(950, 1000)),
        ("bytes=-5000", Part(0, 1000)),
        ("bytes=900-5000", Part(900, 1000)),
        ("Bytes = 1 - 2", Part(1, 3)),
        ("bytes=0-1,5-6", None),
        ("bytes=9-3", None),
        ("bytes=-", None),
        ("items=0-1", None),
        ("bytes=" + "9" * 40 + "-", None),
    ],
)
def test_a_range_is_read_as_the_standard_says(header, part):
    assert wanted(header, 1000) == part


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=2000-3000", "bytes=-0"])
def test_a_range_outside_the_file_is_refused(header):
    with pytest.raises(Unsatisfiable):
        wanted(header, 1000)


def test_an_empty_file_has_no_part():
    with pytest.raises(Unsatisfiable):
        wanted("bytes=-1", 0)


# A busy machine is slow at making examples, which says nothing.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=40) | st.from_regex(r"bytes=\d{0,20}-\d{0,20}", fullmatch=True), st.integers(0, 10**12))
def test_no_header_reaches_beyond_the_file(header, size):
    try:
        part = wanted(header, size)
    except Unsatisfiable:
        return
    assert part is None or 0 <= part.start < part.end <= size


def test_conditions_compare_tags():
    assert matches('W/"a", "b"', '"a"')
    assert matches("*", '"a"')
    assert not matches('"c"', '"a"')
    assert not matches(None, '"a"')
    assert range_is_current(None, '"a"', "then")
    assert range_is_current('"a"', '"a"', "then")
    assert range_is_current("then", '"a"', "then")
    assert not range_is_current('"b"', '"a"', "then")
