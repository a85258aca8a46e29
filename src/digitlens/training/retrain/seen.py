"""Seen: which corrections retrainings have had before them, so that new ones can be counted."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from digitlens.corrections.records import Correction
from digitlens.training.retrain.kept import Kept, name_of

_FILE = "retrained.txt"  # in the library's folder: a name a line


def remember(folder: Path, kept: Kept) -> None:
    """Note that a retraining has come to its end with these, whatever the gate said of it."""
    names = sorted({*_names(folder), *kept.names.tolist()})
    part = folder / f".{_FILE}.part"
    part.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    part.replace(folder / _FILE)


def count_new(folder: Path, corrections: Iterable[Correction]) -> int:
    """How many corrections no retraining has had before it."""
    names = _names(folder)
    return sum(name_of(one) not in names for one in corrections)


def _names(folder: Path) -> set[str]:
    path = folder / _FILE
    return set(path.read_text(encoding="utf-8").split()) if path.exists() else set()
