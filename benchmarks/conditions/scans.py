"""Scans: dirt, dark edges, one bit, compression."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.conditions.pages import Condition, Ink, Random, grey, page, scan


def salt_and_pepper(ink: Ink, rng: Random) -> object:
    """Single pixels black and white, up to three in a hundred."""
    picture = grey(ink)
    dirt = rng.random(picture.shape)
    share = rng.uniform(0.002, 0.03)
    picture[dirt < share / 2] = 0
    picture[dirt > 1 - share / 2] = 255
    return picture


def dirt(ink: Ink, rng: Random) -> object:
    """A scan with some thirty specks of up to six pixels."""
    picture = scan(page(ink), rng)
    for x, y in rng.integers(0, 280, (int(rng.integers(5, 60)), 2)).tolist():
        size = int(rng.integers(1, 4))
        cv2.circle(picture, (x, y), size - 1, (60, 60, 60), -1)
    return picture


def dark_edge(ink: Ink, rng: Random) -> object:
    """A scan whose lid cast a shadow along one or two edges."""
    light = page(ink)
    for _ in range(int(rng.integers(1, 3))):
        away = np.arange(280) / rng.uniform(5, 40)
        fall = 1 - rng.uniform(0.3, 0.9) * np.exp(-(away**2))
        fall = np.broadcast_to(fall.astype(np.float32), (280, 280))
        light = light * np.rot90(fall, int(rng.integers(4)))[:, :, None]
    return scan(light, rng)


def one_bit(ink: Ink, rng: Random) -> object:
    """A scan cut at one level: every pixel is black or white."""
    picture = scan(page(ink), rng, noise=rng.uniform(2, 20))[:, :, 0]
    level = rng.uniform(90, 190)
    return np.where(picture < level, np.uint8(0), np.uint8(255))


def jpeg(ink: Ink, rng: Random) -> object:
    """A drawing packed as JPEG of quality 20 to 50."""
    return _packed(grey(ink), rng)


def jpeg_small(ink: Ink, rng: Random) -> object:
    """The same at a third of the size, where blocks are as wide as strokes."""
    return _packed(cv2.resize(grey(ink), (93, 93), interpolation=cv2.INTER_AREA), rng)


def _packed(picture: np.ndarray, rng: Random) -> bytes:  # type: ignore[type-arg]
    quality = int(rng.integers(20, 51))
    return cv2.imencode(".jpg", picture, (cv2.IMWRITE_JPEG_QUALITY, quality))[1].tobytes()


CONDITIONS: dict[str, Condition] = {
    "salt and pepper": salt_and_pepper,
    "scan with dirt": dirt,
    "scan with dark edges": dark_edge,
    "scan of one bit": one_bit,
    "JPEG of low quality": jpeg,
    "the same, 93×93": jpeg_small,
}
