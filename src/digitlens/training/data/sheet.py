"""Sheet: many pictures on one, each with its caption."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.errors import InvalidInput
from digitlens.reading.normalize import SIDE

_LARGER = 3  # pixels of the sheet per pixel of a picture
_CAPTION = 18  # pixels for the caption below each
_GAP = 6  # pixels between pictures
_CELL = (_GAP + SIDE * _LARGER + _CAPTION, _GAP + SIDE * _LARGER)  # height and width

Picture = npt.NDArray[np.uint8]


def draw_sheet(
    pictures: npt.NDArray[np.float32], captions: Sequence[str], columns: int = 10
) -> Picture:
    """Put pictures with captions on a sheet, row by row.

    Args:
        pictures: float32 (n, 28, 28) or (n, 28, 28, 1), 0 to 1.
        captions: n short texts, of ASCII: OpenCV draws nothing else.
        columns: Pictures in a row.

    Returns:
        uint8 (h, w), the pictures on dark grey.
    """
    columns = max(1, min(columns, len(captions)))
    rows = math.ceil(len(captions) / columns)
    sheet = np.full((rows * _CELL[0] + _GAP, columns * _CELL[1] + _GAP), 56, np.uint8)
    for index, caption in enumerate(captions):
        top, left = (index // columns) * _CELL[0] + _GAP, (index % columns) * _CELL[1] + _GAP
        grey = np.rint(pictures[index].reshape(SIDE, SIDE) * 255).astype(np.uint8)
        large = cv2.resize(grey, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_NEAREST)
        sheet[top : top + len(large), left : left + len(large)] = large
        place = (left + 2, top + len(large) + _CAPTION - 5)
        cv2.putText(sheet, caption, place, cv2.FONT_HERSHEY_SIMPLEX, 0.42, 255, 1, cv2.LINE_AA)
    return sheet


def write_picture(path: Path, picture: Picture) -> None:
    """Write a picture as a PNG.

    Raises:
        InvalidInput: It cannot be written there.
    """
    packed = cv2.imencode(".png", picture)[1].tobytes()
    try:
        path.write_bytes(packed)
    except OSError as error:
        raise InvalidInput(str(path), "a file to write", error.strerror or str(error)) from error
