"""Asked: the pictures that the gate asks both models about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digitlens.errors import DataError
from digitlens.models.bundle import Bundle
from digitlens.reading.judge import judge
from digitlens.reading.network import Network
from digitlens.reading.normalize import normalize
from digitlens.reading.result import Box
from digitlens.reading.strokes import check_strokes, draw
from digitlens.training.data.drawings import load_pendigits
from digitlens.training.data.mnist import NONE, Labelled, load_mnist
from digitlens.training.data.prepared import prepared
from digitlens.training.measure.answers import answer_many

_ANYWHERE = Box(0, 0, 1, 1)
_POINTS = 100_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Pictures as a network is shown them, and what they are.

    Attributes:
        seen: float32 (n, 28, 28, 1), 0 to 1, 1 is ink.
        labels: int64 (n,), 0 to 9, or `NONE`.
    """

    seen: npt.NDArray[np.float32]
    labels: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a model says of them.

    Attributes:
        read: int64 (n,), the digit, or `NONE` where the model says that it is none.
        right: bool (n,), whether that is so.
    """

    read: npt.NDArray[np.int64]
    right: npt.NDArray[np.bool_]


def ask(bundle: Bundle, asked: Asked) -> Answers:
    """Ask a model, as it answers people: what it calls no digit is no digit."""
    digits = judge(
        answer_many(Network(bundle), asked.seen), [_ANYWHERE] * len(asked.labels), bundle.card
    )
    read = [NONE if digit.status == "not_a_digit" else digit.digit for digit in digits]
    answered = np.array(read, np.int64)
    return Answers(answered, answered == asked.labels)


def as_seen(data: Labelled) -> Asked:
    """Pictures that are normalized already."""
    return Asked(data.images[..., None].astype(np.float32) / np.float32(255), data.labels)


def frozen(data_dir: Path | None) -> tuple[dict[str, Asked], list[str]]:
    """The test sets that stay the same: that of MNIST, and the test writers' pen strokes.

    Args:
        data_dir: Folder of the data sets, as `load_mnist` takes it.

    Returns:
        The sets by their names, and a line about each that is not at hand.

    Raises:
        DataError: MNIST is missing or damaged.
    """
    test = load_mnist(data_dir, "t10k")
    sets = {"mnist_test": Asked(prepared(test.images), test.labels)}
    try:
        sets["pen_strokes"] = _pen_strokes(data_dir)
    except DataError as error:
        return sets, [f"the pen strokes are not asked about: {error}"]
    return sets, []


def _pen_strokes(data_dir: Path | None) -> Asked:
    drawings = [drawing for drawing in load_pendigits(data_dir) if drawing.part == "test"]
    inks = [draw(check_strokes([s.tolist() for s in d.strokes], _POINTS)).ink for d in drawings]
    seen = np.stack([normalize(ink) for ink in inks])[..., None].astype(np.float32)
    return Asked(seen, np.array([drawing.label for drawing in drawings], np.int64))
