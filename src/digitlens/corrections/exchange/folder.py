"""Folders of PNG, `0/` to `9/` and `none/`: 28×28, as the network saw it; 255 is ink."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from digitlens.corrections.exchange.forms import Written
from digitlens.corrections.exchange.seen import Labelled
from digitlens.corrections.pictures import pack
from digitlens.corrections.records import NONE, Filter
from digitlens.corrections.store import Store
from digitlens.errors import DataError, InvalidInput
from digitlens.reading.normalize import SIDE

NAMES = (*map(str, range(NONE)), "none")  # of the folders, by label


def write_folder(store: Store, path: Path, wanted: Filter) -> Written:
    """Write what the network saw as PNGs, in folders by what they should be.

    The folder appears when it is whole.

    Args:
        store: The corrections.
        path: Of a folder that is not there yet, or is empty.
        wanted: Which corrections.

    Raises:
        InvalidInput: The folder is there and not empty.
        StoreUnavailable: The database cannot be used now.
    """
    path = path.absolute()
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise InvalidInput(str(path), "a folder that is not there yet, or empty", "one that is not")
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    count = 0
    try:
        for name in NAMES:
            (partial / name).mkdir(parents=True)
        for each in store.each(wanted):
            file = partial / NAMES[each.should] / f"{each.reading}-{each.position}.png"
            file.write_bytes(pack(each.seen))
            count += 1
        partial.replace(path)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return Written(count)


def read_folder(path: Path) -> Iterator[Labelled]:
    """The pictures of such folders, with their labels. Hidden files are passed over.

    Raises:
        DataError: There are no such folders, or a file is no grey picture of 28×28.
    """
    folders = [(label, path / name) for label, name in enumerate(NAMES)]
    there = [(label, folder) for label, folder in folders if folder.is_dir()]
    if not there:
        raise DataError(str(path), "a folder with folders " + ", ".join(NAMES), "none of them")
    for label, folder in there:
        for file in sorted(folder.iterdir()):
            if not file.name.startswith("."):
                yield label, _read(file)


def _read(file: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    data = file.read_bytes() if file.is_file() else b""
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED) if data else None
    if picture is None or picture.shape != (SIDE, SIDE) or picture.dtype != np.uint8:
        received = "no picture" if picture is None else f"{picture.shape} {picture.dtype}"
        raise DataError(str(file), f"a grey picture of {SIDE}×{SIDE}", received)
    return picture.astype(np.uint8, copy=False)
