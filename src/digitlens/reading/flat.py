"""The ink of a drawing: one ground, one ink, and the blend of both along the edges."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.reading.around import FLAT, ground_around, has_surface
from digitlens.reading.patch import is_digit, patch_on_ground
from digitlens.reading.printed import may_have_lines, without_print
from digitlens.reading.resize import to_cells
from digitlens.reading.stages import Grey, Ink

_LEAST_LEVELS = 16  # of ink against the ground, in grey levels
_FEW_INK = 0.3  # share of the picture that ink covers where a digit has any room around it
_MOST_INK = 0.6  # share of the picture that ink may cover
_OTHER_INK = 0.02  # share of the pixels off the ground that may be on its other side
_EDGE_INK = 40  # of every cell along a dark edge
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
    rest[max(0, ground - FLAT) : ground + FLAT + 1] = 0
    dark, light = float(rest[:ground].sum()), float(rest[ground:].sum())
    if dark + light == 0:
        return np.zeros_like(grey)
    if dark + light > _FEW_INK * grey.size and not _is_around(ground, grey):
        return None
    if dark + light > _MOST_INK * grey.size or min(dark, light) > _OTHER_INK * max(dark, light):
        return None
    away = rest[ground::-1] if dark > light else rest[ground:]
    contrast = int(np.flatnonzero(away > 0.005 * away.sum())[-1])
    if contrast < _LEAST_LEVELS:
        return np.zeros_like(grey)
    if not _is_one_ink(away, contrast, max(grey.shape) <= _ICON_SIDE):
        return None
    ink = _stretch(grey, ground, -contrast if dark > light else contrast)
    cells = to_cells(ink)
    is_lined = may_have_lines(cells)
    patch = patch_on_ground(ink, cells) if is_lined else None
    if patch and (inner := ink_on_flat_ground(grey[patch])) is not None and is_digit(inner):
        ink = np.zeros_like(ink)
        ink[patch] = inner
        return ink
    is_icon = max(cells.shape) <= _ICON_SIDE
    if not is_icon and (has_surface(cells, max(cells.shape)) or _has_dark_edge(cells)):
        return None
    return without_print(ink) if is_lined else ink


def _is_around(ground: int, grey: Grey) -> bool:
    """Whether no other level is commoner along the edges than what is taken for the ground.

    A thick 0 that is cut out at its ink has more ink than ground, but not along the edges.
    """
    around = ground_around(grey)
    return around is None or abs(around.level - ground) <= FLAT


def _is_one_ink(away: npt.NDArray[Any], contrast: int, is_icon: bool) -> bool:
    """Whether what is not ground is one ink and its soft edges, not light or other paper.

    Args:
        away: How many pixels have each distance from the ground's level.
        contrast: Distance of the ink.
        is_icon: Whether the digit fills the picture; what is pale are traces of compression then.
    """
    if is_icon:
        away = away.copy()
        away[: contrast // 4] = 0
    everything = float(away.sum())
    commonest = int(away.argmax())
    around = float(away[max(0, commonest - FLAT) : commonest + FLAT + 1].sum())
    is_other_paper = commonest < 0.8 * contrast and around > 0.3 * everything
    is_light = float(away[: contrast // 3].sum()) > 0.6 * everything
    return not is_other_paper and not is_light


def _stretch(grey: Grey, ground: int, contrast: int) -> Ink:
    """Stretch the levels so that the ground becomes 0, and the ink, `contrast` away, 255."""
    levels = np.clip((np.arange(256.0) - ground) / contrast * 255, 0, 255)
    return cv2.LUT(grey, np.rint(levels).astype(np.uint8))


def _has_dark_edge(cells: Ink) -> bool:
    """Whether a whole edge of the picture is dark, as the lid of a scanner leaves it."""
    corners = (cells[0, 0], cells[0, -1], cells[-1, 0], cells[-1, -1])
    if sum(corner > _EDGE_INK for corner in corners) < 2:  # which is quickly seen
        return False
    return any(side.min() > _EDGE_INK for side in (cells[0], cells[-1], cells[:, 0], cells[:, -1]))
