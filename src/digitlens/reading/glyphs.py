"""Find the glyphs: which ink belongs to one digit, and in which order the digits are read.

Digits stand beside each other with space between them, while the parts of one digit lie above each
other (the bar of a 5), or one beside the other but not at the same height (the hook and the stem
of a 4). Touching digits and forms are not told apart here.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from digitlens.reading.ink import as_mask
from digitlens.reading.stages import Ink

_OVERLAP = 0.35  # share of the narrower part's width that lies over (or under) the other's
_STACKED = 0.3  # gap between parts above each other, as a share of the taller part's height
_FLAT_STACKED = 0.45  # the same as a share of their common height, where one is flat, like a bar
_FLAT = 0.8  # height of a flat part, as a share of its width
_BESIDE = 0.15  # gap between two strokes of one digit, as a share of their common height
_DIAGONAL = 0.1  # vertical gap between strokes of one digit that stand diagonally, likewise
_LEVEL = 0.62  # parts whose heights overlap by more than this stand level: they are two digits
_ONE_DIGIT = 32  # longest side of a picture that has but one digit, as MNIST's files do, in pixels
_MOST_PARTS = 100  # that a picture may have; more are a pattern, and would take long to compare
_LEAST_HEIGHT = 0.3  # a digit is not smaller than this share of the tallest beside it


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle in the ink, in its pixels: left, top, right and bottom, the last two outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Height in pixels."""
        return self.bottom - self.top

    def join(self, other: Part) -> Part:
        """The rectangle around both."""
        return Part(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Glyph:
    """What is taken for one digit.

    Attributes:
        box: Where it stands in the ink.
        ink: Its ink and no other's, uint8 (h, w) of the box, 255 is ink.
    """

    box: Part
    ink: Ink


def find_glyphs(ink: Ink) -> list[Glyph]:
    """Find the digits of an inked picture, in reading order.

    Args:
        ink: uint8 (h, w), 255 is ink.

    Returns:
        The glyphs, line by line from the top, each line from the left; none without ink.
    """
    mask = as_mask(ink)
    x, y, width, height = cv2.boundingRect(mask)
    if width == 0:
        return []
    window = mask[y : y + height, x : x + width]
    count, _ = cv2.connectedComponents(window, connectivity=8)
    if count == 2 or max(ink.shape) <= _ONE_DIGIT:
        return [Glyph(Part(x, y, x + width, y + height), ink[y : y + height, x : x + width])]
    _, labels, stats, _ = cv2.connectedComponentsWithStats(window, connectivity=8)
    groups = in_reading_order(without_specks(group(_largest(stats))))
    inner = ink[y : y + height, x : x + width]
    return [_cut(inner, labels, box, members, (x, y)) for box, members in groups]


def group(parts: dict[int, Part]) -> list[tuple[Part, list[int]]]:
    """Put together the parts of one digit.

    Args:
        parts: All parts, by their labels.

    Returns:
        For each digit the rectangle around it, and the labels of its parts.
    """
    groups: list[tuple[Part, list[int]]] = []
    for label, part in parts.items():
        box, members = part, [label]
        while (other := next((g for g in groups if belong_together(g[0], box)), None)) is not None:
            groups.remove(other)
            box, members = box.join(other[0]), members + other[1]
        groups.append((box, members))
    return groups


def _largest(stats: cv2.typing.MatLike) -> dict[int, Part]:
    """The parts that are taken for writing, by their labels.

    Args:
        stats: As OpenCV gives them: left, top, width and height of each label; 0 is the ground.
    """
    sides = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    labels = np.argsort(-sides, kind="stable")[:_MOST_PARTS] + 1
    return {
        label: Part(left, top, left + width, top + height)
        for label in sorted(labels.tolist())
        for left, top, width, height in [stats[label, :4].tolist()]
    }


def belong_together(one: Part, other: Part) -> bool:
    """Whether two parts are strokes of one digit, and not two digits."""
    across = _shared(one.left, one.right, other.left, other.right)
    along = _shared(one.top, one.bottom, other.top, other.bottom)
    both = one.join(other)
    if across < _OVERLAP * min(one.width, other.width):
        is_near = -across < _BESIDE * both.height and -along < _DIAGONAL * both.height
        return is_near and along < _LEVEL * both.height
    if min(one.height / one.width, other.height / other.width) < _FLAT:
        return -along < _FLAT_STACKED * both.height
    return -along < _STACKED * max(one.height, other.height)


def without_specks(groups: list[tuple[Part, list[int]]]) -> list[tuple[Part, list[int]]]:
    """Leave out what is too small to be a digit beside the others."""
    least = _LEAST_HEIGHT * max(max(box.width, box.height) for box, _ in groups)
    return [(box, members) for box, members in groups if max(box.width, box.height) >= least]


def in_reading_order(groups: list[tuple[Part, list[int]]]) -> list[tuple[Part, list[int]]]:
    """Sort digits line by line from the top, each line from the left."""
    lines: list[list[tuple[Part, list[int]]]] = []
    for entry in sorted(groups, key=lambda g: g[0].top):
        middle = (entry[0].top + entry[0].bottom) / 2
        line = next((line for line in lines if middle < max(g[0].bottom for g in line)), None)
        if line is None:
            lines.append([entry])
        else:
            line.append(entry)
    return [entry for line in lines for entry in sorted(line, key=lambda g: g[0].left)]


def _shared(start: int, end: int, other_start: int, other_end: int) -> int:
    """How much two spans overlap; negative, the gap between them."""
    return min(end, other_end) - max(start, other_start)


def _cut(
    ink: Ink, labels: cv2.typing.MatLike, box: Part, members: list[int], origin: tuple[int, int]
) -> Glyph:
    window = slice(box.top, box.bottom), slice(box.left, box.right)
    mine = np.isin(labels[window], members)
    # The soft edge of a stroke belongs to it; the other digits' edges do not.
    near = cv2.dilate(mine.astype(np.uint8), np.ones((3, 3), np.uint8))
    cut = np.where(near > 0, ink[window], np.uint8(0))
    x, y = origin
    return Glyph(Part(box.left + x, box.top + y, box.right + x, box.bottom + y), cut)
