"""Hand: the same strokes as another hand, or the same hand on another day, would have made them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.reading.stages import Ink

Points = npt.NDArray[np.float64]
Strokes = list[Points]

_POINTS = 48  # that a stroke is described by while it is changed
_HIGHEST = 1.5  # of the waves that lines are bent by: a normal distribution has no end
_WIDE = 0.6  # width, as a share of the height, or the other way round, from which all is bent alike
_LEAST_BENT = 0.4  # of what has no width at all, as a share of that
_SHIFT = 4  # OpenCV takes coordinates in fractions of 2^-4 pixels


@dataclass(frozen=True, slots=True)
class Freedom:
    """How far strokes are changed, at most. Shares are of the drawing's longer side.

    Attributes:
        rotation: Degrees to either side.
        shear: Horizontal shift per unit of height, to either side.
        stretch: Difference of width to height, as a share.
        bend: How far lines are bent by a slow wave, as a share. What is narrow is bent less: a bow
            that a 0 can stand makes a 3 of a 1.
        apart: How far each stroke moves by itself, as a share.
        ends: How much of a stroke its ends lose or gain, as a share of it.
        tremor: How far a hand trembles, as a share.
    """

    rotation: float = 10.0
    shear: float = 0.25
    stretch: float = 0.18
    bend: float = 0.04
    apart: float = 0.03
    ends: float = 0.06
    tremor: float = 0.008


def vary(strokes: Strokes, rng: np.random.Generator, freedom: Freedom | None = None) -> Strokes:
    """Change strokes as far as they stay what they show.

    Args:
        strokes: For each stroke float64 (n, 2), y down.
        rng: Where the chance comes from.
        freedom: How far.

    Returns:
        The same strokes, changed, with a longer side of roughly 1.
    """
    free = freedom or Freedom()
    unit = to_unit([resample(stroke) for stroke in strokes])
    linear = _linear(free, rng)
    heights = np.clip(rng.normal(0, 1, (2, 2, 2)), -_HIGHEST, _HIGHEST)
    wave = heights, rng.uniform(0.5, 1.6, (2, 2)), rng.uniform(0, 7, (2, 2))
    bend = free.bend * np.clip(_shorter(unit) / _WIDE, _LEAST_BENT, 1)
    changed = []
    for stroke in unit:
        points = _change_ends(stroke, free.ends, rng)
        points = points + bend * _bend(points, *wave)
        points = points @ linear.T + rng.normal(0, free.apart, 2)
        changed.append(points + _tremble(len(points), free.tremor, rng))
    return to_unit(changed)


def mix(one: Strokes, other: Strokes, share: float) -> Strokes | None:
    """A hand between two, or a little beyond one of them.

    Args:
        one: A drawing.
        other: Another one of the same digit.
        share: Of the other; below 0 and above 1 exaggerate what they differ in.

    Returns:
        Strokes with a longer side of roughly 1; None where they were drawn in another way, so that
        nothing stands between them.
    """
    if len(one) != len(other):
        return None
    first = to_unit([resample(stroke) for stroke in one])
    second = to_unit([resample(stroke) for stroke in other])
    mixed = []
    for a, b in zip(first, second, strict=True):
        if _distance(a, b[::-1]) < _distance(a, b):
            b = b[::-1]  # the same stroke from its other end
        if _distance(a, b) > 0.25:
            return None
        mixed.append((1 - share) * a + share * b)
    return to_unit(mixed)


def resample(stroke: Points, count: int = _POINTS) -> Points:
    """The same line as `count` points that are equally far from each other."""
    if len(stroke) < 2:
        return np.repeat(stroke, count, axis=0) if len(stroke) else stroke
    way = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(stroke, axis=0).T))])
    if way[-1] == 0:
        return np.repeat(stroke[:1], count, axis=0)
    at = np.linspace(0, way[-1], count)
    return np.stack([np.interp(at, way, stroke[:, axis]) for axis in (0, 1)], axis=1)


def to_unit(strokes: Strokes) -> Strokes:
    """Move strokes to a middle of 0, 0 and scale them to a longer side of 1."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = max(float((high - low).max()), 1e-6)
    return [(stroke - (low + high) / 2) / scale for stroke in strokes]


def ink_of(strokes: Strokes, side: float, pen: float, margin: int = 6, swell: float = 0.0) -> Ink:
    """Draw strokes with a round pen.

    Args:
        strokes: With a longer side of roughly 1.
        side: Pixels of that side.
        pen: Width of the pen, in pixels.
        margin: Pixels of paper around it.
        swell: How much the pen's pressure changes along a stroke, as a share of its width.

    Returns:
        uint8 (h, w), 255 is ink.
    """
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    room = margin + pen
    width, height = (int(np.ceil(s * side + 2 * room)) for s in high - low)
    paper = np.zeros((height, width), np.uint8)
    for stroke in strokes:
        placed = np.rint(((stroke - low) * side + room) * 2**_SHIFT).astype(np.int32)
        if len(placed) == 1:
            placed = np.repeat(placed, 2, axis=0)
        if not swell:
            cv2.polylines(paper, [placed], False, 255, max(1, round(pen)), cv2.LINE_AA, _SHIFT)
            continue
        steps = np.linspace(0, np.pi, len(placed) - 1)
        for start, end, step in zip(placed[:-1], placed[1:], steps, strict=True):
            wide = max(1, round(pen * (1 + swell * float(np.sin(step) - 0.5))))
            cv2.line(paper, start.tolist(), end.tolist(), 255, wide, cv2.LINE_AA, _SHIFT)
    return paper


def _shorter(strokes: Strokes) -> float:
    """The shorter side of a drawing."""
    return float(np.ptp(np.concatenate(strokes), axis=0).min())


def _linear(free: Freedom, rng: np.random.Generator) -> Points:
    turn = np.deg2rad(rng.uniform(-free.rotation, free.rotation))
    shear, stretch = rng.uniform(-1, 1, 2) * (free.shear, free.stretch)
    cosine, sine = np.cos(turn), np.sin(turn)
    shape = np.array([[1 + stretch, -shear], [0, 1 / (1 + stretch)]])
    linear: Points = np.array([[cosine, -sine], [sine, cosine]]) @ shape
    return linear


def _change_ends(stroke: Points, share: float, rng: np.random.Generator) -> Points:
    """Shorten a stroke at its ends, or draw it on in the direction that it has there."""
    count = len(stroke)
    head, tail = rng.uniform(-share, share, 2) * count
    at = np.linspace(min(head, count / 4), count - 1 + max(tail, -count / 4), count)
    inside = np.clip(at, 0, count - 1)
    index = np.arange(count)
    points = np.stack([np.interp(inside, index, stroke[:, axis]) for axis in (0, 1)], axis=1)
    reach = min(4, count - 1)
    if reach:
        points += np.minimum(at, 0)[:, None] * (stroke[reach] - stroke[0]) / reach
        points += np.maximum(at - count + 1, 0)[:, None] * (stroke[-1] - stroke[-1 - reach]) / reach
    return points


def _bend(points: Points, heights: Points, speeds: Points, starts: Points) -> Points:
    """A smooth field of random waves, of about 1 in height, at some points."""
    field = np.zeros_like(points)
    for axis in (0, 1):
        for along in (0, 1):
            phase = 2 * np.pi * speeds[axis, along] * points[:, along] + starts[axis, along]
            field[:, axis] += heights[axis, along, 0] * np.sin(phase)
    return field


def _tremble(count: int, size: float, rng: np.random.Generator) -> Points:
    noise = rng.normal(0, 1, (count + 4, 2))
    kernel = np.ones(5) / np.sqrt(5)
    smooth = np.stack([np.convolve(noise[:, axis], kernel, "valid") for axis in (0, 1)], axis=1)
    shaken: Points = size * smooth
    return shaken


def _distance(one: Points, other: Points) -> float:
    return float(np.hypot(*(one - other).T).mean())
