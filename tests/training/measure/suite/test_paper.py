"""What is put on paper lies where it was wanted, as large and as thick."""

from __future__ import annotations

import numpy as np
import pytest

from digitlens.training.measure.suite.paper import put, write_on

STROKE = [np.array([[0.0, 0.0], [3.0, 40.0]])]


@pytest.mark.parametrize("extent", [30, 200])
def test_extent(extent: int) -> None:
    """The ink is as high as its strokes and its pen together."""
    ink = write_on(STROKE, extent, 10) < 128
    assert ink.any(axis=1).sum() == pytest.approx(extent + 10, abs=3)


def test_pen() -> None:
    """An upright line is as wide as the pen."""
    line = [np.array([[0.0, 0.0], [0.0, 9.0]])]
    for pen in (2, 12, 36):
        widths = (write_on(line, 150, pen) < 128).sum(axis=1)
        assert np.median(widths[widths > 0]) == pytest.approx(pen, abs=1)


def test_place() -> None:
    """0, 0 is the upper left corner and 1, 1 the lower right one; nothing is cut off."""
    whole = (write_on(STROKE, 80, 8) < 128).sum()
    for place in ((0.0, 0.0), (1.0, 1.0), (0.0, 1.0)):
        ink = write_on(STROKE, 80, 8, place) < 128
        assert ink.sum() == pytest.approx(whole, rel=0.05)
        rows, columns = np.nonzero(ink)
        assert (rows.mean() > 140, columns.mean() > 140) == (place[1] == 1, place[0] == 1)


def test_too_large() -> None:
    """A patch that is larger than the sheet covers it with its middle."""
    patch = np.arange(100, dtype=np.uint8).reshape(10, 10)
    assert (put(patch, np.zeros((4, 4), np.uint8)) == patch[3:7, 3:7]).all()
