"""Padding: a frame of one constant level that a program put around a picture."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.reading.stages import Grey

_LEVELS = 6  # grey levels by which padding may vary, from the traces of compression
_STEP = 16  # grey levels between the padding and the paper in it
_PURE = 0.5  # share of the padding that has exactly its level
_LEAST_SIDE = 0.22  # least side of the paper in it, as a share of the longest side
_FILL = 0.9  # least share of its bounding box that the paper in it fills


def fill_padding(small: Grey) -> Grey:
    """Let the paper go on where the padding is: each place gets the level of the nearest paper.

    Args:
        small: uint8 (h, w), 0 is black.

    Returns:
        The same, without a step between padding and paper.
    """
    padding = _padding(small)
    if not padding.any() or not _is_patch(1 - padding):
        return small
    ring = cv2.dilate(padding, np.ones((7, 7), np.uint8)) > padding
    if abs(np.median(small[ring]) - np.median(small[padding > 0])) < _STEP:
        return small
    _, nearest = cv2.distanceTransformWithLabels(
        padding, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    levels = np.zeros(int(nearest.max()) + 1, np.uint8)
    paper = padding == 0
    levels[nearest[paper]] = small[paper]
    filled: Grey = levels[nearest]
    return filled


def _padding(small: Grey) -> npt.NDArray[Any]:
    """What hangs together with a corner and has its level: 1 there, 0 elsewhere.

    Padding is exactly constant but for the traces of compression; paper never is.
    """
    padding = np.zeros(small.shape, np.uint8)
    for y, x in ((0, 0), (0, -1), (-1, 0), (-1, -1)):
        away = cv2.absdiff(small, np.full_like(small, small[y, x]))
        _, parts = cv2.connectedComponents((away <= _LEVELS).view(np.uint8), connectivity=4)
        region = parts == parts[y, x]
        if (away[region] == 0).mean() > _PURE:
            padding[region] = 1
    # Two pixels more: the edge of a reduced picture blends padding and paper.
    return cv2.dilate(padding, np.ones((5, 5), np.uint8))


def _is_patch(mask: npt.NDArray[Any]) -> bool:
    """Whether a mask is a piece of paper: as wide as no stroke, and filling its frame."""
    _, _, width, height = cv2.boundingRect(mask)
    if mask.all() or min(width, height) < _LEAST_SIDE * max(mask.shape):
        return False
    return bool(mask.sum() > _FILL * width * height)
