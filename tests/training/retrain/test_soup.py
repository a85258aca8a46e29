"""Several trainings are one: each begins at the start, and the mean of their ends is kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.training.loss import compile_for_shares  # noqa: E402 -- needs keras
from digitlens.training.retrain.soup import Soup, clear  # noqa: E402 -- needs keras

pytestmark = pytest.mark.training


def bias(epochs: int, soup: Path | None = None) -> float:
    """Where a bias ends that is pulled up, the same way in each epoch."""
    network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(10)])
    network.set_weights([np.zeros((1, 10), np.float32), np.full(10, 0.3, np.float32)])
    compile_for_shares(network, rate=0.1, averaged=5)
    made = [Soup(soup, network.get_weights(), epochs)] if soup else []
    shares = np.eye(10, dtype=np.float32)[[3] * 7]
    network.fit(
        np.zeros((7, 1), np.float32),
        shares,
        batch_size=1,
        epochs=epochs,
        callbacks=made,
        verbose=0,
    )
    for one in made:
        one.stir(network)
    return float(network.get_weights()[1][3])


@pytest.mark.parametrize(("epochs", "each"), [(1, 1), (2, 1), (6, 3)])
def test_each_begins_at_the_start(tmp_path: Path, epochs: int, each: int) -> None:
    """Two trainings that are shown the same end where one does that is half as long."""
    assert bias(epochs, tmp_path) == pytest.approx(bias(each), abs=1e-5)
    (tmp_path / "part.end-9.npz").touch()  # a kill in the middle of writing leaves it
    clear(tmp_path)
    assert not list(tmp_path.iterdir())


def test_mean(tmp_path: Path) -> None:
    """The first training is kept as it ended, and counts as much as the last."""
    network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(10)])
    start = [np.zeros((1, 10), np.float32), np.zeros(10, np.float32)]
    network.set_weights(start)
    compile_for_shares(network, rate=0.1, averaged=1)
    soup = Soup(tmp_path, start, 2)
    soup.set_model(network)
    network.fit(np.zeros((1, 1)), np.eye(10, dtype=np.float32)[[3]], verbose=0)
    first = network.get_weights()[1]
    soup.on_epoch_begin(1)
    assert np.array_equal(network.get_weights()[1], start[1])
    network.set_weights([start[0], np.full(10, 4, np.float32)])
    soup.stir(network)
    assert np.allclose(network.get_weights()[1], (first + 4) / 2)
