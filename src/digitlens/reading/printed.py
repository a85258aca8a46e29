"""Printed: lines and boxes that were on the paper before anybody wrote on it are no ink.

Nobody writes as straight as paper is ruled, but the stem of a 1 and the bar of a 7 come near. So
lines are print by how they stand to the rest of the ink: they run on past it on both sides, or go
around it. What is taken out leaves the strokes that cross it whole.
"""

from __future__ import annotations

import cv2
import numpy as np

from digitlens.reading.erase import band, without_lines
from digitlens.reading.forms import LEVEL, LONG, OF_WIDTH, find_print
from digitlens.reading.stages import Ink
from digitlens.reading.straight import Mask

_FAINT = 48  # ink from which a line is seen; below half, it would leave pieces
_LEAST_SIDE = 48  # pixels; in smaller pictures, a line is a row of few pixels
_CELL_INK = 14  # of a cell that a line of one pixel goes through
_SIDE = 0.7  # least height of the sides of a box, as a share of the height of all ink


def without_print(ink: Ink) -> Ink:
    """Take printed lines and boxes out of the ink.

    Args:
        ink: uint8 (h, w), 255 is ink; such that `may_have_lines`, for it takes long.

    Returns:
        The same without them; the very same where there are none, or where nothing else is.
    """
    if max(ink.shape) < _LEAST_SIDE:
        return ink
    mask = cv2.threshold(ink, _FAINT, 1, cv2.THRESH_BINARY)[1]
    found = find_print(mask)
    if not found.levels:
        return ink
    return np.where(without_lines(mask, found) < band(mask, found), np.uint8(0), ink)


def may_have_lines(cells: Ink) -> bool:
    """Whether something is level for nearly as long as the ink is high, or goes around it.

    Args:
        cells: Ink, reduced to 64 to 128 cells on its longer side.
    """
    inked = cv2.threshold(cells, _CELL_INK, 1, cv2.THRESH_BINARY)[1]
    x, y, width, height = cv2.boundingRect(inked)
    window = inked[y : y + height, x : x + width]
    least = max(LEVEL * height, OF_WIDTH * width)
    across = 0.9 * width if width >= inked.shape[1] - 1 else max(LONG * height, least)
    if _has_run(window, across):
        return True
    third = max(1, width // 3)
    sides = window[:, :third], window[:, -third:]
    is_between = all(_has_run(np.ascontiguousarray(s.T), _SIDE * height) for s in sides)
    return is_between and _has_run(window, least)


def _has_run(cells: Mask, least: float) -> bool:
    """Whether there is a level run of so many cells; a line may go askew by a cell."""
    if least > cells.shape[1]:
        return False
    # A run has at most as many as two rows have, which is quickly seen.
    counts = cv2.reduce(cells, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel()
    if len(counts) > 1 and int((counts[1:] + counts[:-1]).max()) < least:
        return False
    wide = cv2.dilate(cells, np.ones((2, 1), np.uint8))
    run = np.ones((1, max(1, int(least))), np.uint8)
    return cv2.countNonZero(cv2.erode(wide, run, borderValue=0)) > 0
