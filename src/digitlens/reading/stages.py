"""The picture at every stage on its way to the network, for people to look at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Ink = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class GlyphStages:
    """One glyph on its way to the network.

    Attributes:
        cut: Ink as it was cut out, float32 (h, w), 0 to 1, 1 is ink.
        width: The same with the pen width of MNIST, float32 (h, w), 0 to 1, 1 is ink.
        seen: What the network saw, float32 (28, 28), 0 to 1, 1 is ink.
    """

    cut: Ink
    width: Ink
    seen: Ink


@dataclass(frozen=True, slots=True)
class Stages:
    """A picture on its way to the network.

    Attributes:
        grey: The decoded picture, uint8 (h, w), 0 is black.
        ink: Its ink, float32 (h, w), 0 to 1, 1 is ink. It may be smaller than `grey`: a large
            picture is reduced before its ink is looked for.
        glyphs: One for each digit, in reading order.
    """

    grey: Grey
    ink: Ink
    glyphs: tuple[GlyphStages, ...]
