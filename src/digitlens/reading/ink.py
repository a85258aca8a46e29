"""Find the ink: what was written, whatever it is written with and on.

A drawing on a flat ground says itself what is ground and what is ink (`flat`). Anything else, a
photo or a scan, is first divided by its own light (`uneven`).
"""

from __future__ import annotations

import cv2
import numpy as np

from digitlens.reading.around import FLAT, ground_around, has_surface, is_paper
from digitlens.reading.blocks import to_true_size
from digitlens.reading.flat import ink_on_flat_ground
from digitlens.reading.resize import shrink, to_cells
from digitlens.reading.stages import HALF, Grey, Ink
from digitlens.reading.uneven import ink_on_uneven_ground

cv2.setNumThreads(1)  # readers work in threads of their own; OpenCV's would only get in their way

MAX_SIDE = 640  # longest side at which ink is looked for, in pixels
_SPECK = 0.1  # a part whose longer side is less than this share of the largest part's is a speck


def find_ink(grey: Grey) -> Ink:
    """Find the ink of a picture, dark on light or light on dark.

    Args:
        grey: uint8 (h, w), 0 is black.

    Returns:
        uint8 (h, w), 255 is ink, without specks; all zeros where there is none. The longer side
        is at most `MAX_SIDE`: a larger picture is reduced, and so is one made of blocks.
    """
    grey = shrink(grey, MAX_SIDE)
    true = to_true_size(grey)
    if true is not grey:
        return _find_in_icon(true)
    return _find(grey)


def _find(grey: Grey) -> Ink:
    ink = ink_on_flat_ground(grey)
    if ink is None:
        ink = _find_with_room(grey)
    return drop_specks(ink_on_uneven_ground(grey) if ink is None else ink)


def _find_with_room(grey: Grey) -> Ink | None:
    """The same for a drawing that was cut out at its ink, which leaves little of its ground."""
    ground = ground_around(grey)
    if ground is None:
        return None
    framed, room = _with_room(grey, ground.level)
    ink = ink_on_flat_ground(framed)
    if ink is None or is_paper(ink):
        return None
    if not ground.is_even:  # the room makes what is light, not ink, look narrow
        cells = to_cells(ink)
        if has_surface(cells, max(grey.shape) / max(framed.shape) * max(cells.shape)):
            return None
    return np.ascontiguousarray(ink[room:-room, room:-room])


def _find_in_icon(grey: Grey) -> Ink:
    """The same for a picture of few pixels, which a digit fills: more ground is put around it."""
    corners = grey[[0, 0, -1, -1], [0, -1, 0, -1]]
    level = int(np.median(corners))
    if np.ptp(corners) > FLAT and (ground := ground_around(grey)):
        level = ground.level
    framed, room = _with_room(grey, level)
    return np.ascontiguousarray(_find(framed)[room:-room, room:-room])


def _with_room(grey: Grey, ground: int) -> tuple[Grey, int]:
    """A picture with more of its ground around it, and how much, in pixels."""
    room = max(grey.shape) // 3
    return cv2.copyMakeBorder(grey, *(room,) * 4, cv2.BORDER_CONSTANT, value=(ground,)), room


def drop_specks(ink: Ink) -> Ink:
    """Drop the parts that are much smaller than the largest."""
    mask = as_mask(ink)
    x, y, width, height = cv2.boundingRect(mask)
    if width == 0:
        return np.zeros_like(ink)
    window = mask[y : y + height, x : x + width]
    count, parts = cv2.connectedComponents(window, connectivity=8)
    if count == 2:  # the usual case; asking for statistics at once takes six times as long
        return ink
    count, parts, stats, _ = cv2.connectedComponentsWithStats(window, connectivity=8)
    sides = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    specks = np.flatnonzero(sides < _SPECK * sides.max()) + 1
    if not specks.size:
        return ink
    marked = np.zeros_like(mask)
    marked[y : y + height, x : x + width] = np.isin(parts, specks)
    return np.where(cv2.dilate(marked, np.ones((3, 3), np.uint8)) > 0, np.uint8(0), ink)


def as_mask(ink: Ink) -> Ink:
    """Which pixels are more ink than ground: uint8, 1 there, 0 elsewhere."""
    return cv2.threshold(ink, HALF, 1, cv2.THRESH_BINARY)[1]
