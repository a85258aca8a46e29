"""Watched: pictures by whose loss one sees what is forgotten, before the gate is asked.

They are of the base data, but not replayed, and distorted so that they are new to the parent, too:
of undistorted pictures, which it has once learned by heart, hardly one is forgotten while many of a
test set are.
"""

from __future__ import annotations

from dataclasses import dataclass

import keras
import numpy as np
import numpy.typing as npt

from digitlens.training.data.augment import Augmentation, augment_many
from digitlens.training.data.mnist import Labelled
from digitlens.training.loss import digit_or_none

_COPIES = 2  # of each picture


@dataclass(frozen=True, slots=True)
class Watched:
    """Pictures that are watched.

    Attributes:
        seen: float32 (n, 28, 28, 1), as a network takes them.
        labels: int64 (n,), 0 to 9, or `NONE`.
        has_none: Whether the network knows what is no digit.
    """

    seen: npt.NDArray[np.float32]
    labels: npt.NDArray[np.int64]
    has_none: bool

    @classmethod
    def of(cls, pictures: Labelled, spec: Augmentation, has_none: bool) -> Watched:
        """Distort pictures, the same way each time.

        Args:
            pictures: That are not learned from.
            spec: How far they are distorted.
            has_none: Whether the network knows what is no digit.
        """
        rng = np.random.default_rng(len(pictures))
        seen = np.concatenate([augment_many(pictures.images, spec, rng) for _ in range(_COPIES)])
        return cls(seen, np.tile(pictures.labels, _COPIES), has_none)

    def __len__(self) -> int:
        return len(self.labels)

    def loss(self, logits: npt.NDArray[np.float32]) -> float:
        """The mean of their losses, in nats, for logits (n, 10)."""
        if self.has_none:
            return float(keras.ops.mean(digit_or_none(self.labels, logits)))
        plain = keras.losses.sparse_categorical_crossentropy
        return float(keras.ops.mean(plain(self.labels, logits, from_logits=True)))
