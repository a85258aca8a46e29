"""Straight lines: thin, nearly level, long. A Hough transform that knows what it looks for.

Duda, Hart 1972, "Use of the Hough Transformation to Detect Lines and Curves in Pictures": every
pixel votes for the lines that it could lie on. Here each column of a thin line has one vote, and
only for lines that are nearly level. Upright lines are the level ones of the transposed ink.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

_SLOPES = np.linspace(-0.1, 0.1, 21)  # height by length; a page lies askew by up to 6 degrees
_THICKEST = 0.03  # of a line, as a share of the longest side of the ink, ...
_LEAST_THICKEST = 5  # ... but at least so many pixels
_RUN = 7  # pixels that a line is level for, at the least
_NEAR = 1.5  # most pixels by which the edge of a straight line is off its place; and of one ...
_NEAR_SHORT, _NEAR_LONGER = 0.6, 0.005  # ... that is short: so many, and so many for each long
_SHORTEST = 32  # pixels; in less, every curve is straight
_CURVE = 8  # pixels within which the rest of a stroke that is not straight lies
_STRAIGHT = 0.65  # least share of the votes within those that are near
_GAP = 0.03  # longest gap in a line, as a share of its length
_VOTED = 0.35  # least share of a line's length where it is thin: elsewhere, a stroke crosses it
_MOST_LINES = 60
_FRAME = 4  # pixels without ink around it

Mask = npt.NDArray[Any]  # uint8 (h, w), 1 is ink
Places = npt.NDArray[Any]  # whole numbers (n,)


@dataclass(frozen=True, slots=True)
class Line:
    """A straight, nearly level line: y = at + slope · x, in pixels.

    Attributes:
        at: Height at x = 0.
        slope: Height by length.
        start: First x.
        end: Last x.
        width: Thickness.
    """

    at: float
    slope: float
    start: int
    end: int
    width: float

    @property
    def length(self) -> int:
        """Length in pixels."""
        return self.end - self.start + 1

    def y(self, x: float) -> float:
        """Height at a place."""
        return self.at + self.slope * x

    def moved(self, right: int, down: int) -> Line:
        """The same line elsewhere."""
        at = self.at + down - self.slope * right
        return Line(at, self.slope, self.start + right, self.end + right, self.width)


def level_lines(mask: Mask, least: float) -> list[Line]:
    """Find straight, thin, nearly level lines.

    Args:
        mask: uint8 (h, w), 1 is ink.
        least: Length from which a line counts, in pixels.

    Returns:
        The lines, those with most votes first.
    """
    left, top, width, height = cv2.boundingRect(mask)
    least = max(least, _SHORTEST)
    if width < least:
        return []
    window = mask[top : top + height, left : left + width]
    # What lies beyond an edge counts as ink where things are made thinner: there is none.
    window = cv2.copyMakeBorder(window, *(_FRAME,) * 4, cv2.BORDER_CONSTANT, value=0)
    return [line.moved(left - _FRAME, top - _FRAME) for line in _lines_in(window, least)]


def _lines_in(mask: Mask, least: float) -> list[Line]:
    thickest = max(_LEAST_THICKEST, round(_THICKEST * max(mask.shape)))
    # Of an odd number, or opening would move the ink.
    thick = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((thickest + 1 | 1, 1), np.uint8))
    thin = cv2.morphologyEx(mask & (1 - thick), cv2.MORPH_OPEN, np.ones((1, _RUN), np.uint8))
    tops: Mask = thin.copy()
    tops[1:][thin[:-1] > 0] = 0
    ys, xs = np.divmod(np.flatnonzero(tops.view(np.bool_)), mask.shape[1])
    reached = cv2.dilate(mask, np.ones((5, 1), np.uint8))
    lines: list[Line] = []
    while len(xs) >= _VOTED * least and len(lines) < _MOST_LINES:
        slope, at = _most_votes(ys, xs, lines)
        off = np.abs(ys - at - slope * xs)
        near = off < 2 * _NEAR
        if near.sum() < _VOTED * least:
            break
        around = off < _CURVE
        line = _follow(ys[around], xs[around], slope, at, reached, thin)
        if line is not None and line.length >= least:
            lines.append(line)
            near |= np.abs(ys - line.at - line.slope * xs) < line.width / 2 + 2 * _NEAR
        ys, xs = ys[~near], xs[~near]
    return lines


def _most_votes(ys: Places, xs: Places, found: list[Line]) -> tuple[float, float]:
    """Slope and height of the line with most votes. The lines of a page are nearly parallel."""
    slopes = _SLOPES
    if found:
        slopes = slopes[np.abs(slopes - found[0].slope) < 0.035]
    heights = np.rint(ys - slopes[:, None] * xs).astype(np.int64)
    low = int(heights.min())
    count = int(heights.max()) - low + 1
    # All slopes are counted at once, each in a row of its own with room at its end.
    rows = heights - low + (count + 2) * np.arange(len(slopes))[:, None]
    votes = np.bincount(rows.ravel(), minlength=len(slopes) * (count + 2))
    around = votes.copy()
    around[1:] += votes[:-1]
    around[:-1] += votes[1:]
    best, top = divmod(int(around.argmax()), count + 2)
    return float(slopes[best]), float(top + low)


def _follow(
    ys: Places, xs: Places, slope: float, at: float, reached: Mask, thin: Mask
) -> Line | None:
    """Fit a line to the votes around it, and see from where to where it goes."""
    slope, at = _fit(ys, xs, np.abs(ys - at - slope * xs) < 2 * _NEAR)
    columns = np.arange(reached.shape[1])
    rows = np.rint(at + slope * columns).astype(np.int64)
    covered = np.flatnonzero((rows >= 0) & (rows < len(reached)))
    covered = covered[reached[rows[covered], covered] > 0]
    if abs(slope) > _SLOPES[-1] + 0.01 or not len(covered):
        return None
    start, end = _longest(covered, _GAP * (covered[-1] - covered[0]) + 2)
    off = np.abs(ys - at - slope * xs)
    near = off < min(_NEAR, _NEAR_SHORT + _NEAR_LONGER * (end - start))
    near &= (xs >= start) & (xs <= end)
    votes = int(near.sum())
    around = int(((xs >= start) & (xs <= end)).sum())
    if votes < _VOTED * (end - start + 1) or votes < _STRAIGHT * around:
        return None
    width = _thickness(thin, rows, xs[near])
    return Line(at + (width - 1) / 2, slope, start, end, width)


def _fit(ys: Places, xs: Places, near: Mask) -> tuple[float, float]:
    """Slope and height of the straight line through some votes, by least squares."""
    x, y = xs[near].astype(np.float64), ys[near].astype(np.float64)
    off = x - x.mean()
    slope = float(off @ y / max(off @ off, 1e-9))
    return slope, float(y.mean() - slope * x.mean())


def _longest(places: Places, gap: float) -> tuple[int, int]:
    """First and last of the longest run of places without a gap."""
    breaks = np.flatnonzero(np.diff(places) > gap)
    starts = places[np.concatenate([[0], breaks + 1])]
    ends = places[np.concatenate([breaks, [len(places) - 1]])]
    longest = int((ends - starts).argmax())
    return int(starts[longest]), int(ends[longest])


def _thickness(thin: Mask, rows: Places, columns: Places) -> float:
    """Usual number of thin pixels that lie below the upper edge of a line."""
    depth = max(_LEAST_THICKEST, round(_THICKEST * max(thin.shape))) + 2
    below = np.clip(rows[columns][None] + np.arange(-1, depth)[:, None], 0, len(thin) - 1)
    return max(1.0, float(np.median(thin[below, columns].sum(axis=0))))
