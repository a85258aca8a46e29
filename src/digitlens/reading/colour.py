"""Colour: decoded pixels, with or without colour and alpha, become grey ones."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.reading.stages import Grey
from digitlens.reading.transparency import fill

_OPAQUE = 0xFF000000  # an RGBA pixel as one little-endian number is at least this, if opaque


def to_grey(levels: npt.NDArray[np.uint8]) -> Grey:
    """Mix colours to grey, and put a ground behind what is transparent.

    Args:
        levels: uint8, contiguous; (h, w) or (h, w, 1) grey, (h, w, 3) red, green and blue,
            (h, w, 4) with alpha.

    Returns:
        uint8 (h, w), 0 is black.
    """
    if levels.ndim == 2:
        return levels
    if levels.shape[2] == 1:
        return levels[:, :, 0]
    if levels.shape[2] == 3:
        return cv2.cvtColor(levels, cv2.COLOR_RGB2GRAY)
    grey = cv2.cvtColor(levels, cv2.COLOR_RGBA2GRAY)
    if np.bitwise_and.reduce(levels.view("<u4"), axis=None) >= _OPAQUE:  # as browsers send drawings
        return grey
    return fill(np.dstack([grey, levels[:, :, 3]]))
