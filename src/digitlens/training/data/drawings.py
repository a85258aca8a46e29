"""Drawings: pen strokes of digits and of other things, from files of JSON lines.

Digits are those of Alpaydin and Alimoglu 1998, "Pen-Based Recognition of Handwritten Digits" (UCI,
CC BY 4.0); characters of other alphabets those of Lake, Salakhutdinov, Tenenbaum 2015, "Human-level
concept learning through probabilistic program induction" (Omniglot, MIT).
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from digitlens.errors import DataError
from digitlens.training.data.mnist import NONE

Points = npt.NDArray[np.float64]
Part = Literal["train", "validation", "test"]

PENDIGITS = "pendigits/train.jsonl.gz"
OMNIGLOT = "non-digits/omniglot.jsonl.gz"
VALIDATION_WRITERS = frozenset({9, 18, 27})
TEST_WRITERS = frozenset({5, 10, 15, 20, 25, 30})
TEST_ALPHABETS = frozenset({"Japanese_(katakana)", "Early_Aramaic"})
_EVERY = 6  # of so many characters of the other alphabets, one validates


@dataclass(frozen=True, slots=True)
class Drawing:
    """Pen strokes, and what they show.

    Attributes:
        label: 0 to 9, or `NONE`.
        writer: Number of the person; 0 where it is not known.
        strokes: For each stroke float64 (n, 2), n at least 1: x and y, y down, in any unit.
        part: What it may be used for.
        name: Of the character, where it is no digit.
        like_a_digit: Whether a person might take it for a digit although it is none.
    """

    label: int
    writer: int
    strokes: list[Points]
    part: Part
    name: str = ""
    like_a_digit: bool = False


def load_pendigits(data_dir: Path | None) -> list[Drawing]:
    """Load the pen strokes of 7,494 digits that 30 people wrote, 250 each.

    Which part a drawing belongs to follows from its writer.

    Args:
        data_dir: Folder that has `pendigits/train.jsonl.gz`.

    Raises:
        DataError: The file is missing or damaged.
    """
    return [
        Drawing(int(row["label"]), row["writer"], _points(row), _part_of(row["writer"]))
        for row in _rows(data_dir, PENDIGITS)
    ]


def load_omniglot(data_dir: Path | None) -> list[Drawing]:
    """Load 2,700 drawings of characters that are no digits.

    Two alphabets are for tests; of the other two, every sixth character is for validation.

    Args:
        data_dir: Folder that has `non-digits/omniglot.jsonl.gz`.

    Raises:
        DataError: The file is missing or damaged.
    """
    rows = list(_rows(data_dir, OMNIGLOT))
    names = sorted({row["label"] for row in rows if not row["like_a_digit"]})
    seen = [name for name in names if name.split("/")[0] not in TEST_ALPHABETS]
    validating = set(seen[::_EVERY])
    drawings = []
    for row in rows:
        name = row["label"]
        part: Part = "validation" if name in validating else "train"
        if name.split("/")[0] in TEST_ALPHABETS:
            part = "test"
        drawings.append(Drawing(NONE, 0, _points(row), part, name, row["like_a_digit"]))
    return drawings


def _part_of(writer: int) -> Part:
    if writer in TEST_WRITERS:
        return "test"
    return "validation" if writer in VALIDATION_WRITERS else "train"


def _points(row: dict[str, Any]) -> list[Points]:
    return [np.array(stroke, np.float64) for stroke in row["strokes"] if stroke]


def _rows(data_dir: Path | None, name: str) -> Iterator[dict[str, Any]]:
    if data_dir is None or not (data_dir / name).exists():
        received = "it is not set" if data_dir is None else f"no such file in {data_dir}"
        raise DataError("DIGITLENS_DATA_DIR", f"a folder with {name}", received)
    try:
        with gzip.open(data_dir / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise DataError(
            str(data_dir / name), "JSON lines, packed by gzip", f"a damaged file ({error})"
        ) from error
