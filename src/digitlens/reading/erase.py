"""Erase: lines are taken out of the ink, and the strokes that cross them stay whole."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from digitlens.reading.straight import Line, Mask

_EDGE = 4  # pixels by which a line is taken out beyond its ends


@dataclass(frozen=True, slots=True)
class Lines:
    """Level lines, and upright ones, whose x and y are exchanged."""

    levels: list[Line]
    uprights: list[Line]


def without_lines(mask: Mask, lines: Lines) -> Mask:
    """Take lines out of the ink, but for what joins the strokes on either side of them.

    Args:
        mask: uint8 (h, w), 1 is ink.
        lines: At least one.
    """
    crossed = band(mask, lines)
    strokes = mask & (1 - crossed)
    joined: Mask = cv2.dilate(strokes, np.ones((3, 3), np.uint8))  # a soft edge is not the line's
    for way in _ways(max(_band_width(line) for line in lines.levels + lines.uprights) + 2):
        joined = cv2.bitwise_or(joined, cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, way))
    return cv2.bitwise_or(strokes, cv2.bitwise_and(joined, mask))


def band(mask: Mask, lines: Lines) -> Mask:
    """Where lines are, with their soft edges: 1 there, 0 elsewhere."""
    level: Mask = np.zeros(mask.shape, np.uint8)
    upright: Mask = np.zeros(mask.shape[::-1], np.uint8)
    for canvas, drawn in ((level, lines.levels), (upright, lines.uprights)):
        for line in drawn:
            start, end = line.start - _EDGE, line.end + _EDGE
            ends = (start, round(line.y(start))), (end, round(line.y(end)))
            cv2.line(canvas, ends[0], ends[1], (1,), _band_width(line))
    both: Mask = level | upright.T
    return both


def _ways(reach: int) -> list[Mask]:
    """Lines in eight directions, each reaching across a band of that width, level or upright."""
    half = (reach + 1) // 2
    half += half % 2  # their sides are of an odd number, or closing would move the ink
    ways = []
    for x, y in ((2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (-1, 2), (-2, 2), (-2, 1)):
        way = np.zeros((abs(y) * half + 1, abs(x) * half + 1), np.uint8)
        cv2.line(way, (0, 0), (abs(x) * half, abs(y) * half), (1,))
        ways.append(way if x >= 0 else np.ascontiguousarray(way[:, ::-1]))
    return ways


def _band_width(line: Line) -> int:
    return round(line.width) + 2 | 1
