"""Every condition draws a picture that can be read, and the same one again."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from benchmarks.conditions import CONDITIONS
from benchmarks.preparation import Clean, draw, measure

from digitlens.models.bundle import load
from digitlens.reading.limits import Limits
from digitlens.reading.network import Network
from digitlens.reading.prepare import prepare
from digitlens.training.data.drawings import Drawing
from tests.drawings import DIGITS, canvas, strokes_of

INK = (255 - canvas(strokes_of("3"), height=140, pen=12)).astype(np.float32) / 255


@pytest.mark.parametrize("name", CONDITIONS)
def test_conditions_can_be_repeated(name: str) -> None:
    """The same seed gives the same picture, and something is found in it."""
    seed = zlib.crc32(name.encode())
    one, other = (CONDITIONS[name](INK, np.random.default_rng(seed)) for _ in range(2))
    assert np.array_equal(np.asarray(one), np.asarray(other))
    assert len(prepare(one, Limits()).glyphs) >= 1


def test_a_condition_that_changes_nothing() -> None:
    """A clean drawing is wholly what it is, and a blank page is counted as blank."""
    strokes = [np.array(stroke) for stroke in DIGITS["3"]]
    drawing = Drawing(3, 0, strokes, "train")
    ink = draw(drawing, np.random.default_rng(1))
    network = Network(load())
    picture = 255 - np.rint(ink * 255).astype(np.uint8)
    seen = prepare(picture, Limits()).glyphs
    clean = [Clean(ink, seen[0], int(network.logits(seen).argmax()))]
    kept = measure("as it is", lambda *_: picture, clean, network)
    assert (kept.one, kept.same, kept.away, kept.blank) == (1, 1, 0, 0)
    lost = measure("blank", lambda *_: np.full_like(picture, 255), clean, network)
    assert (lost.one, lost.same, lost.blank) == (0, 0, 1)
