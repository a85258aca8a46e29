"""CSV: a digit on each line, its label first and then its 784 pixels, as Kaggle has them.

Kaggle's Digit Recognizer names the columns `label,pixel0…pixel783`; other files have no header.
Lines may end as on any system, and the file may be gzipped.
"""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digitlens.errors import DataError
from digitlens.reading.normalize import SIDE
from digitlens.reading.stages import HALF
from digitlens.training.data.rows import (
    Numbers,
    WrongField,
    is_number,
    parse_line,
    parse_lines,
    split_line,
)
from digitlens.training.data.skipped import Say, Skipped, ignore

_PIXELS = SIDE * SIDE
_BLOCK = 500  # lines that are parsed at a time
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"  # some programs start UTF-8 with it

Images = npt.NDArray[np.uint8]
Lines = list[tuple[int, bytes]]  # with their numbers in the file, from 1; blank ones are left out


@dataclass(frozen=True, slots=True)
class _Form:
    """What the columns of a file are.

    Attributes:
        names: As errors call them.
        label: Index of the label's column; None where there is none.
        header: Whether the first line has the names.
    """

    names: list[str]
    label: int | None
    header: bool

    @property
    def limits(self) -> Numbers:
        """The largest number of each column."""
        limits = np.full(len(self.names), 255)
        if self.label is not None:
            limits[self.label] = 9
        return limits


def read_csv(
    path: Path, labelled: bool = True, skip_bad: bool = False, say: Say = ignore
) -> tuple[Images, Numbers | None]:
    """Read the digits of a CSV file.

    Args:
        path: Of the file; gzipped or not.
        labelled: Whether every row must have a label and show something. Where not, as in Kaggle's
            `test.csv`, a file may have labels all the same.
        skip_bad: Whether rows that are wrong are left out and counted, and are no error.
        say: Takes a line about what was changed or left out.

    Returns:
        uint8 (n, 28, 28), 255 is ink, and int64 (n,), or None where the file has no labels.

    Raises:
        DataError: There is no such file, or a row is wrong; file, line and column are named.
    """
    lines = _lines(path)
    form = _form(path, lines, labelled)
    skipped = Skipped(str(path), "row", skip_bad)
    numbers, table = _table(path, lines[form.header :], form, skipped)
    pixels = table if form.label is None else np.delete(table, form.label, axis=1)
    images = _as_ink(pixels.reshape(-1, SIDE, SIDE), path, say)
    shown = np.ones(len(images), bool)
    if labelled:
        shown = images.max(axis=(1, 2), initial=0) > HALF
        for number in numbers[~shown]:
            skipped.add(_wrong(path, int(number), "", "a digit", "a picture without ink"))
    skipped.report(say)
    if not shown.any():
        raise DataError(str(path), "rows with digits", "none")
    labels = None if form.label is None else table[shown, form.label].astype(np.int64)
    return images[shown], labels


def _lines(path: Path) -> Lines:
    try:
        data = path.read_bytes()
        if data.startswith(_GZIP):
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(str(path), "a CSV file", reason) from error
    data = data.removeprefix(_BOM).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return [pair for pair in enumerate(data.split(b"\n"), 1) if pair[1].strip()]


def _form(path: Path, lines: Lines, labelled: bool) -> _Form:
    """Tell from the first line what the columns are."""
    number, line = lines[0] if lines else (1, b"")
    first = split_line(line)
    names = [name.lower() for name in first]
    # Some headers have numbers in them, and a first row may have a field that is wrong.
    header = "label" in names or not any(is_number(field) for field in first)
    has_label = labelled or len(first) == _PIXELS + 1
    columns = _PIXELS + has_label
    if len(first) != columns and (header or len(first) == _PIXELS):
        what = f"{columns} columns" + (f", a label and {_PIXELS} pixels" if has_label else "")
        raise _wrong(path, number, "", what, str(len(first)))
    if not header:
        first = ["label"] * has_label + [f"pixel{index}" for index in range(_PIXELS)]
    label = names.index("label") if "label" in names else 0
    return _Form(first, label if has_label else None, header)


def _table(
    path: Path, lines: Lines, form: _Form, skipped: Skipped
) -> tuple[Numbers, npt.NDArray[np.uint8]]:
    """Parse lines in blocks, fast; a block with anything unusual in it line by line.

    Returns:
        The numbers of the lines that are right, and what is on them.
    """
    limits = form.limits
    numbers: list[int] = []
    tables = [np.empty((0, len(limits)), np.uint8)]
    for start in range(0, len(lines), _BLOCK):
        block = lines[start : start + _BLOCK]
        found = parse_lines([line for _, line in block], limits)
        if found is None:
            block, found = _carefully(path, block, form, skipped)
        numbers += [number for number, _ in block]
        tables.append(found.astype(np.uint8))
    return np.array(numbers, np.int64), np.concatenate(tables)


def _carefully(path: Path, block: Lines, form: _Form, skipped: Skipped) -> tuple[Lines, Numbers]:
    """The lines of a block that are right, and what is on them."""
    limits, right, rows = form.limits, [], []
    for number, line in block:
        try:
            rows.append(parse_line(line, limits))
            right.append((number, line))
        except WrongField as wrong:
            column = "" if wrong.column is None else form.names[wrong.column]
            skipped.add(_wrong(path, number, column, wrong.expected, wrong.received))
    return right, np.array(rows, np.int64).reshape(-1, len(limits))


def _as_ink(images: Images, path: Path, say: Say) -> Images:
    """Make 255 ink, where a file has 0 to 1, or dark digits on a light ground."""
    if len(images) and images.max() == 1:
        say(f"{path}: its pixels are 0 or 1; taken as 0 and 255")
        images = images * np.uint8(255)
    edges = np.concatenate([images[:, [0, -1]], images[:, :, [0, -1]].transpose(0, 2, 1)], axis=1)
    if len(images) and edges.mean() > HALF:
        say(f"{path}: its digits are dark on light; turned to light on dark, as the others are")
        images = 255 - images
    return images


def _wrong(path: Path, number: int, column: str, expected: str, received: str) -> DataError:
    where = f"{path}, line {number}" + (f", column {column}" if column else "")
    return DataError(where, expected, received)
