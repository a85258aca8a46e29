"""A bundle: a folder with `model.tflite` and `card.json`, trusted when they belong together."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from digitlens.errors import BundleError
from digitlens.models.card import Card

MODEL_FILE = "model.tflite"
CARD_FILE = "card.json"
NETWORK_FILE = "network.keras"  # what a retraining starts from; reading needs none
DEFAULT = Path(__file__).parent / "default"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A model that was checked against its card.

    Attributes:
        model: The LiteRT flatbuffer.
        card: What it is and how it was made.
    """

    model: bytes
    card: Card


def load(folder: Path | str | None = None) -> Bundle:
    """Load a bundle and check that the model is the one that its card describes.

    Args:
        folder: Where `model.tflite` and `card.json` lie; the shipped model without it.

    Raises:
        BundleError: A file is missing, the card is of no use, or the checksum does not match.
    """
    folder = DEFAULT if folder is None else Path(folder)
    card = Card.read(folder / CARD_FILE)
    try:
        model = (folder / MODEL_FILE).read_bytes()
    except OSError as error:
        raise BundleError(f"{folder}: the model cannot be read: {error.strerror}") from error
    found = hashlib.sha256(model).hexdigest()
    if found != card.sha256:
        raise BundleError(
            f"{folder / MODEL_FILE}: the checksum does not match its card: "
            f"expected {card.sha256}, found {found}"
        )
    return Bundle(model, card)


def save(folder: Path, model: bytes, card: Card) -> Card:
    """Write a bundle; the checksum of its card is set to the model's. Returns that card."""
    folder.mkdir(parents=True, exist_ok=True)
    card = replace(card, sha256=hashlib.sha256(model).hexdigest())
    (folder / MODEL_FILE).write_bytes(model)
    card.write(folder / CARD_FILE)
    return card
