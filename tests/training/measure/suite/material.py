"""Material: a few digits and signs to run a suite on, where there is no data folder."""

from __future__ import annotations

import numpy as np

from digitlens.training.data.drawings import Drawing
from digitlens.training.data.mnist import NONE, Labelled
from digitlens.training.measure.drawn import drawn_digits
from digitlens.training.measure.suite.sets import Sources
from tests.drawings import strokes_of

FEW = 6


def written() -> list[Drawing]:
    """The ten digits, as strokes of two people."""
    return [
        Drawing(
            digit, 5 + digit % 2, [np.array(stroke) for stroke in strokes_of(str(digit))], "test"
        )
        for digit in range(10)
    ]


def sources() -> Sources:
    """Digits in fonts for MNIST, drawn strokes, and stars and rings for letters."""
    angles = np.arange(6) * 4 * np.pi / 5
    star = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    round_ = np.linspace(0, 2 * np.pi, 30)
    ring = np.stack([np.cos(round_), np.sin(round_)], axis=1)
    letters = [
        Drawing(NONE, 0, [stroke], "test", name, name == "ring")
        for name, stroke in (("star", star), ("ring", ring))
        for _ in range(3)
    ]
    drawn = drawn_digits()
    return Sources(Labelled(drawn.images[:30], drawn.labels[:30]), written(), letters)
