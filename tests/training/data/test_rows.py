"""Rows of numbers are parsed alike the fast and the careful way, and a wrong one is found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitlens.training.data.rows import WrongField, parse_line, parse_lines

LIMITS = np.array([9, 255, 255])
ROWS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 255), st.integers(0, 255)), min_size=1, max_size=20
)
# What may stand in a file by mistake.
TEXT = st.text(alphabet='0123456789,.-+e "nax_\t', max_size=12)


@given(rows=ROWS)
def test_both_ways_agree(rows: list[tuple[int, int, int]]) -> None:
    """Whatever the numbers are, both ways read what was written."""
    written = [",".join(map(str, row)).encode() for row in rows]
    fast = parse_lines(written, LIMITS)
    assert fast is not None
    assert fast.tolist() == [list(row) for row in rows]
    assert np.array_equal([parse_line(line, LIMITS) for line in written], fast)


@given(rows=ROWS, text=TEXT)
def test_the_fast_way_takes_nothing_that_the_careful_one_refuses(
    rows: list[tuple[int, int, int]], text: str
) -> None:
    """A line of anything is parsed fast only to what the careful way makes of it."""
    written = [",".join(map(str, row)).encode() for row in rows] + [text.encode()]
    fast = parse_lines(written, LIMITS)
    if fast is not None:
        assert fast[-1].tolist() == parse_line(written[-1], LIMITS).tolist()


def test_a_line_too_long_and_one_too_short() -> None:
    """Two lines whose columns make up for each other are not taken for right ones."""
    assert parse_lines([b"1,2", b"3,4,5,6"], LIMITS) is None


@pytest.mark.parametrize("line", [b"7.0, 12 ,255.0", b'"7","12","255"', b"+7,012,2.55e2"])
def test_other_spellings(line: bytes) -> None:
    """Blanks, quotes and whole numbers with a point are taken, one line at a time."""
    assert parse_lines([line], LIMITS) is None
    assert parse_line(line, LIMITS).tolist() == [7, 12, 255]


@pytest.mark.parametrize("field", ["", "x", "nan", "NaN", "inf", "-1", "256", "1.5", "1_0", "0x1"])
def test_wrong_field(field: str) -> None:
    """A field that is no whole number in its range is named by its column."""
    with pytest.raises(WrongField) as raised:
        parse_line(f"7,{field},3".encode(), LIMITS)
    assert raised.value.column == 1
    assert raised.value.expected == "a whole number from 0 to 255"
    assert field in raised.value.received
