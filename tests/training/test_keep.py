"""What a training keeps is whole whenever it is killed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.training.keep import Backup, begin, finish  # noqa: E402

pytestmark = pytest.mark.training

GLYPHS = np.random.default_rng(1).random((64, 28, 28, 1), np.float32)
LABELS = np.arange(64) % 10


def network(seed: int) -> keras.Model:
    """A network of one layer, ready to learn."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input((28, 28, 1)), keras.layers.Flatten(), keras.layers.Dense(10)]
    made = keras.Sequential(layers)
    made.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return made


def train(made: keras.Model, folder: Path, epochs: int) -> int:
    """Train up to an epoch; returns the one it began with."""
    backup = Backup(folder)
    first = backup.restore(made)
    made.fit(GLYPHS, LABELS, 16, epochs, 0, [backup], initial_epoch=first, shuffle=False)
    return first


def test_goes_on_as_if_never_stopped(tmp_path: Path) -> None:
    """Weights and the optimizer's state are kept: two epochs and two more are four."""
    begin(tmp_path / "one", {})
    begin(tmp_path / "two", {})
    assert train(network(1), tmp_path / "one", 2) == 0
    resumed, whole = network(7), network(1)
    assert train(resumed, tmp_path / "one", 4) == 2
    train(whole, tmp_path / "two", 4)
    for mine, its in zip(resumed.get_weights(), whole.get_weights(), strict=True):
        np.testing.assert_allclose(mine, its, atol=1e-6)


def test_killed_while_it_keeps(tmp_path: Path) -> None:
    """What a kill left half written is not taken for an epoch, and does not stay."""
    begin(tmp_path, {})
    train(network(1), tmp_path, 2)
    half = tmp_path / "backup" / "part.weights.h5"
    half.write_bytes(b"cut off")
    assert train(network(1), tmp_path, 3) == 2
    assert [path.name for path in (tmp_path / "backup").iterdir()] == ["000003.weights.h5"]


def test_nothing_to_go_on_with(tmp_path: Path) -> None:
    """A training that came to its end leaves nothing to go on with."""
    assert begin(tmp_path, {"epochs": 2})
    train(network(1), tmp_path, 2)
    finish(tmp_path)
    assert not (tmp_path / "backup").exists()
    assert not begin(tmp_path, {"epochs": 2})
