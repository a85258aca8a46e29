"""A network is found by name, by file and by folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from digitlens.errors import BundleError, InvalidInput
from digitlens.models.bundle import DEFAULT
from digitlens.training.layers.lookup import describe_any


def test_layers_first(tmp_path: Path) -> None:
    """A layers.json in the folder is believed before the LiteRT file: it knows the layers."""
    bundle = tmp_path / "bundle"
    shutil.copytree(DEFAULT, bundle)
    plain = describe_any(str(bundle))
    assert plain == describe_any(None)
    assert describe_any(str(bundle / "model.tflite")).layers == plain.layers
    (tmp_path / "run").mkdir()
    plain.write(tmp_path / "run" / "layers.json")
    assert describe_any(str(tmp_path / "run")) == plain


def test_nothing(tmp_path: Path) -> None:
    """A folder with neither, and files that are not there, are errors that say so."""
    with pytest.raises(InvalidInput, match=r"layers\.json or model\.tflite"):
        describe_any(str(tmp_path))
    with pytest.raises(BundleError, match="cannot be read"):
        describe_any(str(tmp_path / "none.tflite"))
    with pytest.raises(InvalidInput, match="no such file"):
        describe_any(str(tmp_path / "none.h5"))


@pytest.mark.parametrize("suffix", ["keras", "h5"])
def test_saved(suffix: str, tmp_path: Path) -> None:
    """What Keras saved is described; what only has its suffix is refused."""
    pytest.importorskip("keras", reason="install the extra `train`")
    from digitlens.training.architectures import find

    network = find("simple")()
    network.save(tmp_path / f"a.{suffix}")
    assert describe_any(str(tmp_path / f"a.{suffix}")).parameters == network.count_params()
    (tmp_path / f"b.{suffix}").write_bytes(b"no network")
    with pytest.raises(InvalidInput, match="expected a network that Keras saved"):
        describe_any(str(tmp_path / f"b.{suffix}"))
