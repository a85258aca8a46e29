"""Folder: pictures of digits in folders `0/` to `9/`, read the way a user's picture is read."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from digitlens.errors import DataError, InvalidInput
from digitlens.reading.limits import Limits
from digitlens.reading.normalize import SIDE
from digitlens.reading.prepare import prepare
from digitlens.reading.stages import Seen
from digitlens.training.data.mnist import Labelled
from digitlens.training.data.skipped import Say, Skipped, ignore


def read_folder(folder: Path, skip_bad: bool = False, say: Say = ignore) -> Labelled:
    """Read pictures of one digit each from the folders `0/` to `9/`.

    Files whose names begin with a dot are passed over.

    Args:
        folder: That has them; not all ten need to be there.
        skip_bad: Whether files that are wrong are left out and counted, and are no error.
        say: Takes a line about what was left out.

    Raises:
        DataError: There are no such folders, or a file is no picture of one digit.
    """
    labels, paths = _files(folder)
    skipped = Skipped(str(folder), "picture", skip_bad)
    images, kept = [], []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        try:
            for label, found in zip(labels, pool.map(_read, paths), strict=True):
                if isinstance(found, DataError):
                    skipped.add(found)
                    continue
                images.append(found)
                kept.append(label)
        finally:
            pool.shutdown(cancel_futures=True)
    skipped.report(say)
    if not images:
        raise DataError(str(folder), "pictures of digits in folders 0 to 9", "none")
    return Labelled(np.stack(images), np.array(kept, np.int64))


def read_digit(picture: object, name: str) -> Seen:
    """Read the one digit of a picture, as uint8 (28, 28), 255 is ink.

    Args:
        picture: As `Reader.read` takes it.
        name: What errors call it.

    Raises:
        DataError: It is no picture, or not of one digit.
    """
    try:
        glyphs = prepare(picture, Limits()).glyphs
    except InvalidInput as error:
        raise DataError(name, error.expected, error.received) from error
    if len(glyphs) != 1:
        raise DataError(name, "a picture of one digit", f"one of {len(glyphs) or 'none'}")
    return np.rint(glyphs.reshape(SIDE, SIDE) * 255).astype(np.uint8)


def _files(folder: Path) -> tuple[list[int], list[Path]]:
    labels, paths = [], []
    for label in range(10):
        inside = folder / str(label)
        for path in sorted(inside.iterdir()) if inside.is_dir() else ():
            if not path.name.startswith("."):
                labels.append(label)
                paths.append(path)
    if not paths:
        raise DataError(str(folder), "a folder with pictures in folders 0 to 9", "none of them")
    return labels, paths


def _read(path: Path) -> Seen | DataError:
    try:
        return read_digit(path, str(path))
    except DataError as error:
        return error
