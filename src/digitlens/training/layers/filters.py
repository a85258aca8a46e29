"""Filters as pictures: the kernels of each convolution on one sheet, LAYER.png.

Blue looks for paper, red looks for ink, white does not care; each kernel has its own scale.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
from PIL import Image

from digitlens.training.layers.describe import operations

MOST = 64  # kernels on a sheet
_CELL, _GAP = 36, 4  # pixels of a kernel, about, and between two
_RED, _BLUE = (np.array(rgb, np.float32) for rgb in ((178, 24, 43), (33, 102, 172)))
_WHITE, _GROUND = 255.0, 128  # of a weight of 0; between the kernels

Kernels = npt.NDArray[np.float32]


def write_filters(network: keras.Model, folder: Path) -> list[Path]:
    """Write a sheet for each convolution whose filters cover more than one place.

    Args:
        network: A network within it is one layer, and has one sheet.
        folder: Where to; made if it is missing.

    Returns:
        The files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, kernels in kernels_of(network):
        written.append(folder / f"{name}.png")
        sheet(kernels[:MOST]).save(written[-1], optimize=True)
    return written


def kernels_of(network: keras.Model) -> list[tuple[str, Kernels]]:
    """The kernels of each convolution, float32 (n, height, width), by the layer's name.

    Of a filter that looks at several maps it is the mean over them: its shape, whatever the map.
    """
    found: list[tuple[str, Kernels]] = []
    for layer in operations(network):
        if isinstance(layer, keras.Model):
            found += _within(layer)
        elif isinstance(layer, (keras.layers.Conv2D, keras.layers.DepthwiseConv2D)):
            found += [(layer.name, _flat(layer))] if math.prod(layer.kernel_size) > 1 else []
    return found


def sheet(kernels: Kernels) -> Image.Image:
    """Kernels (n, height, width) side by side, enlarged, each place one square."""
    count, height, width = kernels.shape
    columns = math.ceil(math.sqrt(count * 2)) if count > 4 else count
    scale = max(4, _CELL // max(height, width))
    step = np.array([height, width]) * scale + _GAP
    rows = math.ceil(count / columns)
    pixels = np.full((rows * step[0] + _GAP, columns * step[1] + _GAP, 3), _GROUND, np.uint8)
    for index, kernel in enumerate(kernels):
        top, left = np.array(divmod(index, columns)) * step + _GAP
        tile = colours(kernel).repeat(scale, axis=0).repeat(scale, axis=1)
        pixels[top : top + height * scale, left : left + width * scale] = tile
    return Image.fromarray(pixels).quantize(64)


def colours(kernel: Kernels) -> npt.NDArray[np.uint8]:
    """A kernel (height, width) as uint8 (height, width, 3): its largest weight is a full colour."""
    share = kernel / max(float(np.abs(kernel).max()), 1e-9)
    hue = np.where(share[..., None] > 0, _RED, _BLUE)
    mixed = _WHITE + np.abs(share)[..., None] * (hue - _WHITE)
    pixels: npt.NDArray[np.uint8] = mixed.round().astype(np.uint8)
    return pixels


def _within(network: keras.Model) -> list[tuple[str, Kernels]]:
    """All kernels of a network within the network, of the size of its first, by its name."""
    kernels = [each for _, each in kernels_of(network)]
    alike = [each for each in kernels if each.shape[1:] == kernels[0].shape[1:]]
    return [(network.name, np.concatenate(alike))] if alike else []


def _flat(layer: Any) -> Kernels:
    """A layer's kernels as (n, height, width)."""
    weights: Kernels = np.asarray(layer.kernel, np.float32)
    if isinstance(layer, keras.layers.DepthwiseConv2D):
        return weights.reshape(*weights.shape[:2], -1).transpose(2, 0, 1)
    mean: Kernels = weights.mean(axis=2)
    return mean.transpose(2, 0, 1)
