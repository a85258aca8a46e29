"""A hand: how digits are written, as strokes, and how a mouse and a finger move along them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from playwright.sync_api import CDPSession, Locator, Page

STEP = 40  # pixels that a mouse passes between two of its events

Point = tuple[float, float]
Stroke = list[Point]


def _arc(
    x: float, y: float, across: float, down: float, start: float, end: float, steps: int = 16
) -> Stroke:
    """Points of an ellipse from one angle to another, in degrees, clockwise from the right."""
    angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(x + across * math.cos(a), y + down * math.sin(a)) for a in angles]


# In a square of side 1, y down; several points for every stroke, as a hand gives them.
DIGITS: dict[int, list[Stroke]] = {
    0: [_arc(0.5, 0.5, 0.32, 0.48, -90, 272, 24)],
    1: [[(0.54, 0.0), (0.53, 0.25), (0.51, 0.5), (0.5, 0.75), (0.48, 1.0)]],
    2: [
        [
            *_arc(0.5, 0.28, 0.3, 0.28, -170, 30),
            (0.6, 0.6),
            (0.4, 0.8),
            (0.18, 1.0),
            (0.45, 1.0),
            (0.84, 1.0),
        ]
    ],
    3: [[*_arc(0.45, 0.25, 0.3, 0.25, -160, 75), *_arc(0.45, 0.74, 0.34, 0.26, -68, 150)]],
    4: [
        [(0.6, 0.0), (0.45, 0.25), (0.3, 0.45), (0.12, 0.66), (0.5, 0.66), (0.9, 0.66)],
        [(0.66, 0.35), (0.66, 0.6), (0.66, 1.0)],
    ],
    7: [[(0.16, 0.02), (0.45, 0.02), (0.84, 0.02), (0.68, 0.35), (0.54, 0.65), (0.42, 1.0)]],
}


@dataclass(frozen=True)
class Place:
    """Where a digit is written: its middle and its height, as shares of the canvas."""

    x: float = 0.5
    y: float = 0.5
    height: float = 0.6


def lay(digit: int, place: Place, canvas: Locator) -> list[Stroke]:
    """The strokes of a digit in pixels of the page."""
    box = canvas.bounding_box()
    assert box is not None
    side = box["width"]
    left = box["x"] + (place.x - place.height / 2) * side
    top = box["y"] + (place.y - place.height / 2) * side
    size = place.height * side
    return [[(left + x * size, top + y * size) for x, y in stroke] for stroke in DIGITS[digit]]


def draw(page: Page, digit: int, place: Place | None = None) -> None:
    """Draw a digit with the mouse."""
    for stroke in lay(digit, place or Place(), page.locator("#pad")):
        page.mouse.move(*stroke[0])
        page.mouse.down()
        for start, end in pairwise(stroke):
            page.mouse.move(*end, steps=max(1, round(math.dist(start, end) / STEP)))
        page.mouse.up()


def touch(session: CDPSession, stroke: Stroke) -> None:
    """Move a finger along a stroke, as the browser's own input does."""
    _touch(session, "touchStart", stroke[0])
    for point in stroke[1:]:
        _touch(session, "touchMove", point)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def _touch(session: CDPSession, kind: str, point: Point) -> None:
    points = [{"x": point[0], "y": point[1]}]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
