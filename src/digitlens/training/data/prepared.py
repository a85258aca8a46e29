"""Prepared: plain pictures as the network is shown them, through the file that reading uses."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digitlens.reading.normalize import SIDE, normalize
from digitlens.reading.stages import HALF


def prepared(images: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Normalize pictures that are not distorted.

    Args:
        images: uint8 (n, 28, 28), 255 is ink. One without ink stays blank.

    Returns:
        float32 (n, 28, 28, 1), 0 to 1, 1 is ink.
    """
    seen = np.zeros((len(images), SIDE, SIDE, 1), np.float32)
    for row, ink in zip(seen, images, strict=True):
        if ink.max() > HALF:
            row[:, :, 0] = normalize(ink)
    return seen
