"""Signs: what else one may draw or upload: scribbles, dashes, ticks, crosses, dots, nothing, noise.

Training has doodles of its own; these are drawn by other rules, so that it has seen none of them.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from digitlens.training.data.hand import Strokes
from digitlens.training.measure.suite.paper import CANVAS, WHITE, Picture, write_on

Sign = Callable[[np.random.Generator], Picture]


def _with_pen(strokes: Strokes, rng: np.random.Generator, largest: float = 200) -> Picture:
    extent = float(rng.uniform(0.3, 1) * largest)
    place = float(rng.uniform(0.1, 0.9)), float(rng.uniform(0.1, 0.9))
    return write_on(strokes, extent, float(rng.choice((4, 12, 20))), place)


def scribble(rng: np.random.Generator) -> Picture:
    """Loops of a pen that is tried out, drifting to one side."""
    time = np.linspace(0, 2 * np.pi * rng.uniform(3, 8), 160)
    drift = rng.uniform(0.05, 0.2)
    wobble = 1 + 0.3 * np.sin(time * rng.uniform(0.3, 0.7) + rng.uniform(0, 6))
    x = np.cos(time) * wobble + drift * time
    y = np.sin(time * rng.uniform(0.95, 1.05)) * wobble
    return _with_pen([np.stack([x, y], axis=1)], rng)


def dash(rng: np.random.Generator) -> Picture:
    """A line that lies, or nearly."""
    angle = np.deg2rad(rng.uniform(-20, 20))
    t = np.linspace(-1, 1, 20)
    bow = rng.normal(0, 0.05) * (1 - t**2)
    x, y = t * np.cos(angle) - bow * np.sin(angle), t * np.sin(angle) + bow * np.cos(angle)
    return _with_pen([np.stack([x, y], axis=1)], rng)


def tick(rng: np.random.Generator) -> Picture:
    """A tick: short down, long up to the right."""
    start = -rng.uniform(0.25, 0.45), -rng.uniform(0.25, 0.5)
    end = rng.uniform(0.6, 1.1), -rng.uniform(0.9, 1.3)
    return _with_pen([np.array([start, (0, 0), end])], rng)


def cross(rng: np.random.Generator) -> Picture:
    """Two lines across each other, upright or lying on their side."""
    turn = rng.choice((0, np.pi / 4)) + rng.normal(0, 0.08)
    lines = [turn, turn + np.pi / 2 + rng.normal(0, 0.12)]
    return _with_pen(
        [np.array([[-np.cos(a), -np.sin(a)], [np.cos(a), np.sin(a)]]) for a in lines], rng
    )


def dot(rng: np.random.Generator) -> Picture:
    """A dot, as round as a hand makes it."""
    sheet = np.full((CANVAS, CANVAS), WHITE, np.uint8)
    middle = tuple(int(n) for n in rng.integers(60, CANVAS - 60, 2))
    radius = int(rng.integers(4, 22))
    axes = radius, max(2, round(radius * float(rng.uniform(0.75, 1.0))))
    cv2.ellipse(sheet, middle, axes, float(rng.uniform(0, 180)), 0, 360, 0, -1, cv2.LINE_AA)
    return sheet


def blank(rng: np.random.Generator) -> Picture:
    """A sheet with nothing on it, of any grey, a little uneven, with a camera's grain or none."""
    level, tilt, grain = rng.uniform(20, 250), rng.uniform(0, 25), rng.choice((0, 1.5, 4))
    ramp = np.linspace(-0.5, 0.5, CANVAS)[:, None] * tilt
    noise = grain * rng.standard_normal((CANVAS, CANVAS))
    sheet: Picture = np.clip(level + ramp + noise, 0, 255).astype(np.uint8)
    return sheet


def noise(rng: np.random.Generator) -> Picture:
    """Noise from edge to edge, fine or coarse."""
    side = int(rng.choice((14, 28, 70, 280)))
    grain = rng.integers(0, 256, (side, side)).astype(np.uint8)
    whole: Picture = np.asarray(
        cv2.resize(grain, (CANVAS, CANVAS), interpolation=cv2.INTER_LINEAR), np.uint8
    )
    return whole


SIGNS: dict[str, Sign] = {
    "scribbles": scribble,
    "dashes": dash,
    "ticks": tick,
    "crosses": cross,
    "dots": dot,
    "blank paper": blank,
    "noise": noise,
}
