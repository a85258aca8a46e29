"""Pictures: digits on a canvas, as a browser's `canvas.toBlob` hands them out.

python -m benchmarks.pictures 30     writes thirty of them as lines of JSON
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from tests.drawings import DIGITS

from benchmarks.drawn import Drawn

SIDE = 280  # of the canvas, in pixels
_SHIFT = 4  # OpenCV takes coordinates in fractions of 2^-4 pixels
# Chromium stores each row as what changes from the one above, and packs that quickly. Files of
# 4 kB come of it, which take longer to unpack than those of 2 kB that were packed with care.
_AS_CHROMIUM = (
    cv2.IMWRITE_PNG_FILTER,
    cv2.IMWRITE_PNG_FILTER_UP,
    cv2.IMWRITE_PNG_COMPRESSION,
    1,
)


def drawings(count: int, seed: int = 1) -> Iterator[Drawn]:
    """Draw digits, each at its own place, in its own size and with its own pen."""
    rng = np.random.default_rng(seed)
    for index in range(count):
        text = str(index % 10)
        yield Drawn(text, encode(draw(text, rng)))


def draw(text: str, rng: np.random.Generator) -> npt.NDArray[Any]:
    """Draw one digit.

    Returns:
        uint8 (280, 280), 0 is black.
    """
    height = rng.uniform(0.35, 0.8) * SIDE
    pen = round(height * rng.uniform(0.06, 0.12))
    low, span = _extent(text)
    room = np.maximum(SIDE - span * height - 2 * pen, 0)
    corner = pen + rng.uniform(0, 1, 2) * room
    paper = np.full((SIDE, SIDE), 255, np.uint8)
    for stroke in DIGITS[text]:
        points = (np.array(stroke) - low) * height + corner
        placed = np.rint(points * 2**_SHIFT).astype(np.int32)
        cv2.polylines(paper, [placed], False, 0, pen, cv2.LINE_AA, _SHIFT)
    return paper


def encode(grey: npt.NDArray[Any]) -> bytes:
    """A canvas as the file that Chromium makes of it."""
    _, file = cv2.imencode(".png", cv2.cvtColor(grey, cv2.COLOR_GRAY2BGRA), _AS_CHROMIUM)
    return file.tobytes()


def _extent(text: str) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    points = np.concatenate([np.array(stroke) for stroke in DIGITS[text]])
    return points.min(axis=0), np.ptp(points, axis=0)


if __name__ == "__main__":
    for drawn in drawings(int(sys.argv[1])):
        print(drawn.line())
