"""What a network is shown in an evaluation is what it is shown of users' pictures."""

from __future__ import annotations

import numpy as np

from digitlens.reading.limits import Limits
from digitlens.reading.prepare import prepare
from digitlens.training.shown import shown
from tests.training.mnist_like import draw


def test_as_read() -> None:
    """A digit is shown as a reader shows it; a page without ink stays empty."""
    images = np.stack([draw(5, 5), np.zeros((28, 28), np.uint8)])
    glyphs = shown(images)
    assert glyphs.shape == (2, 28, 28, 1)
    assert glyphs.dtype == np.float32
    assert not glyphs[1].any()
    read = prepare(images[0], Limits()).glyphs[0]
    assert np.abs(glyphs[0] - read).mean() < 0.02
