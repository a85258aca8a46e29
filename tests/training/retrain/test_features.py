"""What layers that rest make of pictures is kept, and answers as the pictures would."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.training.architectures import find  # noqa: E402 -- needs keras
from digitlens.training.retrain.features import answer, extract, take  # noqa: E402 -- needs keras
from digitlens.training.still import (  # noqa: E402 -- needs keras
    freeze_below_last_convolution,
    part,
)

pytestmark = pytest.mark.training


def pictures(count: int) -> npt.NDArray[np.float32]:
    """Any pictures."""
    return np.random.default_rng(count).random((count, 28, 28, 1), np.float32)


def test_answers() -> None:
    """More pictures than are asked about at a time are answered as by the whole network."""
    network = freeze_below_last_convolution(find("lenet5")())
    resting, learning = part(network)
    seen = pictures(300)
    features = extract(resting, seen)
    assert np.allclose(answer(learning, features), network.predict(seen, verbose=0), atol=1e-2)
    assert [one.dtype for one in features] == [np.float16]


def test_rows() -> None:
    """Some of them are taken as a network takes them."""
    seen = pictures(5)
    rows = np.array([3, 1, 3])
    (some,) = take([seen.astype(np.float16)], rows)
    assert some.dtype == np.float32
    assert np.allclose(some, seen[rows], atol=1e-3)


@pytest.mark.parametrize("which", [0, 299])
def test_large(which: int) -> None:
    """What would be endless in 16 bits is kept in 32, however late it comes."""
    source = keras.Input((28, 28, 1))
    seen = pictures(300)
    seen[which] *= 1e6
    (kept,) = extract(keras.Model(source, source * 1.0), seen)
    assert kept.dtype == np.float32
    assert np.allclose(kept, seen, rtol=1e-3, atol=1e-3)
