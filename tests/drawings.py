"""Digits and pictures of them, drawn by this program: strokes, canvases, photos."""

from __future__ import annotations

import io
import math
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

Stroke = list[tuple[float, float]]
Picture = npt.NDArray[np.uint8]


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float) -> Stroke:
    """Points on an ellipse, from one angle to another, in degrees; 0 is right, 90 is down."""
    angles = np.radians(np.linspace(start, end, 24))
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


# Each digit in a box that is 1 high, y down.
DIGITS: dict[str, list[Stroke]] = {
    "0": [arc(0.33, 0.5, 0.32, 0.5, -90, 270)],
    "1": [[(0.1, 0.2), (0.25, 0.0), (0.25, 1.0)]],
    "2": [[*arc(0.32, 0.28, 0.3, 0.28, 190, 375), (0.35, 0.65), (0.0, 1.0), (0.66, 1.0)]],
    "3": [[*arc(0.28, 0.24, 0.3, 0.24, 200, 450), *arc(0.28, 0.73, 0.34, 0.27, 270, 510)]],
    "4": [[(0.42, 0.0), (0.0, 0.66), (0.72, 0.66)], [(0.52, 0.35), (0.52, 1.0)]],
    "5": [
        [(0.1, 0.0), (0.06, 0.44), *arc(0.26, 0.69, 0.34, 0.31, 235, 505)],
        [(0.1, 0.0), (0.58, 0.0)],
    ],
    "6": [[(0.5, 0.0), (0.2, 0.3), (0.05, 0.6), *arc(0.31, 0.7, 0.28, 0.3, 170, 530)]],
    "7": [[(0.0, 0.0), (0.62, 0.0), (0.22, 1.0)]],
    "8": [[*arc(0.3, 0.25, 0.25, 0.25, 90, -270), *arc(0.3, 0.75, 0.3, 0.25, -90, 270)]],
    "9": [[*arc(0.3, 0.29, 0.28, 0.29, 0, -360), (0.56, 0.4), (0.5, 1.0)]],
}


def strokes_of(text: str, gap: float = 0.35) -> list[Stroke]:
    """A number as strokes, 1 high, with a gap between its digits."""
    strokes: list[Stroke] = []
    left = 0.0
    for character in text:
        parts = DIGITS[character]
        strokes += [[(x + left, y) for x, y in part] for part in parts]
        left += max(x for part in parts for x, _ in part) + gap
    return strokes


def canvas(
    strokes: list[Stroke],
    height: float = 140,
    pen: float = 12,
    place: tuple[float, float] = (0.5, 0.5),
    size: tuple[int, int] = (280, 280),
    light_on_dark: bool = False,
) -> Picture:
    """A canvas with strokes drawn on it.

    Args:
        strokes: 1 high, as `strokes_of` gives them.
        height: Of the drawing with its pen, in pixels.
        pen: Width of the pen in pixels, at least 1.
        place: Where the drawing stands, as shares of the room it has.
        size: Width and height of the canvas, in pixels.
        light_on_dark: White ink on black instead of black ink on white.

    Returns:
        uint8 (h, w).
    """
    points = np.concatenate([np.array(stroke) for stroke in strokes])
    low, span = points.min(axis=0), np.ptp(points, axis=0)
    scale = (height - pen) / max(span[1], 1e-6)
    room = np.array(size) - span * scale - pen
    origin = np.array(place) * np.maximum(room, 0) + pen / 2
    fine = 8  # thin pens have fractions of a pixel: draw large, then reduce
    paper = np.zeros((size[1] * fine, size[0] * fine), np.uint8)
    for stroke in strokes:
        at = np.rint(((np.array(stroke) - low) * scale + origin) * fine).astype(np.int32)
        cv2.polylines(paper, [at], False, 255, max(1, round(pen * fine)), cv2.LINE_8)
    ink = cv2.resize(paper, size, interpolation=cv2.INTER_AREA)
    return ink if light_on_dark else 255 - ink


def on_print(drawing: Picture, kind: str, width: float = 2, tilt: float = 0) -> Picture:
    """A drawing on printed paper.

    Args:
        drawing: Black on white, uint8 (h, w).
        kind: `ruled`, `squared`, `box`, `comb` (open at the top), `row` of boxes, `underlined`.
        width: Of the lines in pixels.
        tilt: Of the paper, as a slope.
    """
    height, wide = drawing.shape
    y, x = np.nonzero(drawing < 128)
    left, top, right, bottom = x.min() - 15, y.min() - 12, x.max() + 15, y.max() + 12
    levels = [(0, y, wide, y) for y in range(15, height, 47)]
    uprights = [(x, 0, x, height) for x in range(11, wide, 47)]
    sides = [(x, top, x, bottom) for x in (left, right)]
    foot = (left, bottom, right, bottom)
    across = [(0, y, wide, y) for y in (top, bottom)]
    paths: dict[str, list[Any]] = {
        "ruled": levels,
        "squared": levels + uprights,
        "box": [*sides, foot, (left, top, right, top)],
        "comb": [*sides, foot],
        "row": [
            *across,
            *sides,
            *((x, top, x, bottom) for x in (2 * left - right, 2 * right - left)),
        ],
        "underlined": [(left - 40, bottom - 12, right + 40, bottom - 12)],
    }
    sheet = np.zeros((height * 4, wide * 4), np.uint8)
    middle = np.array([wide / 2, height / 2])
    turn = np.array([[1, tilt], [-tilt, 1]])
    for path in paths[kind]:
        ends = (np.array(path, float).reshape(2, 2) - middle) @ turn.T + middle
        start, end = np.rint(ends * 4 * 16).astype(int).tolist()
        cv2.line(sheet, start, end, 255, max(1, round(width * 4)), cv2.LINE_AA, 4)
    lines = cv2.resize(sheet, (wide, height), interpolation=cv2.INTER_AREA)
    return np.minimum(drawing, 255 - lines)


def photo(
    drawing: Picture, light: str = "even", contrast: float = 0.6, noise: float = 3
) -> Picture:
    """A photo of a drawing: paper tone, light, noise.

    Args:
        drawing: Black on white, uint8 (h, w).
        light: `even`, `slope`, or `shadow` for one with an edge across the picture.
        contrast: Of the ink to the paper, 0 to 1; a faint pencil has 0.2.
        noise: Standard deviation, in grey levels.
    """
    height, width = drawing.shape
    y, x = np.mgrid[0:height, 0:width] / max(height, width)
    lights: dict[str, Any] = {
        "even": np.ones_like(x),
        "slope": 0.6 + 0.5 * (x + y) / 2,
        "shadow": np.where(x + 0.6 * y < 0.75, 0.55, 1.0),
    }
    lit = cv2.GaussianBlur(lights[light], (0, 0), 1.5)
    ink = cv2.GaussianBlur(255 - drawing, (0, 0), 0.8) / 255
    grey = 205 * (1 - contrast * ink) * lit
    grey += np.random.default_rng(5).normal(0, noise, grey.shape)
    return np.clip(grey, 0, 255).astype(np.uint8)


def encode(picture: Any, form: str = "PNG", **options: Any) -> bytes:
    """A picture, an array or a PIL image, as the bytes of a file."""
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()
