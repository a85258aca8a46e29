"""Transparency: a ground is put behind a picture so that what is visible in it is seen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digitlens.reading.stages import HALF, Grey

_PATCH_SPREAD = 48  # grey levels within which the visible part of a picture is one flat ink
_PATCH_FILL = 0.5  # share of its bounding box that a visible patch of paper fills; ink does not


def fill(levels: npt.NDArray[np.uint8]) -> Grey:
    """Put a ground behind a picture with transparent parts, so that what is visible is seen.

    Where one flat ink is visible, black or white, its alpha is the drawing. Where a patch of
    paper is visible, its own ground goes on around it.

    Args:
        levels: uint8 (h, w, 2), grey and alpha.

    Returns:
        uint8 (h, w), 0 is black.
    """
    grey, alpha = levels[:, :, 0], levels[:, :, 1]
    visible = alpha > HALF
    if visible.all():
        return np.ascontiguousarray(grey)
    shown = grey[visible]
    if shown.size and _is_patch(shown, visible):
        ground = float(np.median(shown))
        opacity = alpha.astype(np.float32) / 255
        return (grey * opacity + ground * (1 - opacity)).astype(np.uint8)
    return 255 - alpha


def _is_patch(shown: npt.NDArray[np.uint8], visible: npt.NDArray[np.bool_]) -> bool:
    low, high = np.percentile(shown, [2, 98])
    rows, columns = np.flatnonzero(visible.any(axis=1)), np.flatnonzero(visible.any(axis=0))
    area = (rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1)
    return bool(high - low > _PATCH_SPREAD and shown.size > _PATCH_FILL * area)
