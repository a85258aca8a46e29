"""`digitlens export` writes what was asked for, of a run or a file, and says how far it agrees."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_read import digitlens

pytest.importorskip("keras", reason="install the extra `train`")

from tests.training.foreign import linear

pytestmark = pytest.mark.training


def test_run(tmp_path: Path) -> None:
    """Of a run its network is exported, into its folder; each form has a line."""
    linear().save(tmp_path / "model.keras")
    done = digitlens(
        "export", tmp_path, "--to", "litert", "--to", "onnx", "--data-dir", tmp_path / "none"
    )
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode()
    assert "450 digits drawn in fonts" in text
    assert [line.split()[0] for line in text.splitlines()[-2:]] == ["litert", "onnx"]
    names = {path.name for path in (tmp_path / "exports").iterdir()}
    assert names == {"model.tflite", "model.onnx"}


def test_refused(tmp_path: Path) -> None:
    """Of what is no network it says so; a form that there is not is named."""
    done = digitlens("export", tmp_path, "--to", "onnx")
    assert done.returncode == 2
    assert b"expected a run, a .keras or a .h5 file. Received: a folder without" in done.stderr
    done = digitlens("export", tmp_path, "--to", "gguf")
    assert done.returncode == 2
    assert b"'gguf' is not one of" in done.stderr
