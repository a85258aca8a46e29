"""Blocks: a small picture whose pixels were made large squares gets its own size back.

Squares have corners that no pen makes. Between the true pixels the picture is made smooth.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.reading.stages import Grey

_LEAST_BLOCK = 3  # pixels of a block's side
_MOST_BLOCKS = 64  # blocks along a side: what is finer is a drawing without soft edges
_LEAST_BLOCKS = 5
_LEAST_SIDE = 24  # pixels; a smaller picture is enlarged before its ink is looked for


def to_true_size(grey: Grey) -> Grey:
    """Reduce blocks to pixels, and enlarge what is very small, smoothly.

    Args:
        grey: uint8 (h, w), 0 is black.

    Returns:
        The same, or the picture that it is an enlargement of.
    """
    if min(grey.shape) > _LEAST_SIDE and not _may_be_blocks(grey):
        return grey
    if min(grey.shape) > _LEAST_SIDE:
        small = _reduce(grey)
        if small is None:
            return grey
        grey = small
    factor = -(-_LEAST_SIDE // max(grey.shape))
    if factor == 1 or min(grey.shape) < _LEAST_BLOCKS:
        return grey
    return cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)


def _may_be_blocks(grey: Grey) -> bool:
    """Whether the levels in the middle change only from block to block, which is quickly seen."""
    height, width = grey.shape
    middle = grey[height // 2], grey[:, width // 2]
    for line in middle:
        changes = line[1:] != line[:-1]
        if (changes[1:] & changes[:-1]).any() or not _are_blocks(np.flatnonzero(changes)):
            return False
    return True


def _reduce(grey: Grey) -> Grey | None:
    """One pixel for each block; None where these are no blocks."""
    across = np.flatnonzero((grey[:, 1:] != grey[:, :-1]).any(axis=0)) + 1
    down = np.flatnonzero((grey[1:] != grey[:-1]).any(axis=1)) + 1
    if not (_are_blocks(across) and _are_blocks(down)):
        return None
    columns, rows = _middles(across, grey.shape[1]), _middles(down, grey.shape[0])
    if columns is None or rows is None:
        return None
    small = np.ascontiguousarray(grey[np.ix_(rows, columns)])
    # A picture keeps its shape: boxes of digits are given in its pixels.
    is_square = abs(grey.shape[1] / len(columns) * len(rows) / grey.shape[0] - 1) < 0.1
    return small if is_square else None


def _are_blocks(changes: npt.NDArray[Any]) -> bool:
    return not len(changes) or (
        len(changes) < _MOST_BLOCKS
        and int(np.diff(changes).min(initial=_LEAST_BLOCK)) >= _LEAST_BLOCK
    )


def _middles(changes: npt.NDArray[Any], length: int) -> npt.NDArray[Any] | None:
    """The middles of the blocks along a side, if all are equally long, within a pixel."""
    if len(changes) < 2:
        return None
    for count in range(_LEAST_BLOCKS, min(_MOST_BLOCKS, length // _LEAST_BLOCK) + 1):
        edges = np.rint(changes * count / length) * length / count
        if np.abs(changes - edges).max() <= 0.75:
            return ((np.arange(count) + 0.5) * length / count).astype(np.int64)
    return None
