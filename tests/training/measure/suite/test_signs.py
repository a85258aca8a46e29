"""Signs are there to be told from digits: each kind looks as it is called."""

from __future__ import annotations

import numpy as np
import pytest

from digitlens.training.measure.suite.signs import SIGNS, blank, dash, dot


@pytest.mark.parametrize("name", SIGNS)
def test_varied(name: str) -> None:
    """Two of a kind differ; the same seed gives the same one."""
    first, again, other = (SIGNS[name](np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()
    assert first.shape == (280, 280)


def box(picture: np.ndarray) -> tuple[int, int]:
    """Width and height of the ink."""
    rows, columns = np.nonzero(picture < 128)
    return int(np.ptp(columns)), int(np.ptp(rows))


def test_dash_lies() -> None:
    """A dash is wider than high: upright it would be a 1."""
    for seed in range(30):
        width, height = box(dash(np.random.default_rng(seed)))
        assert width > height


def test_dot_is_round() -> None:
    """A dot is small, filled and nearly as wide as high."""
    for seed in range(30):
        picture = dot(np.random.default_rng(seed))
        width, height = box(picture)
        assert max(width, height) < 50
        assert 0.6 < (width + 1) / (height + 1) < 1.7
        assert (picture < 128).sum() > 0.6 * width * height


def test_blank_is_blank() -> None:
    """Blank paper has nothing that stands out of its grain."""
    for seed in range(30):
        picture = blank(np.random.default_rng(seed)).astype(int)
        assert np.abs(np.diff(picture, axis=0)).max() < 45
