"""Bundles that differ in their versions: the shipped model, under other names."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from digitlens.models.bundle import CARD_FILE, DEFAULT
from digitlens.models.card import Card


def make_bundle(folder: Path, version: str) -> Path:
    """A copy of the shipped bundle that says it is of this version."""
    shutil.copytree(DEFAULT, folder)
    card = Card.read(folder / CARD_FILE)
    replace(card, version=version).write(folder / CARD_FILE)
    return folder
