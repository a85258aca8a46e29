"""PNGs: grey pictures as data URLs, for people to look at."""

from __future__ import annotations

import base64
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[Any]


def as_url(picture: Picture) -> str:
    """Encode a picture as a PNG data URL.

    Args:
        picture: uint8 (h, w), 0 is black; or float32 (h, w), 0 to 1, 1 is white.
    """
    _, data = cv2.imencode(".png", _levels(picture))
    return "data:image/png;base64," + base64.b64encode(data.tobytes()).decode("ascii")


def shrink(picture: Picture, side: int) -> Picture:
    """Reduce a picture until its longer side is at most `side` pixels."""
    height, width = picture.shape
    scale = side / max(height, width)
    if scale >= 1:
        return picture
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def _levels(picture: Picture) -> npt.NDArray[np.uint8]:
    if picture.dtype == np.uint8:
        return picture
    levels: npt.NDArray[np.uint8] = np.rint(picture * 255).astype(np.uint8)
    return levels
