"""Every network on board is what it says it is, and can be saved and loaded again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitlens.errors import InvalidInput

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.training.architectures import ARCHITECTURES, find  # noqa: E402 -- needs keras
from digitlens.training.architectures.lenet5 import TABLE, squash  # noqa: E402 -- needs keras


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_network(name: str) -> None:
    """It has the name of its function, takes a digit and answers ten numbers."""
    network = find(name)()
    assert network.name == name
    assert network.input_shape == (None, 28, 28, 1)
    assert network.output_shape == (None, 10)


def test_unknown() -> None:
    """An unknown name lists the known ones, and suggests the nearest."""
    with pytest.raises(InvalidInput, match=r"batchnorm, compact, .*did you mean deep\?"):
        find("dep")
    with pytest.raises(InvalidInput, match=r"Received: 'transformer'\."):
        find("transformer")


def test_tiny_is_tiny() -> None:
    """`tiny` keeps below 10,000 parameters."""
    assert find("tiny")().count_params() < 10_000


def test_m5_keeps_its_places() -> None:
    """Nothing but borders makes its maps smaller, until the last convolution halves them."""
    sides = [
        layer.output.shape[1]
        for layer in find("m5")().layers
        if isinstance(layer, keras.layers.Conv2D)
    ]
    assert sides == [24, 20, 16, 12, 8, 4]


def test_lenet5_as_published() -> None:
    """Its layers have the paper's numbers of parameters and sizes of maps (section II.B)."""
    network = find("lenet5")()
    counts = {name: network.get_layer(name).count_params() for name in _PUBLISHED}
    assert counts == {name: count for name, (count, _) in _PUBLISHED.items()}
    shapes = {name: network.get_layer(name).output.shape[1:] for name in _PUBLISHED}
    assert shapes == {name: shape for name, (_, shape) in _PUBLISHED.items()}


_PUBLISHED = {
    "C1": (156, (28, 28, 6)),
    "S2": (12, (14, 14, 6)),
    "C3": (1516, (10, 10, 16)),
    "S4": (32, (5, 5, 16)),
    "C5": (48120, (1, 1, 120)),
    "F6": (10164, (84,)),
}


def test_lenet5_table() -> None:
    """Each map of S2 is looked at by ten maps of C3, and no two of these look at the same maps."""
    assert len(set(TABLE)) == 16
    assert [sum(k in row for row in TABLE) for k in range(6)] == [10] * 6
    assert [len(row) for row in TABLE] == [3] * 6 + [4] * 9 + [6]


def test_lenet5_connections() -> None:
    """A map of C3 answers to the maps that the table gives it, and to no others."""
    c3 = find("lenet5")().get_layer("C3")
    plain = np.asarray(c3(np.zeros((1, 14, 14, 6), np.float32)))
    for k in range(6):
        changed = np.zeros((1, 14, 14, 6), np.float32)
        changed[..., k] = 1
        differs = np.abs(np.asarray(c3(changed)) - plain).max(axis=(0, 1, 2)) > 0
        assert [bool(d) for d in differs] == [k in row for row in TABLE]


def test_squash() -> None:
    """The squashing function maps 1 to 1 and is odd, as the paper says."""
    network = squash("s")
    answers = np.asarray(network(np.array([[-1.0, 0.0, 1.0]], np.float32)))
    assert np.allclose(answers, [[-1, 0, 1]], atol=1e-4)


@pytest.mark.parametrize("suffix", ["keras", "h5"])
@pytest.mark.parametrize("name", ["lenet5", "tiny"])
def test_saved_and_loaded(name: str, suffix: str, tmp_path: Path) -> None:
    """What is saved answers the same when Keras loads it, with nothing said about custom layers."""
    network = find(name)()
    glyphs = np.random.default_rng(0).random((4, 28, 28, 1), np.float32)
    network.save(tmp_path / f"network.{suffix}")
    loaded = keras.models.load_model(tmp_path / f"network.{suffix}")
    assert np.allclose(network(glyphs), loaded(glyphs), atol=1e-6)
