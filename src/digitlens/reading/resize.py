"""Resize: pictures that are larger than a stage needs are reduced before it."""

from __future__ import annotations

import cv2

from digitlens.reading.stages import Grey

_CELLS = 64  # along the longer side of a picture of cells, and up to twice as many


def shrink(grey: Grey, side: int) -> Grey:
    """Reduce a picture until its longer side is at most `side` pixels."""
    height, width = grey.shape
    scale = side / max(height, width)
    if scale >= 1:
        return grey
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(grey, size, interpolation=cv2.INTER_AREA)


def average(grey: Grey, pixels: int) -> Grey:
    """Make one pixel of so many by so many; what is left over at the end is left out.

    A whole number of pixels to one, which OpenCV averages many times faster than a fraction.
    """
    size = (max(1, grey.shape[1] // pixels), max(1, grey.shape[0] // pixels))
    whole = grey[: size[1] * pixels, : size[0] * pixels]
    return cv2.resize(whole, size, interpolation=cv2.INTER_AREA)


def to_cells(grey: Grey) -> Grey:
    """Reduce a picture to what is where in it; one of less than 128 pixels stays as it is."""
    return average(grey, max(1, max(grey.shape) // _CELLS))
