"""Plain pictures are shown as reading would show them."""

from __future__ import annotations

import numpy as np

from digitlens.reading.normalize import normalize
from digitlens.training.data.prepared import prepared
from tests.training.mnist_like import draw


def test_normalized() -> None:
    """Each picture is what reading makes of it; one without ink stays blank and stops nothing."""
    images = np.stack([draw(5, 1), np.zeros((28, 28), np.uint8), draw(7, 2)])
    seen = prepared(images)
    assert (seen.dtype, seen.shape) == (np.float32, (3, 28, 28, 1))
    assert np.array_equal(seen[0, :, :, 0], normalize(images[0]))
    assert np.array_equal(seen[2, :, :, 0], normalize(images[2]))
    assert seen[1].max() == 0


def test_none() -> None:
    """No pictures are no error."""
    assert prepared(np.empty((0, 28, 28), np.uint8)).shape == (0, 28, 28, 1)
