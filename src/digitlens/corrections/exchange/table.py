"""CSV in Kaggle's form: `label,pixel0,…,pixel783`, a picture on each line; 255 is ink."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from digitlens.corrections.exchange.forms import Written, opened, written_whole
from digitlens.corrections.exchange.seen import Labelled
from digitlens.corrections.records import NONE, Filter
from digitlens.corrections.store import Store
from digitlens.errors import DataError
from digitlens.reading.normalize import SIDE

_PIXELS = SIDE * SIDE
_HEADER = ",".join(["label", *(f"pixel{number}" for number in range(_PIXELS))])


def write_table(
    store: Store, path: Path, wanted: Filter, with_none: bool = False, force: bool = False
) -> Written:
    """Write what the network saw, with what it should be.

    Args:
        store: The corrections.
        path: Of the file; gzipped where its name ends with `.gz`.
        wanted: Which corrections.
        with_none: Whether what is not a digit is written as well, with the label 10, which
            programs that know ten digits do not take.
        force: Whether a file that is there is replaced.

    Raises:
        InvalidInput: The file is there already, and is not to be replaced.
        StoreUnavailable: The database cannot be used now.
    """
    count = left_out = 0
    with written_whole(path, force) as file:
        file.write(_HEADER.encode() + b"\n")
        for each in store.each(wanted):
            if each.should == NONE and not with_none:
                left_out += 1
                continue
            numbers = [each.should, *each.seen.ravel().tolist()]
            file.write(",".join(map(str, numbers)).encode() + b"\n")
            count += 1
    return Written(count, left_out)


def read_table(path: Path) -> Iterator[Labelled]:
    """The pictures of a file, with their labels; 10 is for what is not a digit.

    Raises:
        InvalidInput: There is no such file.
        DataError: A line is wrong.
    """
    with opened(path) as file:
        for number, line in enumerate(file, 1):
            text = line.decode("utf-8-sig", "replace").strip()
            if text and not (number == 1 and text.startswith("label")):
                yield _parse(text, f"{path}, line {number}")


def _parse(line: str, where: str) -> Labelled:
    fields = line.split(",")
    if len(fields) != 1 + _PIXELS:
        raise DataError(where, f"{1 + _PIXELS} columns", str(len(fields)))
    try:
        numbers = np.array([int(field) for field in fields])
    except ValueError as error:
        raise DataError(where, "whole numbers", str(error)) from error
    if not 0 <= numbers[0] <= NONE:
        raise DataError(where, f"a label from 0 to {NONE}", str(numbers[0]))
    if numbers.min() < 0 or numbers[1:].max() > 255:
        raise DataError(where, "pixels from 0 to 255", f"{numbers[1:].min()} to {numbers.max()}")
    return int(numbers[0]), numbers[1:].astype(np.uint8).reshape(SIDE, SIDE)
