"""The edges of a picture tell its ground where a digit fills it, and nothing where they cannot."""

from __future__ import annotations

import numpy as np
import pytest

from digitlens.reading.around import ground_around, has_surface

PAPER = np.full((60, 40), 240, np.uint8)


def with_ink(rows: slice, columns: slice, level: int = 10) -> np.ndarray:
    """The paper with a bar on it."""
    picture = PAPER.copy()
    picture[rows, columns] = level
    return picture


def test_ground() -> None:
    """Where strokes reach the edges, the ground is what lies between them."""
    found = ground_around(with_ink(slice(0, 60), slice(10, 30)))
    assert found is not None
    assert (found.level, found.is_even) == (240, True)


def test_grain() -> None:
    """A ground that was scanned is not even."""
    grain = np.random.default_rng(1).normal(0, 2, PAPER.shape)
    found = ground_around(np.clip(PAPER + grain, 0, 255).astype(np.uint8))
    assert found is not None
    assert not found.is_even
    assert abs(found.level - 240) < 4


@pytest.mark.parametrize(
    "picture",
    [
        with_ink(slice(0, 5), slice(None)),  # a side that is dark all along: a scanner's lid
        with_ink(slice(None), slice(2, None, 4)),  # squared paper
        np.random.default_rng(1).integers(0, 256, (60, 40), np.uint8),
    ],
    ids=["lid", "lines", "noise"],
)
def test_no_ground(picture: np.ndarray) -> None:
    """Edges that are not ground and some strokes tell nothing."""
    assert ground_around(picture) is None


def test_bar() -> None:
    """A dark side may be the bar of a 7 whose stem reaches the other side, if nothing has grain."""
    seven = with_ink(slice(0, 8), slice(None))
    seven[:, 15:22] = 10
    assert ground_around(seven) is not None
    grain = np.random.default_rng(1).normal(0, 2, seven.shape)
    assert ground_around(np.clip(seven + grain, 0, 255).astype(np.uint8)) is None


def test_surface() -> None:
    """What is wider than strokes are is no stroke, wherever it lies."""
    cells = np.zeros((60, 60), np.uint8)
    cells[10:45, 30:40] = 255
    assert not has_surface(cells, 60)
    cells[10:45, 10:40] = 90  # a shadow
    assert has_surface(cells, 60)
    assert not has_surface(cells, 120)
