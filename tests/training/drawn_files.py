"""Files of pen strokes as people's, of digits and signs that this program draws."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np

from digitlens.training.data.drawings import OMNIGLOT, PENDIGITS
from tests.drawings import DIGITS, strokes_of

ALPHABETS = ("Korean", "Latin", "Early_Aramaic")


def write_drawings(folder: Path, each: int = 1) -> None:
    """Write the pen strokes of 30 writers, and three alphabets, below `folder`."""
    rng = np.random.default_rng(5)
    digits = [
        {"label": label, "writer": writer, "seq": 0, "strokes": _shaky(strokes_of(digit), rng)}
        for writer in range(1, 31)
        for label, digit in enumerate(DIGITS)
        for _ in range(each)
    ]
    _write(folder / PENDIGITS, digits)
    signs = [
        {
            "label": f"{alphabet}/character{number:02}",
            "like_a_digit": number == 3,
            "strokes": _shaky([[(0, 0), (1, number / 4)], [(0, 1), (0.5, 0.2), (1, 1)]], rng),
        }
        for alphabet in ALPHABETS
        for number in range(1, 5)
        for _ in range(3)
    ]
    _write(folder / OMNIGLOT, signs)


def _shaky(
    strokes: list[list[tuple[float, float]]], rng: np.random.Generator
) -> list[list[list[float]]]:
    return [
        [[100 * x + rng.normal(0, 2), 100 * y + rng.normal(0, 2)] for x, y in stroke]
        for stroke in strokes
    ]


def _write(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
