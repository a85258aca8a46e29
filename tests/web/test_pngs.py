"""Pictures as PNG data URLs."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

from digitlens.web.pngs import as_url, shrink


def decode(url: str) -> np.ndarray:
    """The levels of a data URL."""
    data = base64.b64decode(url.removeprefix("data:image/png;base64,"), validate=True)
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.mode) == ("PNG", "L")
    return np.asarray(image)


def test_levels_survive() -> None:
    """A picture of levels comes back as it was."""
    levels = np.arange(256, dtype=np.uint8).reshape(8, 32)
    np.testing.assert_array_equal(decode(as_url(levels)), levels)


def test_shares_become_levels() -> None:
    """0 is black and 1 is white."""
    np.testing.assert_array_equal(
        decode(as_url(np.array([[0, 0.5, 1]], np.float32))), [[0, 128, 255]]
    )


@pytest.mark.parametrize(
    ("shape", "expected"),
    [((100, 50), (100, 50)), ((640, 320), (320, 160)), ((1, 5000), (1, 320)), ((320, 1), (320, 1))],
)
def test_shrink(shape: tuple[int, int], expected: tuple[int, int]) -> None:
    """The longer side is at most the one that is asked for; a smaller picture stays as it is."""
    assert shrink(np.zeros(shape, np.uint8), 320).shape == expected
