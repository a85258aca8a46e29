"""Pictures in the database: grey PNGs, a few hundred bytes each."""

from __future__ import annotations

from hashlib import blake2b

import cv2
import numpy as np

from digitlens.corrections.records import Picture
from digitlens.errors import StoreError

# A glyph is seen on 80 pixels before it becomes 28×28: four times that is all a better preparation
# could ask for, and a wall of a digit does not fill the disk.
MOST = 320
# Ink is flat but for its outline: without filters it takes two thirds of the bytes and of the time.
_FORM = (cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_NONE)


def pack_ink(ink: Picture) -> bytes:
    """Pack a glyph as it was cut out; one with a longer side than `MOST` pixels is reduced to that.

    Args:
        ink: uint8 (h, w), 255 is ink.
    """
    height, width = ink.shape
    scale = MOST / max(height, width)
    if scale >= 1:
        return pack(ink)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return pack(cv2.resize(ink, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False))


def pack(picture: Picture) -> bytes:
    """Encode a picture, uint8 (h, w), as PNG, without loss."""
    _, data = cv2.imencode(".png", picture, _FORM)
    return data.tobytes()


def unpack(data: bytes) -> Picture:
    """Decode a PNG, as uint8 (h, w).

    Raises:
        StoreError: It is damaged.
    """
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE) if data else None
    if picture is None:
        raise StoreError("a picture in the database of corrections is damaged")
    return picture.astype(np.uint8, copy=False)


def look(seen: Picture) -> bytes:
    """What pictures that are the same have in common: 16 bytes."""
    return blake2b(np.ascontiguousarray(seen).tobytes(), digest_size=16).digest()
