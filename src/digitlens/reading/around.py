"""Around: what the edges of a picture tell of its ground, and what is too wide for a stroke."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.reading.resize import average
from digitlens.reading.stages import HALF, Grey, Ink

FLAT = 10  # grey levels by which a flat ground, or the ink on it, may vary
_LEAST = 0.35  # share of the edges that are ground where a digit fills its picture
_EVEN = 0.65  # share of an even ground that has its very level, within one
_MOST_CROSSED = 8  # strokes that reach the edges of a square; squared paper has more lines
_FILL = 0.85  # least share of its rectangle that paper fills
_SURFACE = 0.32  # what is wider than this share of the longest side is no stroke, nor a blot


@dataclass(frozen=True, slots=True)
class Ground:
    """What is around a digit.

    Attributes:
        level: Of grey, 0 is black.
        is_even: Whether it is the very same nearly everywhere, as nothing is that was scanned.
    """

    level: int
    is_even: bool


def ground_around(grey: Grey) -> Ground | None:
    """The ground along the edges of a picture; None where they are not ground and some strokes.

    Args:
        grey: uint8 (h, w), 0 is black.
    """
    sides = [s.astype(np.int16) for s in (grey[0], grey[:, -1], grey[-1, ::-1], grey[::-1, 0])]
    around = np.concatenate(sides)
    level = int(np.bincount(around, minlength=256).argmax())
    away = [np.abs(side - level) for side in sides]
    is_ground = np.concatenate(away) <= FLAT
    is_even = bool((np.concatenate(away)[is_ground] <= 1).mean() > _EVEN)
    crossed = np.count_nonzero(is_ground != np.roll(is_ground, 1)) // 2
    length = max(grey.shape) / min(grey.shape)
    if is_ground.mean() < _LEAST or crossed > _MOST_CROSSED * length:
        return None
    return Ground(level, is_even) if _is_of_strokes(away, is_even) else None


def _is_of_strokes(away: list[npt.NDArray[Any]], is_even: bool) -> bool:
    """Whether what is not ground may be strokes, and no lid of a scanner, nor a table.

    These are along whole sides; of a digit that may be the bar of a 7, if it fills its picture.

    Args:
        away: How far the levels of each side are from the ground's, the sides in their order.
        is_even: As of `Ground`.
    """
    whole = [n for n, side in enumerate(away) if side.min() > FLAT]
    if not whole:
        return True
    return is_even and len(whole) == 1 and bool(away[(whole[0] + 2) % 4].max() > FLAT)


def is_paper(ink: Ink) -> bool:
    """Whether what was taken for ink is paper in a frame: it fills a rectangle, as no digit does.

    Args:
        ink: uint8 (h, w), 255 is ink.
    """
    mask = cv2.threshold(ink, HALF // 2, 1, cv2.THRESH_BINARY)[1]
    _, _, width, height = cv2.boundingRect(mask)
    return cv2.countNonZero(mask) > _FILL * width * height


def has_surface(cells: Ink, side: float) -> bool:
    """Whether something, however pale, is wider than any stroke: a shadow, a table, other paper.

    Args:
        cells: The ink as `to_cells` reduces it.
        side: The longest side of what is looked at, in cells.
    """
    reach = round(_SURFACE * side / 2) | 1
    coarse = average(cells, 2)
    return int(cv2.erode(coarse, np.ones((reach, reach), np.uint8)).max()) > HALF // 2
