"""What is replayed is a part of every source, and the hardest of it above all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from digitlens.models.bundle import Bundle, load
from digitlens.reading.network import Network
from digitlens.training.data import mnist
from digitlens.training.data.parts import load_parts
from digitlens.training.data.prepared import prepared
from digitlens.training.recipe import Recipe
from digitlens.training.retrain import replay
from tests.training.mnist_like import write_folder

RECIPE = Recipe(held_out=40)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small MNIST."""
    monkeypatch.setattr(mnist, "FILES", write_folder(tmp_path))
    return tmp_path


@pytest.fixture
def parent() -> Bundle:
    """The version that ships."""
    return load()


def test_all_of_little(data: Path, parent: Bundle) -> None:
    """Of a small source everything is replayed."""
    whole, _ = load_parts(RECIPE, data, lambda _: None)
    found = replay.load_replay(RECIPE, data, parent, lambda _: None)
    assert np.array_equal(found.base.images, whole.images)
    assert len(found.validation) == 40
    assert np.array_equal(found.watched.images, found.validation.images)


def test_the_hardest(data: Path, parent: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of what the parent is least decided about is replayed, the rest of it is watched."""
    monkeypatch.setattr(replay, "_LEAST", 20)
    whole, _ = load_parts(RECIPE, data, lambda _: None)
    found = replay.load_replay(RECIPE, data, parent, lambda _: None)
    count = len(found.base)
    assert 20 <= count < len(whole) / 2
    logits = np.pad(Network(parent).logits(prepared(whole.images)), ((0, 0), (0, 1)))
    rows = np.arange(len(whole))
    own = logits[rows, whole.labels]
    logits[rows, whole.labels] = -np.inf
    margins = np.abs(own - logits.max(axis=1))
    hardest = np.argsort(margins, kind="stable")[: count // 2]
    replayed = {image.tobytes() for image in found.base.images}
    watched = {image.tobytes() for image in found.watched.images}
    assert {whole.images[row].tobytes() for row in hardest} <= replayed | watched
    assert not replayed & watched
    assert len(replayed) == count
    assert 0.2 * count < len(watched) < 0.4 * count


def test_always_the_same(data: Path, parent: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes on after a break replays the same; another seed replays something else."""
    monkeypatch.setattr(replay, "_LEAST", 20)
    one, again, other = (
        replay.load_replay(replace(RECIPE, seed=seed), data, parent, lambda _: None).base
        for seed in (1, 1, 2)
    )
    assert np.array_equal(one.images, again.images)
    assert not np.array_equal(one.images, other.images)
