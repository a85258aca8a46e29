"""Strokes are changed as another hand would have made them, and stay what they show."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitlens.reading.normalize import normalize
from digitlens.training.data.hand import Freedom, ink_of, mix, resample, to_unit, vary
from digitlens.training.data.hand import Strokes as Strokes
from tests.drawings import DIGITS, strokes_of


def unit(digit: str) -> Strokes:
    """Strokes of a digit, with a longer side of 1."""
    return to_unit([np.array(stroke, float) for stroke in strokes_of(digit)])


@given(st.sampled_from(list(DIGITS)), st.integers(0, 1000))
def test_vary(digit: str, seed: int) -> None:
    """As many strokes as before, finite, with a longer side of 1, the same for the same seed."""
    strokes = unit(digit)
    changed = vary(strokes, np.random.default_rng(seed))
    assert len(changed) == len(strokes)
    points = np.concatenate(changed)
    assert np.isfinite(points).all()
    assert np.ptp(points, axis=0).max() == pytest.approx(1)
    again = vary(strokes, np.random.default_rng(seed))
    assert all(np.array_equal(a, b) for a, b in zip(changed, again, strict=True))


def test_no_freedom() -> None:
    """Without any freedom the line stays where it is."""
    still = Freedom(0, 0, 0, 0, 0, 0, 0)
    before = normalize(ink_of(unit("3"), 100, 8))
    after = normalize(ink_of(vary(unit("3"), np.random.default_rng(1), still), 100, 8))
    assert np.abs(before - after).mean() < 0.005


def test_narrow_is_bent_less() -> None:
    """A bow that a 0 can stand would make a 3 of a 1: what is narrow stays narrower."""
    bent = Freedom(0, 0, 0, 0.04, 0, 0, 0)
    bar = [np.array([[0.0, 0], [0, 1]])]
    square = [np.array([[0.0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])]

    def moved(strokes: Strokes) -> float:
        before = to_unit([resample(stroke) for stroke in strokes])[0]
        after = (vary(strokes, np.random.default_rng(seed), bent)[0] for seed in range(200))
        return max(float(np.abs(points[:, 0] - before[:, 0]).max()) for points in after)

    assert moved(bar) < 0.06
    assert moved(square) > moved(bar)


def test_mix() -> None:
    """The ends of what lies between two digits are the digits, in whatever direction drawn."""
    one = unit("7")
    other = vary(one, np.random.default_rng(2), Freedom(rotation=4))
    backwards = [stroke[::-1] for stroke in other]
    for share, expected in ((0.0, one), (1.0, other)):
        mixed = mix(one, backwards, share)
        assert mixed is not None
        aligned = to_unit([resample(stroke) for stroke in expected])
        for a, b in zip(mixed, aligned, strict=True):
            assert np.abs(a - b).max() < 0.02


def test_mix_strangers() -> None:
    """Nothing stands between drawings of another number of strokes, or of other strokes."""
    assert mix(unit("0"), [*unit("0"), *unit("1")], 0.5) is None
    assert mix(to_unit([np.array([[0.0, 0], [1, 1]])]), unit("0")[:1], 0.5) is None


@given(st.floats(1, 20), st.floats(40, 200))
def test_ink(pen: float, side: float) -> None:
    """Ink is as large as the side says, whatever the pen."""
    ink = ink_of(unit("0"), side, pen)
    rows = np.flatnonzero(ink.max(axis=1) > 127)
    columns = np.flatnonzero(ink.max(axis=0) > 127)
    longer = max(np.ptp(rows), np.ptp(columns)) + 1
    assert abs(longer - side - pen) <= 4


def test_resample() -> None:
    """Points are equally far from each other; a dot stays a dot."""
    line = resample(np.array([[0.0, 0], [1, 0], [1, 3]]), 9)
    gaps = np.hypot(*np.diff(line, axis=0).T)
    assert gaps == pytest.approx(np.full(8, 0.5), abs=0.1)
    assert (resample(np.array([[2.0, 3]])) == (2, 3)).all()
