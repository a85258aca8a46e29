"""Weights go back to where what is watched is read as surely as before, and no further."""

from __future__ import annotations

import numpy as np
import pytest

from digitlens.training.data.augment import Augmentation
from digitlens.training.data.mnist import Labelled
from tests.training.mnist_like import draw

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.training.retrain.back import SHARES, go_back  # noqa: E402 -- needs keras
from digitlens.training.retrain.watched import Watched  # noqa: E402 -- beside the others

pytestmark = pytest.mark.training


def always(three: float, five: float = -9, rest: float = -9) -> keras.Model:
    """A network that answers the same of everything: these logits of 3, of 5 and of the rest."""
    network = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten()])
    network.add(keras.layers.Dense(10, kernel_initializer="zeros"))
    bias = np.full(10, rest, np.float32)
    bias[3], bias[5] = three, five
    network.layers[-1].set_weights([network.layers[-1].get_weights()[0], bias])
    return network


def threes() -> Labelled:
    """Some pictures of a 3."""
    images = np.stack([draw(3, seed) for seed in range(7)])
    return Labelled(images, np.full(7, 3, np.int64))


def gone(
    start: keras.Model, end: keras.Model, has_none: bool = False, dearer: float = 1.15
) -> float:
    """How far a network goes, and whether its weights are there."""
    before, there = start.get_weights()[-1], end.get_weights()[-1]
    lines: list[str] = []
    watched = Watched.of(threes(), Augmentation(), has_none)
    share = go_back(start, end, watched, dearer, lines.append)
    assert np.allclose(start.get_weights()[-1], (1 - share) * before + share * there, atol=1e-6)
    assert lines[0].startswith(f"{share:.0%} of the way")
    return share


def test_all_of_the_way() -> None:
    """What costs nothing is kept whole, and what makes it surer as well."""
    assert gone(always(1, 0), always(1, 0)) == 1
    assert gone(always(1, 0), always(3, 0)) == 1


def test_as_far_as_it_costs_nothing() -> None:
    """The loss of a 3, log(1 + exp(five - three)), may grow by 15 %: 5 by 0.148."""
    assert gone(always(0, -4), always(0, -3.73)) == 0.5
    assert gone(always(0, -4), always(0, -3.46)) == 0.25
    assert gone(always(0, -4), always(0, -3.46), dearer=1.5) == 0.7  # by 0.41


def test_no_digit() -> None:
    """A digit that would be taken for none counts where the network knows what that is."""
    assert gone(always(4), always(3.4), has_none=True) == 0.2
    assert gone(always(4), always(3.4, -9.6, -9.6)) == 1  # the same to a softmax


def test_where_all_costs() -> None:
    """Where even the first step costs something, that one is gone: the gate will say no."""
    assert gone(always(3, 0), always(0, 3)) == SHARES[-1]
