"""Taught: what a network is shown, with what others say of it besides the labels.

The teachers look at each picture as it is shown, distorted, so that they never say twice the same
(Hinton, Vinyals, Dean 2015, "Distilling the knowledge in a neural network", arXiv 1503.02531; Beyer
et al. 2022, "Knowledge distillation: a good teacher is patient and consistent", arXiv 2106.05237).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from digitlens.errors import InvalidInput
from digitlens.models.bundle import CARD_FILE, load
from digitlens.reading.judge import shares_of
from digitlens.reading.network import Network
from digitlens.training.data.feed import Feed
from digitlens.training.data.plain import PlainFeed
from digitlens.training.loss import one_hot
from digitlens.training.run import BUNDLE


class Taught(keras.utils.PyDataset):  # type: ignore[misc] # Keras ships no types
    """Batches of another feed, whose labels have become shares.

    Args:
        feed: What is shown.
        teachers: Their logits are averaged.
        taught: How much their answer counts, from 0 to 1; the labels count for the rest.
        has_none: Whether what is no digit has a share: (n, 11) in place of (n, 10).
    """

    def __init__(
        self, feed: Feed | PlainFeed, teachers: Sequence[Network], taught: float, has_none: bool
    ) -> None:
        super().__init__(workers=1, max_queue_size=16)
        self._feed, self._teachers = feed, teachers
        self._taught, self._has_none = taught, has_none

    def start(self, epoch: int) -> None:
        """Shuffle for an epoch, the same way each time it is started."""
        self._feed.start(epoch)

    def __len__(self) -> int:
        return len(self._feed)

    def __getitem__(self, index: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[Any]]:
        seen, labels = self._feed[index]
        said = np.mean([teacher.logits(seen) for teacher in self._teachers], axis=0)
        shares = self._taught * shares_of(said, self._has_none)
        shares += (1 - self._taught) * one_hot(labels, self._has_none)
        return seen, shares.astype(np.float32)


def load_teachers(paths: Sequence[str], has_none: bool) -> list[Network]:
    """The networks that teach.

    Args:
        paths: Runs, or bundles.
        has_none: Whether they must know what is no digit.

    Raises:
        InvalidInput: One is neither, or does not know what it must.
        BundleError: One cannot be used.
    """
    return [_load(Path(path), has_none) for path in paths]


def _load(path: Path, has_none: bool) -> Network:
    folder = next((f for f in (path / BUNDLE, path) if (f / CARD_FILE).is_file()), None)
    if folder is None:
        raise InvalidInput("teachers", "runs that have trained, or bundles", str(path))
    bundle = load(folder)
    if has_none and not bundle.card.has_none:
        raise InvalidInput("teachers", "networks that know what is no digit", str(path))
    return Network(bundle)
