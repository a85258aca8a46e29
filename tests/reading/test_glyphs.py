"""The parts of one digit stay together, and digits with space between them come apart."""

from __future__ import annotations

import numpy as np
import pytest

from digitlens.reading.glyphs import find_glyphs
from tests.drawings import Stroke, canvas, strokes_of


def glyphs_of(strokes: list[Stroke], **options: float) -> int:
    """How many glyphs a drawing has."""
    return len(find_glyphs(255 - canvas(strokes, size=(600, 280), **options)))


@pytest.mark.parametrize("pen", [2, 10, 20])
@pytest.mark.parametrize("text", ["10", "42", "777", "90210", "11111", "08"])
def test_numbers_come_apart(text: str, pen: float) -> None:
    """Digits with space between them are as many glyphs, from the left to the right."""
    ink = 255 - canvas(strokes_of(text), height=100, pen=pen, size=(600, 280))
    boxes = [glyph.box for glyph in find_glyphs(ink)]
    assert len(boxes) == len(text)
    assert [box.left for box in boxes] == sorted(box.left for box in boxes)


def test_five_with_its_bar_apart() -> None:
    """The bar of a 5 that stands apart belongs to it."""
    body, bar = strokes_of("5")
    assert glyphs_of([body, [(x + 0.12, y - 0.1) for x, y in bar]], pen=6) == 1


def test_four_of_two_strokes() -> None:
    """The hook and the stem of a 4 that do not touch are one digit."""
    hook = [(0.1, 0.0), (0.0, 0.55), (0.4, 0.55)]
    stem = [(0.52, 0.1), (0.5, 1.0)]
    assert glyphs_of([hook, stem], pen=6) == 1


def test_seven_with_its_bar_apart() -> None:
    """The bar across a 7 belongs to it, though it hardly touches it."""
    assert glyphs_of([*strokes_of("7"), [(0.05, 0.55), (0.3, 0.5)]], pen=4) == 1


def test_two_lines() -> None:
    """Two lines of digits are read one after the other."""
    below = [[(x, y + 1.6) for x, y in stroke] for stroke in strokes_of("34")]
    ink = 255 - canvas(strokes_of("12") + below, height=250, pen=6)
    tops = [glyph.box.top for glyph in find_glyphs(ink)]
    lefts = [glyph.box.left for glyph in find_glyphs(ink)]
    assert len(tops) == 4
    assert max(tops[:2]) < min(tops[2:])
    assert lefts[0] < lefts[1]
    assert lefts[2] < lefts[3]


def test_a_glyph_has_only_its_own_ink() -> None:
    """Where the boxes of two digits overlap, each glyph has its own ink and no other's."""
    ink = np.zeros((100, 100), np.uint8)
    ink[10:90, 10:14] = ink[86:90, 10:40] = 255  # an L
    ink[10:70, 30:34] = 255  # a bar that stands over its foot, in its box
    glyphs = find_glyphs(ink)
    assert sum(int((glyph.ink > 127).sum()) for glyph in glyphs) == int((ink > 127).sum())


def test_a_pattern_takes_no_time() -> None:
    """Of thousands of parts only the largest are compared, so that a pattern holds up nobody."""
    ink = np.zeros((640, 640), np.uint8)
    ink[::8, ::8] = 255
    assert len(find_glyphs(ink)) <= 100


def test_no_ink() -> None:
    """Without ink there is no glyph."""
    assert find_glyphs(np.zeros((50, 50), np.uint8)) == []
