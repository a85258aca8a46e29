"""A white-on-black picture on a white page is read; what only looks like a patch stays."""

from __future__ import annotations

import numpy as np
import pytest

from digitlens import Reader
from digitlens.reading.ink import find_ink
from tests.drawings import DIGITS, canvas, strokes_of

READER = Reader()


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize("light_on_dark", [True, False])
@pytest.mark.parametrize("side", [28, 140])
def test_patch_of_the_other_polarity(digit: str, light_on_dark: bool, side: int) -> None:
    """The digit is read, not the rectangle around it, and its box is where it stands."""
    drawing = canvas(
        strokes_of(digit), side * 0.7, side * 0.08, size=(side, side), light_on_dark=light_on_dark
    )
    reading = READER.read(np.pad(drawing, side, constant_values=255 * light_on_dark))
    assert reading.text == digit
    assert reading.digits[0].box.y > side


@pytest.mark.parametrize("hole", [(0, 0), (26, 12)])
def test_full_rectangles_stay(hole: tuple[int, int]) -> None:
    """A full rectangle is ink, and so is a thick 0 with a small hole."""
    page = np.full((280, 280), 255, np.uint8)
    page[100:180, 110:170] = 0
    page[140 - hole[0] // 2 : 140 + hole[0] // 2, 140 - hole[1] // 2 : 140 + hole[1] // 2] = 255
    assert find_ink(page)[102, 112] == 255
