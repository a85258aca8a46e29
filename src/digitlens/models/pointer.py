"""Pointer: the one file that says which version is active, replaced as a whole."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

SHIPPED = "shipped"  # the version that comes with digitlens


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which version is active.

    Attributes:
        active: Its name.
        before: Those that were active before it, the latest last; what a rollback goes back to.
        number: The highest number that was given to a version; none is given twice.
    """

    active: str = SHIPPED
    before: tuple[str, ...] = ()
    number: int = 0

    @classmethod
    def read(cls, path: Path) -> Pointer:
        """Read it; without the file, the shipped version is active.

        Raises:
            ValueError: It is not what `write` left.
        """
        try:
            entries: dict[str, Any] = json.loads(path.read_bytes())
        except FileNotFoundError:
            return cls()
        try:
            found = cls(str(entries["active"]), tuple(entries["before"]), int(entries["number"]))
        except (TypeError, KeyError) as error:
            raise ValueError(f"not a pointer: {error!r}") from error
        return found

    def write(self, path: Path) -> None:
        """Write it: who reads meanwhile, and who reads after a crash, has the old or the new."""
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync(path.parent)


def sync(path: Path) -> None:
    """Bring a file, or what was renamed in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
