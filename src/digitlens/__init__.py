"""digitlens reads handwritten digits.

>>> import digitlens
>>> digitlens.read("seven.png").text
'7'
"""

from __future__ import annotations

from functools import cache

from digitlens.errors import DigitlensError
from digitlens.reading.limits import Limits
from digitlens.reading.reader import Reader
from digitlens.reading.result import Box, Digit, Reading

__all__ = ["Box", "Digit", "DigitlensError", "Limits", "Reader", "Reading", "read"]


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
    return Reader()
