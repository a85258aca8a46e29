"""Lighting: shadows, photos taken by hand, very large and very small ones."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from benchmarks.conditions.pages import (
    BLACK,
    SIDE,
    Condition,
    Ink,
    Light,
    Random,
    box_of,
    page,
    scan,
    to_bytes,
)


def shadow(ink: Ink, rng: Random) -> object:
    """The edge of a shadow, sharp or soft, across paper and digit."""
    return scan(page(ink) * _shade(ink.shape, rng)[:, :, None], rng)


def photo(ink: Ink, rng: Random) -> object:
    """A photo by hand: askew, darker towards its corners, on a table, noisy, as JPEG."""
    return _jpeg(_photo(ink, rng), int(rng.integers(60, 92)))


def photo_clipped(ink: Ink, rng: Random) -> object:
    """A photo so bright that most of its paper is pure white."""
    y, x = np.mgrid[0:SIDE, 0:SIDE] / SIDE
    slope = rng.uniform(0.75, 0.95) + rng.uniform(0.2, 0.6) * (x if rng.random() < 0.5 else y)
    light = page(ink * rng.uniform(0.6, 1)) * slope[:, :, None]
    return to_bytes(cv2.GaussianBlur(light * 255, (0, 0), 0.8) + rng.normal(0, 2, light.shape))


def photo_on_white(ink: Ink, rng: Random) -> object:
    """A grey cutting of a photo on a white canvas, its light clipped on one side."""
    cut = photo_clipped(ink, rng)
    sides = rng.integers(10, 90, 4)
    around = ((sides[0], sides[1]), (sides[2], sides[3]), (0, 0))
    return np.pad(np.asarray(cut), around, constant_values=255)


def photo_on_black(ink: Ink, rng: Random) -> object:
    """A photo with black bars at two sides, as a screen shows it."""
    bars = int(rng.integers(20, 80))
    around = (
        ((0, 0), (bars, bars), (0, 0)) if rng.random() < 0.5 else ((bars, bars), (0, 0), (0, 0))
    )
    return np.pad(np.asarray(_photo(ink, rng, table=False)), around)


def photo_large(ink: Ink, rng: Random) -> object:
    """4000×3000 pixels, of which the digit is some 300 high."""
    _, top, _, bottom = box_of(ink)
    scale = 300 / (bottom - top)
    digit = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    sheet = np.zeros((3000, 4000), np.float32)
    y, x = rng.integers(100, 3000 - len(digit) - 100), rng.integers(100, 4000 - len(digit) - 100)
    sheet[y : y + len(digit), x : x + len(digit)] = np.clip(digit, 0, 1)
    light = cv2.resize(_vignette((75, 100), rng), (4000, 3000), interpolation=cv2.INTER_LINEAR)
    noise = cv2.resize(rng.normal(0, 4, (750, 1000)).astype(np.float32), (4000, 3000))
    return _jpeg(to_bytes(235 * (1 - 0.8 * sheet) * light + noise), 85)


def photo_tiny(ink: Ink, rng: Random) -> object:
    """A digit 12 to 20 pixels high, in a picture of 40 to 100."""
    small = _reduced(ink, rng)
    return scan(page(small), rng, noise=1.5, blur=0.4)


def drawing_tiny(ink: Ink, rng: Random) -> object:
    """The same from a program, without noise."""
    return to_bytes(255 - 255 * _reduced(ink, rng))


def _reduced(ink: Ink, rng: Random) -> Ink:
    left, top, right, bottom = box_of(ink)
    margin = 4
    cut = np.pad(ink, 8)[top : bottom + 16, left : right + 16]
    scale = rng.uniform(12, 20) / (bottom - top)
    small = cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    around = rng.integers(margin, 40, 4)
    return np.pad(small, ((around[0], around[1]), (around[2], around[3])))


def _photo(ink: Ink, rng: Random, table: bool = True) -> Any:
    level = rng.uniform(0.7, 0.9)
    light = page(ink * rng.uniform(0.6, 0.95), BLACK, (level, level * 0.98, level * 0.94))
    corners = np.float32([[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]])
    moved = corners + rng.uniform(-1, 1, (4, 2)).astype(np.float32) * 20
    if table:  # seen around the paper
        moved = (moved - SIDE / 2) * np.float32(rng.uniform(0.75, 1.1)) + SIDE / 2
    ground = rng.uniform(0.15, 0.6) if table else level
    warp = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    light = cv2.warpPerspective(light, warp, (SIDE, SIDE), borderValue=(ground,) * 3)
    seen = light * _vignette((SIDE, SIDE), rng)[:, :, None]
    return scan(seen.astype(np.float32), rng, noise=rng.uniform(1.5, 5), blur=1)


def _vignette(shape: tuple[int, ...], rng: Random) -> Ink:
    """Light that falls off from a place near the middle, and from one side to the other."""
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]] / max(shape) - 0.5
    away = (x - rng.uniform(-0.2, 0.2)) ** 2 + (y - rng.uniform(-0.2, 0.2)) ** 2
    slope = rng.uniform(-0.3, 0.3) * x + rng.uniform(-0.3, 0.3) * y
    light: Light = np.clip(0.95 - rng.uniform(0.2, 0.9) * away + slope, 0.1, 1.05)
    return light.astype(np.float32)


def _shade(shape: tuple[int, ...], rng: Random) -> Light:
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]] / max(shape)
    angle, offset = rng.uniform(0, 2 * np.pi), rng.uniform(-0.25, 0.25)
    side = np.cos(angle) * (x - 0.5) + np.sin(angle) * (y - 0.5) - offset
    dark = np.where(side > 0, rng.uniform(0.4, 0.7), 1).astype(np.float32)
    return cv2.GaussianBlur(dark, (0, 0), rng.uniform(1, 12))


def _jpeg(picture: Any, quality: int) -> bytes:
    swapped = picture[:, :, ::-1] if picture.ndim == 3 else picture
    return cv2.imencode(".jpg", swapped, (cv2.IMWRITE_JPEG_QUALITY, quality))[1].tobytes()


CONDITIONS: dict[str, Condition] = {
    "edge of a shadow": shadow,
    "photo by hand": photo,
    "photo, too bright": photo_clipped,
    "the same, padded with white": photo_on_white,
    "photo with black bars": photo_on_black,
    "photo of 4000×3000": photo_large,
    "digit of 12 to 20 pixels, scanned": photo_tiny,
    "the same, drawn": drawing_tiny,
}
