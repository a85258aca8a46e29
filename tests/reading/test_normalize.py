"""Whatever its size and pen, a glyph fills MNIST's frame with MNIST's pen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitlens.reading.normalize import BOX, PEN, SIDE, normalize, set_pen, stroke_width
from tests.drawings import DIGITS, canvas, strokes_of


@given(
    digit=st.sampled_from(sorted(DIGITS)),
    height=st.floats(20, 260),
    pen=st.floats(0.02, 0.15),
)
def test_frame(digit: str, height: float, pen: float) -> None:
    """The longer side fills 20 pixels, and the centre of mass lies in the middle of 28×28."""
    drawing = canvas(strokes_of(digit), height, max(1, pen * height))
    seen = normalize(255 - drawing)
    assert seen.shape == (SIDE, SIDE)
    assert seen.dtype == np.float32
    assert 0 <= seen.min() <= seen.max() <= 1
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    middle = (SIDE - 1) / 2
    assert abs((x * seen).sum() / seen.sum() - middle) < 0.3
    assert abs((y * seen).sum() / seen.sum() - middle) < 0.3
    rows, columns = np.flatnonzero((seen > 0.3).any(1)), np.flatnonzero((seen > 0.3).any(0))
    assert BOX - 2 <= max(np.ptp(rows), np.ptp(columns)) + 1 <= BOX + 2


@given(digit=st.sampled_from(sorted(DIGITS)), pen=st.floats(0.02, 0.2))
def test_pen(digit: str, pen: float) -> None:
    """A pen of 2 % to 20 % of the height comes into the range of widths of MNIST."""
    drawing = 255 - canvas(strokes_of(digit), 200, pen * 200)
    width = stroke_width(set_pen(drawing)) * BOX
    assert PEN[0] - 0.4 <= width <= PEN[1] + 0.6


def test_pen_between_is_left_alone() -> None:
    """A pen that MNIST's writers might have had keeps its width."""
    drawing = 255 - canvas(strokes_of("3"), 200, 27)
    before = stroke_width(drawing) * BOX
    assert PEN[0] < before < PEN[1]
    assert stroke_width(set_pen(drawing)) * BOX == pytest.approx(before, abs=0.05)


def test_thinning_breaks_no_stroke() -> None:
    """A stroke that tapers is thinned where it is thick: its thin end does not disappear."""
    ink = np.zeros((100, 60), np.uint8)
    for row in range(5, 95):
        half = 2 + (95 - row) // 6
        ink[row, 30 - half : 30 + half] = 255
    thinned = set_pen(ink)
    assert (thinned > 127).any(axis=1).all()


def test_a_dot_stays() -> None:
    """A dot, which has no stroke to thin, does not vanish."""
    assert normalize(np.full((9, 9), 255, np.uint8)).max() > 0.9
    assert normalize(np.full((1, 1), 255, np.uint8)).max() > 0.9
