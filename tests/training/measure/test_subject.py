"""Whatever can be measured answers logits."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from digitlens.errors import BundleError, InvalidInput
from digitlens.models.bundle import DEFAULT, load
from digitlens.reading.network import Network
from digitlens.training.data.prepared import prepared
from digitlens.training.measure.subject import load_subject
from digitlens.training.run import Run
from tests.training.mnist_like import draw

SHIPPED = "{0.name}, version {0.version}".format(load().card)

GLYPHS = prepared(np.stack([draw(digit, digit) for digit in range(10)]))


def test_bundles(tmp_path: Path) -> None:
    """The shipped bundle, a folder of it, and a run that has it answer alike."""
    shutil.copytree(DEFAULT, tmp_path / "run" / "bundle")
    expected = Network(load()).logits(GLYPHS)
    for path in (None, tmp_path / "run" / "bundle", tmp_path / "run"):
        subject = load_subject(path)
        assert np.array_equal(subject.logits(GLYPHS), expected)
        assert subject.temperature == load().card.temperature
        assert subject.name == SHIPPED


def test_network_of_keras(tmp_path: Path) -> None:
    """A file of Keras answers, as does a run that has no bundle yet; nobody has calibrated it."""
    pytest.importorskip("keras", reason="install the extra `train`")
    from tests.training.foreign import linear

    linear().save(tmp_path / "model.keras")
    for path in (tmp_path / "model.keras", tmp_path):
        subject = load_subject(path)
        assert subject.temperature == 1
        assert (subject.logits(GLYPHS).argmax(axis=1) == np.arange(10)).mean() >= 0.8


def test_nothing_to_measure(tmp_path: Path) -> None:
    """What is none of these is said to be what it is."""
    with pytest.raises(InvalidInput, match=r"Received: no such file"):
        load_subject(tmp_path / "nothing")
    with pytest.raises(InvalidInput, match=r"expected a bundle, a run, .*Received: neither"):
        load_subject(tmp_path)
    Run("early", "simple", "running", "2026-01-01T00:00:00Z", 3, 1, 1).write(tmp_path)
    with pytest.raises(InvalidInput, match=r"Received: a run that has no network yet"):
        load_subject(tmp_path)
    (tmp_path / "model.tflite").write_bytes(b"alone")
    with pytest.raises(BundleError, match="card cannot be read"):
        load_subject(tmp_path)
