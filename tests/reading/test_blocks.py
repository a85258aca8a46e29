"""Small pictures come through being enlarged, block by block."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from sklearn.datasets import load_digits

from digitlens import Reader
from digitlens.reading.blocks import to_true_size
from tests.drawings import DIGITS, canvas, strokes_of

READER = Reader()


@pytest.mark.parametrize("size", [(196, 196), (200, 200), (280, 224)])
def test_blocks_become_pixels(size: tuple[int, int]) -> None:
    """An enlargement gets the size of its original back, also where blocks differ by a pixel."""
    wide, tall = size
    original = np.random.default_rng(1).integers(0, 256, (28, 28 * wide // tall), np.uint8)
    large = cv2.resize(original, size, interpolation=cv2.INTER_NEAREST_EXACT)
    assert np.array_equal(to_true_size(large), original)


@pytest.mark.parametrize("digit", DIGITS)
def test_drawings_stay(digit: str) -> None:
    """A drawing is no enlargement, even one without soft edges."""
    drawing = canvas(strokes_of(digit), height=200, pen=10)
    hard = np.where(drawing < 128, np.uint8(0), np.uint8(255))
    assert to_true_size(drawing) is drawing
    assert to_true_size(hard) is hard


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize("side", [16, 28, 32])
def test_blocks_are_read(digit: str, side: int) -> None:
    """A bitmap of few pixels is read when each of them is a square, and boxes are in its pixels."""
    fine = canvas(strokes_of(digit), height=side * 7, pen=side, size=(side * 8, side * 8))
    small = cv2.resize(fine, (side, side), interpolation=cv2.INTER_AREA)
    reading = READER.read(np.kron(np.where(small < 128, 0, 255), np.ones((9, 9))).astype(np.uint8))
    assert reading.text == digit
    assert reading.digits[0].box.height == pytest.approx(side * 9 * 7 / 8, abs=12)


def test_real_handwriting_in_blocks() -> None:
    """Digits by 43 people (UCI, 8×8 pixels) are read as they are and enlarged to blocks."""
    images, labels = load_digits(return_X_y=True)
    pictures = (images.reshape(-1, 8, 8) * 15.9).astype(np.uint8)[::6]
    large = [np.kron(picture, np.ones((20, 20), np.uint8)) for picture in pictures]
    for given in (pictures, large):
        texts = [reading.text for reading in READER.read_many(given)]
        right = np.mean(
            [text == str(label) for text, label in zip(texts, labels[::6], strict=True)]
        )
        assert right > 0.92
