"""Normalize: a glyph of any size and pen becomes the 28×28 that MNIST would have made of it.

The frame is that of MNIST (LeCun, Cortes, Burges, "The MNIST database of handwritten digits"): the
longer side fits into 20 pixels, the shape is kept, and the centre of mass lies in the centre of
28×28. What MNIST's writers all had, and others do not, is the pen: one that is thinner or thicker
than theirs is brought to theirs, by moving the outline along its distance transform.

Training shows the network what this very file makes of its pictures.
"""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.reading.ink import as_mask
from digitlens.reading.stages import Ink, Seen

SIDE = 28  # of the picture that the network sees, in pixels
BOX = 20  # longest side of the digit in it, in pixels
PEN = (2.1, 3.4)  # thinnest and thickest pen in it, in pixels; MNIST's own is 2.6 ± 0.6
_FINE = 4  # working pixels per pixel of the box: outlines are moved at this resolution
Depths = npt.NDArray[Any]  # float32, the pixels of a stroke under its outline
_KEPT = 0.7  # least share of the ink that reducing a glyph keeps, unless its lines are too thin
_MARGIN = 8  # working pixels around the glyph, for its outline to move into


def normalize(ink: Ink) -> Seen:
    """Bring a glyph to the size, the pen and the place that the network knows.

    Args:
        ink: uint8 (h, w), 255 is ink; any size, with at least one pixel that is more ink than not.

    Returns:
        float32 (28, 28), 0 to 1, 1 is ink.
    """
    return center(set_pen(ink))


def set_pen(ink: Ink, pen: tuple[float, float] = PEN) -> Ink:
    """Bring a glyph's pen to the range of widths that the network knows.

    Args:
        ink: uint8 (h, w), 255 is ink.
        pen: Thinnest and thickest stroke, in pixels of the 20-pixel box. A pen between them is
            left as it is: whatever moves an outline loses some of its shape.

    Returns:
        uint8, 255 is ink, cropped to it, with a longer side of roughly 4 × 20 pixels.
    """
    fine = _enlarge(crop(ink))
    mask = as_mask(fine)
    inside = cv2.distanceTransform(mask, cv2.DIST_L2, 5)
    have = _width(inside[mask > 0])
    thin, thick = pen
    if thin <= have / _FINE <= thick:
        return crop(mask * np.uint8(255))
    # The box is fitted once more after the pen has changed, so the share of it is what counts.
    share = (thin if have / _FINE < thin else thick) / BOX
    want = max(BOX * _FINE - have, 0) * share / (1 - share)
    outside = cv2.distanceTransform(1 - mask, cv2.DIST_L2, 5)
    moved = np.where(mask > 0, inside, 1 - outside) + _growth(inside, have, want)
    return crop((np.clip(moved, 0, 1) * 255).astype(np.uint8))


def _growth(inside: Depths, have: float, want: float) -> Depths | float:
    """How far the outline moves out (or, negative, in), in working pixels.

    Where a thick pen is thinned, no place becomes thinner than what is wanted: the ridge nearby
    says how thick the stroke is there, so that its thin parts do not break.
    """
    grow = (want - have) / 2
    if grow >= 0:
        return grow
    reach = int(have) | 1
    ridge = cv2.dilate(inside, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    least = np.minimum((want + 1) / 2 - ridge, 0)
    growth: Depths = np.maximum(grow, least)
    return growth


def stroke_width(ink: Ink) -> float:
    """Width of a glyph's pen as a share of its longer side."""
    mask = as_mask(_enlarge(crop(ink)))
    inside = cv2.distanceTransform(mask, cv2.DIST_L2, 5)
    return _width(inside[mask > 0]) / (BOX * _FINE)


def _width(depths: Depths) -> float:
    """Width of strokes from the depths of their pixels.

    Across a stroke of width w the depth rises to w/2 and falls again, so that it is w/4 on average;
    the depth of a pixel counts from the next pixel outside, which adds half a pixel.
    """
    return max(4 * float(depths.mean()) - 2, 1)


def crop(ink: Ink) -> Ink:
    """Cut a glyph out at its ink."""
    x, y, width, height = cv2.boundingRect(as_mask(ink))
    return ink[y : y + height, x : x + width]


def _enlarge(ink: Ink) -> Ink:
    """Scale a cropped glyph until its longer side is that of the fine box, and add a margin."""
    scale = BOX * _FINE / max(ink.shape)
    size = (max(1, round(ink.shape[1] * scale)), max(1, round(ink.shape[0] * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    large = cv2.resize(ink, size, interpolation=method)
    if scale < 1 and _count(large) < _KEPT * scale**2 * _count(ink):
        # Lines thinner than a pixel of the fine box fade when averaged: thicken them first.
        reach = 2 * math.ceil(1 / scale) + 1
        large = cv2.resize(
            cv2.dilate(ink, np.ones((reach, reach), np.uint8)), size, interpolation=method
        )
    return cv2.copyMakeBorder(large, *(_MARGIN,) * 4, cv2.BORDER_CONSTANT, value=0)


def _count(ink: Ink) -> int:
    """How many pixels are more ink than ground."""
    return cv2.countNonZero(as_mask(ink))


def center(ink: Ink) -> Seen:
    """Fit a glyph into the 20-pixel box and put its centre of mass to the centre of 28×28.

    Args:
        ink: uint8 (h, w), 255 is ink, cropped to it.

    Returns:
        float32 (28, 28), 0 to 1, 1 is ink.
    """
    scale = BOX * _FINE / max(ink.shape)
    moments = cv2.moments(ink)
    mass = max(moments["m00"], 1e-6)
    middle = (SIDE * _FINE - 1) / 2
    shift_x = middle - scale * moments["m10"] / mass
    shift_y = middle - scale * moments["m01"] / mass
    frame = np.array([[scale, 0, shift_x], [0, scale, shift_y]])
    fine = cv2.warpAffine(ink, frame, (SIDE * _FINE, SIDE * _FINE), flags=cv2.INTER_LINEAR)
    small = cv2.resize(fine, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return small.astype(np.float32) / 255
