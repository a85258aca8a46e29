"""Skipped: rows of somebody's data that are wrong are an error, or are counted and left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from digitlens.errors import DataError

Say = Callable[[str], None]  # takes a line for the person who waits


def ignore(line: str) -> None:
    """Say nothing."""


@dataclass(slots=True)
class Skipped:
    """What was left out of one source.

    Attributes:
        source: Its name.
        what: What it consists of, in the singular.
        allowed: Whether anything may be left out.
        count: How many were.
        first: What was wrong with the first; empty where nothing was.
    """

    source: str
    what: str
    allowed: bool
    count: int = field(default=0, init=False)
    first: str = field(default="", init=False)

    def add(self, error: DataError) -> None:
        """Count what is wrong.

        Raises:
            DataError: Nothing may be left out.
        """
        if not self.allowed:
            raise error
        self.first = self.first or str(error)
        self.count += 1

    def report(self, say: Say) -> None:
        """Say how much was left out, and why the first was."""
        if self.count:
            what = self.what if self.count == 1 else f"{self.what}s"
            say(f"{self.source}: {self.count:,} {what} skipped. The first: {self.first}")
