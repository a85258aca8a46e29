"""The ladder has the same digits on every step."""

from __future__ import annotations

import numpy as np

from digitlens.training.data.corrupt import CORRUPTIONS
from digitlens.training.measure.suite.ladder import STRENGTHS, ladder, name_of, plain
from tests.training.measure.suite.material import sources


def test_steps() -> None:
    """Each way has each strength once, with the labels of the plain digits."""
    digits = plain(sources(), 5)
    steps = {one.name: one for one in ladder(digits)}
    assert list(steps) == [name_of(name, s) for name in CORRUPTIONS for s in STRENGTHS]
    assert all((one.labels == digits.labels).all() for one in steps.values())
    assert len(digits) == 10


def test_direction() -> None:
    """A digit is turned to the same side at every strength, and not all to the same."""
    digits = plain(sources(), 10)
    steps = {one.name: one for one in ladder(digits)}
    sides = [[turned(steps[name_of("shift", s)].draw(n)) for s in (0.6, 1.0)] for n in range(12)]
    assert all(one == other for one, other in sides)
    assert len({one for one, _ in sides}) > 1


def turned(picture: np.ndarray) -> tuple[bool, bool]:
    """On which side of the middle the ink lies."""
    rows, columns = np.nonzero(picture < 128)
    middle = (picture.shape[0] - 1) / 2
    return bool(rows.mean() > middle + 6), bool(columns.mean() > middle + 6)


def test_ground() -> None:
    """Plain digits are dark grey on light grey: neither black nor white."""
    picture = plain(sources(), 3).draw(0)
    assert picture.min() >= 20
    assert picture.max() == 245
