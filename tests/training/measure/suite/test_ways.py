"""Two ways of reading: one prepares the picture, the other does not."""

from __future__ import annotations

import numpy as np
import pytest

from digitlens.models.bundle import load
from digitlens.reading.reader import Reader
from digitlens.training.measure.suite.ways import Pipeline, UsualWay
from tests.drawings import canvas, strokes_of

BUNDLE = load(None)
SEVEN = canvas(strokes_of("7"), height=200, pen=22)


def test_pipeline() -> None:
    """What it says is what the reader says."""
    corner = canvas(strokes_of("7"), height=40, pen=4, place=(1, 1))
    reading = Reader().read(corner)
    said = Pipeline(BUNDLE).read([corner])[0]
    assert (said.text, said.confidence) == (reading.text, reading.confidence) == ("7", said.score)
    assert said.is_read == (reading.status == "read")


def test_several() -> None:
    """The score of several glyphs is the product of theirs; that of blank paper is 0."""
    number = canvas(strokes_of("27"), height=100, pen=9)
    two, none = Pipeline(BUNDLE).read([number, np.full((90, 90), 255, np.uint8)])
    digits = Reader().read(number).digits
    assert len(digits) == 2
    assert two.score == pytest.approx(digits[0].confidence * digits[1].confidence)
    assert (none.text, none.confidence, none.score, none.is_read) == ("", 0, 0, False)


def test_usual() -> None:
    """Large and in the middle it reads, black on white as white on black; it is always sure."""
    dark, light = UsualWay(BUNDLE).read([SEVEN, 255 - SEVEN])
    assert dark.text == light.text == "7"
    assert dark.confidence == pytest.approx(light.confidence, abs=0.02)
    blank = UsualWay(BUNDLE).read([np.full((90, 90), 255, np.uint8)])[0]
    assert blank.is_read
    assert len(blank.text) == 1
