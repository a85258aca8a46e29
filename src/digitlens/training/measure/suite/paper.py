"""Paper: strokes and small pictures put where one wants them on a sheet."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from digitlens.training.data.hand import Strokes, ink_of, to_unit

Picture = npt.NDArray[np.uint8]

CANVAS = 280  # side of a canvas as the page has it, in pixels
WHITE = 255
MIDDLE = (0.5, 0.5)
_FAINT = 80  # of white ink, which is 255; where a digit is cut out, what is less is not seen


def write_on(
    strokes: Strokes,
    extent: float,
    pen: float,
    place: tuple[float, float] = MIDDLE,
    side: int = CANVAS,
) -> Picture:
    """Write strokes in black on a white sheet.

    Args:
        strokes: For each stroke float64 (n, 2), y down, in any unit.
        extent: Longer side of the strokes, in pixels, without the width of the pen.
        pen: Width of the pen, in pixels.
        place: Where it stands, as shares of the room that it has: 0, 0 is the upper left corner.
        side: Of the sheet, in pixels.

    Returns:
        uint8 (side, side).
    """
    ink = ink_of(to_unit(strokes), extent, pen, margin=1)
    return put(WHITE - ink, np.full((side, side), WHITE, np.uint8), place)


def put(patch: Picture, sheet: Picture, place: tuple[float, float] = MIDDLE) -> Picture:
    """Put a picture on a sheet of its own colour; what does not fit is cut off evenly.

    Args:
        patch: uint8 (h, w).
        sheet: uint8 (H, W). It is written on.
        place: Where, as shares of the room that is left.

    Returns:
        The sheet.
    """
    (height, width), (rows, columns) = patch.shape, sheet.shape
    if height > rows or width > columns:
        top, left = max(0, height - rows) // 2, max(0, width - columns) // 2
        patch = patch[top : top + rows, left : left + columns]
        height, width = patch.shape
    left, top = round(place[0] * (columns - width)), round(place[1] * (rows - height))
    sheet[top : top + height, left : left + width] = patch
    return sheet


def enlarge(image: Picture, height: int) -> Picture:
    """Enlarge a small picture smoothly, to so many pixels of height; its shape is kept."""
    width = max(1, round(height / image.shape[0] * image.shape[1]))
    large: Picture = np.asarray(
        cv2.resize(image, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8
    )
    return large


def cut_out(picture: Picture) -> Picture:
    """Cut white ink out of black, with no room around it but what its faintest edge takes."""
    x, y, width, height = cv2.boundingRect(cv2.threshold(picture, _FAINT, 1, cv2.THRESH_BINARY)[1])
    return picture[y : y + height, x : x + width]
