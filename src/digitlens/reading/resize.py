"""Resize: pictures that are larger than a stage needs are reduced before it."""

from __future__ import annotations

import cv2

from digitlens.reading.stages import Grey


def shrink(grey: Grey, side: int) -> Grey:
    """Reduce a picture until its longer side is at most `side` pixels."""
    height, width = grey.shape
    scale = side / max(height, width)
    if scale >= 1:
        return grey
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
