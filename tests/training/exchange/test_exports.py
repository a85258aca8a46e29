"""Every export answers as the original, or is not kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitlens.errors import BundleError, InvalidInput

keras = pytest.importorskip("keras", reason="install the extra `train`")
pytest.importorskip("tf2onnx", reason="install the extra `train`")

from digitlens.training.exchange.exports import TOLERANCE, export  # noqa: E402 -- needs keras
from digitlens.training.exchange.formats import FORMATS, Format  # noqa: E402 -- needs keras
from digitlens.training.exchange.network_file import load_network  # noqa: E402 -- needs keras
from digitlens.training.measure.drawn import drawn_digits  # noqa: E402 -- beside the others
from tests.training.foreign import linear  # noqa: E402 -- needs keras

pytestmark = pytest.mark.training


def convolutional() -> object:
    """A network of the layers that ours have; its batch normalization has seen something."""
    keras.utils.set_random_seed(0)
    layers = keras.layers
    network = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 3, use_bias=False),
            layers.BatchNormalization(),
            layers.Activation("relu"),
            layers.MaxPooling2D(),
            layers.Dropout(0.3),
            layers.Flatten(),
            layers.Dense(10),
        ]
    )
    network(np.random.default_rng(0).random((32, 28, 28, 1)), training=True)
    return network


def test_every_form(small_data: Path, tmp_path: Path) -> None:
    """All forms are written, agree with the network, and say how far."""
    convolutional().save(tmp_path / "model.keras")  # type: ignore[attr-defined] -- a keras.Model
    said: list[str] = []
    exact = [name for name in FORMATS if FORMATS[name].is_exact]
    written = export(tmp_path / "model.keras", exact, tmp_path / "out", small_data, said.append)
    assert [each.format for each in written] == exact
    for each in written:
        assert each.path.exists()
        assert each.bytes > 1000
        assert each.difference <= TOLERANCE
        assert each.accuracy == each.original
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {FORMATS[name].file for name in exact}
    assert any("MNIST's test set, 40 digits" in line for line in said)


def test_int8(small_data: Path, tmp_path: Path) -> None:
    """8-bit weights are smaller, answer a little otherwise, and read as much."""
    linear((784,), 255).save(tmp_path / "theirs.h5")
    out = tmp_path / "out"
    whole, small = export(
        tmp_path / "theirs.h5", ["litert", "litert-int8"], out, small_data, lambda _: None
    )
    assert small.bytes < 0.5 * whole.bytes
    assert small.count == 40
    assert small.accuracy >= small.original - 1 / 40
    assert small.original >= 0.9


def test_disagreement(small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What answers otherwise is an error, and neither it nor what it was made of is left."""

    def write_wrong(network: object, path: Path) -> None:
        weights = [w * 1.01 for w in network.get_weights()]  # type: ignore[attr-defined] -- a keras.Model
        network.set_weights(weights)  # type: ignore[attr-defined] -- the same
        network.save(path)  # type: ignore[attr-defined] -- the same

    ask = FORMATS["keras"].ask
    wrong = Format("wrong", "wrong.keras", write_wrong, ask)
    monkeypatch.setitem(FORMATS, "wrong", wrong)
    convolutional().save(tmp_path / "model.keras")  # type: ignore[attr-defined] -- a keras.Model
    with pytest.raises(BundleError, match=r"wrong: an answer differs from the original's by"):
        export(tmp_path / "model.keras", ["wrong"], tmp_path / "out", small_data, lambda _: None)
    assert list((tmp_path / "out").iterdir()) == []


def test_fewer_digits_read(
    small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """8-bit weights that read fewer digits are not kept."""

    def write_blind(network: object, path: Path) -> None:
        network.set_weights([0 * w for w in network.get_weights()])  # type: ignore[attr-defined] -- a keras.Model
        network.save(path)  # type: ignore[attr-defined] -- the same

    blind = Format("blind", "blind.keras", write_blind, FORMATS["keras"].ask, is_exact=False)
    monkeypatch.setitem(FORMATS, "blind", blind)
    linear().save(tmp_path / "model.keras")
    with pytest.raises(BundleError, match=r"blind: reads \d+ of 40 digits, the original \d+"):
        export(tmp_path / "model.keras", ["blind"], tmp_path / "out", small_data, lambda _: None)
    assert list((tmp_path / "out").iterdir()) == []


def test_what_is_there_stays(small_data: Path, tmp_path: Path) -> None:
    """A file that is there is not replaced unless that is asked for."""
    path = tmp_path / "model.keras"
    linear().save(path)
    with pytest.raises(InvalidInput, match=r"a folder without model\.keras, or --force"):
        export(path, ["keras"], tmp_path, small_data, lambda _: None)
    (written,) = export(path, ["keras"], tmp_path, small_data, lambda _: None, force=True)
    assert written.path == path
    with pytest.raises(InvalidInput, match=r"--to: expected one of litert.*Received: gguf"):
        export(path, ["gguf"], tmp_path, small_data, lambda _: None)


def test_without_data(tmp_path: Path) -> None:
    """Without MNIST, digits are drawn, and that is said."""
    linear().save(tmp_path / "model.keras")
    said: list[str] = []
    export(tmp_path / "model.keras", ["h5"], tmp_path, tmp_path / "nothing", said.append)
    assert any("MNIST is not at hand: compared on 450 digits drawn" in line for line in said)
    loaded = load_network(tmp_path / "model.h5")
    assert loaded.output_shape == (None, 10)
    assert len(drawn_digits()) == 450
