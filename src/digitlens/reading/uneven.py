"""The ink of a photo or a scan: what is darker (or lighter) than the ground around it.

The ground is estimated around every place, with a brush that is wider than any stroke; the picture
is divided by it, which takes shadow and paper tone away; what then stands out of the noise is ink.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.reading.padding import fill_padding
from digitlens.reading.printed import may_have_lines, without_print
from digitlens.reading.resize import shrink, to_cells
from digitlens.reading.stages import Grey, Ink

_GROUND_SIDE = 160  # longest side at which the ground is estimated, in pixels
_BRUSH = 0.22  # width of the brush, as a share of the longest side: more than any stroke's
_LEAST_BRUSH = 13  # width of the brush at least, in pixels: in a tiny picture, pens are wide
_LIGHT_INK = 0.9  # unevenness of the ground from which ink is light, as a share of the other way's
_DARK = 8  # grey levels under which darkness is mostly the camera's noise
_LEAST_CONTRAST = 0.07  # of ink against its ground, 0 to 1: a faint pencil has 0.15
_LEAST_NOISE_RATIO = 4.5  # of ink to the noise of its ground
_GROUND_END = 0.2  # depth up to which it is ground, as a share of the ink's
_INK_START = 0.65  # depth from which it is ink, likewise; between them lie the soft edges
_MOSTLY = 0.65  # share of a picture that is ground where its digit has room
_CLEAR = 0.6  # depth that every part of the ink reaches somewhere, likewise
_FEW = 0.0005  # share of the pixels that are ink in the emptiest picture that is read

Depth = npt.NDArray[Any]  # float32 (h, w): how much darker (or lighter) than its ground, 0 to 1


def ink_on_uneven_ground(grey: Grey) -> Ink:
    """Find the ink of a photo or a scan.

    Args:
        grey: uint8 (h, w), 0 is black.

    Returns:
        uint8 (h, w), 255 is ink; all zeros where nothing stands out.
    """
    picture = cv2.GaussianBlur(grey, (3, 3), 0).astype(np.float32) + _DARK
    reduced = shrink(grey, _GROUND_SIDE)
    filled = fill_padding(reduced)
    small = cv2.medianBlur(filled, 3)
    dark_ink, light_ink = (_brush(small, way) for way in (cv2.MORPH_CLOSE, cv2.MORPH_OPEN))
    # Taking the ink away leaves an even ground; taking away what the ink encloses leaves a blot.
    # Where that hardly tells, the digit being small, it is paper: boards are rarer.
    light_on_dark = _unevenness(light_ink) < _LIGHT_INK * _unevenness(dark_ink)
    ground = light_ink if light_on_dark else dark_ink
    ground = cv2.resize(ground, grey.shape[::-1], interpolation=cv2.INTER_LINEAR) + _DARK
    # How much light the ink takes from the paper, or the board from the chalk, in any light.
    depth = 1 - (ground / picture if light_on_dark else picture / ground)
    if filled is not reduced:  # black bars stand out more than any ink
        padding = (filled != reduced).view(np.uint8)
        depth[cv2.resize(padding, grey.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0] = 0
    return _stand_out(np.maximum(depth, -_LEAST_CONTRAST))


def _brush(small: Grey, way: int) -> Depth:
    """The ground everywhere, under the ink as well: what a brush wider than any stroke leaves."""
    reach = max(_LEAST_BRUSH, round(max(small.shape) * _BRUSH) | 1)
    # What lies beyond the edge looks like the edge; without it, a dark side would count as ink.
    framed = cv2.copyMakeBorder(small, *(reach,) * 4, cv2.BORDER_REPLICATE)
    brushed = cv2.morphologyEx(framed, way, np.ones((reach, reach), np.uint8))
    smooth = cv2.GaussianBlur(brushed, (5, 5), 0)
    return smooth[reach:-reach, reach:-reach].astype(np.float32)


def _unevenness(ground: Depth) -> float:
    """Total variation: the sum of all steps from pixel to pixel."""
    return float(np.abs(np.diff(ground, axis=0)).sum() + np.abs(np.diff(ground, axis=1)).sum())


def _stand_out(depth: Depth) -> Ink:
    """Keep what stands out of the noise, connected to something that does so clearly."""
    few = min(max(8, round(_FEW * depth.size)), depth.size)
    strength = float(np.partition(depth.ravel(), -few)[-few])
    ground = _ground_of(depth, strength)
    # The brush takes the lightest of the noise.
    lightest = max(0.0, float(np.median(depth[ground])))
    depth, strength = depth - lightest, strength - lightest
    if strength < max(_LEAST_CONTRAST, _LEAST_NOISE_RATIO * _noise(depth, ground)):
        return np.zeros(depth.shape, np.uint8)
    ink = np.clip((depth / strength - _GROUND_END) / (_INK_START - _GROUND_END) * 255, 0, 255)
    ink = ink.astype(np.uint8)
    if may_have_lines(to_cells(ink)):
        ink = without_print(ink)
    parts: npt.NDArray[Any]
    _, parts = cv2.connectedComponents((ink > 0.3 * 255).view(np.uint8), connectivity=8)
    clear = np.unique(parts[depth > _CLEAR * strength])
    inner = np.setdiff1d(clear, _at_border(parts))
    kept = inner if inner.size > 0 else clear[clear > 0]
    return np.where(np.isin(parts, kept), ink, np.uint8(0))


def _ground_of(depth: Depth, strength: float) -> npt.NDArray[np.bool_]:
    """Where medians are taken, which ink does not move where it is the lesser part: bool (h, w).

    Where a digit fills its picture it is not, and has to be left out.
    """
    ground: npt.NDArray[np.bool_] = depth < strength / 2
    return ground if 0 < ground.mean() < _MOSTLY else np.ones_like(ground)


def _noise(depth: Depth, ground: npt.NDArray[np.bool_]) -> float:
    """Standard deviation of the ground, from pixel to pixel or in patches, whichever is more.

    Taken from medians, of absolute deviations.
    """
    spread = np.abs(depth - np.median(depth[ground]))
    grain = np.abs(depth - cv2.blur(depth, (5, 5)))
    return 1.4826 * max(float(np.median(spread[ground])), float(np.median(grain[ground])))


def _at_border(parts: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Which parts touch the border: the edge of the table, not of a digit, if there are others."""
    return np.unique(np.concatenate([parts[0], parts[-1], parts[:, 0], parts[:, -1], [0]]))
