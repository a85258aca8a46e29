"""What a network is taught is the mean of what its teachers say of what it is shown, and labels."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.errors import InvalidInput  # noqa: E402 -- beside the others
from digitlens.models.bundle import DEFAULT, load, save  # noqa: E402 -- beside the others
from digitlens.reading.judge import shares_of  # noqa: E402 -- beside the others
from digitlens.reading.network import Network  # noqa: E402 -- beside the others
from digitlens.training.data.augment import Augmentation  # noqa: E402 -- beside the others
from digitlens.training.data.feed import Feed  # noqa: E402 -- needs keras
from digitlens.training.data.mnist import load_mnist  # noqa: E402 -- beside the others
from digitlens.training.taught import Taught, load_teachers  # noqa: E402 -- needs keras

pytestmark = pytest.mark.training


@pytest.fixture
def feed(small_data: Path) -> Feed:
    """Distorted digits."""
    return Feed(load_mnist(small_data), Augmentation(), 40, seed=1)


@pytest.mark.parametrize("has_none", [True, False])
@pytest.mark.parametrize("taught", [0.0, 0.4, 1.0])
def test_shares(feed: Feed, taught: float, has_none: bool) -> None:
    """Labels and teachers count as they should, for the pictures as they are shown."""
    teacher = Network(load())
    seen, labels = feed[1]
    shown, shares = Taught(feed, [teacher, teacher], taught, has_none)[1]
    assert np.array_equal(shown, seen)
    assert shares.shape == (40, 10 + has_none)
    expected = taught * shares_of(teacher.logits(seen), has_none)
    expected[np.arange(40), labels] += 1 - taught
    np.testing.assert_allclose(shares, expected, atol=1e-6)


def test_epochs(feed: Feed) -> None:
    """Each epoch shows others, the same again when it is started again."""
    taught = Taught(feed, [Network(load())], 0.5, has_none=True)
    shown = []
    for epoch in (0, 1, 0):
        taught.start(epoch)
        shown.append(taught[2])
    assert np.array_equal(shown[0][0], shown[2][0])
    assert np.array_equal(shown[0][1], shown[2][1])
    assert not np.array_equal(shown[0][0], shown[1][0])


def test_load(tmp_path: Path) -> None:
    """A teacher is a bundle, or a run that has one; it must know what is no digit where they do."""
    bundle = load()
    save(tmp_path / "run" / "bundle", bundle.model, bundle.card)
    save(tmp_path / "digits", bundle.model, replace(bundle.card, has_none=False))
    assert len(load_teachers([str(DEFAULT), str(tmp_path / "run")], has_none=True)) == 2
    assert len(load_teachers([str(tmp_path / "digits")], has_none=False)) == 1
    with pytest.raises(InvalidInput, match="teachers: expected networks that know what is no"):
        load_teachers([str(tmp_path / "digits")], has_none=True)
    with pytest.raises(InvalidInput, match="teachers: expected runs that have trained, or bundles"):
        load_teachers([str(tmp_path)], has_none=False)
