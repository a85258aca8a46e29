"""Drawn: digits in the fonts of OpenCV, for checks where no real ones are at hand."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.reading.normalize import SIDE
from digitlens.training.data.mnist import Labelled

_FONTS = (
    cv2.FONT_HERSHEY_SIMPLEX,
    cv2.FONT_HERSHEY_DUPLEX,
    cv2.FONT_HERSHEY_COMPLEX,
    cv2.FONT_HERSHEY_TRIPLEX,
    cv2.FONT_HERSHEY_SCRIPT_SIMPLEX,
)
_PENS = (10, 14, 18)  # widths, in pixels of the canvas
_SLANTS = (-0.2, 0.0, 0.2)  # pixels to the side for each pixel up
_CANVAS = 224  # side that they are drawn at, eight times that of the picture


def drawn_digits() -> Labelled:
    """450 digits: each in five fonts, three pens and three slants, always the same."""
    kinds = [(font, pen, slant) for font in _FONTS for pen in _PENS for slant in _SLANTS]
    images = [_draw(digit, *kind) for kind in kinds for digit in range(10)]
    return Labelled(np.stack(images), np.arange(len(images), dtype=np.int64) % 10)


def _draw(digit: int, font: int, pen: int, slant: float) -> npt.NDArray[np.uint8]:
    canvas = np.zeros((_CANVAS, _CANVAS), np.uint8)
    (width, height), _ = cv2.getTextSize(str(digit), font, 6, pen)
    place = (_CANVAS - width) // 2, (_CANVAS + height) // 2
    cv2.putText(canvas, str(digit), place, font, 6, 255, pen, cv2.LINE_AA)
    shear = np.array([[1, -slant, slant * _CANVAS / 2], [0, 1, 0]])
    slanted = cv2.warpAffine(canvas, shear, (_CANVAS, _CANVAS))
    small = cv2.resize(slanted, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return small.astype(np.uint8)
