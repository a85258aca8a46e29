"""Pen strokes are loaded, and parted by writer and by alphabet."""

from __future__ import annotations

from pathlib import Path

import pytest

from digitlens.errors import DataError
from digitlens.training.data.drawings import (
    PENDIGITS,
    TEST_WRITERS,
    VALIDATION_WRITERS,
    load_omniglot,
    load_pendigits,
)
from digitlens.training.data.mnist import NONE
from tests.training.drawn_files import write_drawings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with strokes."""
    write_drawings(tmp_path)
    return tmp_path


def test_writers(folder: Path) -> None:
    """Nobody's digits are in two parts, and at least six people's are for tests alone."""
    drawings = load_pendigits(folder)
    assert len(drawings) == 300
    parts = {d.writer: {e.part for e in drawings if e.writer == d.writer} for d in drawings}
    assert all(len(found) == 1 for found in parts.values())
    assert {writer for writer, found in parts.items() if found == {"test"}} == TEST_WRITERS
    assert len(TEST_WRITERS) >= 6
    assert not TEST_WRITERS & VALIDATION_WRITERS


def test_alphabets(folder: Path) -> None:
    """No character is in two parts, no test alphabet in training, and none of them is a digit."""
    drawings = load_omniglot(folder)
    assert {d.label for d in drawings} == {NONE}
    for part in ("train", "validation", "test"):
        assert any(d.part == part and not d.like_a_digit for d in drawings), part
    parts = {d.name: {e.part for e in drawings if e.name == d.name} for d in drawings}
    assert all(len(found) == 1 for found in parts.values())
    aramaic = {d.part for d in drawings if d.name.startswith("Early_Aramaic")}
    assert aramaic == {"test"}


def test_missing(tmp_path: Path) -> None:
    """Without the file, the error names the variable to set and the file."""
    with pytest.raises(DataError, match=f"DIGITLENS_DATA_DIR.*{PENDIGITS}"):
        load_pendigits(None)
    with pytest.raises(DataError, match="no such file"):
        load_omniglot(tmp_path)


def test_damaged(folder: Path) -> None:
    """A file that was cut off is an error that names it."""
    path = folder / PENDIGITS
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(DataError, match="damaged"):
        load_pendigits(folder)
