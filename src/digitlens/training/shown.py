"""Shown: plain pictures as a network is shown them, without Keras."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digitlens.reading.normalize import SIDE, normalize
from digitlens.reading.stages import HALF


def shown(images: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Pictures of one digit each, as the network takes them.

    Args:
        images: uint8 (n, 28, 28), 255 is ink.

    Returns:
        float32 (n, 28, 28, 1), 0 to 1, 1 is ink; a picture without ink stays empty.
    """
    glyphs = np.zeros((len(images), SIDE, SIDE, 1), np.float32)
    for glyph, image in zip(glyphs, images, strict=True):
        if image.max() > HALF:
            glyph[:, :, 0] = normalize(image)
    return glyphs
