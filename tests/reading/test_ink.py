"""Ink is found whatever it is written with and on; where there is none, none is found."""

from __future__ import annotations

import numpy as np
import pytest

from digitlens.reading.ink import find_ink
from tests.drawings import DIGITS, canvas, photo, strokes_of

SEVEN = canvas(strokes_of("7"))
TRUE = 255 - SEVEN


def overlap(ink: np.ndarray, truth: np.ndarray) -> float:
    """Intersection over union of two inks."""
    one, other = ink > 127, truth > 127
    return float((one & other).sum() / (one | other).sum())


@pytest.mark.parametrize("picture", [SEVEN, 255 - SEVEN], ids=["dark", "light"])
def test_polarity(picture: np.ndarray) -> None:
    """Dark on light and light on dark give the same ink."""
    assert overlap(find_ink(picture), TRUE) == 1


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize("light", ["even", "slope", "shadow"])
def test_light(digit: str, light: str) -> None:
    """Paper tone, uneven light and a shadow's edge are no ink, and hide none."""
    drawing = canvas(strokes_of(digit), height=180, pen=14)
    assert overlap(find_ink(photo(drawing, light)), 255 - drawing) > 0.8


@pytest.mark.parametrize("digit", ["0", "4", "8"])
def test_light_on_dark_photo(digit: str) -> None:
    """Chalk on a board is found by its shape: what it encloses is not taken for the ink."""
    drawing = canvas(strokes_of(digit), height=180, pen=14)
    assert overlap(find_ink(255 - photo(drawing, "slope")), 255 - drawing) > 0.75


def test_faint_pencil() -> None:
    """A pencil that takes a fifth of the light is ink."""
    assert overlap(find_ink(photo(SEVEN, "slope", contrast=0.2, noise=2)), TRUE) > 0.75


def test_grey_patch_padded_with_white() -> None:
    """A frame that a program put around a photo is no ink, and neither is its edge."""
    padded = np.pad(photo(SEVEN, "slope"), 60, constant_values=255)
    assert overlap(find_ink(padded), np.pad(TRUE, 60)) > 0.8


@pytest.mark.parametrize("level", [0, 100, 255])
@pytest.mark.parametrize("size", [(1, 1), (1, 300), (28, 28), (280, 280)])
def test_flat_pictures_have_no_ink(level: int, size: tuple[int, int]) -> None:
    """A page of one level, of any size, is blank."""
    assert not find_ink(np.full(size, level, np.uint8)).any()


@pytest.mark.parametrize("light", ["even", "slope"])
@pytest.mark.parametrize("noise", [1, 4, 10])
def test_empty_photos_have_no_ink(light: str, noise: float) -> None:
    """The noise of a photo of empty paper is no ink."""
    assert not find_ink(photo(np.full((280, 280), 255, np.uint8), light, noise=noise)).any()


def test_specks_are_dropped() -> None:
    """Dust beside the digit is no ink."""
    dusty = SEVEN.copy()
    for x, y in ((20, 20), (250, 30), (30, 250), (255, 255)):
        dusty[y : y + 3, x : x + 3] = 0
    assert overlap(find_ink(dusty), TRUE) == 1


def test_large_pictures_are_reduced() -> None:
    """Ink is looked for at a size that is enough."""
    assert max(find_ink(np.full((900, 3000), 255, np.uint8)).shape) == 640
