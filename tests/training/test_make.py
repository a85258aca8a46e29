"""A training makes a bundle, repeats, and goes on where it was killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from digitlens import Reader
from digitlens.errors import BundleError, TrainingError
from digitlens.models.bundle import Bundle, load, save
from digitlens.models.card import Card, Thresholds
from digitlens.reading.network import Network
from tests.drawings import canvas, strokes_of
from tests.training.mnist_like import draw
from tests.training.small import MODEL

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.training.architectures import ARCHITECTURES, find  # noqa: E402 -- needs keras
from digitlens.training.data.feed import Feed, prepared  # noqa: E402 -- needs keras
from digitlens.training.data.mnist import Labelled, load_mnist  # noqa: E402 -- beside the others
from digitlens.training.exchange.export import to_litert  # noqa: E402 -- needs keras
from digitlens.training.logits import end_in_logits  # noqa: E402 -- needs keras
from digitlens.training.make import Order, make  # noqa: E402 -- needs keras
from digitlens.training.recipe import Recipe  # noqa: E402 -- beside the others
from digitlens.training.run import Run  # noqa: E402 -- beside the others

pytestmark = pytest.mark.training
LEFT = (
    *("config.toml", "history.csv", "layers.json", "drawing.svg", "filters", "evaluation.json"),
    *("mistakes", "report.html", "model.keras", "bundle/card.json"),
)
TINY = Recipe(epochs=3, batch=40, held_out=40, rate=5e-3)


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    """A training of a network of one layer."""
    (tmp_path / "small.py").write_text(MODEL)
    return replace(TINY, model=str(tmp_path / "small.py"))


def test_make(small_data: Path, tmp_path: Path, recipe: Recipe) -> None:
    """A tiny training ends in a bundle that a reader loads and that knows how it was made."""
    said: list[str] = []
    card = make(Order(recipe, small_data, tmp_path / "run", tmp_path / "out", "7"), said.append)
    assert card == load(tmp_path / "out").card
    assert card.version == "7"
    assert card.training["settings"]["epochs"] == 3
    assert card.training["parameters"] == 500
    assert {metric.name for metric in card.metrics} == {"mnist_test", "mnist_canvas"}
    assert Reader(tmp_path / "out").read(canvas(strokes_of("1"))).model == ("small", "7")
    assert any("200 pictures to train on, 40 to validate on" in line for line in said)
    run = Run.read(tmp_path / "run")
    assert (run.state, run.epoch, run.seed, run.model) == ("done", 3, 1, recipe.model)
    assert run.parameters == 500
    assert run.bytes == (tmp_path / "run" / "bundle" / "model.tflite").stat().st_size
    assert run.accuracy is not None
    assert run.latency > 0
    for name in LEFT:
        assert (tmp_path / "run" / name).exists(), name


def test_failed(small_data: Path, tmp_path: Path, recipe: Recipe) -> None:
    """A training that fails says so in its run, with the reason."""
    order = Order(replace(recipe, rate=1e38), small_data, tmp_path / "run")
    with pytest.raises(TrainingError, match="the loss became"):
        make(order, print)
    run = Run.read(tmp_path / "run")
    assert run.state == "failed"
    assert "the loss became" in run.reason


def test_a_finished_training_is_not_done_again(
    small_data: Path, tmp_path: Path, recipe: Recipe
) -> None:
    """The same command again makes the same bundle from what was trained."""
    order = Order(recipe, small_data, tmp_path / "run", tmp_path / "out")
    make(order, print)
    before = (tmp_path / "run" / "state" / "best.keras").stat().st_mtime_ns
    first = load(tmp_path / "out").model
    make(order, print)
    assert (tmp_path / "run" / "state" / "best.keras").stat().st_mtime_ns == before
    assert load(tmp_path / "out").model == first


def test_killed_training_goes_on(tmp_path: Path) -> None:
    """A training that is killed goes on from its last whole epoch, and ends with all epochs."""
    (tmp_path / "small.py").write_text(MODEL)
    code = f"""
import pathlib
from digitlens.training.data import mnist
from digitlens.training import make, recipe as recipes
from tests.training.mnist_like import write_folder
mnist.FILES = write_folder(pathlib.Path({str(tmp_path / "more")!r}))
folder = pathlib.Path({str(tmp_path)!r})
recipe = recipes.Recipe(str(folder / "small.py"), epochs=4, batch=40, held_out=40, rate=5e-3)
make.make(make.Order(recipe, folder / "more", folder / "run", folder / "out"), print)
"""
    command = [sys.executable, "-u", "-c", code]
    killed = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert killed.stdout is not None
    for line in killed.stdout:
        if line.startswith("epoch   2/4"):
            killed.send_signal(signal.SIGKILL)
    killed.wait()
    (tmp_path / "more").rename(tmp_path / "before")
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    epochs = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("epoch ")]
    assert epochs in (["3/4", "4/4"], ["2/4", "3/4", "4/4"])
    assert load(tmp_path / "out").card.training["settings"]["epochs"] == 4


@pytest.mark.parametrize("name", ARCHITECTURES)
@pytest.mark.parametrize("quantize", [False, True], ids=["float", "int8"])
def test_keras_and_litert_agree(name: str, quantize: bool) -> None:
    """Keras and LiteRT give the same logits for the same inputs, singly and in batches."""
    keras.utils.set_random_seed(0)
    network = end_in_logits(find(name)())
    inputs = prepared(np.stack([draw(digit, digit) for digit in range(10)] * 4))
    network(inputs, training=True)  # batch normalization has seen something
    bundle = Bundle(to_litert(network, quantize), Card("", "", "", 1.0, Thresholds(0, 0)))
    expected = np.asarray(network(inputs, training=False))
    answered = Network(bundle).logits(inputs)
    tolerance = 0.1 * np.abs(expected).max() if quantize else 1e-4
    assert np.abs(answered - expected).max() <= tolerance


def test_wrong_model_shape(tmp_path: Path) -> None:
    """A model that takes or answers something else is refused, whatever its card says."""
    card = Card("", "", "", 1.0, Thresholds(0, 0))
    for shape, answers in (((32, 32, 1), 10), ((28, 28, 1), 11)):
        layers = [keras.Input(shape), keras.layers.Flatten(), keras.layers.Dense(answers)]
        save(tmp_path, to_litert(keras.Sequential(layers)), card)
        with pytest.raises(BundleError, match=r"expected \(1, 28, 28, 1\) and \(1, 10\)"):
            Reader(tmp_path)


def test_feed(small_data: Path) -> None:
    """An epoch shows every digit once, in an order and with distortions that its seed repeats."""
    data: Labelled = load_mnist(small_data)
    feed = Feed(data, TINY.augmentation, 50, seed=1)
    assert len(feed) == 5
    labels = np.concatenate([feed[index][1] for index in range(len(feed))])
    assert sorted(labels) == sorted(data.labels)
    first = feed[0][0]
    feed.start(1)
    assert not np.array_equal(feed[0][0], first)
    feed.start(0)
    assert np.array_equal(feed[0][0], first)
