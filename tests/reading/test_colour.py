"""Colours become the grey in which what was drawn can be seen."""

from __future__ import annotations

import tracemalloc

import cv2
import numpy as np
import pytest

from digitlens.reading.colour import to_grey
from digitlens.reading.reader import Reader
from tests.drawings import canvas, strokes_of

RED, GREEN = (224, 40, 40), (40, 132, 40)  # of the same brightness, to a level
WHITE, BLUE = (255, 255, 255), (30, 60, 190)


def coloured(digit: str, pen: tuple[int, ...], paper: tuple[int, ...]) -> np.ndarray:
    """A digit of one colour on another: uint8 (h, w, 3)."""
    ink = (255 - canvas(strokes_of(digit), height=180, pen=14))[:, :, None] / 255
    return np.rint(ink * pen + (1 - ink) * np.array(paper)).astype(np.uint8)


@pytest.mark.parametrize("digit", ["2", "4", "7"])
@pytest.mark.parametrize(("pen", "paper"), [(RED, GREEN), (GREEN, RED)])
def test_hue_alone(digit: str, pen: tuple[int, ...], paper: tuple[int, ...]) -> None:
    """What only its hue tells from the ground is read, with and without an alpha channel."""
    picture = coloured(digit, pen, paper)
    assert Reader().read(picture).text == digit
    opaque = np.dstack([picture, np.full(picture.shape[:2], 255, np.uint8)])
    assert Reader().read(opaque).text == digit


def test_large() -> None:
    """A large picture is told apart by a sample of its pixels, and takes little memory."""
    large = cv2.resize(coloured("3", RED, GREEN), (4000, 4000), interpolation=cv2.INTER_NEAREST)
    tracemalloc.start()
    grey = to_grey(large)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert np.ptp(grey) > 150
    assert most < large.nbytes
    assert Reader().read(large).text == "3"


def test_brightness_stays() -> None:
    """Where brightness tells, the grey is that of the standard (ITU-R BT.601)."""
    picture = coloured("5", BLUE, WHITE)
    grey = to_grey(picture).astype(np.float64)
    assert np.abs(grey - picture @ (0.299, 0.587, 0.114)).max() <= 1


@pytest.mark.parametrize("level", [20, 128, 240])
def test_grain_is_no_hue(level: int) -> None:
    """The coloured grain of a camera on plain paper does not become ink."""
    grain = np.random.default_rng(1).normal(level, 5, (120, 120, 3))
    picture = np.clip(grain, 0, 255).astype(np.uint8)
    assert np.ptp(to_grey(picture)) <= np.ptp(picture)
    assert Reader().read(picture).status == "blank"
