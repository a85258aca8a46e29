"""Styles: the ways in which people of many countries were taught to write the ten digits.

Each way is written down as a few points on its strokes, in a box of width and height 1, y down. A
point that stands twice is a corner; between the others runs a smooth line. Chance moves the points,
so that no two digits come out the same.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digitlens.training.data.hand import Strokes

Points = npt.NDArray[np.float64]
_STEPS = 8  # points of the smooth line between two that are given
_JITTER = 0.028  # how far chance moves a point

_OVAL = "5,0 1,2 0,6 2,9 5,10 9,8 10,4 8,1 5,0"
_STEM = "5,0 5,10"
_HOOK = "9,2 5,0 1,2 1,5 4,6 8,4 9,2"

# Strokes are separated by a bar; numbers are tenths of the box.
STYLES: dict[int, tuple[str, ...]] = {
    0: (
        _OVAL,
        "7,1 3,0 0,4 1,9 5,10 9,7 9,2 6,0 4,1",
        "6,0 2,1 0,6 3,10 8,9 10,4 8,1",  # open at its top
        "5,0 8,0 10,4 9,9 5,10 1,8 0,4 2,1 5,0",  # the other way round
        _OVAL + " | 9,1 1,9",  # slashed
        _OVAL + " | 11,-1 -1,11",
    ),
    1: (
        _STEM,
        "6,0 4,10",
        "3,2 5,0 5,0 5,10",
        "2,3 6,0 6,0 6,10",
        "0,5 6,0 6,0 6,10",  # the long flag of central Europe
        "0,7 3,4 6,0 6,0 6,10",
        "1,9 5,0 5,0 6,10",  # down to the foot, as in France
        "0,9 5,3 6,0 6,0 6,10",
        "0,3 2,4 6,0 6,0 5,10",  # a hook for a flag
        "1,4 5,0 5,0 4,10",
        "2,3 5,0 5,0 5,10 | 2,10 8,10",
        "1,3 5,0 5,0 5,10 5,10 | 1,10 9,10",
        "3,1 5,0 5,0 5,10 5,10 2,10 2,10 8,10",
        "0,4 5,0 5,0 5,10 5,10 1,10 1,10 9,10",
        "0,5 2,4 6,0 6,0 5,9 5,9 | 0,9 10,9",
        "0,2 2,3 7,0 7,0 5,10 5,10 | 0,9 9,9",  # the foot crosses its stem
    ),
    2: (
        "1,3 3,0 7,0 9,3 6,6 1,10 1,10 9,10",
        "0,3 3,0 8,1 8,4 4,8 0,10 0,10 10,10",
        "1,2 5,0 9,2 7,6 2,9 1,8 4,8 9,10",  # with a loop at its foot
        "1,2 5,0 8,2 6,6 2,10 1,9 3,8 6,9 10,9",
        "1,1 8,0 8,0 1,10 1,10 9,10",
        "2,3 5,0 8,3 5,7 1,10 1,10 4,9 9,10",
    ),
    3: (
        "1,1 5,0 8,2 4,5 4,5 9,7 6,10 1,9",
        "1,2 6,0 8,3 4,5 8,7 7,10 2,10 0,8",
        "1,0 9,0 9,0 4,4 4,4 9,7 6,10 1,9",  # flat above
        "0,0 8,0 8,0 3,4 8,6 7,10 1,9",
        "2,1 7,0 8,3 5,5 8,7 6,10 1,10",
    ),
    4: (
        "3,0 1,6 1,6 9,6 | 7,3 7,10",  # open
        "2,0 0,6 0,6 10,6 | 7,0 6,10",
        "3,0 2,5 2,5 8,5 | 8,0 8,10",
        "6,0 0,7 0,7 10,7 | 7,3 7,10",
        "7,10 7,0 7,0 0,7 0,7 10,7",  # closed
        "6,10 7,0 7,0 1,6 1,6 9,6",
        "6,0 0,6 0,6 9,6 9,6 | 6,0 6,10",
        "2,0 1,4 3,6 8,4 8,0 8,0 8,10",  # like a cup with a stem
        "4,0 1,5 1,5 8,4 8,1 8,1 6,10",
        "5,0 0,6 0,6 7,5 7,5 | 9,3 5,10",
    ),
    5: (
        "9,0 2,0 2,0 1,4 1,4 6,4 9,7 5,10 0,9",
        "8,0 2,0 2,0 2,5 2,5 6,4 8,7 5,10 1,9",
        "2,0 1,4 1,4 6,4 8,7 5,10 0,9 | 2,0 9,0",
        "2,1 2,5 2,5 7,5 8,8 4,10 0,9 | 3,0 10,-1",  # its bar does not touch
        "9,0 3,1 1,4 6,5 8,8 4,10 0,9",  # like an S
        "2,0 2,4 7,5 7,9 1,10 | 2,0 8,1",
    ),
    6: (
        "7,0 2,4 0,8 4,10 8,8 6,5 1,7",
        "8,0 3,2 0,7 3,10 8,9 8,6 4,5 1,8",
        "3,0 1,5 1,9 5,10 8,8 6,6 2,7",
        "2,0 2,9 2,9 6,10 8,7 5,5 2,7",  # like a b
        "9,1 5,0 1,4 1,9 6,10 9,7 6,5 1,7",
        "7,0 1,6 2,10 7,9 6,6 3,6 1,8",
    ),
    7: (
        "1,0 9,0 9,0 4,10",
        "0,1 9,0 9,0 6,4 4,10",
        "1,2 1,0 1,0 9,0 9,0 5,10",  # with a serif
        "1,2 2,0 2,0 9,0 9,0 4,10 | 3,5 8,5",
        "1,0 9,0 9,0 4,10 | 2,5 9,5",  # crossed
        "0,1 9,0 9,0 5,5 4,10 | 2,6 8,4",
        "0,1 3,0 9,1 9,1 6,5 4,10 | 3,5 9,5",
        "1,3 1,0 1,0 8,0 8,0 8,4 6,10",
        "0,2 3,0 6,1 9,0 9,0 6,5 4,10",  # a wave above
        "0,0 8,0 8,0 8,10",
    ),
    8: (
        "8,1 4,0 2,2 5,5 8,8 5,10 2,8 5,5 8,2 8,1",
        "5,0 2,2 5,5 8,8 5,10 2,8 5,5 8,2 5,0",
        "5,0 2,2 5,5 8,2 5,0 | 5,5 1,8 5,10 9,8 5,5",  # of two rings
        "9,0 4,0 2,3 6,5 8,8 4,10 2,8 9,1",  # open
        "7,2 4,0 2,3 7,7 5,10 2,8 4,5 8,0",
        "2,1 5,4 8,8 5,10 2,8 5,5 8,1 4,0 2,1",
    ),
    9: (
        _HOOK + " 8,10",
        _HOOK + " 9,2 8,7 4,10 1,9",  # with a tail
        _HOOK + " 9,2 9,10",
        "8,1 4,0 1,3 4,5 8,3 8,1 8,1 7,6 3,10",
        "8,2 4,0 1,2 3,5 7,4 9,1 8,7 5,10",  # open where the ring should close
        "9,0 3,0 1,3 4,5 9,3 9,0 9,0 9,7 6,10 1,9",
        "8,3 5,0 2,2 3,5 8,3 8,3 5,10",
        "9,1 4,1 2,4 6,5 9,1 9,1 8,10 4,10",
    ),
}


def write(digit: int, rng: np.random.Generator, way: int | None = None) -> Strokes:
    """Write a digit in one of its ways.

    Args:
        digit: 0 to 9.
        rng: Where the chance comes from.
        way: Which of `STYLES[digit]`; without it, chance decides.

    Returns:
        For each stroke float64 (n, 2), in a box of roughly 1 by its width, y down.
    """
    ways = STYLES[digit]
    chosen = ways[rng.integers(len(ways)) if way is None else way]
    width = rng.uniform(0.5, 0.85)
    return [_line(stroke, rng) * (width, 1) for stroke in chosen.split("|")]


def _line(text: str, rng: np.random.Generator) -> Points:
    """A smooth line through points, with corners where one stands twice."""
    given = np.array([[float(n) / 10 for n in pair.split(",")] for pair in text.split()])
    places, index = np.unique(given, axis=0, return_inverse=True)
    moved = (places + rng.normal(0, _JITTER, places.shape))[index.reshape(-1)]
    corners = np.flatnonzero((np.diff(given, axis=0) == 0).all(axis=1))
    pieces, start = [], 0
    for corner in (*corners, len(moved) - 1):
        pieces.append(smooth(moved[start : corner + 1]))
        start = corner + 1
    return np.concatenate([piece for piece in pieces if len(piece)])


def smooth(points: Points) -> Points:
    """A Catmull-Rom spline through points (Catmull, Rom 1974), float64 (m, 2)."""
    if len(points) < 3:
        return points
    padded = np.concatenate([points[:1], points, points[-1:]])
    t = np.linspace(0, 1, _STEPS, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        line = 2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
        pieces.append((line + (3 * b - a - 3 * c + d) * t**3) / 2)
    return np.concatenate([*pieces, points[-1:]])
