"""Folders of pictures are read the way a user's picture is, and what shows no digit is found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitlens.errors import DataError
from digitlens.training.data.folder_source import read_folder
from tests.drawings import canvas, encode, photo, strokes_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Folders 0 to 9 with a drawing and a photo each, and a file that systems leave behind."""
    for digit in range(10):
        (tmp_path / str(digit)).mkdir()
        drawing = canvas(strokes_of(str(digit)))
        (tmp_path / str(digit) / "drawing.png").write_bytes(encode(drawing))
        (tmp_path / str(digit) / "photo.jpg").write_bytes(encode(photo(drawing), "JPEG"))
    (tmp_path / "0" / ".hidden").write_bytes(b"\0")
    return tmp_path


def test_pictures(folder: Path) -> None:
    """Each picture becomes what the network would be shown of it, with its folder's label."""
    data = read_folder(folder)
    assert data.labels.tolist() == sorted([*range(10)] * 2)
    assert (data.images.dtype, data.images.shape) == (np.uint8, (20, 28, 28))
    assert data.images.max(axis=(1, 2)).min() > 200
    assert data.images[:, 0].max() == 0
    # The photo of a drawing shows the same digit.
    pairs = data.images.reshape(10, 2, -1).astype(float)
    assert np.abs(pairs[:, 0] - pairs[:, 1]).mean() < 20


def test_not_all_digits(folder: Path) -> None:
    """Folders that are missing, and others that are there, are no error."""
    for path in (folder / "3").iterdir():
        path.unlink()
    (folder / "3").rmdir()
    (folder / "letters").mkdir()
    assert set(read_folder(folder).labels) == set(range(10)) - {3}


def test_no_folders(tmp_path: Path) -> None:
    """A folder without them is an error that says what was expected."""
    with pytest.raises(DataError, match="pictures in folders 0 to 9"):
        read_folder(tmp_path / "gone")


@pytest.mark.parametrize(
    ("content", "received"),
    [
        (encode(canvas(strokes_of("12"), size=(500, 280))), "one of 2"),
        (encode(np.full((50, 50), 255, np.uint8)), "one of none"),
        (b"no picture", "none"),
    ],
    ids=["two", "blank", "text"],
)
def test_bad_picture(content: bytes, received: str, folder: Path) -> None:
    """A picture of no digit or of two, and a file that is no picture, are named."""
    path = folder / "4" / "bad.png"
    path.write_bytes(content)
    with pytest.raises(DataError) as raised:
        read_folder(folder)
    assert str(path) in str(raised.value)
    assert received in str(raised.value)


def test_skip_bad(folder: Path) -> None:
    """With it they are left out, counted, and the first is said."""
    (folder / "4" / "bad.png").write_bytes(b"no picture")
    (folder / "7" / "two.png").write_bytes(encode(canvas(strokes_of("12"), size=(500, 280))))
    said: list[str] = []
    data = read_folder(folder, skip_bad=True, say=said.append)
    assert len(data) == 20
    assert "2 pictures skipped. The first: " in said[0]
    assert "bad.png" in said[0]


def test_nothing_left(tmp_path: Path) -> None:
    """Where no picture is left there is nothing to train on."""
    (tmp_path / "1").mkdir()
    (tmp_path / "1" / "bad.png").write_bytes(b"no picture")
    with pytest.raises(DataError, match="pictures of digits"):
        read_folder(tmp_path, skip_bad=True)
