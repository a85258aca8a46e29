"""Pictures of digits, for the page to read: digits as a hand writes them, on paper."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from tests.browser.hand import DIGITS, Place


def photograph(
    digits: dict[int, Place], size: tuple[int, int] = (640, 480), kind: str = "PNG"
) -> bytes:
    """A picture of digits, dark on light.

    Args:
        digits: Which digits, and where; the places are shares of width, height, and height.
        size: Of the picture, in pixels.
        kind: Format of the file.
    """
    picture = Image.new("L", size, 225)
    pencil = ImageDraw.Draw(picture)
    for digit, place in digits.items():
        side = place.height * size[1]
        left, top = place.x * size[0] - side / 2, place.y * size[1] - side / 2
        for stroke in DIGITS[digit]:
            line = [(left + x * side, top + y * side) for x, y in stroke]
            pencil.line(line, 40, max(2, round(side / 12)), "curve")
    file = io.BytesIO()
    picture.save(file, kind)
    return file.getvalue()
