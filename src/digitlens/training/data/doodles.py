"""Doodles: what people draw that is no digit, as strokes: scribbles, signs, shapes, small pictures.

Left out is what a digit may look like: a ring is a 0, an upright line a 1, a square a clumsy 0.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from digitlens.training.data.hand import Strokes
from digitlens.training.data.styles import smooth

Points = npt.NDArray[np.float64]
Doodle = Callable[[np.random.Generator], Strokes]


def doodle(rng: np.random.Generator) -> Strokes:
    """Draw something that is no digit.

    Args:
        rng: Where the chance comes from.

    Returns:
        For each stroke float64 (n, 2), y down, in a unit of its own.
    """
    return DOODLES[rng.integers(len(DOODLES))](rng)


def scribble(rng: np.random.Generator) -> Strokes:
    """A line that wanders about."""
    return [smooth(rng.normal(0, 1, (rng.integers(8, 26), 2)))]


def hatching(rng: np.random.Generator) -> Strokes:
    """A line to and fro, as one fills a shape."""
    count = int(rng.integers(7, 18))
    x = np.linspace(0, rng.uniform(0.6, 2), count)
    y = np.arange(count) % 2 * rng.uniform(0.6, 1.2) + rng.normal(0, 0.08, count)
    return [np.stack([x, y], axis=1)]


def wave(rng: np.random.Generator) -> Strokes:
    """A wave of two to six bows."""
    x = np.linspace(0, 2 * np.pi * rng.uniform(1.5, 5), 60)
    return [np.stack([x / 4, np.sin(x) * rng.uniform(0.15, 0.6)], axis=1)]


def spiral(rng: np.random.Generator) -> Strokes:
    """A spiral of two to five turns."""
    angle = np.linspace(0, 2 * np.pi * rng.uniform(2.2, 5), 90)
    radius = angle / angle[-1] * rng.choice((-1, 1))
    return [np.stack([radius * np.cos(angle), np.abs(radius) * np.sin(angle)], axis=1)]


def star(rng: np.random.Generator) -> Strokes:
    """A star of one line."""
    tips = int(rng.choice((5, 7, 9)))
    angle = np.arange(tips + 1) * 2 * np.pi * (tips // 2) / tips - np.pi / 2
    return [np.stack([np.cos(angle), np.sin(angle)], axis=1)]


def asterisk(rng: np.random.Generator) -> Strokes:
    """Lines through one point: a plus, a cross, an asterisk."""
    lines = int(rng.integers(2, 5))
    turn = rng.uniform(0, np.pi)
    angles = turn + np.arange(lines) * np.pi / lines + rng.normal(0, 0.1, lines)
    return [
        np.array([[-np.cos(a), -np.sin(a)], [np.cos(a), np.sin(a)]]) * rng.uniform(0.7, 1.1)
        for a in angles
    ]


def dash(rng: np.random.Generator) -> Strokes:
    """A line that lies."""
    tilt = rng.uniform(-0.3, 0.3)
    return [np.array([[0, 0], [0.5, rng.normal(0, 0.04)], [1, tilt]])]


def dot(rng: np.random.Generator) -> Strokes:
    """A dot that was filled a little."""
    return [smooth(rng.normal(0, 0.05, (12, 2)) * (1, rng.uniform(0.6, 1.4)))]


def tick(rng: np.random.Generator) -> Strokes:
    """A tick, as one marks what is right."""
    deep = rng.uniform(0.7, 1.1)
    return [np.array([[0, rng.uniform(0.3, 0.6)], [0.3, deep], [1 + rng.uniform(0, 0.4), 0]])]


def arrow(rng: np.random.Generator) -> Strokes:
    """An arrow in any direction."""
    head = rng.uniform(0.2, 0.45)
    shaft = np.array([[0, 0], [1, 0.0]])
    tip = np.array([[1 - head, -head], [1, 0], [1 - head, head]])
    return _turned([shaft, tip], rng.uniform(0, 2 * np.pi))


def triangle(rng: np.random.Generator) -> Strokes:
    """A triangle on its side or on its tip."""
    corners = np.array([[0, 1], [0.5, 0], [1, 1], [0, 1]]) + rng.normal(0, 0.06, (4, 2))
    corners[3] = corners[0]
    return [corners * (1, rng.choice((-1, 1)))]


def heart(rng: np.random.Generator) -> Strokes:
    """A heart."""
    t = np.linspace(0, 2 * np.pi, 50)
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    return [np.stack([16 * np.sin(t) ** 3, -y * rng.uniform(0.8, 1.2)], axis=1)]


def house(rng: np.random.Generator) -> Strokes:
    """A house, with a door or without."""
    walls = np.array([[0, 1], [0, 0.4], [0.5, 0], [1, 0.4], [1, 1], [0, 1]])
    beam = np.array([[0, 0.4], [1, 0.4]])
    door = np.array([[0.4, 1], [0.4, 0.7], [0.6, 0.7], [0.6, 1]])
    return [walls, beam, door][: rng.integers(2, 4)]


def face(rng: np.random.Generator) -> Strokes:
    """A face with two eyes and a mouth."""
    mouth = np.array([[-0.4, 0.3], [0, rng.uniform(0.2, 0.6)], [0.4, 0.3]])
    eyes = [ring(0.08, x, -0.3) for x in (-0.35, 0.35)]
    return [ring(1.0), smooth(mouth), *eyes]


def flower(rng: np.random.Generator) -> Strokes:
    """Petals around a middle, with a stem or without."""
    petals = int(rng.integers(4, 8))
    angle = np.linspace(0, 2 * np.pi, 100)
    radius = 0.55 + 0.45 * np.abs(np.sin(petals * angle / 2))
    bloom = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    stem = np.array([[0, 1.0], [rng.normal(0, 0.2), 2.4]])
    return [bloom, ring(0.2), stem][: rng.integers(1, 4)]


def sun(rng: np.random.Generator) -> Strokes:
    """A ring with rays."""
    rays = int(rng.integers(5, 12))
    angles = np.arange(rays) * 2 * np.pi / rays
    along = [np.array([[np.cos(a), np.sin(a)]]) for a in angles]
    return [ring(0.6), *(np.concatenate([0.6 * a, rng.uniform(0.9, 1.2) * a]) for a in along)]


def grid(rng: np.random.Generator) -> Strokes:
    """Lines that cross: a grid, a ladder, a hash."""
    rows, columns = rng.integers(2, 5, 2)
    across = [np.array([[0, y], [1, y]]) for y in np.linspace(0.2, 0.8, rows)]
    down = [np.array([[x, 0], [x, 1]]) for x in np.linspace(0.2, 0.8, columns)]
    return _turned([*across, *down], rng.normal(0, 0.2))


def tree(rng: np.random.Generator) -> Strokes:
    """A stem with branches."""
    branches = [np.array([[0, 0], [0, 1.0]])]
    for y in rng.uniform(0, 0.7, rng.integers(2, 5)):
        side = rng.choice((-1, 1)) * rng.uniform(0.3, 0.7)
        branches.append(np.array([[0, y + 0.2], [side, y - rng.uniform(0, 0.3)]]))
    return _turned(branches, rng.normal(0, 0.3))


def fish(rng: np.random.Generator) -> Strokes:
    """A fish: two bows that cross at its tail."""
    x = np.linspace(0, 1, 30)
    y = np.sin(np.pi * np.minimum(x * 1.35, 1.35)) * 0.35
    line = np.concatenate([np.stack([x, y], axis=1), np.stack([x, -y], axis=1)[::-1]])
    return [line * (rng.choice((-1, 1)), rng.uniform(0.7, 1.2)), ring(0.04, 0.2, -0.05)]


def crossed_shape(rng: np.random.Generator) -> Strokes:
    """A ring or a box with a cross or a dot in it."""
    box = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1.0]])
    outer = box if rng.random() < 0.5 else ring(1.0)
    inner = asterisk(rng)[:2] if rng.random() < 0.7 else [ring(0.15)]
    return [outer, *inner]


def corners(rng: np.random.Generator) -> Strokes:
    """A line with many sharp bends; with few of them it might be a 2, a 5 or a 7."""
    return [np.cumsum(rng.choice((-1, 0, 1), (rng.integers(9, 14), 2)), axis=0) + 0.0]


def cluster(rng: np.random.Generator) -> Strokes:
    """Three to seven short strokes that touch or cross, as in unknown letters."""
    strokes = []
    for _ in range(rng.integers(3, 8)):
        start = rng.uniform(-0.6, 0.6, 2)
        way = rng.normal(0, 0.6, 2)
        bow = rng.normal(0, 0.12, 2)
        strokes.append(smooth(np.stack([start - way / 2, start + bow, start + way / 2])))
    return strokes


def rings(rng: np.random.Generator) -> Strokes:
    """Three rings and more, side by side or about each other."""
    places = rng.uniform(-0.8, 0.8, (rng.integers(3, 6), 2))
    return [ring(rng.uniform(0.3, 0.7), *place) for place in places]


DOODLES: tuple[Doodle, ...] = (
    scribble,
    scribble,
    hatching,
    wave,
    spiral,
    star,
    asterisk,
    asterisk,
    dash,
    dot,
    tick,
    arrow,
    triangle,
    heart,
    house,
    face,
    flower,
    sun,
    grid,
    tree,
    fish,
    crossed_shape,
    corners,
    cluster,
    cluster,
    cluster,
    rings,
)


def ring(radius: float, x: float = 0.0, y: float = 0.0) -> Points:
    """A circle about x, y: float64 (24, 2)."""
    angle = np.linspace(0, 2 * np.pi, 24)
    return np.stack([x + radius * np.cos(angle), y + radius * np.sin(angle)], axis=1)


def _turned(strokes: Strokes, angle: float) -> Strokes:
    cosine, sine = np.cos(angle), np.sin(angle)
    turn = np.array([[cosine, -sine], [sine, cosine]])
    return [stroke @ turn.T for stroke in strokes]
