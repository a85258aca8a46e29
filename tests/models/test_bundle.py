"""A bundle is loaded only when the model is the one that its card describes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from digitlens import Reader
from digitlens.errors import BundleError
from digitlens.models.bundle import CARD_FILE, DEFAULT, MODEL_FILE, load, save
from digitlens.models.card import FORMAT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped bundle, to be damaged."""
    return Path(shutil.copytree(DEFAULT, tmp_path / "bundle"))


def change(folder: Path, **entries: Any) -> None:
    """Change entries of a card."""
    card = json.loads((folder / CARD_FILE).read_text())
    (folder / CARD_FILE).write_text(json.dumps(card | entries))


def test_shipped_bundle() -> None:
    """The shipped model is small, and its card says how well it reads and how it was made."""
    bundle = load()
    assert len(bundle.model) <= 1_500_000
    metrics = {metric.name: metric for metric in bundle.card.metrics}
    assert metrics["mnist_test"].value >= 0.996
    assert metrics["mnist_test"].count == 10_000
    assert abs(metrics["mnist_canvas"].value - metrics["mnist_test"].value) <= 0.002
    assert {"data", "settings", "versions", "seconds"} <= set(bundle.card.training)


def test_round_trip(tmp_path: Path) -> None:
    """What is saved is loaded again, with the checksum of its model."""
    shipped = load()
    card = save(tmp_path / "copy", shipped.model, shipped.card)
    assert load(tmp_path / "copy").card == card == shipped.card


def test_changed_model(folder: Path) -> None:
    """A model that was changed after its card was written is refused."""
    model = bytearray((folder / MODEL_FILE).read_bytes())
    model[len(model) // 2] ^= 1
    (folder / MODEL_FILE).write_bytes(model)
    with pytest.raises(BundleError, match="checksum does not match"):
        load(folder)


def test_newer_card(folder: Path) -> None:
    """A card of a newer format is refused with the word that a newer digitlens reads it."""
    change(folder, format=FORMAT + 1)
    with pytest.raises(BundleError, match="a newer digitlens reads it"):
        load(folder)


def test_older_card(folder: Path) -> None:
    """A card of the first format is read still: its network never saw what is no digit."""
    card = json.loads((folder / CARD_FILE).read_text()) | {"format": 1}
    card.pop("has_none", None)
    (folder / CARD_FILE).write_text(json.dumps(card))
    assert not load(folder).card.has_none


@pytest.mark.parametrize(
    "entries",
    [
        {"input_shape": [32, 32, 1]},
        {"labels": [1, 2, 3]},
        {"temperature": 0},
        {"thresholds": {"sure": 1}},
        {"metrics": 3},
        {"unknown": 1},
    ],
    ids=str,
)
def test_wrong_card(folder: Path, entries: dict[str, Any]) -> None:
    """A card that says something else than this code can use is refused, naming its file."""
    change(folder, **entries)
    with pytest.raises(BundleError, match=CARD_FILE):
        load(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"format": "x"}'])
def test_no_card(folder: Path, text: str) -> None:
    """A file that is no card is refused."""
    (folder / CARD_FILE).write_text(text)
    with pytest.raises(BundleError, match="card"):
        load(folder)


@pytest.mark.parametrize("name", [CARD_FILE, MODEL_FILE])
def test_missing_file(folder: Path, name: str) -> None:
    """A folder that lacks a file is refused."""
    (folder / name).unlink()
    with pytest.raises(BundleError, match="No such file"):
        load(folder)


def test_no_model(folder: Path) -> None:
    """A file that LiteRT cannot use is refused, though its checksum is right."""
    save(folder, b"no model at all", load(folder).card)
    with pytest.raises(BundleError, match="LiteRT cannot use this model"):
        Reader(folder)
