"""`digitlens import` makes a bundle that the other commands take."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from digitlens.cli.import_model import command
from digitlens.errors import InvalidInput
from digitlens.training.data import mnist
from tests.cli.test_read import digitlens
from tests.training.mnist_like import write_folder

pytest.importorskip("keras", reason="install the extra `train`")

from tests.training.foreign import linear

pytestmark = pytest.mark.training


def test_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what it tried, and how to serve the bundle; one that is there is not replaced."""
    monkeypatch.setattr(mnist, "FILES", write_folder(tmp_path / "data"))
    linear((28, 28), 255).save(tmp_path / "best_mnist_model.keras")
    arguments = [str(tmp_path / "best_mnist_model.keras"), "--out", str(tmp_path / "bundle")]
    arguments += ["--data-dir", str(tmp_path / "data")]
    done = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert "it takes pixels from 0 to 255, white on black" in done.output
    assert f"digitlens serve --model {tmp_path / 'bundle'}" in done.output
    with pytest.raises(InvalidInput, match="a folder without a bundle, or --force"):
        CliRunner().invoke(command, arguments, catch_exceptions=False)
    read = digitlens("read", "--json", "--model", tmp_path / "bundle", __file__)
    assert read.returncode == 1  # the bundle was taken; this file is no picture
    assert b"a picture" in read.stdout


def test_refused(tmp_path: Path) -> None:
    """Weights alone are no network: that is said before anything is written."""
    linear().save_weights(tmp_path / "some.weights.h5")
    arguments = [str(tmp_path / "some.weights.h5"), "--out", str(tmp_path / "bundle")]
    with pytest.raises(InvalidInput, match=r"expected a whole network\. Received: weights alone"):
        CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert not (tmp_path / "bundle").exists()
