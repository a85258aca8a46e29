"""Feed: what the network is shown, batch by batch, different in every epoch and repeatable."""

from __future__ import annotations

import math

import keras
import numpy as np
import numpy.typing as npt

from digitlens.reading.normalize import normalize
from digitlens.training.augment import Augmentation, augment_many
from digitlens.training.mnist import Labelled


class Feed(keras.utils.PyDataset):  # type: ignore[misc] # Keras ships no types
    """Augmented, shuffled batches.

    Args:
        data: What to show.
        spec: How far to distort it.
        batch: Pictures per batch.
        seed: Together with the epoch it decides order and distortions.
    """

    def __init__(self, data: Labelled, spec: Augmentation, batch: int, seed: int) -> None:
        super().__init__(workers=1, max_queue_size=16)
        self._inks = data.images
        self._labels = data.labels
        self._spec, self._batch, self._seed = spec, batch, seed
        self.start(0)

    def start(self, epoch: int) -> None:
        """Shuffle for an epoch, the same way each time it is started."""
        self._epoch = epoch
        self._order = np.random.default_rng((self._seed, epoch)).permutation(len(self._labels))

    def __len__(self) -> int:
        return math.ceil(len(self._labels) / self._batch)

    def __getitem__(self, index: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
        rows = self._order[index * self._batch : (index + 1) * self._batch]
        rng = np.random.default_rng((self._seed, self._epoch, index))
        return augment_many(self._inks[rows], self._spec, rng), self._labels[rows]


def prepared(images: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """MNIST's pictures as the network takes them: float32 (n, 28, 28, 1), not distorted."""
    return np.stack([normalize(ink) for ink in images])[..., None]
