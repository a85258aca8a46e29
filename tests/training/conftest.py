"""Data for tests of training."""

from __future__ import annotations

from pathlib import Path

import pytest

from digitlens.training.data import mnist
from tests.training.mnist_like import write_folder


@pytest.fixture
def small_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder in MNIST's form with 280 drawn digits, and the checksums of its files."""
    folder = tmp_path / "data"
    monkeypatch.setattr(mnist, "FILES", write_folder(folder))
    return folder
