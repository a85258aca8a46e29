"""The ink of a drawing: one ground, one ink, and the blend of both along the edges."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.reading.stages import HALF, Grey, Ink

_FLAT = 10  # grey levels by which a flat ground, or the ink on it, may vary
_LEAST_LEVELS = 16  # of ink against the ground, in grey levels
_MOST_INK = 0.6  # share of the picture that ink may cover
_OTHER_INK = 0.02  # share of the pixels off the ground that may be on its other side
_COARSE_SIDE = 32  # longest side at which strokes are told from surfaces, in pixels
_SURFACE = 0.32  # what is wider than this share of the longest side is no stroke, nor a blot
_ICON_SIDE = 40  # longest side of a picture that the digit fills, blots and all, in pixels


def ink_on_flat_ground(grey: Grey) -> Ink | None:
    """Find the ink of a drawing.

    Args:
        grey: uint8 (h, w), 0 is black.

    Returns:
        uint8 (h, w), 255 is ink; None where the picture is not such a drawing.
    """
    counts = cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel()
    ground = int(counts.argmax())
    rest = counts.copy()
    rest[max(0, ground - _FLAT) : ground + _FLAT + 1] = 0
    dark, light = float(rest[:ground].sum()), float(rest[ground:].sum())
    if dark + light == 0:
        return np.zeros_like(grey)
    if dark + light > _MOST_INK * grey.size or min(dark, light) > _OTHER_INK * max(dark, light):
        return None
    away = rest[ground::-1] if dark > light else rest[ground:]
    contrast = int(np.flatnonzero(away > 0.005 * away.sum())[-1])
    if contrast < _LEAST_LEVELS:
        return np.zeros_like(grey)
    if not _is_one_ink(away, contrast):
        return None
    ink = _stretch(grey, ground, -contrast if dark > light else contrast)
    return None if _has_surface(ink) else ink


def _is_one_ink(away: npt.NDArray[Any], contrast: int) -> bool:
    """Whether what is not ground is one ink and its soft edges, not light or other paper.

    Args:
        away: How many pixels have each distance from the ground's level.
        contrast: Distance of the ink.
    """
    everything = float(away.sum())
    commonest = int(away.argmax())
    around = float(away[max(0, commonest - _FLAT) : commonest + _FLAT + 1].sum())
    is_other_paper = commonest < 0.8 * contrast and around > 0.3 * everything
    is_light = float(away[: contrast // 3].sum()) > 0.6 * everything
    return not is_other_paper and not is_light


def _stretch(grey: Grey, ground: int, contrast: int) -> Ink:
    """Stretch the levels so that the ground becomes 0, and the ink, `contrast` away, 255."""
    levels = np.clip((np.arange(256.0) - ground) / contrast * 255, 0, 255)
    return cv2.LUT(grey, np.rint(levels).astype(np.uint8))


def _has_surface(ink: Ink) -> bool:
    """Whether something, however pale, is wider than any stroke: a shadow, a table, other paper."""
    height, width = ink.shape
    if max(height, width) <= _ICON_SIDE:
        return False
    # A whole number of pixels to one, which OpenCV averages many times faster than a fraction.
    pixels = max(1, max(height, width) // _COARSE_SIDE)
    size = (max(1, width // pixels), max(1, height // pixels))
    whole = ink[: size[1] * pixels, : size[0] * pixels]
    coarse = cv2.resize(whole, size, interpolation=cv2.INTER_AREA)
    reach = round(_SURFACE * max(coarse.shape)) | 1
    return int(cv2.erode(coarse, np.ones((reach, reach), np.uint8)).max()) > HALF // 2
