"""A sheet shows every picture where it belongs, and is written as a PNG."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitlens.errors import InvalidInput
from digitlens.training.data.sheet import draw_sheet, write_picture


def test_every_picture_is_shown() -> None:
    """Pictures stand in rows, in order, as bright as they are."""
    pictures = np.stack([np.full((28, 28), level / 6) for level in range(7)]).astype(np.float32)
    sheet = draw_sheet(pictures, [str(level) for level in range(7)], columns=3)
    height, width = sheet.shape
    middles = [
        int(sheet[round((row + 0.4) * height / 3), round((column + 0.5) * width / 3)])
        for row in range(3)
        for column in range(3)
    ]
    assert middles[:7] == [round(level / 6 * 255) for level in range(7)]
    assert middles[7] == middles[8] == sheet[0, 0]


def test_captions() -> None:
    """Below each picture stands its own caption."""
    one, other = (draw_sheet(np.zeros((1, 28, 28), np.float32), [text]) for text in "17")
    assert one.max() > 200
    assert not np.array_equal(one, other)


def test_fewer_than_a_row() -> None:
    """A sheet is as wide as what is on it."""
    sheet = draw_sheet(np.zeros((2, 28, 28, 1), np.float32), ["1", "2"], columns=10)
    assert sheet.shape[1] < 3 * 28 * 3


def test_written(tmp_path: Path) -> None:
    """The file is a PNG with the same pixels; where it cannot be written, that is said."""
    sheet = draw_sheet(np.zeros((1, 28, 28), np.float32), ["1"])
    write_picture(tmp_path / "sheet.png", sheet)
    with Image.open(tmp_path / "sheet.png") as image:
        assert image.format == "PNG"
        assert np.array_equal(np.asarray(image), sheet)
    with pytest.raises(InvalidInput, match="a file to write"):
        write_picture(tmp_path / "gone" / "sheet.png", sheet)
