"""Files: digits of 28×28 and less as programs save them, and as they are enlarged."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from benchmarks.conditions.pages import Condition, Ink, Random, box_of, to_bytes

Small = npt.NDArray[Any]  # uint8 (h, w), 255 is ink


def reduced(ink: Ink, side: int, room: float = 0.72) -> Small:
    """The digit in the middle of a small picture, its longer side a share of it."""
    left, top, right, bottom = box_of(ink)
    scale = side * room / max(right - left, bottom - top)
    middle = (left + right - 1) / 2, (top + bottom - 1) / 2
    frame = np.array([[scale, 0, (side - 1) / 2], [0, scale, (side - 1) / 2]])
    frame[:, 2] -= scale * np.array(middle)
    fine = 8  # averaged down, which warping alone does not
    frame = frame * fine
    frame[:, 2] += (fine - 1) / 2
    large = cv2.warpAffine(ink, frame, (side * fine, side * fine), flags=cv2.INTER_LINEAR)
    return to_bytes(cv2.resize(large, (side, side), interpolation=cv2.INTER_AREA) * 255)


def white_on_black(ink: Ink, rng: Random) -> object:  # noqa: ARG001
    """As MNIST has them."""
    return to_png(reduced(ink, 28))


def black_on_white(ink: Ink, rng: Random) -> object:  # noqa: ARG001
    """As one would print them."""
    return to_png(255 - reduced(ink, 28))


def coloured(ink: Ink, rng: Random) -> object:
    """With three colours, as JPEG or PNG, either way round."""
    small = reduced(ink, 28)
    image = Image.fromarray(small if rng.random() < 0.5 else 255 - small).convert("RGB")
    return _file(image, "PNG" if rng.random() < 0.5 else "JPEG")


def transparent(ink: Ink, rng: Random) -> object:
    """The ink is what is opaque, black or white."""
    small = reduced(ink, 28)
    level = np.full_like(small, 0 if rng.random() < 0.5 else 255)
    return _file(Image.fromarray(np.dstack([level, level, level, small])), "PNG")


def touching_the_edge(ink: Ink, rng: Random) -> object:
    """Cut out without any margin."""
    small = reduced(ink, 28, 1.0)
    return to_png(small if rng.random() < 0.5 else 255 - small)


def padded(ink: Ink, rng: Random) -> object:
    """White on black, padded to 64×64 with white, or the other way round."""
    small = np.pad(reduced(ink, 28), 18)
    inner = np.pad(np.ones((28, 28), np.bool_), 18)
    small = np.where(inner, small, np.uint8(255))
    return to_png(small if rng.random() < 0.5 else 255 - small)


def rough(ink: Ink, rng: Random) -> object:
    """Reduced to 28×28 by picking pixels, without averaging."""
    small = to_bytes(cv2.resize(_square(ink), (28, 28), interpolation=cv2.INTER_NEAREST) * 255)
    return to_png(small if rng.random() < 0.5 else 255 - small)


def blocks(side: int, bits: int) -> Condition:
    """A small picture enlarged to 140 to 280 pixels, each of its pixels a block."""

    def condition(ink: Ink, rng: Random) -> object:
        small = reduced(ink, side, 0.9)
        if bits == 1:
            small = np.where(small > 110, np.uint8(255), np.uint8(0))
        else:
            levels = 2**bits - 1
            small = to_bytes(np.rint(small / 255 * levels) * (255 / levels))
        wide = int(rng.integers(140, 281))
        wide -= wide % side if rng.random() < 0.7 else 0
        large = cv2.resize(small, (wide, wide), interpolation=cv2.INTER_NEAREST_EXACT)
        return to_png(large if rng.random() < 0.5 else 255 - large)

    return condition


def smooth(side: int) -> Condition:
    """A small picture enlarged softly, as most programs do."""

    def condition(ink: Ink, rng: Random) -> object:
        method = (cv2.INTER_LINEAR, cv2.INTER_CUBIC)[rng.integers(2)]
        large = cv2.resize(reduced(ink, side, 0.9), (200, 200), interpolation=method)
        return to_png(large if rng.random() < 0.5 else 255 - large)

    return condition


def _square(ink: Ink) -> Ink:
    left, top, right, bottom = box_of(ink)
    half = round(max(right - left, bottom - top) * 0.7)
    x, y = (left + right) // 2 + 280, (top + bottom) // 2 + 280
    return np.pad(ink, 280)[y - half : y + half, x - half : x + half]


def to_png(levels: Small) -> bytes:
    """A file of one channel."""
    return _file(Image.fromarray(levels), "PNG")


def _file(image: Image.Image, form: str) -> bytes:
    file = io.BytesIO()
    image.save(file, form)
    return file.getvalue()


_NAMED: dict[str, Callable[[Ink, Random], object]] = {
    "28×28, white on black": white_on_black,
    "28×28, black on white": black_on_white,
    "28×28 in colour": coloured,
    "28×28, transparent": transparent,
    "28×28 without margin": touching_the_edge,
    "28×28, padded with its ink's level": padded,
    "28×28 without averaging": rough,
    "8×8 of 16 levels in blocks": blocks(8, 4),
    "16×16 of one bit in blocks": blocks(16, 1),
    "16×16 in blocks": blocks(16, 8),
    "28×28 in blocks": blocks(28, 8),
    "28×28 of one bit in blocks": blocks(28, 1),
    "32×32 of one bit in blocks": blocks(32, 1),
    "16×16, enlarged softly": smooth(16),
    "28×28, enlarged softly": smooth(28),
}
CONDITIONS: dict[str, Condition] = dict(_NAMED)
