"""Arrays as pictures: any usual shape, type and range of numbers becomes 8 bits."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from digitlens.errors import InvalidInput
from digitlens.reading.limits import Limits


def check_array(array: npt.NDArray[Any], limits: Limits) -> npt.NDArray[np.uint8]:
    """Check that an array is a picture, and bring it to 8 bits.

    Args:
        array: (h, w), (h, w, 1), (h, w, 3) or (h, w, 4), of bool, 8- or 16-bit integers, or
            floats from 0 to 1 or from 0 to 255.
        limits: The largest picture that is taken.

    Returns:
        uint8 (h, w), (h, w, 3) or (h, w, 4).

    Raises:
        InvalidInput: The shape, the type or a value is none of these.
    """
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] not in (3, 4)):
        raise InvalidInput("picture", "an array (h, w), (h, w, 3) or (h, w, 4)", f"{array.shape}")
    if 0 in array.shape:
        raise InvalidInput("picture", "at least one pixel", f"an array {array.shape}")
    limits.check_pixels(array.shape[1], array.shape[0], "picture")
    return to_8_bits(array)


def to_8_bits(array: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """Bring numbers to 8 bits: their range tells 0 to 1, 8, 12 and 16 bits apart.

    Raises:
        InvalidInput: They are no numbers, not finite, negative, or over 65535.
    """
    if array.dtype == np.uint8:
        return np.ascontiguousarray(array)
    if array.dtype == np.bool_:
        return array.astype(np.uint8) * np.uint8(255)
    if array.dtype.kind not in "iuf":
        raise InvalidInput("picture", "an array of numbers", f"an array of {array.dtype}")
    low, high = float(array.min()), float(array.max())
    if not np.isfinite([low, high]).all():
        raise InvalidInput("picture", "finite numbers", "an array with NaN or infinity")
    if low < 0 or high > 65535:
        raise InvalidInput("picture", "levels from 0 to 65535", f"{low:g} to {high:g}")
    if array.dtype.kind == "f" and high <= 1:
        scale = 255.0
    elif high <= 255:
        scale = 1.0
    else:  # 12 bits are often kept in 16
        scale = 1 / 16 if high < 4096 else 1 / 256
    return (array.astype(np.float32) * scale).astype(np.uint8)
