"""Forms: which files corrections can be, and how their names say it."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, cast

from digitlens.errors import InvalidInput

Form = Literal["csv", "folder", "lines"]
FORMS: tuple[Form, ...] = ("csv", "folder", "lines")
_ENDINGS: dict[str, Form] = {".csv": "csv", ".jsonl": "lines", "": "folder"}
_GZIP = ".gz"


@dataclass(frozen=True, slots=True)
class Written:
    """What an export wrote.

    Attributes:
        count: How many corrections; of JSON lines, how many readings.
        left_out: How many that are not digits were left out, which the form has no place for.
    """

    count: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import took in.

    Attributes:
        added: How many corrections were added; of JSON lines, how many readings.
        there: How many were there already, and stayed as they were.
    """

    added: int
    there: int

    def __add__(self, other: Taken) -> Taken:
        return Taken(self.added + other.added, self.there + other.there)


def form_of(path: Path) -> Form:
    """The form that a name says: `.csv`, `.jsonl`, either with `.gz`, or a folder's.

    Raises:
        InvalidInput: It says none.
    """
    plain = path.with_suffix("") if path.suffix == _GZIP else path
    try:
        return "folder" if path.is_dir() else _ENDINGS[plain.suffix]
    except KeyError:
        expected = "a name that ends with .csv or .jsonl, a folder, or --as"
        raise InvalidInput(str(path), expected, repr(path.suffix)) from None


@contextmanager
def written_whole(path: Path, force: bool) -> Iterator[IO[bytes]]:
    """A file that appears when it is whole; gzipped where its name says so.

    Raises:
        InvalidInput: It is there already, and is not to be replaced.
    """
    if path.exists() and not force:
        raise InvalidInput(str(path), "a file that is not there, or --force", "one that is")
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with partial.open("wb") as file:
            if path.suffix == _GZIP:
                with gzip.open(file, "wb") as packed:
                    yield cast(IO[bytes], packed)
            else:
                yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """A file to read; gzipped where its name says so.

    Raises:
        InvalidInput: There is no such file.
    """
    if not path.is_file():
        raise InvalidInput(str(path), "a file", "none" if not path.exists() else "a folder")
    with gzip.open(path, "rb") if path.suffix == _GZIP else path.open("rb") as file:
        yield cast(IO[bytes], file)
