"""The filters of a convolution are pictures that show their weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

keras = pytest.importorskip("keras", reason="install the extra `train`")

from keras import layers  # noqa: E402 -- needs keras

from digitlens.training.architectures import find  # noqa: E402 -- needs keras
from digitlens.training.layers.filters import MOST, colours, kernels_of, write_filters  # noqa: E402 -- needs keras


def test_sheets(tmp_path: Path) -> None:
    """Each convolution that covers more than a place has a small PNG of its name."""
    network = find("tiny")()
    files = write_filters(network, tmp_path / "filters")
    wide = [layer.name for layer in network.layers if max(getattr(layer, "kernel_size", [1])) > 1]
    assert [file.stem for file in files] == wide
    for file in files:
        assert Image.open(file).format == "PNG"
        assert file.stat().st_size < 20_000


def test_block() -> None:
    """A network within the network has all its kernels on one sheet."""
    kernels = dict(kernels_of(find("lenet5")()))
    assert list(kernels) == ["C1", "C3", "C5"]
    assert kernels["C3"].shape == (16, 5, 5)


def test_many(tmp_path: Path) -> None:
    """Of many filters the first are shown, so that the file stays small."""
    wide = keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(MOST * 4, 5, name="wide")])
    few = keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(MOST, 5, name="few")])
    sizes = [Image.open(write_filters(network, tmp_path)[0]).size for network in (wide, few)]
    assert sizes[0] == sizes[1]


def test_colours() -> None:
    """The largest positive weight is red, the largest negative one blue, 0 is white."""
    red, white, blue = colours(np.array([[2.0, 0.0, -2.0]], np.float32))[0].astype(int)
    assert red[0] > red[2] + 100
    assert list(white) == [255, 255, 255]
    assert blue[2] > blue[0] + 100
    assert (colours(np.zeros((3, 3), np.float32)) == 255).all()
