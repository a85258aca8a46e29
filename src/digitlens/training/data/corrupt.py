"""Corrupt: what happens to a digit between the hand and the file, as far as one asks for.

Each function takes a grey picture with dark ink on light paper and gives it back damaged in one
way. Strength 0 leaves it as it is; up to 0.6 a person reads it without effort, and at 1 with some.
Lengths follow the size of the digit, so that large pictures are damaged as much as small ones.
After Mu and Gilmer 2019, "MNIST-C: A Robustness Benchmark for Computer Vision" (arXiv 1906.02337).
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
Damage = Callable[[Picture, float, np.random.Generator], Picture]


def corrupt(name: str, picture: Picture, strength: float, rng: np.random.Generator) -> Picture:
    """Damage a picture in one way.

    Args:
        name: One of `CORRUPTIONS`.
        picture: uint8 (h, w), one digit, dark on light, with paper around.
        strength: 0 to 1.
        rng: Where places, directions and grain come from.

    Returns:
        uint8 (h, w), another array.
    """
    if strength <= 0:
        return picture.copy()
    return _WAYS[name](picture, float(strength), rng)


def _noise(picture: Picture, strength: float, rng: np.random.Generator) -> Picture:
    """The grain of a camera in the dark, up to 75 grey levels of standard deviation."""
    grain = rng.standard_normal(picture.shape, np.float32)
    return _bytes(picture + 75 * strength * grain)


def _blur(picture: Picture, strength: float, rng: np.random.Generator) -> Picture:  # noqa: ARG001 -- as all
    """Out of focus, by up to a twelfth of the digit."""
    return _grey(cv2.GaussianBlur(picture, (0, 0), max(0.08 * strength * _extent(picture), 0.1)))


def _shade(picture: Picture, strength: float, rng: np.random.Generator) -> Picture:
    """Light that falls off to one side, and the soft edge of a shadow across the digit."""
    height, width = picture.shape
    turn = rng.uniform(0, 2 * np.pi)
    x = np.linspace(-0.5, 0.5, width, dtype=np.float32) * np.float32(np.cos(turn))
    y = np.linspace(-0.5, 0.5, height, dtype=np.float32) * np.float32(np.sin(turn))
    along = y[:, None] + x
    edge = np.clip((along - np.float32(rng.uniform(-0.15, 0.15))) / 0.06 + 0.5, 0, 1)
    return _bytes(picture * (1 - strength * (0.35 * (along + 0.5) + 0.35 * edge)))


def _contrast(picture: Picture, strength: float, rng: np.random.Generator) -> Picture:  # noqa: ARG001
    """A pencil that hardly marks: down to a tenth of the ink."""
    paper = _paper(picture)
    return _bytes(paper + (picture - np.float32(paper)) * (1 - 0.9 * strength))


def _rotation(picture: Picture, strength: float, rng: np.random.Generator) -> Picture:
    """Turned to one side, by up to 45 degrees."""
    middle = _middle(picture)
    turn = 45 * strength * float(rng.choice((-1, 1)))
    return _warp(picture, np.asarray(cv2.getRotationMatrix2D(middle, turn, 1), np.float64))


def _shear(picture: Picture, strength: float, rng: np.random.Generator) -> Picture:
    """Slanted to one side, by up to 0.9 of its height."""
    slant = 0.9 * strength * float(rng.choice((-1, 1)))
    matrix = np.array([[1, slant, -slant * _middle(picture)[1]], [0, 1, 0]], np.float64)
    return _warp(picture, matrix)


def _scale(picture: Picture, strength: float, rng: np.random.Generator) -> Picture:  # noqa: ARG001
    """Written small, down to an eighth, on the same paper."""
    height, width = picture.shape
    share = 1 - 0.875 * strength
    size = max(1, round(width * share)), max(1, round(height * share))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    paper = np.full_like(picture, _paper(picture))
    top, left = (height - size[1]) // 2, (width - size[0]) // 2
    paper[top : top + size[1], left : left + size[0]] = small
    return paper


def _shift(picture: Picture, strength: float, rng: np.random.Generator) -> Picture:
    """Towards an edge and at last a tenth over it."""
    left, top, width, height = _box(picture)
    room = (left, picture.shape[1] - left - width, top, picture.shape[0] - top - height)
    side = int(rng.integers(4))
    way = strength * (room[side] + 0.1 * (width, width, height, height)[side])
    x, y = ((-way, 0), (way, 0), (0, -way), (0, way))[side]
    return _warp(picture, np.array([[1, 0, x], [0, 1, y]]))


def _thick(picture: Picture, strength: float, rng: np.random.Generator) -> Picture:  # noqa: ARG001
    """A felt-tip: every line up to a tenth of the digit wider."""
    paper, ink = _paper(picture), int(picture.min())
    outside = cv2.distanceTransform(255 - _mask(picture), cv2.DIST_L2, 5)
    cover = np.clip(0.05 * strength * _extent(picture) - outside + 1, 0, 1)
    return np.minimum(picture, _bytes(paper - (paper - ink) * cover))


def _thin(picture: Picture, strength: float, rng: np.random.Generator) -> Picture:  # noqa: ARG001
    """A pen that runs dry: lines lose up to 7/10 of their width, and break where narrow."""
    paper = _paper(picture)
    mask = _mask(picture)
    inside = cv2.distanceTransform(mask, cv2.DIST_L2, 5)
    half = 2 * float(cv2.mean(inside, mask)[0])  # of a line's width: distances in it are even
    cover = np.clip(inside - 0.7 * strength * half, 0, 1)
    return np.maximum(picture, _bytes(paper - (paper - np.float32(picture)) * cover))


def _speckle(picture: Picture, strength: float, rng: np.random.Generator) -> Picture:
    """Dirt of a copier: dark specks on the paper, light ones in the ink."""
    grain = max(1, round(_extent(picture) / 70))
    height, width = (-(-side // grain) for side in picture.shape)
    chance = rng.random((height, width), np.float32)
    if grain > 1:
        size = (width * grain, height * grain)
        chance = cv2.resize(chance, size, interpolation=cv2.INTER_NEAREST).astype(np.float32)
        chance = chance[: picture.shape[0], : picture.shape[1]]
    specks = 0.07 * strength
    damaged = picture.copy()
    damaged[chance < specks] = picture.min()
    damaged[chance > 1 - specks] = _paper(picture)
    return damaged


def _lines(picture: Picture, strength: float, rng: np.random.Generator) -> Picture:
    """Ruled or squared paper, printed up to 0.8 as dark as the ink."""
    extent = _extent(picture)
    paper, ink = _paper(picture), int(picture.min())
    printed = np.float32(paper - 0.8 * strength * (paper - ink))
    every = extent * rng.uniform(0.3, 0.6)
    wide = max(1, round(extent * rng.uniform(0.01, 0.025)))
    ruled = np.full(picture.shape, paper, np.float32)
    for axis in range(1 + int(rng.integers(2))):  # ruled, or squared
        starts = np.arange(rng.uniform(0, every), picture.shape[axis], every).astype(int)
        for start in starts:
            ruled[(slice(None),) * axis + (slice(start, start + wide),)] = printed
    return _bytes(np.minimum(ruled, picture))


def _occlusion(picture: Picture, strength: float, rng: np.random.Generator) -> Picture:
    """A sticker of the paper's colour over a part, up to a third of the digit wide."""
    left, top, width, height = _box(picture)
    side = max(1, round(0.33 * strength * max(width, height)))
    x = left + int(rng.uniform(0, width)) - side // 2
    y = top + int(rng.uniform(0, height)) - side // 2
    damaged = picture.copy()
    damaged[max(y, 0) : y + side, max(x, 0) : x + side] = _paper(picture)
    return damaged


def _jpeg(picture: Picture, strength: float, rng: np.random.Generator) -> Picture:  # noqa: ARG001
    """Saved as a small JPEG: quality 40 down to 2."""
    quality = round(40 - 38 * strength)
    _, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return _grey(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE))


def _lowres(picture: Picture, strength: float, rng: np.random.Generator) -> Picture:
    """Saved small and enlarged again, in squares or smoothly: the digit 60 to 8 pixels large."""
    height, width = picture.shape
    share = min(1.0, 60 * (8 / 60) ** strength / _extent(picture))
    size = max(1, round(width * share)), max(1, round(height * share))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    way = cv2.INTER_NEAREST if rng.random() < 0.5 else cv2.INTER_CUBIC
    return _grey(cv2.resize(small, (width, height), interpolation=way))


_WAYS: dict[str, Damage] = {
    "noise": _noise,
    "blur": _blur,
    "shade": _shade,
    "contrast": _contrast,
    "rotation": _rotation,
    "shear": _shear,
    "scale": _scale,
    "shift": _shift,
    "thick": _thick,
    "thin": _thin,
    "speckle": _speckle,
    "lines": _lines,
    "occlusion": _occlusion,
    "jpeg": _jpeg,
    "lowres": _lowres,
}
CORRUPTIONS = tuple(_WAYS)


def _paper(picture: Picture) -> int:
    """The paper's grey: the middle one along the edges."""
    edges = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    return int(np.partition(edges, len(edges) // 2)[len(edges) // 2])


def _mask(picture: Picture) -> Picture:
    """255 where there is more ink than paper."""
    level = (int(picture.min()) + _paper(picture)) / 2
    return _grey(cv2.threshold(picture, level, 255, cv2.THRESH_BINARY_INV)[1])


def _box(picture: Picture) -> tuple[int, int, int, int]:
    """Left, top, width and height of the ink; of the picture where there is none."""
    left, top, width, height = cv2.boundingRect(_mask(picture))
    return (left, top, width, height) if width else (0, 0, picture.shape[1], picture.shape[0])


def _extent(picture: Picture) -> int:
    """The longer side of the ink, in pixels."""
    return max(_box(picture)[2:])


def _middle(picture: Picture) -> tuple[float, float]:
    left, top, width, height = _box(picture)
    return left + width / 2, top + height / 2


def _warp(picture: Picture, matrix: npt.NDArray[np.float64]) -> Picture:
    height, width = picture.shape
    border = _paper(picture)
    moved = cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=border
    )
    return _grey(moved)


def _bytes(grey: npt.NDArray[np.float32]) -> Picture:
    levels: Picture = np.clip(grey + 0.5, 0, 255).astype(np.uint8)
    return levels


def _grey(picture: object) -> Picture:
    """What OpenCV calls an image, as the array of bytes that it is here."""
    grey: Picture = np.asarray(picture, np.uint8)
    return grey
