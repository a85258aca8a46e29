"""Of a LiteRT file everything is told that it holds, and nothing that it does not."""

from __future__ import annotations

import pytest

from digitlens.errors import BundleError
from digitlens.models.bundle import load
from digitlens.training.layers.lookup import describe_any
from digitlens.training.layers.operations import describe_litert


def test_shipped() -> None:
    """The shipped network's operations, with the weights and the multiplications that they hold."""
    bundle = load()
    told = describe_any(None)
    assert (told.name, told.source) == (bundle.card.name, "LiteRT")
    assert [layer.shape for layer in told.layers][:2] == [(28, 28, 1), (26, 26, 32)]
    assert told.layers[1].parameters == 32 * 9 + 32
    assert told.layers[-1].shape == (10,)
    dense = [layer for layer in told.layers if layer.shape == (10,) and layer.parameters]
    assert len(dense) == 2, "two networks are joined"
    for layer in dense:
        assert layer.sentence.startswith("Each of the 10 units, one for each digit,")
    assert told.layers[-1].sentence == "Multiplies each of the 10 numbers by the same one."
    # Normalization is merged: the same multiplications, and fewer parameters.
    assert 600_000 < told.parameters <= bundle.card.training["parameters"]
    assert told.multiplications == 2 * 15_162_752


def test_lenet5() -> None:
    """Operations between the layers are told too, and those on shapes left out."""
    keras = pytest.importorskip("keras", reason="install the extra `train`")
    from digitlens.training.architectures import find
    from digitlens.training.exchange.export import to_litert
    from digitlens.training.layers.describe import describe

    keras.utils.set_random_seed(0)
    network = find("lenet5")()
    told = describe_litert(to_litert(network), "lenet5")
    assert told.multiplications == describe(network).multiplications
    kinds = {layer.kind for layer in told.layers}
    assert {"TANH", "AVERAGE_POOL_2D", "DEPTHWISE_CONV_2D", "CONCATENATION", "SOFTMAX"} <= kinds
    assert "SHAPE" not in kinds


def test_damaged() -> None:
    """What LiteRT cannot read is an error that says so."""
    with pytest.raises(BundleError, match="LiteRT cannot use"):
        describe_litert(b"no model", "x")
