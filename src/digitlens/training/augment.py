"""Augment: what a digit might have looked like, had it been written a little differently.

A glyph is turned, sheared and stretched, and then normalized by the very file that prepares what
the network reads; its pen is a little thicker or thinner and its place a little off, because on
real pictures neither is found exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.reading.normalize import PEN, SIDE, center, set_pen
from digitlens.reading.stages import HALF, Ink, Seen

_CANVAS = 112  # side of the canvas that a glyph is distorted on, in pixels


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How far a glyph is distorted at most.

    Attributes:
        rotation: Degrees to either side.
        shear: Horizontal shift per unit of height, to either side.
        stretch: Difference of width to height, as a share.
        zoom: Difference of the size in the frame, as a share.
        shift: Pixels of 28×28, in each direction.
        pen: Share of the glyphs whose pen gets another width that the network may be shown.
    """

    rotation: float = 12.0
    shear: float = 0.2
    stretch: float = 0.12
    zoom: float = 0.08
    shift: float = 1.0
    pen: float = 0.5


def augment(ink: Ink, spec: Augmentation, rng: np.random.Generator) -> Seen:
    """Distort a glyph and normalize it.

    Args:
        ink: uint8 (28, 28), 255 is ink.
        spec: How far.
        rng: Where the chance comes from.

    Returns:
        float32 (28, 28), 0 to 1, 1 is ink.
    """
    turn, shear, stretch, zoom, right, down = rng.uniform(-1, 1, 6)
    frame = _distortion(
        np.deg2rad(turn * spec.rotation), shear * spec.shear, 1 + stretch * spec.stretch
    )
    warped = cv2.warpAffine(ink, frame, (_CANVAS, _CANVAS), flags=cv2.INTER_CUBIC)
    if warped.max() <= HALF:
        warped = ink
    width = rng.uniform(*PEN)
    pen = (width, width) if rng.random() < spec.pen else PEN
    placed = center(set_pen(warped, pen))
    return _jitter(placed, 1 + zoom * spec.zoom, right * spec.shift, down * spec.shift)


def augment_many(
    inks: npt.NDArray[np.uint8], spec: Augmentation, rng: np.random.Generator
) -> npt.NDArray[np.float32]:
    """Distort glyphs, uint8 (n, 28, 28), 255 is ink, and return them as the network takes them.

    Returns:
        float32 (n, 28, 28, 1).
    """
    return np.stack([augment(ink, spec, rng) for ink in inks])[..., None]


def _distortion(turn: float, shear: float, stretch: float) -> npt.NDArray[np.float64]:
    """The affine map from 28×28 to the canvas, about the middle of both."""
    rotate = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    linear = rotate @ np.array([[stretch, shear], [0, 1 / stretch]]) * (_CANVAS / SIDE * 0.75)
    middle = (SIDE - 1) / 2
    offset = (_CANVAS - 1) / 2 - linear @ np.array([middle, middle])
    return np.hstack([linear, offset[:, None]])


def _jitter(seen: Seen, zoom: float, right: float, down: float) -> Seen:
    middle = (SIDE - 1) / 2 * (1 - zoom)
    frame = np.array([[zoom, 0, middle + right], [0, zoom, middle + down]])
    return np.clip(cv2.warpAffine(seen, frame, (SIDE, SIDE), flags=cv2.INTER_LINEAR), 0, 1)
