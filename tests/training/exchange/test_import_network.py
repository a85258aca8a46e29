"""Somebody else's network is tried in every scaling and becomes a bundle that reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitlens import Reader
from digitlens.errors import InvalidInput
from digitlens.models.bundle import load
from digitlens.models.card import Card
from tests.training.measure.test_calibrate import answers
from tests.training.mnist_like import draw

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.training.exchange.import_network import (  # noqa: E402 -- needs keras
    Import,
    any_temperature,
    import_network,
)
from digitlens.training.exchange.scaling import SCALINGS, try_scalings, with_scaling  # noqa: E402 -- same
from tests.training.foreign import linear, write_keras_2  # noqa: E402 -- needs keras

pytestmark = pytest.mark.training


def bring_in(path: Path, data: Path) -> tuple[Card, list[str]]:
    """Import a file next to it; returns the card and what was said."""
    said: list[str] = []
    order = Import(path, path.parent / "bundle", "theirs", "3", data)
    return import_network(order, said.append), said


@pytest.mark.parametrize("scaling", SCALINGS, ids=lambda scaling: scaling.words)
def test_every_scaling(scaling: object) -> None:
    """The scaling that a network was made for is found, and built in it takes 0 to 1."""
    network = linear((28, 28, 1), scaling.scale, scaling.offset, "linear")  # type: ignore[attr-defined] -- a Scaling
    labels = np.arange(40) % 10
    glyphs = np.stack([draw(int(d), 500 + n) for n, d in enumerate(labels)])[..., None] / 255
    glyphs = glyphs.astype(np.float32)
    trials = try_scalings(network, glyphs, labels)
    assert trials[0].scaling == scaling
    assert trials[0].accuracy >= 0.9
    built = with_scaling(network, trials[0].scaling)(glyphs)
    plain = linear((28, 28, 1), 1, 0, "linear")(glyphs)
    assert np.abs(np.asarray(built) - np.asarray(plain)).max() < 1e-3


@pytest.mark.parametrize("sharpness", [0.05, 1.0, 60.0])
def test_any_temperature(sharpness: float) -> None:
    """A network that is sure out of all proportion gets the temperature that mends it."""
    logits, labels = answers(sharpness, 2000)
    assert any_temperature(logits, labels) == pytest.approx(sharpness, rel=0.2)


def test_bundle(small_data: Path, tmp_path: Path) -> None:
    """A file of 784 numbers, 0 to 255, black on white, becomes a bundle that reads drawings."""
    linear((784,), -255, 255).save(tmp_path / "best_mnist_model.h5")
    card, said = bring_in(tmp_path / "best_mnist_model.h5", small_data)
    assert card == load(tmp_path / "bundle").card
    assert (card.name, card.version) == ("theirs", "3")
    assert card.training["scaling"] == "0 to 255, black on white"
    assert card.training["imported"] == "best_mnist_model.h5"
    assert {metric.name for metric in card.metrics} == {"mnist_test", "mnist_canvas"}
    assert any(line.startswith("it takes pixels from 0 to 255, black on white") for line in said)
    assert min(metric.value for metric in card.metrics) >= 0.8
    assert Reader(tmp_path / "bundle").read(draw(1, 3)).model == ("theirs", "3")


def test_keras_2(small_data: Path, tmp_path: Path) -> None:
    """So does a file of Keras 2."""
    write_keras_2(tmp_path / "old.h5")
    card, _ = bring_in(tmp_path / "old.h5", small_data)
    assert card.training["scaling"] == "0 to 1, white on black"
    assert card.training["parameters"] == 7850


def test_reads_nothing(small_data: Path, tmp_path: Path) -> None:
    """A network that reads no digits in any scaling is refused; no bundle is left."""
    keras.utils.set_random_seed(0)
    untrained = [keras.Input((28, 28, 1)), keras.layers.Flatten(), keras.layers.Dense(10)]
    keras.Sequential(untrained).save(tmp_path / "untrained.keras")
    with pytest.raises(InvalidInput, match=r"reads 90% of MNIST's digits.*% at most"):
        bring_in(tmp_path / "untrained.keras", small_data)
    assert not (tmp_path / "bundle").exists()
