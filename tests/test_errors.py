"""Errors survive what Python does to them, and the tree in the docstring is the real one."""

from __future__ import annotations

import inspect
import pickle

from digitlens import errors
from digitlens.errors import DigitlensError, PictureTooLarge


def test_pickle() -> None:
    """An error that crosses a process keeps its parts."""
    error = PictureTooLarge("picture", "up to 3 bytes", "4 bytes")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 -- our own bytes
    assert (copy.argument, copy.expected, copy.received) == ("picture", "up to 3 bytes", "4 bytes")
    assert str(copy) == "picture: expected up to 3 bytes. Received: 4 bytes."


def test_tree() -> None:
    """Every error is ours to catch, and is drawn in the module's docstring."""
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass)]
    for found in (c for c in classes if issubclass(c, Exception)):
        assert issubclass(found, DigitlensError)
        assert found.__name__ in (errors.__doc__ or "")
