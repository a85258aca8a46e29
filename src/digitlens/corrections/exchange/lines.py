"""JSON lines: everything, a reading on each line; nothing is lost on the way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from digitlens.corrections.exchange.dump import Entry
from digitlens.corrections.exchange.forms import Taken, Written, opened, written_whole
from digitlens.corrections.exchange.parse import Rows, parse
from digitlens.corrections.store import Store
from digitlens.errors import DataError, InvalidInput

_HEAD = {"digitlens": "corrections", "format": 1}
_AT_A_TIME = 100  # readings of one transaction


def write_lines(store: Store, path: Path, force: bool = False) -> Written:
    """Write everything that is kept, as it is at one moment.

    Raises:
        InvalidInput: The file is there already, and is not to be replaced.
        StoreUnavailable: The database cannot be used now.
    """
    with written_whole(path, force) as file:

        def take(entry: Any) -> None:
            file.write(json.dumps(entry, separators=(",", ":")).encode() + b"\n")

        take(_HEAD)
        return Written(store.dump(take))


def read_lines(store: Store, path: Path) -> Taken:
    """Take in what `write_lines` wrote; readings that are there already stay as they are.

    Some lines are kept at a time. An import that ends early can simply be started again.

    Raises:
        InvalidInput: There is no such file.
        DataError: It is of another form, or a line is wrong.
        StoreUnavailable: The database cannot be used now.
    """
    taken = Taken(0, 0)
    rows = _rows(path)
    while some := list(islice(rows, _AT_A_TIME)):
        added = store.restore(some)
        taken += Taken(added, len(some) - added)
    store.unfold()
    return taken


def _rows(path: Path) -> Iterator[Rows]:
    number = 0
    with opened(path) as file:
        for number, line in enumerate(file, 1):
            where = f"{path}, line {number}"
            try:
                entry = json.loads(line)
            except ValueError as error:
                raise DataError(where, "JSON", str(error)) from error
            if number == 1:
                _check_head(entry, where)
            else:
                yield _parse(entry, where)
    if not number:
        raise DataError(f"{path}, line 1", json.dumps(_HEAD), "an empty file")


def _check_head(entry: Any, where: str) -> None:
    if entry != _HEAD:
        raise DataError(where, json.dumps(_HEAD), json.dumps(entry)[:60])


def _parse(entry: Entry, where: str) -> Rows:
    try:
        return parse(entry)
    except InvalidInput as error:
        raise DataError(f"{where}, {error.argument}", error.expected, error.received) from error
