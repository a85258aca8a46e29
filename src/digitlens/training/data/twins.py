"""Twins: pictures that are the same, byte for byte.

One that is in MNIST's test set must not be trained on: the network would be asked what it was told.
"""

from __future__ import annotations

from collections.abc import Container

import numpy as np
import numpy.typing as npt

from digitlens.errors import DataError
from digitlens.training.data.folder_source import read_digit

Images = npt.NDArray[np.uint8]


def keys(images: Images) -> list[bytes]:
    """What is the same for the same pictures, and only for them."""
    return [image.tobytes() for image in images]


def are_among(images: Images, known: Container[bytes]) -> npt.NDArray[np.bool_]:
    """Which pictures are among those of some keys.

    Args:
        images: uint8 (n, 28, 28).
        known: As `keys` gives them; best a set.
    """
    return np.array([key in known for key in keys(images)], bool)


def count_repeats(images: Images) -> int:
    """How many pictures are the same as one before them."""
    return len(images) - len(set(keys(images)))


def as_read(images: Images) -> Images:
    """What becomes of pictures when they are read from files; those that cannot be are left out.

    Args:
        images: uint8 (n, 28, 28), 255 is ink.

    Returns:
        uint8 (m, 28, 28).
    """
    found = []
    for image in images:
        try:
            found.append(read_digit(image, "picture"))
        except DataError:
            continue
    return np.array(found, np.uint8).reshape(-1, *images.shape[1:])
