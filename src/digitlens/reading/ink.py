"""Find the ink: what was written, whatever it is written with and on.

A drawing on a flat ground says itself what is ground and what is ink. Anything else (a photo, a
scan) is first divided by its own light: the ground is estimated around every place, which takes
shadow and paper tone away, and what then stands out of the noise is ink.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.reading.stages import Grey, Ink

cv2.setNumThreads(1)  # readers work in threads of their own; OpenCV's would only get in their way

MAX_SIDE = 640  # longest side at which ink is looked for, in pixels
_FLAT = 10  # grey levels by which a flat ground, or the ink on it, may vary
_LEAST_LEVELS = 16  # of ink against a flat ground, in grey levels
_GROUND_SIDE = 160  # longest side at which the ground of a photo is estimated, in pixels
_GROUND_REACH = 0.3  # the widest stroke that is not taken for ground, as a share of that side
_LEAST_CONTRAST = 0.07  # of ink against its ground, 0 to 1: a faint pencil has 0.15
_LEAST_NOISE_RATIO = 6.0  # of ink to the noise of its ground
_SPECK = 0.1  # a part whose longer side is less than this share of the largest part's is a speck


def find_ink(grey: Grey) -> Ink:
    """Find the ink of a picture, dark on light or light on dark.

    Args:
        grey: uint8 (h, w), 0 is black.

    Returns:
        float32 (h, w), 0 to 1, 1 is ink, without specks; all zeros where there is none. The
        longer side is at most `MAX_SIDE`: a larger picture is reduced.
    """
    grey = shrink(grey, MAX_SIDE)
    ink = _on_flat_ground(grey)
    return drop_specks(_on_uneven_ground(grey) if ink is None else ink)


def shrink(grey: Grey, side: int) -> Grey:
    """Reduce a picture until its longer side is at most `side` pixels."""
    height, width = grey.shape
    scale = side / max(height, width)
    if scale >= 1:
        return grey
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(grey, size, interpolation=cv2.INTER_AREA)


def _on_flat_ground(grey: Grey) -> Ink | None:
    """The ink of a drawing: one ground, one ink, and the blend of both along the edges.

    Returns None where the picture is not such a drawing.
    """
    counts = cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel()
    ground = int(counts.argmax())
    rest = counts.copy()
    rest[max(0, ground - _FLAT) : ground + _FLAT + 1] = 0
    dark, light = float(rest[:ground].sum()), float(rest[ground:].sum())
    if dark + light == 0:
        return np.zeros(grey.shape, np.float32)
    if dark + light > 0.6 * grey.size or min(dark, light) > 0.02 * max(dark, light):
        return None
    side = rest[ground::-1] if dark > light else rest[ground:]  # by distance from the ground
    contrast = int(np.flatnonzero(side > 0.005 * side.sum())[-1]) if side.sum() else 0
    commonest = int(side.argmax())
    if commonest < 0.8 * contrast and _around(side, commonest) > 0.3 * side.sum():
        return None  # most of what is not ground is neither ink: a patch of other paper
    if contrast < _LEAST_LEVELS:
        return np.zeros(grey.shape, np.float32)
    sign = -1 if dark > light else 1
    levels = np.clip(sign * (np.arange(256) - ground) / contrast, 0, 1).astype(np.float32)
    return cv2.LUT(grey, levels)


def _around(counts: npt.NDArray[np.float32], level: int) -> float:
    return float(counts[max(0, level - _FLAT) : level + _FLAT + 1].sum())


def _on_uneven_ground(grey: Grey) -> Ink:
    """The ink of a photo or a scan: what is darker (or lighter) than the ground around it."""
    small = cv2.medianBlur(_fill_padding(shrink(grey, _GROUND_SIDE)), 3)
    picture = cv2.GaussianBlur(grey, (3, 3), 0)
    if _is_light_on_dark(small):
        small, picture = 255 - small, 255 - picture
    ground = cv2.resize(_ground(small), grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    depth = 1 - picture / np.maximum(ground, 1).astype(np.float32)
    return _stand_out(depth.astype(np.float32))


def _fill_padding(small: Grey) -> Grey:
    """Give a frame of one constant level the level of the paper that lies in it."""
    frame = np.zeros(small.shape, bool)
    for corner in (small[0, 0], small[0, -1], small[-1, 0], small[-1, -1]):
        frame |= small == corner
    _, parts = cv2.connectedComponents(frame.astype(np.uint8), connectivity=4)
    at_corner = {parts[0, 0], parts[0, -1], parts[-1, 0], parts[-1, -1]} - {0}
    padding = np.isin(parts, list(at_corner))
    ring = (cv2.dilate(padding.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0) & ~padding
    if not 0.05 < padding.mean() < 0.95 or not ring.any():
        return small
    filled = small.copy()
    # One pixel more: the edge of a reduced picture blends padding and paper.
    edge = cv2.dilate(padding.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    filled[edge] = np.median(small[ring])
    return filled


def _is_light_on_dark(small: Grey) -> bool:
    """Whether the ink is lighter than the ground: strokes are the lesser part of a picture."""
    reach = min(int(max(small.shape) * _GROUND_REACH * 1.5) | 1, 255)
    away = small.astype(np.float32) - cv2.medianBlur(small, reach)
    return bool((away**3).sum() > 0)


def _ground(small: Grey) -> Grey:
    """The light of the paper everywhere, ink or not: a closing wider than any stroke."""
    reach = max(3, int(max(small.shape) * _GROUND_REACH) | 1)
    kernel = np.ones((reach, reach), np.uint8)
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel)
    return cv2.GaussianBlur(closed, (5, 5), 0)


def _stand_out(depth: Ink) -> Ink:
    """Keep what stands out of the noise, connected to something that does so clearly."""
    few = max(8, round(0.0005 * depth.size))
    strength = float(np.partition(depth.ravel(), -few)[-few])
    noise = 1.4826 * float(np.median(np.abs(depth - np.median(depth))))
    if strength < max(_LEAST_CONTRAST, _LEAST_NOISE_RATIO * noise):
        return np.zeros(depth.shape, np.float32)
    ink = np.clip((depth / strength - 0.2) / 0.45, 0, 1).astype(np.float32)
    _, parts = cv2.connectedComponents((ink > 0.3).astype(np.uint8), connectivity=8)
    clear = np.unique(parts[depth > 0.6 * strength])
    return np.where(np.isin(parts, clear[clear > 0]), ink, np.float32(0))


def drop_specks(ink: Ink) -> Ink:
    """Drop the parts that are much smaller than the largest."""
    mask = (ink > 0.5).view(np.uint8)
    x, y, width, height = cv2.boundingRect(mask)
    if width == 0:
        return np.zeros_like(ink)
    window = mask[y : y + height, x : x + width]
    count, parts, stats, _ = cv2.connectedComponentsWithStats(window, connectivity=8)
    if count == 2:
        return ink
    sides = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    specks = np.flatnonzero(sides < _SPECK * sides.max()) + 1
    if not specks.size:
        return ink
    marked = np.zeros_like(mask)
    marked[y : y + height, x : x + width] = np.isin(parts, specks)
    return np.where(cv2.dilate(marked, np.ones((3, 3), np.uint8)) > 0, np.float32(0), ink)
