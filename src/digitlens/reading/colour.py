"""Colour: decoded pixels, with or without colour and alpha, become grey ones."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.reading.stages import Grey
from digitlens.reading.transparency import fill

_LITTLE = 48  # grey levels between the darkest and the lightest where hue may tell more
_MUCH = 64  # levels that one of red, green and blue varies by where it does
_SAMPLE = 100_000  # pixels, about
_OPAQUE = 0xFF000000  # an RGBA pixel as one little-endian number is at least this, if opaque


def to_grey(levels: npt.NDArray[np.uint8]) -> Grey:
    """Mix colours to grey, and put a ground behind what is transparent.

    Args:
        levels: uint8, contiguous; (h, w) or (h, w, 1) grey, (h, w, 3) red, green and blue,
            (h, w, 4) with alpha.

    Returns:
        uint8 (h, w), 0 is black.
    """
    if levels.ndim == 2:
        return levels
    if levels.shape[2] == 1:
        return levels[:, :, 0]
    if levels.shape[2] == 3:
        return _as_seen(cv2.cvtColor(levels, cv2.COLOR_RGB2GRAY), levels)
    grey = cv2.cvtColor(levels, cv2.COLOR_RGBA2GRAY)
    if np.bitwise_and.reduce(levels.view("<u4"), axis=None) >= _OPAQUE:  # as browsers send drawings
        return _as_seen(grey, levels)
    return fill(np.dstack([grey, levels[:, :, 3]]))


def _as_seen(grey: Grey, levels: npt.NDArray[np.uint8]) -> Grey:
    """The grey, or, where colours are told apart by their hue alone, what tells them apart.

    Red on green may be as bright as its ground: as grey, nothing is there.

    Args:
        grey: uint8 (h, w), of the colours.
        levels: uint8 (h, w, 3 or 4): red, green, blue.
    """
    darkest, lightest, _, _ = cv2.minMaxLoc(grey)
    if lightest - darkest > _LITTLE:  # which is quickly seen
        return grey
    spread = max(float(np.ptp(levels[:, :, channel])) for channel in range(3))
    if spread < max(_MUCH, 2 * (lightest - darkest)):
        return grey
    # Of a large picture a sample tells, without numbers of the size of all its pixels.
    pixels = levels.reshape(grey.size, -1)[:: max(1, grey.size // _SAMPLE)]
    colours = pixels[:, :3].astype(np.float32)
    middle = colours.mean(axis=0)
    # Along the direction in which colours differ most: their first principal component.
    direction = np.linalg.eigh((colours - middle).T @ (colours - middle))[1][:, -1]
    if float(np.median((colours - middle) @ direction)) < 0:
        direction = -direction  # the ground, which is most of it, becomes the lighter: paper
    along = colours @ direction
    low, high = float(along.min()), float(along.max())
    scale = min(1.0, 255 / max(high - low, 1.0))
    others = [0.0] * (levels.shape[2] - 3)
    told: Grey = cv2.transform(levels, scale * np.array([[*direction, *others, -low]]))
    return told
