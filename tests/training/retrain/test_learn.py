"""A network learns corrections among what it knew, and ends as it would have if interrupted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from digitlens.reading.normalize import normalize
from digitlens.training.data.feed import prepared
from digitlens.training.data.mnist import Labelled

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.training.recipe import Recipe  # noqa: E402 -- beside the others
from digitlens.training.retrain.learn import learn  # noqa: E402 -- needs keras
from digitlens.training.retrain.parent import Parent  # noqa: E402 -- beside the others
from digitlens.training.retrain.parts import Parts  # noqa: E402 -- beside the others
from digitlens.training.retrain.ways import Ways  # noqa: E402 -- beside the others
from tests.training.mnist_like import draw  # noqa: E402 -- beside the others
from tests.training.retrain.world import (  # noqa: E402 -- beside the others
    World,
    corrected_world,
    triangles,
)

pytestmark = pytest.mark.training
RECIPE = Recipe(epochs=4, batch=20, rate=2e-2, schedule="constant")


class Killed(Exception):
    """What ends a training in the middle."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world with an active version."""
    with corrected_world(tmp_path_factory.mktemp("world")) as world:
        yield world


@pytest.fixture(scope="module")
def parent(world: World) -> Parent:
    """That version."""
    return Parent.of(world.library.active())


@pytest.fixture(scope="module")
def learned(parent: Parent, tmp_path_factory: pytest.TempPathFactory) -> keras.Model:
    """What comes of it where nothing interrupts."""
    return train(parent, tmp_path_factory.mktemp("learned"))


def digits(first: int, count: int = 200) -> Labelled:
    """Digits as everybody writes them, normalized."""
    labels = np.arange(count) % 10
    inks = [normalize(draw(int(label), first + i)) for i, label in enumerate(labels)]
    return Labelled(np.rint(np.stack(inks) * np.float32(255)).astype(np.uint8), labels)


def fours(count: int, first: int) -> Ways:
    """Triangles that are said to be a 4."""
    inks = [normalize(ink) for ink in triangles(count, first)]
    images = np.rint(np.stack(inks) * np.float32(255)).astype(np.uint8)
    return Ways(images[:, None], np.full(count, 4, np.int64), np.ones(count))


def parts(parent: Parent) -> Parts:
    """Twenty corrections, among digits that the version knows."""
    none = np.empty(0, np.int64)
    base, nothing = digits(0), Ways(np.empty((0, 1, 28, 28), np.uint8), none, np.ones(0))
    watched = digits(1_000, 40)
    return Parts(base, fours(20, 0), nothing, watched, watched, parent.bundle.card.has_none)


def train(
    parent: Parent,
    folder: Path,
    stop_after: int = 0,
    network: Callable[[], keras.Model] | None = None,
) -> keras.Model:
    """Train on them, the version's own network or another; some epoch may be the last."""

    def tell(epoch: int, _: float) -> None:
        if epoch == stop_after + 1 > 1:
            raise Killed

    folder.mkdir(exist_ok=True)
    start = network or parent.network
    return learn(RECIPE, start, parts(parent), folder, tell, lambda _: None)


def right(network: keras.Model, images: npt.NDArray[np.uint8], labels: object) -> float:
    """The share that a network reads."""
    said = network.predict(prepared(images), verbose=0)
    return float(np.mean(np.argmax(said, axis=1) == labels))


def test_learns_and_knows(parent: Parent, learned: keras.Model) -> None:
    """It reads corrections that it did not learn from, and what it knew."""
    others, known = fours(30, 100), digits(2_000)
    before = parent.network()
    read = [right(one, others.images[:, 0], 4) for one in (before, learned)]
    assert read[1] > read[0] + 0.2
    read = [right(one, known.images, known.labels) for one in (before, learned)]
    assert read[1] > read[0] - 0.05


@pytest.mark.parametrize("epochs", [1, 2, 3])
def test_interrupted(parent: Parent, learned: keras.Model, tmp_path: Path, epochs: int) -> None:
    """What goes on ends with the weights of what was not interrupted, means of weights and all.

    After two of its four epochs the second of two trainings begins.
    """
    with pytest.raises(Killed):
        train(parent, tmp_path / "broken", stop_after=epochs)
    broken = train(parent, tmp_path / "broken")
    pairs = zip(broken.get_weights(), learned.get_weights(), strict=True)
    assert all(np.allclose(one, other, atol=1e-4) for one, other in pairs)


@pytest.fixture
def two(tmp_path: Path) -> Callable[[], keras.Model]:
    """Loads a network with two convolutions."""
    rows = [keras.layers.Conv2D(4, 5, strides=3), keras.layers.Conv2D(4, 3)]
    tail = [keras.layers.Flatten(), keras.layers.Dense(10)]
    keras.Sequential([keras.Input((28, 28, 1)), *rows, *tail]).save(tmp_path / "two.keras")
    return lambda: keras.models.load_model(tmp_path / "two.keras", compile=False)


def changed(before: keras.Model, after: keras.Model) -> list[bool]:
    """Whether the weights of each layer that has some are others."""
    pairs = zip(before.layers, after.layers, strict=True)
    return [
        not np.array_equal(one.get_weights()[0], other.get_weights()[0])
        for one, other in pairs
        if one.get_weights()
    ]


def test_first_convolution_rests(
    parent: Parent, tmp_path: Path, two: Callable[[], keras.Model]
) -> None:
    """Only the last one learns, and so it does where the training was interrupted."""
    with pytest.raises(Killed):
        train(parent, tmp_path / "broken", stop_after=1, network=two)
    after = train(parent, tmp_path / "broken", network=two)
    assert changed(two(), after) == [False, True, True]


def test_for_others(parent: Parent, tmp_path: Path, two: Callable[[], keras.Model]) -> None:
    """Where it is to read other hands, all convolutions rest."""
    few, recipe = replace(parts(parent), for_others=True), replace(RECIPE, epochs=1)
    (tmp_path / "run").mkdir()
    after = learn(recipe, two, few, tmp_path / "run", lambda *_: None, lambda _: None)
    assert changed(two(), after) == [False, False, True]


@pytest.mark.parametrize("for_others", [False, True])
def test_price(parent: Parent, tmp_path: Path, for_others: bool) -> None:
    """For one hand more may be forgotten than for hands that are not learned from."""
    images, known = fours(40, 500).images[:, 0], digits(1_000, 400)
    said = parent.network().predict(prepared(images), verbose=0).argmax(axis=1)
    watched = Labelled(
        np.concatenate([known.images, images]), np.concatenate([known.labels, said])
    )  # so that it costs something to learn that triangles are fours
    wanted = replace(parts(parent), for_others=for_others, watched=watched)
    (tmp_path / "run").mkdir()
    lines: list[str] = []
    learn(RECIPE, parent.network, wanted, tmp_path / "run", lambda *_: None, lines.append)
    before, after = map(float, re.findall(r"(?:was|now it is) ([\d.]+)", lines[-1]))
    assert after <= (1.02 if for_others else 1.15) * before
    assert for_others or after > 1.02 * before
