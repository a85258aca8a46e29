"""Augment: what a digit might have looked like, had it been written a little differently.

A glyph is turned, sheared, stretched and bent, and then normalized by the very file that prepares
what the network reads; its pen is a little thicker or thinner and its place a little off, because
on real pictures neither is found exactly.

Turning, shearing, stretching and bending are one map, so that pixels are looked up once. For each
pixel of the canvas it says which place of the glyph is seen there: B M Bᵀ, where the columns of B
are bumps along a side, the place along it, and ones, and M has the random heights of the bumps and
the affine map. That is a product of small matrices instead of a field that must be smoothed.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.reading.normalize import PEN, SIDE, center, set_pen
from digitlens.reading.stages import HALF, Ink, Seen

Floats = npt.NDArray[np.float32]

_BLOCK = 128  # glyphs whose maps are in memory at a time, 40 kB each
_CANVAS = 72  # side of the canvas that a glyph is distorted on, in pixels
_FINE = 3  # a glyph is enlarged so many times before its pixels are looked up
_ROOM = 0.75  # share of it that the undistorted 28×28 fill
_SMOOTH = 4.0  # Gaussian that bends are smoothed with, in pixels of 28×28; Simard's for MNIST
_BUMPS = np.arange(-2.0, 31.0, _SMOOTH)  # where they stand along a side, in the same pixels


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
        elastic: How far lines are bent, in pixels of 28×28: the root mean square of a smooth
            random field in each direction (Simard, Steinkraus, Platt 2003, "Best practices for
            convolutional neural networks applied to visual document analysis"). 0.6 changes a
            hand and leaves every digit what it was.
        binary: Share of the pictures whose pixels are only 0 or 1.
    """

    rotation: float = 12.0
    shear: float = 0.2
    stretch: float = 0.12
    zoom: float = 0.08
    shift: float = 1.0
    pen: float = 0.5
    elastic: float = 0.0
    binary: float = 0.0


def augment(ink: Ink, spec: Augmentation, rng: np.random.Generator) -> Seen:
    """Distort a glyph and normalize it.

    Args:
        ink: uint8 (28, 28), 255 is ink, with at least one pixel that is more ink than not.
        spec: How far.
        rng: Where the chance comes from.

    Returns:
        float32 (28, 28), 0 to 1, 1 is ink.
    """
    return augment_many(ink[None], spec, rng)[0, :, :, 0]


def augment_many(
    inks: npt.NDArray[np.uint8], spec: Augmentation, rng: np.random.Generator
) -> npt.NDArray[np.float32]:
    """Distort glyphs and normalize them.

    Args:
        inks: uint8 (n, 28, 28), 255 is ink, each with a pixel that is more ink than not.
        spec: How far.
        rng: Where the chance comes from.

    Returns:
        float32 (n, 28, 28, 1), 0 to 1, 1 is ink.
    """
    seen = np.empty((len(inks), SIDE, SIDE, 1), np.float32)
    for start in range(0, len(inks), _BLOCK):
        part = slice(start, start + _BLOCK)
        _fill(seen[part], inks[part], spec, rng)
    return seen


def _fill(
    seen: Floats, inks: npt.NDArray[np.uint8], spec: Augmentation, rng: np.random.Generator
) -> None:
    """Put the distorted glyphs into `seen`, float32 (count, 28, 28, 1)."""
    count = len(inks)
    maps = _maps(count, spec, rng)
    pens = _pens(count, spec, rng)
    frames = _frames(count, spec, rng)
    for row, ink, where, pen, frame in zip(seen, inks, maps, pens, frames, strict=True):
        placed = center(set_pen(_distort(ink, where), pen))
        row[:, :, 0] = cv2.warpAffine(placed, frame, (SIDE, SIDE), flags=cv2.INTER_LINEAR)
    binary = rng.random(count) < spec.binary
    seen[binary] = seen[binary] > 0.5
    np.clip(seen, 0, 1, out=seen)


def _distort(ink: Ink, where: Floats) -> Ink:
    """Look the pixels of the canvas up in a glyph; one that would be lost is left as it is."""
    large = cv2.resize(ink, None, fx=_FINE, fy=_FINE, interpolation=cv2.INTER_CUBIC)
    warped = cv2.remap(large, where[0], where[1], cv2.INTER_LINEAR)
    return warped if warped.max() > HALF else ink


def _maps(count: int, spec: Augmentation, rng: np.random.Generator) -> Floats:
    """Where each pixel of the canvas is looked up, x and y: float32 (count, 2, canvas, canvas).

    In pixels of the enlarged glyph.
    """
    turn, shear, stretch = rng.uniform(-1, 1, (3, count))
    linear = _linear(np.deg2rad(turn * spec.rotation), shear * spec.shear, stretch * spec.stretch)
    bumps, along, ones = len(_BUMPS), len(_BUMPS), len(_BUMPS) + 1
    inner = np.zeros((count, 2, ones + 1, ones + 1), np.float32)
    inner[:, :, :bumps, :bumps] = rng.normal(0, spec.elastic, (count, 2, bumps, bumps))
    inner[:, :, ones, along] = linear[:, :, 0]  # times the place along a row
    inner[:, :, along, ones] = linear[:, :, 1]  # times the place along a column
    inner[:, :, ones, ones] = SIDE / 2
    places: Floats = np.matmul(np.matmul(_BASIS, inner), _BASIS.T)
    places *= _FINE
    places -= 0.5  # OpenCV counts from the middle of the first pixel, not from the edge
    return places


def _linear(
    turn: npt.NDArray[np.float64], shear: npt.NDArray[np.float64], stretch: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """The inverses of: stretch and shear, then turn. (count, 2, 2), from place to place."""
    zero, cosine, sine = np.zeros_like(turn), np.cos(turn), np.sin(turn)
    back = np.array([[cosine, sine], [-sine, cosine]])
    unstretch = np.array([[1 / (1 + stretch), -shear], [zero, 1 + stretch]])
    inverse: npt.NDArray[np.float64] = np.einsum("ijn,jkn->nik", unstretch, back)
    return inverse


def _basis() -> Floats:
    """B: for each pixel along a side of the canvas the bumps, its place from the middle, and 1."""
    place = ((np.arange(_CANVAS) + 0.5) / _CANVAS - 0.5) * SIDE / _ROOM
    bumps = np.exp(-((place[:, None] + SIDE / 2 - _BUMPS) ** 2) / (2 * _SMOOTH**2))
    # White noise of variance 1, weighted by numbers whose squares sum up to 1, has variance 1.
    bumps /= np.linalg.norm(bumps, axis=1, keepdims=True)
    return np.hstack([bumps, place[:, None], np.ones((_CANVAS, 1))]).astype(np.float32)


_BASIS = _basis()


def _pens(count: int, spec: Augmentation, rng: np.random.Generator) -> list[tuple[float, float]]:
    """Thinnest and thickest pen of each: one width for both, or all that the network knows."""
    widths, chances = rng.uniform(*PEN, count), rng.random(count)
    return [(w, w) if c < spec.pen else PEN for w, c in zip(widths, chances, strict=True)]


def _frames(count: int, spec: Augmentation, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Affine maps that zoom about the middle of 28×28 and shift: (count, 2, 3)."""
    zoom, right, down = rng.uniform(-1, 1, (3, count))
    zoom = 1 + zoom * spec.zoom
    middle = (SIDE - 1) / 2 * (1 - zoom)
    frames = np.zeros((count, 2, 3))
    frames[:, 0, 0] = frames[:, 1, 1] = zoom
    frames[:, 0, 2] = middle + right * spec.shift
    frames[:, 1, 2] = middle + down * spec.shift
    return frames
