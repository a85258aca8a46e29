"""Written: digits from pen strokes, in hands and with pens that are not those of who wrote them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from digitlens.reading.normalize import SIDE, normalize
from digitlens.reading.stages import Ink, Seen
from digitlens.training.data.drawings import Drawing
from digitlens.training.data.hand import Freedom, Strokes, ink_of, mix, to_unit, vary
from digitlens.training.data.mnist import Labelled
from digitlens.training.data.styles import write

_MIXED = 0.25  # share of the digits that lie between two hands
_VARIED = 0.85  # share of them that are changed
STYLED = Freedom(bend=0.025)  # chance has moved the points of a way of writing already
_SWELLING = 0.3  # share of the pens that answer to pressure
_SIDES = (60, 150)  # pixels of the longer side
_PENS = (0.02, 0.13)  # width of the pen, as a share of that


@dataclass
class Written:
    """Makes pictures of digits.

    Attributes:
        known: Drawings that they are made from; without any, ways of writing are.
        is_plain: Whether the strokes stay as they were written, as for validation.
    """

    known: list[Drawing]
    is_plain: bool = False
    _alike: dict[int, list[Drawing]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for drawing in self.known:
            self._alike.setdefault(drawing.label, []).append(drawing)

    def make(self, count: int, rng: np.random.Generator) -> Labelled:
        """Make some: as many of each digit, as good as."""
        images = np.empty((count, SIDE, SIDE), np.uint8)
        labels = rng.permutation(np.arange(count) % 10)
        for row, label in zip(images, labels, strict=True):
            row[:] = as_bytes(normalize(draw(self.strokes(int(label), rng), rng)))
        return Labelled(images, labels.astype(np.int64))

    def strokes(self, label: int, rng: np.random.Generator) -> Strokes:
        """Strokes of one digit, with a longer side of roughly 1."""
        if not self.known:
            return vary(write(label, rng), rng, STYLED)
        alike = self._alike[label]
        strokes = alike[rng.integers(len(alike))].strokes
        if self.is_plain:
            return to_unit(strokes)
        if rng.random() < _MIXED:
            other = alike[rng.integers(len(alike))].strokes
            strokes = mix(strokes, other, rng.uniform(-0.25, 1.25)) or strokes
        return vary(strokes, rng) if rng.random() < _VARIED else to_unit(strokes)


def draw(strokes: Strokes, rng: np.random.Generator) -> Ink:
    """Draw strokes with any pen: uint8 (h, w), 255 is ink."""
    side = rng.uniform(*_SIDES)
    pen = side * np.exp(rng.uniform(*np.log(_PENS)))
    swell = rng.uniform(0.3, 0.9) if rng.random() < _SWELLING else 0.0
    return ink_of(strokes, side, max(pen, 2.0), swell=swell)


def as_bytes(seen: Seen) -> Ink:
    """From 0 to 1 to uint8, 255 is ink."""
    ink: Ink = np.rint(seen * 255).astype(np.uint8)
    return ink
