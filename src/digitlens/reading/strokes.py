"""Strokes: pen paths become ink, with a pen that suits their size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.errors import StrokesError
from digitlens.reading.stages import Ink

_HEIGHT = 160  # of a drawing that is as high as wide, in pixels
_WIDTH = 640  # widest that a drawing gets, in pixels
_PEN = 0.07  # width of the pen as a share of the drawing's height
_SHIFT = 4  # OpenCV takes coordinates in fractions of 2^-4 pixels

Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Strokes as ink.

    Attributes:
        ink: uint8 (h, w), 255 is ink.
        scale: Pixels of the ink per unit of the strokes.
        origin: The place in the strokes' units that is pixel 0, 0 of the ink.
    """

    ink: Ink
    scale: float
    origin: tuple[float, float]


def check_strokes(strokes: object, max_points: int) -> list[Points]:
    """Check that strokes are lists of points, and turn each into an array.

    Args:
        strokes: A sequence of strokes, each a sequence of (x, y), y down, in any unit.
        max_points: Most points in all.

    Returns:
        For each stroke float64 (n, 2), n at least 1; empty strokes are left out.

    Raises:
        StrokesError: They are none, have too many points, or hold something else than numbers.
    """
    if not isinstance(strokes, Sequence) or isinstance(strokes, str):
        raise StrokesError("strokes", "a list of strokes", type(strokes).__name__)
    checked = []
    left = max_points
    for index, stroke in enumerate(strokes):
        left -= len(stroke) if isinstance(stroke, Sequence | np.ndarray) else 0
        if left < 0:
            raise StrokesError("strokes", f"up to {max_points:,} points", "more")
        points = _check_stroke(stroke, f"strokes[{index}]")
        if len(points):
            checked.append(points)
    return checked


def _check_stroke(stroke: object, argument: str) -> Points:
    expected = "a list of points [x, y]"
    try:
        points = np.asarray(stroke, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise StrokesError(argument, expected, f"something else ({error})") from error
    if points.size == 0:
        return np.empty((0, 2))
    if points.ndim != 2 or points.shape[1] != 2:
        raise StrokesError(argument, expected, f"numbers of shape {points.shape}")
    if not np.isfinite(points).all() or np.abs(points).max() > 1e9:
        raise StrokesError(argument, "finite coordinates", "NaN, infinity or more than 10^9")
    return points


def draw(strokes: list[Points]) -> Drawing:
    """Draw strokes as ink.

    Args:
        strokes: As `check_strokes` returns them.

    Returns:
        The ink; a pixel without ink where there are no strokes.
    """
    if not strokes:
        return Drawing(np.zeros((1, 1), np.uint8), 1.0, (0.0, 0.0))
    points = np.concatenate(strokes)
    low, span = points.min(axis=0), np.ptp(points, axis=0)
    height = max(span[1], span[0] / 4, 1e-6)  # a dash has no height of its own
    scale = min(_HEIGHT / height, _WIDTH / max(span[0], 1e-6))
    pen = max(2, round(_PEN * height * scale))
    width, tall = (math.ceil(s * scale) + 2 * pen for s in span)
    paper = np.zeros((tall, width), np.uint8)
    for stroke in strokes:
        if len(stroke) == 1:  # a dot: OpenCV draws nothing for a line of one point
            stroke = np.repeat(stroke, 2, axis=0)
        placed = np.rint(((stroke - low) * scale + pen) * 2**_SHIFT).astype(np.int32)
        cv2.polylines(paper, [placed], False, 255, pen, cv2.LINE_AA, _SHIFT)
    origin = (float(low[0] - pen / scale), float(low[1] - pen / scale))
    return Drawing(paper, scale, origin)
