"""Sets: pictures of one kind with what they show, and what they are made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digitlens.training.data.drawings import Drawing, load_omniglot, load_pendigits
from digitlens.training.data.mnist import Labelled, load_mnist
from digitlens.training.measure.suite.paper import Picture

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True)
class PictureSet:
    """Pictures of one kind.

    Attributes:
        name: Its own: `pen-12`.
        group: `mnist`, `pen`, `size`, `place`, `scan`, `ladder` or `others`.
        what: What they are, in a few words, for a table.
        labels: int64 (n,), 0 to 9, or `NONE`.
        draw: Makes one by its number, uint8 (h, w), the same one whenever it is asked.
        people: int64 (n,), who wrote them, where that is measured.
    """

    name: str
    group: str
    what: str
    labels: Labels
    draw: Callable[[int], Picture]
    people: Labels | None = None

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, count: int | None) -> PictureSet:
        """So many of them, spread over all; all without a number."""
        if count is None or count >= len(self):
            return self
        rows = np.linspace(0, len(self) - 1, count).round().astype(np.int64)
        draw = self.draw
        return replace(
            self,
            labels=self.labels[rows],
            draw=lambda n: draw(int(rows[n])),
            people=None if self.people is None else self.people[rows],
        )


@dataclass(frozen=True)
class Sources:
    """What sets are made from: nothing that was trained on.

    Attributes:
        mnist: MNIST's test set.
        written: Pen strokes of digits, by the test writers.
        characters: Pen strokes of the test alphabets.
    """

    mnist: Labelled
    written: list[Drawing]
    characters: list[Drawing]

    @classmethod
    def load(cls, data_dir: Path | None) -> Sources:
        """Load them.

        Args:
            data_dir: Folder that has `mnist/`, `pendigits/` and `non-digits/`.

        Raises:
            DataError: One of them is missing or damaged.
        """
        return cls(
            load_mnist(data_dir, "t10k"),
            [drawing for drawing in load_pendigits(data_dir) if drawing.part == "test"],
            [drawing for drawing in load_omniglot(data_dir) if drawing.part == "test"],
        )


def labels_of(drawings: list[Drawing]) -> Labels:
    """What drawings show."""
    return np.array([drawing.label for drawing in drawings], np.int64)
