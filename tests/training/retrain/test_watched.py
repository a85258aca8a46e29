"""What is watched is new to every network, the same each time, and has the loss of what it is."""

from __future__ import annotations

import numpy as np
import pytest

from digitlens.training.data.augment import Augmentation
from digitlens.training.data.mnist import NONE, Labelled
from tests.training.mnist_like import draw

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.training.retrain.watched import Watched  # noqa: E402 -- needs keras

pytestmark = pytest.mark.training


def pictures(*labels: int) -> Labelled:
    """A picture for each label."""
    images = np.stack([draw(label % 10, seed) for seed, label in enumerate(labels)])
    return Labelled(images, np.array(labels, np.int64))


def test_twice_each() -> None:
    """Each picture is seen twice, distorted otherwise, and the same way another time."""
    one, two = (Watched.of(pictures(3, 5, 8), Augmentation(), False) for _ in range(2))
    assert one.labels.tolist() == [3, 5, 8, 3, 5, 8]
    assert len(one) == 6
    assert one.seen.shape == (6, 28, 28, 1)
    assert (one.seen[:3] != one.seen[3:]).any()
    assert (one.seen == two.seen).all()


def test_loss() -> None:
    """Of even logits each of ten answers is as likely; eleven, where one may be no digit."""
    even = np.zeros((4, 10), np.float32)
    ten = Watched.of(pictures(3, 5), Augmentation(), has_none=False)
    assert ten.loss(even) == pytest.approx(np.log(10))
    eleven = Watched.of(pictures(3, NONE), Augmentation(), has_none=True)
    assert eleven.loss(even) == pytest.approx(np.log(11))
