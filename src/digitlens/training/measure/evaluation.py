"""Evaluation: how well a network reads what it was not trained on, and where it goes wrong.

It needs no Keras: logits are measured wherever they come from, and what was measured is read back
from its JSON by the Lab, `digitlens runs` and the report.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from digitlens.errors import DataError, InvalidInput
from digitlens.reading.judge import probabilities
from digitlens.reading.network import Logits
from digitlens.training.measure.calibrate import Labels, calibration_error
from digitlens.training.measure.chance import wilson

BINS = 15  # of confidence, as most of the literature on calibration has them
MOST = 1000  # pictures of mistakes that are written, the most confident ones
_Shares = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Class:
    """How well one of the ten digits is read.

    Attributes:
        digit: Which.
        count: How many pictures show it.
        right: How many of them were read as it.
        accuracy: Their share (its recall), 0 to 1; None where no picture shows it.
        interval: The share's 95 % interval; None where no picture shows it.
        precision: Share of the pictures read as it that show it; None where none was.
    """

    digit: int
    count: int
    right: int
    accuracy: float | None
    interval: tuple[float, float] | None
    precision: float | None


@dataclass(frozen=True, slots=True)
class Bin:
    """Readings of like confidence.

    Attributes:
        low: Least confidence in the bin.
        high: Where the next one begins.
        count: Readings in it, at least one.
        confidence: Their mean confidence, 0 to 1.
        accuracy: The share of them that is right, 0 to 1; as high as the confidence is best.
    """

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Mistake:
    """A picture that was misread.

    Attributes:
        index: Which of the pictures, from 0.
        label: What it shows.
        read: What it was read as.
        confidence: With which confidence, 0 to 1.
    """

    index: int
    label: int
    read: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well a network reads labelled pictures.

    Attributes:
        count: How many pictures there were.
        accuracy: The share that was read right, 0 to 1.
        interval: The accuracy's 95 % interval (Wilson).
        temperature: What the logits were divided by.
        per_class: The ten digits, in their order.
        confusion: 10×10, how many pictures of each digit (row) were read as each (column).
        calibration_error: Expected calibration error in 15 bins; 0 is best.
        bins: Those bins that hold any reading, by their confidence.
        mistakes: What was misread, the most confident first.
    """

    count: int
    accuracy: float
    interval: tuple[float, float]
    temperature: float
    per_class: tuple[Class, ...]
    confusion: tuple[tuple[int, ...], ...]
    calibration_error: float
    bins: tuple[Bin, ...]
    mistakes: tuple[Mistake, ...]

    def as_dict(self) -> dict[str, Any]:
        """As entries of JSON."""
        return asdict(self)

    def write(self, path: Path) -> None:
        """Write it as JSON."""
        path.write_text(json.dumps(self.as_dict(), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Evaluation:
        """Read one that was written.

        Raises:
            DataError: There is none, or it is damaged.
        """
        try:
            return _from_entries(json.loads(path.read_text(encoding="utf-8")))
        except OSError as error:
            raise DataError(str(path), "an evaluation", error.strerror or repr(error)) from error
        except (ValueError, TypeError, KeyError) as error:
            raise DataError(str(path), "what an evaluation wrote", repr(error)) from error


def assess(
    logits: Logits, labels: Labels, temperature: float = 1.0, has_none: bool = False
) -> Evaluation:
    """Measure what a network said of labelled pictures.

    Args:
        logits: float32 (n, 10), at least one row.
        labels: int64 (n,), what is right, 0 to 9.
        temperature: Of the probabilities, above 0.
        has_none: As of `Card`.

    Raises:
        InvalidInput: Logits and labels do not belong together, or are none.
    """
    if logits.shape != (len(labels), 10) or not len(labels):
        expected = f"({len(labels)}, 10), ten for each of at least one label"
        raise InvalidInput("logits", expected, str(logits.shape))
    shares = probabilities(logits, temperature, has_none)
    read = shares.argmax(axis=1)
    confusion = np.zeros((10, 10), np.int64)
    np.add.at(confusion, (labels, read), 1)
    right = int(np.trace(confusion))
    return Evaluation(
        count=len(labels),
        accuracy=right / len(labels),
        interval=wilson(right, len(labels)),
        temperature=temperature,
        per_class=tuple(_class(digit, confusion) for digit in range(10)),
        confusion=tuple(tuple(row) for row in confusion.tolist()),
        calibration_error=calibration_error(shares, labels, BINS),
        bins=_bins(shares, labels),
        mistakes=_mistakes(shares, labels),
    )


def write_mistakes(folder: Path, images: npt.NDArray[np.uint8], evaluation: Evaluation) -> None:
    """Write what was misread as pictures, black ink on white: `INDEX.png` for each.

    Args:
        folder: Where to; it is made. RUN/mistakes, for a training.
        images: uint8 (n, 28, 28), 255 is ink: all that were evaluated.
        evaluation: Says which of them were misread. The 1,000 most confident ones are written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for mistake in evaluation.mistakes[:MOST]:
        Image.fromarray(255 - images[mistake.index]).save(folder / f"{mistake.index}.png")


def _class(digit: int, confusion: npt.NDArray[np.int64]) -> Class:
    count, read = int(confusion[digit].sum()), int(confusion[:, digit].sum())
    right = int(confusion[digit, digit])
    return Class(
        digit=digit,
        count=count,
        right=right,
        accuracy=right / count if count else None,
        interval=wilson(right, count) if count else None,
        precision=right / read if read else None,
    )


def _bins(shares: _Shares, labels: Labels) -> tuple[Bin, ...]:
    confidence, right = shares.max(axis=1), shares.argmax(axis=1) == labels
    index = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return tuple(
        Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            count=int((index == number).sum()),
            confidence=float(confidence[index == number].mean()),
            accuracy=float(right[index == number].mean()),
        )
        for number in np.unique(index).tolist()
    )


def _mistakes(shares: _Shares, labels: Labels) -> tuple[Mistake, ...]:
    confidence, read = shares.max(axis=1), shares.argmax(axis=1)
    wrong = np.flatnonzero(read != labels)
    order = wrong[np.argsort(-confidence[wrong], kind="stable")]
    return tuple(
        Mistake(int(row), int(labels[row]), int(read[row]), float(confidence[row])) for row in order
    )


def _from_entries(entries: dict[str, Any]) -> Evaluation:
    classes = [
        Class(**(entry | {"interval": _pair(entry["interval"])})) for entry in entries["per_class"]
    ]
    converted = {
        "interval": _pair(entries["interval"]),
        "per_class": tuple(classes),
        "confusion": tuple(tuple(row) for row in entries["confusion"]),
        "bins": tuple(Bin(**entry) for entry in entries["bins"]),
        "mistakes": tuple(Mistake(**entry) for entry in entries["mistakes"]),
    }
    return Evaluation(**(entries | converted))


def _pair(entry: list[float] | None) -> tuple[float, float] | None:
    return None if entry is None else (entry[0], entry[1])
