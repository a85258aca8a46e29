"""Rows: lines of numbers with commas between them, parsed fast, and slowly where one is wrong.

The fast way takes nothing but whole numbers of up to three digits, many lines at a time. Lines that
it does not take are parsed one by one, the careful way, which also takes `7.0`, blanks and quotes,
and says which column is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

_COMMA, _END, _ZERO = ord(","), ord("\n"), ord("0")
_MOST = 3  # digits of a number that the fast way takes: 255 has three
_SHOWN = 20  # characters of a wrong field that an error repeats

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]


class WrongField(ValueError):
    """A field is not what it should be.

    Args:
        column: Its index; None where the row has another number of columns.
        expected: What would have been right.
        received: What came instead.
    """

    def __init__(self, column: int | None, expected: str, received: str) -> None:
        super().__init__(expected, received)
        self.column, self.expected, self.received = column, expected, received


def parse_lines(lines: Sequence[bytes], limits: Numbers) -> Numbers | None:
    """Parse lines that are all as they should be, at once.

    Args:
        lines: Without their ends.
        limits: int64 (columns,), the largest number of each column; the least is 0.

    Returns:
        int64 (lines, columns); None where a line needs a careful look.
    """
    text = np.frombuffer(b"\n".join(lines) + b"\n", np.uint8)
    ends = np.flatnonzero((text == _COMMA) | (text == _END))
    if len(ends) != len(lines) * len(limits):
        return None
    lengths = np.diff(ends, prepend=-1) - 1
    if lengths.min() < 1 or lengths.max() > _MOST or not _is_regular(text, ends, len(limits)):
        return None
    numbers = _decimal(text, ends, lengths).reshape(len(lines), -1)
    return None if (numbers > limits).any() else numbers


def _is_regular(text: Bytes, ends: Numbers, columns: int) -> bool:
    """Whether every line has as many columns, and nothing but digits in them."""
    digits = np.count_nonzero((text >= _ZERO) & (text <= _ZERO + 9))
    last = text[ends].reshape(-1, columns)[:, -1]
    return digits + len(ends) == len(text) and bool((last == _END).all())


def _decimal(text: Bytes, ends: Numbers, lengths: Numbers) -> Numbers:
    """The numbers that end before `ends`."""
    numbers = text[ends - 1].astype(np.int64) - _ZERO
    for place in range(1, _MOST):
        at = np.flatnonzero(lengths > place)
        numbers[at] += (text[ends[at] - 1 - place].astype(np.int64) - _ZERO) * 10**place
    return numbers


def parse_line(line: bytes, limits: Numbers) -> Numbers:
    """Parse one line, or say what is wrong with it.

    Args:
        line: Without its end.
        limits: As for `parse_lines`.

    Raises:
        WrongField: The line has another number of columns, or a field is no whole number from 0 to
            its limit.
    """
    fields = split_line(line)
    if len(fields) != len(limits):
        raise WrongField(None, f"{len(limits)} columns", str(len(fields)))
    numbers = np.array([_number(field) for field in fields])
    right = (numbers >= 0) & (numbers <= limits) & (numbers == np.floor(numbers))
    if not right.all():
        column = int(np.argmin(right))
        raise WrongField(
            column, f"a whole number from 0 to {limits[column]}", repr(_short(fields[column]))
        )
    return numbers.astype(np.int64)


def split_line(line: bytes) -> list[str]:
    """The fields of a line, without blanks and quotes around them."""
    return [field.strip(' \t"') for field in line.decode("utf-8", "replace").split(",")]


def is_number(field: str) -> bool:
    """Whether a field is a number."""
    return not math.isnan(_number(field))


@lru_cache(maxsize=10_000)  # a file has millions of fields, but few that differ
def _number(field: str) -> float:
    """What number a field is; NaN where it is none."""
    try:
        return float(field) if "_" not in field else math.nan  # 1_000 is a number for Python only
    except ValueError:
        return math.nan


def _short(field: str) -> str:
    return field if len(field) <= _SHOWN else f"{field[:_SHOWN]}…"
