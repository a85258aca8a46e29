"""Intervals and comparisons say how much of a difference is chance."""

from __future__ import annotations

import pytest

from digitlens.training.measure.chance import by_chance, wilson


def test_wilson() -> None:
    """The interval is Wilson's: known values, never outside 0 to 1, narrower with more pictures."""
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(10, 10)[1] == pytest.approx(1)
    assert wilson(0, 10)[0] == pytest.approx(0)
    wide, narrow = wilson(99, 100), wilson(9900, 10_000)
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


def test_by_chance() -> None:
    """Known values of McNemar's exact test; what both misread does not count."""
    assert by_chance([], []) == 1
    assert by_chance([1, 2, 3], [1, 2, 3]) == 1
    assert by_chance(range(10), []) == pytest.approx(2 / 1024)
    assert by_chance([1, 2, 3, 4, 5, 6], [7]) == pytest.approx(0.125)
    shared = range(100, 200)
    assert by_chance([*shared, *range(10)], shared) == pytest.approx(2 / 1024)
    assert by_chance(range(3000), range(3000, 6000)) == 1
