"""Patch: a picture of white on black that lies on a white page, or the other way round.

There, what is not ground is a full rectangle, and the digit is what is missing in it.
"""

from __future__ import annotations

import cv2

from digitlens.reading.stages import HALF, Ink

_FILL = 0.7  # least share of its frame that a patch fills: a digit takes some of it away
_SIDE = 0.97  # share of each of its four edges that is full
_LEAST_SIDE = 12  # pixels
_SLIMMEST = 0.4  # height by width, or width by height: a dash is full as well
_DIGIT = 0.5  # least size of the digit, as a share of the patch's
_INK = 40  # of a cell that something goes through


def patch_on_ground(ink: Ink, cells: Ink) -> tuple[slice, slice] | None:
    """Find the patch that all ink is.

    Args:
        ink: uint8 (h, w), 255 is ink.
        cells: The same, reduced to at most 128 cells on its longer side.

    Returns:
        Its rows and columns, without its soft edge; None where the ink is no patch.
    """
    mask = cv2.threshold(cells, _INK, 1, cv2.THRESH_BINARY)[1]
    _, _, width, height = cv2.boundingRect(mask)
    if cv2.countNonZero(mask) < _FILL * width * height:  # which is quickly seen
        return None
    mask = cv2.threshold(ink, _INK, 1, cv2.THRESH_BINARY)[1]
    x, y, width, height = cv2.boundingRect(mask)
    if min(width, height) < max(_LEAST_SIDE, _SLIMMEST * max(width, height)):
        return None
    window = mask[y : y + height, x : x + width]
    edges = window[0], window[-1], window[:, 0], window[:, -1]
    if window.mean() < _FILL or min(float(edge.mean()) for edge in edges) < _SIDE:
        return None
    soft = 1 if min(width, height) > 2 * _LEAST_SIDE else 0
    return slice(y + soft, y + height - soft), slice(x + soft, x + width - soft)


def is_digit(inner: Ink) -> bool:
    """Whether the ink found in a patch is a digit with room around it, not the hole of a thick 0.

    Args:
        inner: uint8 (h, w) of the patch, 255 is ink.
    """
    x, y, width, height = cv2.boundingRect(cv2.threshold(inner, HALF, 1, cv2.THRESH_BINARY)[1])
    is_inside = min(x, y, inner.shape[1] - x - width, inner.shape[0] - y - height) > 0
    return is_inside and bool(max(width, height) > _DIGIT * min(inner.shape))
