"""The card of a model: what it is, how it was made, and how well it reads."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from digitlens.errors import BundleError

FORMAT = 2  # raised when a card can no longer be understood by the code before it
INPUT_SHAPE = (28, 28, 1)


@dataclass(frozen=True, slots=True)
class Metric:
    """One measured figure.

    Attributes:
        name: What was measured, for instance `mnist_test_accuracy`.
        value: The figure, a share from 0 to 1 unless `how` says otherwise.
        low: Lower end of its 95 % interval.
        high: Upper end of it.
        count: How many pictures it was measured on.
        how: How it was measured, in a sentence.
    """

    name: str
    value: float
    low: float
    high: float
    count: int
    how: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where a reading is no longer given out as sure.

    Attributes:
        sure: Least calibrated confidence of a digit that is `read`; below it, it is `unsure`.
        evidence: Least log-sum-exp of the logits that a digit has; below it, it is none.
    """

    sure: float
    evidence: float


@dataclass(frozen=True, slots=True)
class Card:
    """What a bundle says about its model.

    Attributes:
        name: Name of the model.
        version: Its version.
        sha256: Checksum of `model.tflite`, in hexadecimal.
        temperature: What the logits are divided by before the softmax, above 0.
        thresholds: Where a reading is no longer given out as sure.
        has_none: Whether the network was trained with what is no digit, so that the log-sum-exp of
            its logits are the log odds of a digit.
        metrics: How well it reads, and how that was measured.
        training: Data, settings, library versions and time of the training.
        input_shape: Of one glyph, without the batch.
        labels: What the outputs stand for, in their order.
    """

    name: str
    version: str
    sha256: str
    temperature: float
    thresholds: Thresholds
    has_none: bool = False  # cards of format 1 do not say it
    metrics: tuple[Metric, ...] = ()
    training: dict[str, Any] = field(default_factory=dict)
    input_shape: tuple[int, ...] = INPUT_SHAPE
    labels: tuple[int, ...] = tuple(range(10))

    def write(self, path: Path) -> None:
        """Write the card as JSON."""
        text = json.dumps({"format": FORMAT} | asdict(self), indent=2, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Card:
        """Read a card, refusing one that this version of digitlens cannot understand.

        Raises:
            BundleError: It is missing, no JSON, from a newer version, or lacks something.
        """
        try:
            entries = json.loads(path.read_text(encoding="utf-8"))
            return cls._from_entries(entries, path)
        except OSError as error:
            raise BundleError(f"{path}: the card cannot be read: {error.strerror}") from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise BundleError(f"{path}: this is not the card of a model: {error!r}") from error

    @classmethod
    def _from_entries(cls, entries: dict[str, Any], path: Path) -> Card:
        written = entries.pop("format")
        if not isinstance(written, int) or written > FORMAT:
            raise BundleError(
                f"{path}: the card has format {written!r}, this digitlens knows up to {FORMAT}; "
                "a newer digitlens reads it"
            )
        entries["thresholds"] = Thresholds(**entries["thresholds"])
        entries["metrics"] = tuple(Metric(**metric) for metric in entries["metrics"])
        entries["input_shape"] = tuple(entries["input_shape"])
        entries["labels"] = tuple(entries["labels"])
        card = cls(**entries)
        if not card.temperature > 0:
            raise BundleError(f"{path}: the temperature is {card.temperature}, expected above 0")
        if card.input_shape != INPUT_SHAPE or card.labels != tuple(range(10)):
            raise BundleError(
                f"{path}: the model takes {card.input_shape} and answers {card.labels}, "
                f"expected {INPUT_SHAPE} and the ten digits"
            )
        return card
