"""Architectures: one file each, with one function that builds the network.

A network takes float32 (n, 28, 28, 1), 0 to 1, 1 is ink, and answers ten logits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from digitlens.errors import InvalidInput
from digitlens.training.architectures.batchnorm import batchnorm
from digitlens.training.architectures.compact import compact
from digitlens.training.architectures.deep import deep
from digitlens.training.architectures.dropout import dropout
from digitlens.training.architectures.simple import simple
from digitlens.training.architectures.tiny import tiny

if TYPE_CHECKING:
    import keras

ARCHITECTURES: dict[str, Callable[[], keras.Model]] = {
    build.__name__: build for build in (simple, dropout, batchnorm, deep, tiny, compact)
}


def find(name: str) -> Callable[[], keras.Model]:
    """The function that builds an architecture, by its name.

    Raises:
        InvalidInput: There is none of that name.
    """
    if name not in ARCHITECTURES:
        raise InvalidInput("architecture", "one of " + ", ".join(sorted(ARCHITECTURES)), name)
    return ARCHITECTURES[name]
