"""A data folder as MNIST's, of digits that this program draws: trainings in tests are tiny."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from tests.drawings import DIGITS, canvas, strokes_of


def write_folder(folder: Path, train: int = 240, test: int = 40) -> dict[str, str]:
    """Write the four files below `folder`/mnist; returns the MD5 of each, unpacked."""
    (folder / "mnist").mkdir(parents=True)
    sums = {}
    for part, count, first in (("train", train, 0), ("t10k", test, 100_000)):
        labels = np.arange(count) % 10
        images = np.stack([draw(int(label), first + i) for i, label in enumerate(labels)])
        head = np.array([0x803, count, 28, 28], ">i4").tobytes()
        sums[f"{part}-images-idx3-ubyte"] = _write(
            folder, f"{part}-images-idx3-ubyte", head, images
        )
        head = np.array([0x801, count], ">i4").tobytes()
        label_bytes = labels.astype(np.uint8)
        sums[f"{part}-labels-idx1-ubyte"] = _write(
            folder, f"{part}-labels-idx1-ubyte", head, label_bytes
        )
    return sums


def sums_of(folder: Path) -> dict[str, str]:
    """The MD5 of each of the four files, unpacked, as `write_folder` returned them."""
    return {path.stem: _md5(gzip.decompress(path.read_bytes())) for path in folder.glob("mnist/*")}


@cache  # dozens of tests begin with the same digits
def draw(digit: int, seed: int) -> npt.NDArray[np.uint8]:
    """A digit as MNIST has it, white on black, a little different for each seed."""
    rng = np.random.default_rng(seed)
    strokes = strokes_of(list(DIGITS)[digit])
    slant = rng.uniform(-0.2, 0.2)
    slanted = [[(x + slant * (1 - y), y) for x, y in stroke] for stroke in strokes]
    large = 255 - canvas(slanted, 200, float(rng.uniform(18, 32)))
    small = cv2.resize(large, (28, 28), interpolation=cv2.INTER_AREA)
    small.flags.writeable = False  # it is shared
    return small


def _write(folder: Path, name: str, head: bytes, numbers: npt.NDArray[np.uint8]) -> str:
    data = head + numbers.tobytes()
    with gzip.open(folder / "mnist" / f"{name}.gz", "wb") as packed:
        packed.write(data)
    return _md5(data)


def _md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()
