"""A fit goes on where it was interrupted, stops when it should, and says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.errors import InvalidInput  # noqa: E402 -- beside the others
from digitlens.training.data.mnist import Labelled, load_mnist, split  # noqa: E402 -- beside the others
from digitlens.training.data.prepared import prepared  # noqa: E402 -- beside the others
from digitlens.training.fit import build, fit  # noqa: E402 -- needs keras
from digitlens.training.recipe import Recipe  # noqa: E402 -- beside the others
from digitlens.training.run import STOP  # noqa: E402 -- beside the others
from digitlens.training.watch import read_history  # noqa: E402 -- needs keras
from tests.training.small import MODEL  # noqa: E402 -- beside the others

pytestmark = pytest.mark.training


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    """A training of two small layers that takes no time."""
    (tmp_path / "small.py").write_text(MODEL)
    return Recipe(model=str(tmp_path / "small.py"), epochs=4, batch=20, rate=0.01)


@pytest.fixture
def data(small_data: Path) -> tuple[Labelled, Labelled]:
    """What it is trained on and what it is validated on."""
    return split(load_mnist(small_data), 40, seed=1)


def curve(folder: Path, name: str) -> list[float]:
    """One column of a history."""
    return [row[name] for row in read_history(folder)]


def kill_after(epochs: int) -> Callable[[int, float], None]:
    """What ends the process's part in a training, at the worst moment: an epoch is half noted."""

    def tell(done: int, seconds: float) -> None:  # noqa: ARG001 -- what `fit` calls
        if done == epochs:
            raise KeyboardInterrupt

    return tell


def test_it_learns(recipe: Recipe, data: tuple[Labelled, Labelled], tmp_path: Path) -> None:
    """The loss falls, the rate follows its schedule, and the best network is given."""
    fitted = fit(recipe, *data, tmp_path / "run")
    losses, rates = curve(tmp_path / "run", "loss"), curve(tmp_path / "run", "rate")
    assert len(losses) == 4
    assert losses[-1] < losses[0]
    assert rates == sorted(rates, reverse=True)
    assert fitted.network is not None
    assert fitted.network.output_shape == (None, 10)


@pytest.mark.parametrize(
    "changes",
    [
        {"schedule": "one-cycle"},  # which depends on the step alone, as cosine does
        {"schedule": "plateau"},  # which remembers
        {"averaged": 0.5, "keep": "last"},
    ],
    ids=lambda changes: next(iter(changes.values())),
)
def test_interrupted(
    recipe: Recipe, data: tuple[Labelled, Labelled], tmp_path: Path, changes: dict[str, Any]
) -> None:
    """A training that is killed and goes on ends as it would have, whatever its schedule."""
    recipe = replace(recipe, **changes)
    whole = fit(recipe, *data, tmp_path / "whole").network
    with pytest.raises(KeyboardInterrupt):
        fit(recipe, *data, tmp_path / "run", kill_after(2))
    resumed = fit(recipe, *data, tmp_path / "run").network
    assert whole is not None
    assert resumed is not None
    for name in ("epoch", "rate", "loss", "val_loss"):
        np.testing.assert_allclose(
            curve(tmp_path / "run", name), curve(tmp_path / "whole", name), rtol=1e-3
        )
    for mine, theirs in zip(resumed.get_weights(), whole.get_weights(), strict=True):
        np.testing.assert_allclose(mine, theirs, atol=1e-4)


def test_same_seed(recipe: Recipe, data: tuple[Labelled, Labelled], tmp_path: Path) -> None:
    """A seed repeats a training; another one does not."""
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        fit(replace(recipe, seed=seed, epochs=2), *data, tmp_path / name)
    one, again, other = (curve(tmp_path / name, "loss") for name in ("one", "again", "other"))
    np.testing.assert_allclose(one, again, rtol=1e-4)
    assert abs(one[0] - other[0]) > 1e-3


def test_no_number(recipe: Recipe, data: tuple[Labelled, Labelled], tmp_path: Path) -> None:
    """A loss that is no longer a number ends the training, which says where and what may help."""
    fitted = fit(replace(recipe, rate=1e38), *data, tmp_path)
    assert "the loss became" in fitted.failure
    assert "epoch 1" in fitted.failure
    assert "a lower rate" in fitted.failure


def test_wish_to_stop(recipe: Recipe, data: tuple[Labelled, Labelled], tmp_path: Path) -> None:
    """A file in the run's folder ends it in the middle of an epoch; later it can go on."""

    def wish(done: int, seconds: float) -> None:  # noqa: ARG001 -- what `fit` calls
        if done == 2:
            (tmp_path / STOP).touch()

    fitted = fit(replace(recipe, epochs=400), *data, tmp_path, wish)
    assert fitted.is_stopped
    assert 2 <= len(curve(tmp_path, "loss")) < 400
    assert fitted.network is not None


def test_patience(recipe: Recipe, data: tuple[Labelled, Labelled], tmp_path: Path) -> None:
    """With patience, a training that no longer gets better ends before its last epoch."""
    fit(replace(recipe, rate=1e-9, epochs=50, patience=2), *data, tmp_path)
    assert len(curve(tmp_path, "loss")) < 50


def test_mixed_precision(recipe: Recipe, data: tuple[Labelled, Labelled], tmp_path: Path) -> None:
    """A training in 16 bits learns as well, and leaves a network in 32 that may be exported."""
    recipe = replace(recipe, precision="mixed")
    for _ in range(2):  # also where it was done before
        network = fit(recipe, *data, tmp_path).network
        assert network is not None
        assert {layer.compute_dtype for layer in network.layers} == {"float32"}
    losses = curve(tmp_path, "loss")
    assert losses[-1] < losses[0]
    assert keras.config.dtype_policy().name == "float32"


def test_two_devices(recipe: Recipe, tmp_path: Path) -> None:
    """Two devices share each batch, and learn what one does."""
    import subprocess
    import sys

    code = f"""
import sys
sys.argv = ["digitlens"]
from tests.training.test_fit import devices
devices({str(tmp_path)!r}, {recipe.model!r})
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    for name in ("loss", "val_loss"):  # the latter is that of the mean of the weights
        np.testing.assert_allclose(
            curve(tmp_path / "two", name), curve(tmp_path / "one", name), rtol=0.02
        )


def devices(folder: str, model: str) -> None:
    """Train on two devices and on one; the CPU can be divided once in a process, before its use."""
    from digitlens.training.data import mnist
    from tests.training.mnist_like import write_folder

    mnist.FILES = write_folder(Path(folder) / "more")
    data = split(load_mnist(Path(folder) / "more"), 40, seed=1)
    recipe = Recipe(model=model, epochs=2, batch=20, rate=0.01, averaged=0.5)
    still = Path(model).read_text().replace("keras.layers.Dropout(0.2),", "")
    Path(model).write_text(still)  # each device would drop others
    fit(replace(recipe, devices=2), *data, Path(folder) / "two")
    fit(recipe, *data, Path(folder) / "one")


def test_start(data: tuple[Labelled, Labelled], tmp_path: Path, recipe: Recipe) -> None:
    """A training that starts from a run begins with its weights; without them it says so."""
    first = fit(recipe, *data, tmp_path / "first").network
    assert first is not None
    first.save(tmp_path / "first" / "model.keras")
    again = build(replace(recipe, start=str(tmp_path / "first")))
    for one, other in zip(first.get_weights(), again.get_weights(), strict=True):
        assert np.array_equal(one, other)
    with pytest.raises(InvalidInput, match="start"):
        build(replace(recipe, start=str(tmp_path / "nowhere")))


def test_averaged(recipe: Recipe, data: tuple[Labelled, Labelled], tmp_path: Path) -> None:
    """The mean of the weights is what is validated and kept; the training itself is the same."""
    recipe = replace(recipe, keep="last", schedule="constant")
    last = fit(recipe, *data, tmp_path / "last").network
    mean = fit(replace(recipe, averaged=0.5), *data, tmp_path / "mean").network
    assert last is not None
    assert mean is not None
    np.testing.assert_allclose(
        curve(tmp_path / "mean", "loss"), curve(tmp_path / "last", "loss"), rtol=1e-3
    )
    assert np.abs(mean.get_weights()[0] - last.get_weights()[0]).max() > 1e-3
    for name, network in (("last", last), ("mean", mean)):
        asked = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        network.compile(loss=asked)
        loss = network.evaluate(prepared(data[1].images), data[1].labels, verbose=0)
        assert loss == pytest.approx(curve(tmp_path / name, "val_loss")[-1], rel=1e-3)


def test_still(data: tuple[Labelled, Labelled], tmp_path: Path, recipe: Recipe) -> None:
    """At rest, a normalization keeps what it has found, and what is kept is built as ever."""
    (tmp_path / "normal.py").write_text(NORMAL)
    recipe = replace(recipe, model=str(tmp_path / "normal.py"), still=True, epochs=2)
    first, fitted = build(recipe), fit(recipe, *data, tmp_path / "run").network
    assert fitted is not None
    before, after = first.get_layer("normal"), fitted.get_layer("normal")
    assert np.array_equal(before.moving_mean, after.moving_mean)
    assert after.trainable
    assert fitted.get_layer("drop").rate == 0.2
    assert not np.array_equal(first.layers[-1].get_weights()[0], fitted.layers[-1].get_weights()[0])


NORMAL = """
import keras

def build_model():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.MaxPooling2D(4),
        keras.layers.Flatten(),
        keras.layers.BatchNormalization(name="normal"),
        keras.layers.Dropout(0.2, name="drop"),
        keras.layers.Dense(10),
    ])
"""


def test_teachers(recipe: Recipe, data: tuple[Labelled, Labelled], tmp_path: Path) -> None:
    """A network that is taught by others alone learns from them what labels would not say."""
    train, validation = data
    shifted = Labelled(train.images, (train.labels + 1) % 10)  # who is not taught learns this
    taught = replace(recipe, teachers=("src/digitlens/models/default",), taught=1.0, epochs=12)
    right = {}
    for name, each in (("alone", replace(taught, teachers=())), ("taught", taught)):
        network = fit(each, shifted, validation, tmp_path / name).network
        assert network is not None
        said = network.predict(prepared(validation.images), verbose=0).argmax(axis=1)
        right[name] = float((said == validation.labels).mean())
    assert right["taught"] > right["alone"] + 0.3
    assert read_history(tmp_path / "taught")[-1]["val_accuracy"] == pytest.approx(right["taught"])
