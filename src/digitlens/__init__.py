"""digitlens reads handwritten digits.

>>> import digitlens
>>> digitlens.read("seven.png").text
'7'
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING

from digitlens.errors import DigitlensError

if TYPE_CHECKING:
    from digitlens.reading.limits import Limits
    from digitlens.reading.reader import Reader
    from digitlens.reading.result import Box, Digit, Reading

__all__ = ["Box", "Digit", "DigitlensError", "Limits", "Reader", "Reading", "read"]

_HOMES = {
    "Box": "digitlens.reading.result",
    "Digit": "digitlens.reading.result",
    "Limits": "digitlens.reading.limits",
    "Reader": "digitlens.reading.reader",
    "Reading": "digitlens.reading.result",
}


def __getattr__(name: str) -> object:
    """Import what is asked for when it is: not every part of digitlens reads."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def read(picture: object) -> Reading:
    """Read the digits of one picture with the shipped model.

    Args:
        picture: As `Reader.read` takes it.

    Raises:
        InvalidInput: It is no picture, is damaged, or is over the limits.
    """
    return _reader().read(picture)


@cache
def _reader() -> Reader:
    from digitlens.reading.reader import Reader

    return Reader()
