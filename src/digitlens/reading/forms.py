"""Forms: which straight lines are print, the rules and boxes of paper, and which are strokes.

Lines are print by how they stand to the rest of the ink: they run on past it on both sides, or go
around it. The bar of a 7 and the foot of a 1 do not.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from digitlens.reading.erase import Lines, band, without_lines
from digitlens.reading.straight import Line, Mask, level_lines

LEVEL = 0.3  # least length of a level line, as a share of the height of all ink
_UPRIGHT = 0.25  # the same of an upright one
OF_WIDTH = 0.3  # least length of a level line, as a share of the width of all ink
LONG = 0.8  # length of a line that is no part of a box, as a share of the rest's height
_LONE = 64  # pixels of such a line: what is shorter is straight by chance
_PAST = 0.12  # by which it runs past the rest on either side, likewise; and ...
_PAST_ALONE = 0.4  # ... where they are fewer than `_RULED`: the foot of a 2 may be straight
_RULED = 3  # lines that make ruled paper
_CLOSE = 0.03  # by which lines that meet may miss each other, as a share of the ink's longer side
_SQUARE = 0.03  # by which the lines of a box may be off a right angle, as a slope
_INSIDE = 0.7  # share of the rest that lies between the sides of a box
_FILLS = 0.25  # least height of the rest in a box, as a share of the box's
_FEW = 4  # lines: a box
_SPECK = 0.1  # a part smaller than this share of the largest part's side is not the rest


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left without any lines: its ink, and the rectangle around it."""

    mask: Mask
    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        """Height in pixels."""
        return self.bottom - self.top


def find_print(mask: Mask) -> Lines:
    """Find the lines that are print.

    Args:
        mask: uint8 (h, w), 1 is ink.
    """
    _, _, width, height = cv2.boundingRect(mask)
    levels = level_lines(mask, max(LEVEL * height, OF_WIDTH * width))
    if not levels:
        return Lines([], [])
    close = max(3.0, _CLOSE * max(width, height))
    across = level_lines(np.ascontiguousarray(mask.T), _UPRIGHT * height)

    def joined(to: list[Line]) -> list[Line]:
        return [
            line
            for line in across
            if _stands_on(line, to, close) or _goes_through(line, to, mask.shape[0], close)
        ]

    uprights = joined(levels)
    rest = _rest(mask, Lines(levels, uprights))
    if rest is None:
        return Lines([], [])
    sides = _sides(uprights, rest)
    if sides and (around := _around(levels, *sides, rest, close)):
        return Lines(around, joined(around))
    through = [line for line in uprights if _goes_through(line, levels, mask.shape[0], close)]
    if len(through) < len(uprights):  # the others may be stems, if they are no sides of a box
        rest = _rest(mask, Lines(levels, through))
        if rest is None:
            return Lines([], [])
    least = _PAST if len(levels) >= _RULED else _PAST_ALONE
    past = [line for line in levels if _runs_past(line, rest, mask.shape[1], least)]
    return Lines(past, [line for line in across if _goes_through(line, past, mask.shape[0], close)])


def _stands_on(upright: Line, levels: list[Line], close: float) -> bool:
    """Whether an upright line stands square on a level one, or hangs from it, and is alike."""
    foot, head = upright.end, upright.start
    return any(
        min(abs(foot - line.y(upright.y(foot))), abs(head - line.y(upright.y(head)))) <= close
        and _alike(upright, line)
        for line in levels
    )


def _goes_through(upright: Line, levels: list[Line], height: int, close: float) -> bool:
    """Whether an upright line goes from one level line, or edge of the picture, to another."""
    return all(
        min(end, height - 1 - end) <= close
        or any(abs(end - line.y(upright.y(end))) <= close for line in levels)
        for end in (upright.start, upright.end)
    ) and any(_alike(upright, line) for line in levels)


def _alike(upright: Line, level: Line) -> bool:
    """Whether two lines were printed together: equally thick, and square to each other."""
    thin, thick = sorted((upright.width, level.width))
    return thick <= 1.5 * thin + 1 and abs(upright.slope + level.slope) <= _SQUARE


def _rest(mask: Mask, lines: Lines) -> Rest | None:
    """What is left without lines and specks; None where that is nothing."""
    # Few lines leave the rest in few pieces; joining them takes long, and only many lines need it.
    is_few = len(lines.levels) + len(lines.uprights) <= _FEW
    left = mask & (1 - band(mask, lines)) if is_few else without_lines(mask, lines)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(left, connectivity=8)
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    sides[0] = 0
    if sides.max() < _SPECK * max(line.length for line in lines.levels):
        return None
    parts = np.isin(labels, np.flatnonzero(sides >= 0.3 * sides.max())).astype(np.uint8)
    x, y, width, height = cv2.boundingRect(parts)
    return Rest(parts, x, y, x + width, y + height)


def _sides(uprights: list[Line], rest: Rest) -> tuple[Line, Line] | None:
    """The upright lines next to the middle of the rest, on its left and on its right."""
    middle, height = (rest.left + rest.right) / 2, (rest.top + rest.bottom) / 2
    left = [line for line in uprights if line.y(height) < middle]
    right = [line for line in uprights if line.y(height) > middle]
    if not left or not right:
        return None
    return max(left, key=lambda line: line.y(height)), min(right, key=lambda line: line.y(height))


def _around(levels: list[Line], left: Line, right: Line, rest: Rest, close: float) -> list[Line]:
    """The level lines that make a box of two sides, if the rest is in it."""
    tall = min(left.length, right.length)
    if max(left.length, right.length) - tall > 2 * close or rest.height < _FILLS * tall:
        return []
    middle = (rest.top + rest.bottom) / 2
    start, end = left.y(middle), right.y(middle)
    between = rest.mask[:, max(0, round(start)) : round(end) + 1].sum()
    if between < _INSIDE * rest.mask.sum():
        return []
    return [line for line in levels if line.start <= start + close and line.end >= end - close]


def _runs_past(line: Line, rest: Rest, width: int, least: float) -> bool:
    """Whether a line is longer than the rest, to the left and to the right, or to the edge."""
    past = least * rest.height
    return (
        line.length >= max(_LONE, LONG * rest.height)
        and (line.start <= rest.left - past or line.start <= 1)
        and (line.end >= rest.right - 1 + past or line.end >= width - 2)
    )
