"""Paper: ruled, squared, with boxes for digits, coloured; pencils and colour ink."""

from __future__ import annotations

import numpy as np

from benchmarks.conditions.pages import (
    BLACK,
    WHITE,
    Colour,
    Condition,
    Ink,
    Random,
    box_of,
    drawn_or_scanned,
    lines,
    page,
    scan,
)

_BLUE: Colour = (0.1, 0.15, 0.6)
_PENS: tuple[Colour, ...] = (_BLUE, (0.8, 0.1, 0.1), (0.1, 0.5, 0.2), (0.9, 0.45, 0.05))
_PALE: tuple[Colour, ...] = ((1, 0.95, 0.6), (0.75, 0.9, 1), (1, 0.8, 0.85), (0.8, 0.95, 0.8))
_RULES: tuple[Colour, ...] = ((0.65, 0.78, 0.95), (0.75, 0.75, 0.75), (0.5, 0.65, 0.9))


def faint_pencil(ink: Ink, rng: Random) -> object:
    """A hard pencil, grey and grainy."""
    grain = rng.uniform(0.6, 1, ink.shape).astype(np.float32)
    level = rng.uniform(0.65, 0.85)
    return scan(page(ink * grain, (level, level, level)), rng, noise=2.5)


def ruled(ink: Ink, rng: Random) -> object:
    """Ruled paper, blue or grey: some lines run through the digit."""
    _, top, _, bottom = box_of(ink)
    gap = (bottom - top) * rng.uniform(0.45, 1.1)
    return _on_print(ink, _level_lines(gap, rng), rng.uniform(1, 2.5), rng, _rule(rng))


def ruled_dark(ink: Ink, rng: Random) -> object:
    """The same with thin black lines."""
    _, top, _, bottom = box_of(ink)
    gap = (bottom - top) * rng.uniform(0.6, 1.2)
    return _on_print(ink, _level_lines(gap, rng), rng.uniform(1, 2), rng, BLACK)


def one_line(ink: Ink, rng: Random) -> object:
    """A line to write on, black or grey, that touches the digit's foot."""
    left, _, right, bottom = box_of(ink)
    y = bottom + rng.uniform(-8, 4)
    ends = (0.0, float(ink.shape[1])) if rng.random() < 0.5 else (left - 25.0, right + 25.0)
    path = [(ends[0], y), (ends[1], y)]
    return _on_print(ink, [path], rng.uniform(1, 4), rng, _grey(rng.uniform(0.08, 0.6)))


def squared(ink: Ink, rng: Random) -> object:
    """Squared paper with pale lines, two to five squares to the digit's height."""
    return _squares(ink, rng, _rule(rng))


def squared_dark(ink: Ink, rng: Random) -> object:
    """Squared paper with lines of half the ink's darkness."""
    return _squares(ink, rng, _grey(rng.uniform(0.35, 0.6)))


def boxed(ink: Ink, rng: Random) -> object:
    """A printed box around the digit, as forms have it, black or grey."""
    return _on_print(ink, [_frame(ink, rng, (6, 40))], rng.uniform(1, 5), rng, _form(rng))


def boxed_touching(ink: Ink, rng: Random) -> object:
    """A box that the digit touches or crosses on one side."""
    left, top, right, bottom = box_of(ink)
    sides = np.array([left, top, right, bottom]) + rng.uniform(10, 30, 4) * [-1, -1, 1, 1]
    side = int(rng.integers(4))
    sides[side] = (left, top, right, bottom)[side] + rng.uniform(2, 10) * (1, 1, -1, -1)[side]
    return _on_print(ink, [_corners(*sides)], rng.uniform(1, 4), rng, _form(rng))


def comb(ink: Ink, rng: Random) -> object:
    """A comb: a box that is open at the top."""
    corners = _frame(ink, rng, (6, 40))
    return _on_print(ink, [corners[:4]], rng.uniform(1, 4), rng, _form(rng))


def row_of_boxes(ink: Ink, rng: Random) -> object:
    """A box in a row of boxes, of which the others are empty and run off the picture."""
    (left, top), _, (right, bottom), *_ = _frame(ink, rng, (10, 40))
    wide = right - left
    paths = [[(-9.0, y), (999.0, y)] for y in (top, bottom)]
    paths += [[(left + n * wide, top), (left + n * wide, bottom)] for n in range(-4, 6)]
    return _on_print(ink, paths, rng.uniform(1, 3), rng, _form(rng))


def colour_ink(ink: Ink, rng: Random) -> object:
    """Blue, red, green or orange ink on white."""
    return drawn_or_scanned(page(ink, _PENS[rng.integers(4)]), rng)


def colour_paper(ink: Ink, rng: Random) -> object:
    """Coloured or black ink on yellow, blue, pink or green paper."""
    pen = (BLACK, _BLUE, _PENS[1], _PENS[2])[rng.integers(4)]
    return drawn_or_scanned(page(ink, pen, _PALE[rng.integers(4)]), rng)


def _squares(ink: Ink, rng: Random, colour: Colour) -> object:
    _, top, _, bottom = box_of(ink)
    gap = (bottom - top) / rng.uniform(2, 5)
    paths = _level_lines(gap, rng)
    paths += [[(y, x) for x, y in path] for path in _level_lines(gap, rng)]
    return _on_print(ink, paths, rng.uniform(1, 2), rng, colour)


def _on_print(
    ink: Ink,
    paths: list[list[tuple[float, float]]],
    width: float,
    rng: Random,
    colour: Colour,
) -> object:
    pen = (BLACK, _BLUE)[rng.integers(2)]
    printed = lines(paths, width, ink.shape)
    return drawn_or_scanned(page(ink, pen, WHITE, printed, print_colour=colour), rng)


def _level_lines(gap: float, rng: Random) -> list[list[tuple[float, float]]]:
    """Lines across the page, slanting by up to a degree or so where the page lay askew."""
    slant = rng.uniform(-6, 6) * (rng.random() < 0.5)
    starts = np.arange(-rng.uniform(0, 1) * gap, 300, gap)
    return [[(0.0, float(y)), (280.0, float(y + slant))] for y in starts]


def _frame(ink: Ink, rng: Random, room: tuple[float, float]) -> list[tuple[float, float]]:
    left, top, right, bottom = box_of(ink)
    sides = np.array([left, top, right, bottom]) + rng.uniform(*room, 4) * [-1, -1, 1, 1]
    return _corners(*sides)


def _corners(left: float, top: float, right: float, bottom: float) -> list[tuple[float, float]]:
    """Once around from the top left; all but the last side is a comb that is open at the top."""
    return [(left, top), (left, bottom), (right, bottom), (right, top), (left, top)]


def _rule(rng: Random) -> Colour:
    return _RULES[rng.integers(len(_RULES))]


def _form(rng: Random) -> Colour:
    return _grey(rng.choice([0.08, 0.4, 0.65]))


def _grey(level: float) -> Colour:
    return (level, level, level)


CONDITIONS: dict[str, Condition] = {
    "faint pencil": faint_pencil,
    "ruled paper": ruled,
    "ruled paper, black lines": ruled_dark,
    "one line at the foot": one_line,
    "squared paper": squared,
    "squared paper, dark lines": squared_dark,
    "box": boxed,
    "box, touched by the digit": boxed_touching,
    "comb": comb,
    "row of boxes": row_of_boxes,
    "colour ink": colour_ink,
    "colour paper": colour_paper,
}
