"""Plain PNG files, as browsers and drawing programs write them, decoded in half of Pillow's time.

Most pictures that are read are such files, and unpacking them is the largest part of a reading.
What is not plain, or not whole, is Pillow's: it knows every kind, and says what is wrong.
"""

from __future__ import annotations

import struct

import numpy as np
import numpy.typing as npt
from kornia_rs import io

_HEAD = struct.Struct(">8sI4sIIBBBBB")
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MODES = {0: "mono", 2: "rgb", 6: "rgba"}  # by the colour type of the PNG specification, 11.2.1
_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
_TELLING = (b"eXIf", b"tRNS", b"acTL")  # chunks that change what is seen: turned, see-through, many


def plain_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a plain PNG file in pixels; None for everything else."""
    if len(data) < _HEAD.size or not data.endswith(_END):
        return None
    signature, _, name, width, height, bits, colour, _, _, interlace = _HEAD.unpack_from(data)
    is_plain = (signature, name, bits, interlace) == (_SIGNATURE, b"IHDR", 8, 0)
    if not is_plain or colour not in _MODES or any(chunk in data for chunk in _TELLING):
        return None
    return width, height


def decode_plain(data: bytes, size: tuple[int, int]) -> npt.NDArray[np.uint8] | None:
    """Decode a plain PNG file.

    Args:
        data: The file.
        size: What `plain_size` said of it.

    Returns:
        uint8 (h, w, 1), (h, w, 3) or (h, w, 4); None where it is damaged.
    """
    try:
        levels: npt.NDArray[np.uint8] = io.decode_image_png_u8(data, size[::-1], _MODES[data[25]])
    except Exception:  # whatever the library finds wrong, Pillow will say it
        return None
    return levels
