"""Pages: paper with ink and print on it, as a scanner, a camera or a program sees them.

Ink is float32 (280, 280), 0 to 1, 1 is ink. Light passes what is printed first and then what is
written: every layer takes its share of the light of each colour.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Ink = npt.NDArray[Any]  # float32 (h, w), 0 to 1, 1 is ink
Light = npt.NDArray[Any]  # float32 (h, w, 3), 0 to 1, 1 is all the light of a colour
Random = np.random.Generator
Colour = tuple[float, float, float]  # red, green and blue that come back, 0 to 1
Condition = Callable[[Ink, Random], object]

SIDE = 280  # of the page, in pixels
WHITE: Colour = (1.0, 1.0, 1.0)
BLACK: Colour = (0.08, 0.08, 0.08)
_SHIFT = 4  # OpenCV takes coordinates in fractions of 2^-4 pixels


def page(
    ink: Ink, pen: Colour = BLACK, paper: Colour = WHITE, print_: Ink | None = None, **how: Any
) -> Light:
    """Paper with ink on it.

    Args:
        ink: What was written.
        pen: Colour of the ink.
        paper: Colour of the paper.
        print_: What is printed below the ink, if anything.
        how: `print_colour`, black without it.
    """
    light = np.ones((*ink.shape, 3), np.float32) * np.float32(paper)
    if print_ is not None:
        light *= _layer(print_, how.get("print_colour", BLACK))
    return light * _layer(ink, pen)


def scan(light: Light, rng: Random, noise: float = 2, blur: float = 0.7) -> npt.NDArray[np.uint8]:
    """What a scanner or a camera makes of it: a little blur, a little noise.

    Returns:
        uint8 (h, w, 3).
    """
    seen = cv2.GaussianBlur(light, (0, 0), blur) * 255 * rng.uniform(0.88, 0.97)
    return to_bytes(seen + rng.normal(0, noise, light.shape[:2])[:, :, None])


def drawn_or_scanned(light: Light, rng: Random) -> npt.NDArray[np.uint8]:
    """Half of them as a program draws them, half scanned."""
    return scan(light, rng) if rng.random() < 0.5 else to_bytes(light * 255)


def to_bytes(levels: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """Levels from 0 to 255 as bytes."""
    rounded: npt.NDArray[np.uint8] = np.clip(np.rint(levels), 0, 255).astype(np.uint8)
    return rounded


def grey(ink: Ink) -> npt.NDArray[np.uint8]:
    """The ink black on white, uint8 (h, w)."""
    return to_bytes(255 - 255 * ink)


def lines(paths: list[list[tuple[float, float]]], width: float, shape: tuple[int, ...]) -> Ink:
    """Straight lines as print.

    Args:
        paths: For each line its corners, x and y in pixels.
        width: In pixels; may be a fraction.
        shape: Height and width of the page.
    """
    fine = 4
    sheet = np.zeros((shape[0] * fine, shape[1] * fine), np.uint8)
    for path in paths:
        at = np.rint(np.array(path) * fine * 2**_SHIFT).astype(np.int32)
        cv2.polylines(sheet, [at], False, 255, max(1, round(width * fine)), cv2.LINE_AA, _SHIFT)
    small = cv2.resize(sheet, shape[1::-1], interpolation=cv2.INTER_AREA)
    return small.astype(np.float32) / 255


def box_of(ink: Ink) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the ink, the last two outside."""
    x, y, width, height = cv2.boundingRect((ink > 0.5).astype(np.uint8))
    return x, y, x + width, y + height


def _layer(cover: Ink, colour: Colour) -> Light:
    return 1 - cover[:, :, None] * (1 - np.float32(colour))
