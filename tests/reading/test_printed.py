"""Lines and boxes that were printed on the paper are no ink, and what is written stays whole."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitlens import Reader
from digitlens.reading.glyphs import find_glyphs
from digitlens.reading.ink import find_ink
from tests.drawings import DIGITS, canvas, on_print, photo, strokes_of

READER = Reader()
KINDS = ("ruled", "squared", "box", "comb", "row", "underlined")


def overlap(ink: np.ndarray, truth: np.ndarray) -> float:
    """Intersection over union of two inks."""
    one, other = ink > 127, truth > 127
    return float((one & other).sum() / (one | other).sum())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("digit", DIGITS)
def test_print_is_no_ink(kind: str, digit: str) -> None:
    """What is left is one glyph, and nearly all of what was written."""
    drawing = canvas(strokes_of(digit), height=130, pen=9)
    ink = find_ink(on_print(drawing, kind))
    assert len(find_glyphs(ink)) == 1
    assert overlap(ink, 255 - drawing) > 0.8


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("digit", DIGITS)
def test_printed_paper_in_a_photo(kind: str, digit: str) -> None:
    """The same on a photo, where the light is uneven."""
    drawing = canvas(strokes_of(digit), height=130, pen=10)
    ink = find_ink(photo(on_print(drawing, kind, 3), "slope"))
    assert overlap(ink, 255 - drawing) > 0.45


@settings(max_examples=80, deadline=None)
@given(
    digit=st.sampled_from(sorted(DIGITS)),
    kind=st.sampled_from(KINDS),
    pen=st.floats(8, 14),
    width=st.floats(1, 2.5),
    tilt=st.floats(-0.03, 0.03),
)
def test_read_on_printed_paper(
    digit: str, kind: str, pen: float, width: float, tilt: float
) -> None:
    """Paper of any kind, a little askew, changes nothing in what is read."""
    drawing = canvas(strokes_of(digit), 130, pen)
    assert READER.read(on_print(drawing, kind, width, tilt)).text == digit


@settings(max_examples=150, deadline=None)
@given(
    text=st.text("0123456789", min_size=1, max_size=3),
    share=st.floats(0.2, 0.7),
    pen=st.floats(0.02, 0.15),
)
def test_strokes_are_no_print(text: str, share: float, pen: float) -> None:
    """The stem of a 1, the bar of a 7, two 1s side by side are straight, and stay."""
    height = share * 250
    width = max(2.0, pen * height)
    drawing = canvas(strokes_of(text), height, width, size=(640, 280))
    assert overlap(find_ink(drawing), 255 - drawing) == 1


def test_print_alone_stays() -> None:
    """On a form where nothing is written, lines are what there is."""
    page = np.full((280, 280), 255, np.uint8)
    page[100:102] = page[200:202] = 0
    assert find_ink(page).any()


@pytest.mark.parametrize("pen", [2, 4, 8])
@pytest.mark.parametrize("past", [0.1, 0.25, 0.35])
def test_long_foot_is_no_print(pen: int, past: float) -> None:
    """The straight foot of a 1 or a 2 runs past the rest of it, and stays."""
    drawing = np.full((280, 280), 255, np.uint8)
    reach = round(past * 130)
    foot = [[100 - reach, 205], [150 + reach, 207]]
    for stroke in ([[105, 90], [125, 75], [125, 206]], foot):
        cv2.polylines(drawing, [np.array(stroke)], False, 0, pen, cv2.LINE_AA)
    assert overlap(find_ink(drawing), 255 - drawing) == 1
