"""Plain: the pictures as they are, where a recipe distorts nothing."""

from __future__ import annotations

import math

import keras
import numpy as np
import numpy.typing as npt

from digitlens.training.data.feed import prepared
from digitlens.training.data.mnist import Labelled


class PlainFeed(keras.utils.PyDataset):  # type: ignore[misc] # Keras ships no types
    """Shuffled batches of pictures that are prepared once.

    Args:
        data: What to show.
        batch: Pictures per batch.
        seed: Together with the epoch it decides the order.
    """

    def __init__(self, data: Labelled, batch: int, seed: int) -> None:
        super().__init__(workers=1, max_queue_size=16)
        self._seen = prepared(data.images)
        self._labels = data.labels
        self._batch, self._seed = batch, seed
        self.start(0)

    def start(self, epoch: int) -> None:
        """Shuffle for an epoch, the same way each time it is started."""
        self._order = np.random.default_rng((self._seed, epoch)).permutation(len(self._labels))

    def __len__(self) -> int:
        return math.ceil(len(self._labels) / self._batch)

    def __getitem__(self, index: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
        rows = self._order[index * self._batch : (index + 1) * self._batch]
        return self._seen[rows], self._labels[rows]
