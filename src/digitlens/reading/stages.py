"""The picture at every stage on its way to the network, for people to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy.typing as npt

# OpenCV's types do not say what numbers an array has, so these cannot either.
Grey = npt.NDArray[Any]  # uint8 (h, w), 0 is black
Ink = npt.NDArray[Any]  # uint8 (h, w), 255 is ink
Seen = npt.NDArray[Any]  # float32 (28, 28), 0 to 1, 1 is ink
HALF = 127  # a pixel above this level is more ink than ground


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded picture.

    Attributes:
        grey: uint8 (h, w), 0 is black. Large photos are decoded at a fraction of their size.
        size: Width and height of the upright picture, in pixels.
    """

    grey: Grey
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class GlyphStages:
    """One glyph on its way to the network.

    Attributes:
        cut: Ink as it was cut out, uint8 (h, w), 255 is ink.
        width: The same with a pen like MNIST's, uint8 (h, w), 255 is ink.
        seen: What the network saw, float32 (28, 28), 0 to 1, 1 is ink.
    """

    cut: Ink
    width: Ink
    seen: Seen


@dataclass(frozen=True, slots=True)
class Stages:
    """A picture on its way to the network.

    Attributes:
        grey: The decoded picture, uint8 (h, w), 0 is black.
        ink: Its ink, uint8 (h, w), 255 is ink. It may be smaller than `grey`: a large
            picture is reduced before its ink is looked for.
        glyphs: One for each digit, in reading order.
    """

    grey: Grey
    ink: Ink
    glyphs: tuple[GlyphStages, ...]
