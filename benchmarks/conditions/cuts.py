"""Cuts: digits that were cut out of a page with no room around them, as data sets have them."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.conditions.files import reduced, to_png
from benchmarks.conditions.pages import Condition, Ink, Random, page, scan, to_bytes

_METHODS = (cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4)


def cut_out(ink: Ink, rng: Random) -> object:
    """A drawing, cut out at its ink."""
    return _either(to_bytes(_cut(ink) * 255), rng)


def in_a_square(ink: Ink, rng: Random) -> object:
    """A drawing in a square as large as its longer side."""
    return _either(_square(to_bytes(_cut(ink) * 255)), rng)


def scanned(ink: Ink, rng: Random) -> object:
    """A scan, cut out at its ink."""
    return scan(page(ink), rng)[_window(ink)]


def enlarged(side: int) -> Condition:
    """A small picture that its digit fills, enlarged softly."""

    def condition(ink: Ink, rng: Random) -> object:
        wide = int(rng.integers(60, 300))
        method = _METHODS[rng.integers(len(_METHODS))]
        small = _cut(reduced(ink, side, 1.0) / 255)
        high, across = (max(1, round(wide / side * length)) for length in small.shape)
        large = cv2.resize(small, (across, high), interpolation=method)
        return _either(to_bytes(large * 255), rng)

    return condition


def small(side: int, bits: int) -> Condition:
    """A small picture that its digit fills, as it is."""

    def condition(ink: Ink, rng: Random) -> object:
        levels = reduced(ink, side, 1.0)
        if bits == 1:
            levels = np.where(levels > 110, np.uint8(255), np.uint8(0))
        return _either(levels, rng)

    return condition


def _either(levels: npt.NDArray[np.uint8], rng: Random) -> object:
    return to_png(levels if rng.random() < 0.5 else 255 - levels)


def _cut(ink: Ink) -> Ink:
    return ink[_window(ink)]


def _window(ink: Ink) -> tuple[slice, slice]:
    """Rows and columns of the ink, nearly all of its soft edge outside."""
    x, y, width, height = cv2.boundingRect((ink > 0.3 * ink.max()).astype(np.uint8))
    return slice(y, y + height), slice(x, x + width)


def _square(levels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    height, width = levels.shape
    side = max(height, width)
    room = np.zeros((side, side), np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    room[top : top + height, left : left + width] = levels
    return room


CONDITIONS: dict[str, Condition] = {
    "cut out": cut_out,
    "cut out, in a square": in_a_square,
    "cut out of a scan": scanned,
    "16×16 without margin": small(16, 8),
    "32×32 of one bit without margin": small(32, 1),
    "64×64 of one bit without margin": small(64, 1),
    "8×8 without margin, enlarged softly": enlarged(8),
    "16×16 without margin, enlarged softly": enlarged(16),
    "20×20 without margin, enlarged softly": enlarged(20),
}
