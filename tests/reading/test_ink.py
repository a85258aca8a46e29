"""Ink is found whatever it is written with and on; where there is none, none is found."""

from __future__ import annotations

import cv2
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


@pytest.mark.parametrize("edges", [(0,), (1, 2), (0, 1, 2, 3)])
def test_dark_edges_of_a_scan(edges: tuple[int, ...]) -> None:
    """The shadow that a scanner's lid leaves along the edges is no ink."""
    fall = 1 - 0.8 * np.exp(-((np.arange(280) / 15) ** 2))
    scan = SEVEN.astype(float)
    for turns in edges:
        scan *= np.rot90(np.broadcast_to(fall, (280, 280)), turns)
    scan += np.random.default_rng(1).normal(0, 2, scan.shape)
    assert overlap(find_ink(np.clip(scan, 0, 255).astype(np.uint8)), TRUE) > 0.8


@pytest.mark.parametrize("digit", ["3", "5", "8"])
@pytest.mark.parametrize("quality", [30, 60])
def test_icons_packed_as_jpeg(digit: str, quality: int) -> None:
    """In 28×28 pixels the traces of compression are many, and are not taken for light."""
    small = canvas(strokes_of(digit), 20, 2, size=(28, 28), light_on_dark=True)
    packed = cv2.imencode(".jpg", small, (cv2.IMWRITE_JPEG_QUALITY, quality))[1]
    assert overlap(find_ink(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)), small) > 0.6


@pytest.mark.parametrize("contrast", [0.3, 0.7])
def test_photo_with_black_bars(contrast: float) -> None:
    """Bars that a screen put beside a photo are no ink, however faint the pencil between them."""
    around = ((0, 0), (60, 60))
    padded = np.pad(photo(SEVEN, "slope", contrast), around)
    assert overlap(find_ink(padded), np.pad(TRUE, around)) > 0.75


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


@pytest.mark.parametrize("digit", [digit for digit in DIGITS if digit != "1"])
@pytest.mark.parametrize("pen", [8, 20, 30])
@pytest.mark.parametrize("light_on_dark", [False, True])
def test_cut_out(digit: str, pen: int, light_on_dark: bool) -> None:
    """A digit with no room around it is found, also where its ground is less than the digit."""
    whole = canvas(strokes_of(digit), height=180, pen=pen)
    cut = whole[find_box(whole)]
    truth = 255 - cut
    assert overlap(find_ink(255 - cut if light_on_dark else cut), truth) > 0.97
    soft = cv2.GaussianBlur(whole, (0, 0), pen / 5)[find_box(whole)]
    assert overlap(find_ink(255 - soft if light_on_dark else soft), truth) > 0.8


def find_box(picture: np.ndarray) -> tuple[slice, slice]:
    """Rows and columns of what is dark."""
    x, y, width, height = cv2.boundingRect((picture < 128).astype(np.uint8))
    return slice(y, y + height), slice(x, x + width)


def test_cut_out_of_a_scan() -> None:
    """The grain of a scan does not hide that a digit fills its picture."""
    whole = canvas(strokes_of("8"), height=180, pen=24)
    grain = np.random.default_rng(1).normal(0, 2, whole.shape)
    scan = np.clip(20 + whole * 0.85 + grain, 0, 255).astype(np.uint8)[find_box(whole)]
    assert overlap(find_ink(scan), 255 - whole[find_box(whole)]) > 0.9


def test_a_number_cut_out() -> None:
    """A row of digits may touch the edges as often as it has digits."""
    whole = canvas(strokes_of("80286"), height=120, pen=16, size=(640, 200))
    cut = whole[find_box(whole)]
    assert overlap(find_ink(cut), 255 - cut) > 0.97


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("height", [1, 2, 3, 5, 9])
@pytest.mark.parametrize("width", [1, 2, 3, 7])
def test_few_pixels(height: int, width: int) -> None:
    """A picture of hardly any pixels, whatever they are, is no error."""
    rng = np.random.default_rng(height * 10 + width)
    for _ in range(50):
        low, high = np.sort(rng.integers(0, 256, 2))
        picture = rng.integers(low, high + 1, (height, width)).astype(np.uint8)
        ink = find_ink(picture)
        assert (ink.ndim, ink.dtype) == (2, np.uint8)
