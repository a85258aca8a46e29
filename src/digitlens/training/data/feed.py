"""Feed: what the network is shown, batch by batch, different in every epoch and repeatable."""

from __future__ import annotations

import math
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from digitlens.training.data.augment import Augmentation, augment_many
from digitlens.training.data.mnist import Labelled
from digitlens.training.data.prepared import prepared as prepared  # where others look for it

Batch = tuple[npt.NDArray[np.float32], npt.NDArray[Any]]  # pictures; labels, or shares


class Feed(keras.utils.PyDataset):  # type: ignore[misc] # Keras ships no types
    """Augmented, shuffled batches.

    A batch depends on seed, epoch and its index alone, whoever makes it and when.

    Args:
        data: What to show.
        spec: How far to distort it.
        batch: Pictures per batch.
        seed: Together with the epoch it decides order and distortions.
        threads: That make batches, ahead of the one that is asked for. More than one is for
            machines on which the network waits for its pictures.
    """

    def __init__(
        self, data: Labelled, spec: Augmentation, batch: int, seed: int, threads: int = 1
    ) -> None:
        # Keras' own workers would repeat batches of the first epoch: what they had made ahead when
        # it looked at the shapes is shown once more when the training begins.
        super().__init__(workers=1, max_queue_size=16)
        self._inks = data.images
        self._labels = data.labels
        self._spec, self._batch, self._seed = spec, batch, seed
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads)
        self.start(0)

    def start(self, epoch: int) -> None:
        """Shuffle for an epoch, the same way each time it is started."""
        self._epoch = epoch
        self._order = np.random.default_rng((self._seed, epoch)).permutation(len(self._labels))
        self._ahead: dict[int, Future[Batch]] = {}

    def __len__(self) -> int:
        return math.ceil(len(self._labels) / self._batch)

    def __getitem__(self, index: int) -> Batch:
        if self._threads == 1:
            return self._make(index, self._epoch, self._order)
        for number in range(index, min(index + 2 * self._threads, len(self))):
            if number not in self._ahead:
                self._ahead[number] = self._pool.submit(
                    self._make, number, self._epoch, self._order
                )
        return self._ahead.pop(index).result()

    def _make(self, index: int, epoch: int, order: npt.NDArray[np.int64]) -> Batch:
        rows = order[index * self._batch : (index + 1) * self._batch]
        rng = np.random.default_rng((self._seed, epoch, index))
        return augment_many(self._inks[rows], self._spec, rng), self._labels[rows]
