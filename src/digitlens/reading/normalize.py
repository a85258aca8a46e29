"""Normalize: a glyph of any size and pen becomes the 28×28 that MNIST would have made of it.

The frame is that of MNIST (LeCun, Cortes, Burges, "The MNIST database of handwritten digits"): the
longer side fits into 20 pixels, the shape is kept, and the centre of mass lies in the centre of
28×28. What MNIST's writers all had, and others do not, is the pen: so its width is brought to
MNIST's as well, by moving the outline along its distance transform.

Training shows the network what this very file makes of its pictures.
"""

from __future__ import annotations

import cv2
import numpy as np

from digitlens.reading.stages import Ink

SIDE = 28  # of the picture that the network sees, in pixels
BOX = 20  # longest side of the digit in it, in pixels
PEN = 2.5  # width of the pen in it, in pixels: the mean of the MNIST training set is 2.56
_FINE = 4  # working pixels per pixel of the box: outlines are moved at this resolution
_MARGIN = 8  # working pixels around the glyph, for its outline to move into


def normalize(ink: Ink) -> Ink:
    """Bring a glyph to the size, the pen and the place that the network knows.

    Args:
        ink: float32 (h, w), 0 to 1, 1 is ink; any size, with at least one pixel over 0.5.

    Returns:
        float32 (28, 28), 0 to 1, 1 is ink.
    """
    return center(set_pen(ink))


def set_pen(ink: Ink, pen: float = PEN) -> Ink:
    """Bring a glyph's pen to a width, in pixels of the 20-pixel box.

    Args:
        ink: float32 (h, w), 0 to 1, 1 is ink.
        pen: Width of the strokes when the longer side is 20 pixels.

    Returns:
        float32, 0 to 1, cropped to the ink, with a longer side of roughly 4 × 20 pixels.
    """
    fine = _enlarge(crop(ink))
    mask = (fine > 0.5).view(np.uint8)
    inside = cv2.distanceTransform(mask, cv2.DIST_L2, 5)
    outside = cv2.distanceTransform(1 - mask, cv2.DIST_L2, 5)
    have = _width(inside[mask > 0])
    # The box is fitted once more after the pen has changed, so the share of it is what counts.
    share = pen / BOX
    want = max(BOX * _FINE - have, 0) * share / (1 - share)
    grow = max((want - have) / 2, 1.5 - float(inside.max()))  # something is always left
    return crop(np.clip(np.where(mask > 0, inside, 1 - outside) + grow, 0, 1).astype(np.float32))


def stroke_width(ink: Ink) -> float:
    """Width of a glyph's pen as a share of its longer side."""
    mask = (_enlarge(crop(ink)) > 0.5).view(np.uint8)
    inside = cv2.distanceTransform(mask, cv2.DIST_L2, 5)
    return _width(inside[mask > 0]) / (BOX * _FINE)


def _width(depths: Ink) -> float:
    """Width of strokes from the depths of their pixels.

    Across a stroke of width w the depth rises to w/2 and falls again, so that it is w/4 on average;
    the depth of a pixel counts from the next pixel outside, which adds half a pixel.
    """
    return max(4 * float(depths.mean()) - 2, 1)


def crop(ink: Ink) -> Ink:
    """Cut a glyph out at its ink."""
    x, y, width, height = cv2.boundingRect((ink > 0.5).view(np.uint8))
    return ink[y : y + height, x : x + width]


def _enlarge(ink: Ink) -> Ink:
    """Scale a cropped glyph until its longer side is that of the fine box, and add a margin."""
    scale = BOX * _FINE / max(ink.shape)
    size = (max(1, round(ink.shape[1] * scale)), max(1, round(ink.shape[0] * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    large = cv2.resize(ink, size, interpolation=method)
    return cv2.copyMakeBorder(large, *(_MARGIN,) * 4, cv2.BORDER_CONSTANT, value=0)


def center(ink: Ink) -> Ink:
    """Fit a glyph into the 20-pixel box and put its centre of mass to the centre of 28×28."""
    scale = BOX * _FINE / max(ink.shape)
    moments = cv2.moments(ink)
    mass = max(moments["m00"], 1e-6)
    middle = (SIDE * _FINE - 1) / 2
    shift_x = middle - scale * moments["m10"] / mass
    shift_y = middle - scale * moments["m01"] / mass
    frame = np.array([[scale, 0, shift_x], [0, scale, shift_y]])
    fine = cv2.warpAffine(ink, frame, (SIDE * _FINE, SIDE * _FINE), flags=cv2.INTER_LINEAR)
    return cv2.resize(fine, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
