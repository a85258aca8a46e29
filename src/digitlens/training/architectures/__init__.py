"""Architectures: one file each, with one function that builds the network.

A network takes float32 (n, 28, 28, 1), 0 to 1, 1 is ink, and answers ten probabilities or logits.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from digitlens.errors import InvalidInput
from digitlens.training.architectures.batchnorm import batchnorm
from digitlens.training.architectures.compact import compact
from digitlens.training.architectures.deep import deep
from digitlens.training.architectures.dropout import dropout
from digitlens.training.architectures.lenet5 import lenet5
from digitlens.training.architectures.m5 import m5
from digitlens.training.architectures.simple import simple
from digitlens.training.architectures.tiny import tiny
from digitlens.training.learner import load_learner

if TYPE_CHECKING:
    import keras

ARCHITECTURES: dict[str, Callable[[], keras.Model]] = {
    build.__name__: build for build in (simple, dropout, batchnorm, deep, lenet5, tiny, compact, m5)
}


def find(name_or_path: str) -> Callable[[], keras.Model]:
    """The function that builds an architecture.

    Args:
        name_or_path: Its name, or the path of a learner's own file, which ends in `.py`. That file
            is run here; what its `build_model` makes is checked when the answer is called.

    Raises:
        InvalidInput: There is none of that name, or the file is of no use.
    """
    if name_or_path.endswith(".py"):
        return load_learner(name_or_path)
    if name_or_path not in ARCHITECTURES:
        raise _unknown(name_or_path)
    return ARCHITECTURES[name_or_path]


def _unknown(name: str) -> InvalidInput:
    close = get_close_matches(name, ARCHITECTURES, n=1)
    hint = f" (did you mean {close[0]}?)" if close else ""
    known = "one of " + ", ".join(sorted(ARCHITECTURES)) + ", or a file that ends in .py"
    return InvalidInput("architecture", known, f"{name!r}{hint}")
