"""Import: somebody else's network becomes a bundle that reads what users draw."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import keras
import numpy as np

from digitlens.errors import InvalidInput
from digitlens.models.bundle import Bundle, save
from digitlens.models.card import Card, Thresholds
from digitlens.quiet import quiet
from digitlens.reading.network import Logits, Network
from digitlens.reading.reader import Reader
from digitlens.training.data.augment import Augmentation, augment_many
from digitlens.training.data.mnist import Labelled, load_mnist, split
from digitlens.training.data.prepared import prepared
from digitlens.training.exchange.export import to_litert
from digitlens.training.exchange.network_file import load_network
from digitlens.training.exchange.scaling import Scaling, try_scalings, with_scaling
from digitlens.training.measure.calibrate import Labels, choose_thresholds, fit_temperature
from digitlens.training.measure.evaluate import evaluate

_LEAST = 0.9  # accuracy under which a network reads no digits, in whatever scaling
_TRIED = 2000  # digits of MNIST's training set that it is tried and calibrated on
_SEED = 1  # of which ones, and of how they are distorted
_STEPS = 6  # in which a temperature is sought, each from the one found before
_WITHIN = 3.9  # factor that was found within the range that is searched, not at its end
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Import:
    """What is to be imported.

    Attributes:
        path: The `.keras` or `.h5` file.
        out: Folder for the bundle.
        name: Of the model, as its card says it.
        version: The same.
        data_dir: Folder of the data sets, as `load_mnist` takes it.
    """

    path: Path
    out: Path
    name: str
    version: str
    data_dir: Path | None


def import_network(order: Import, say: Say) -> Card:
    """Make a bundle of a network that was trained elsewhere.

    It is tried on real digits in every scaling; the one that makes sense of them becomes its first
    layer. Then it is calibrated and measured as our own are.

    Args:
        order: What to import.
        say: Takes a line about what is going on.

    Returns:
        The card of the bundle.

    Raises:
        InvalidInput: It cannot be loaded, has code in it, or reads too little in every scaling.
        DataError: MNIST is missing or damaged.
    """
    network = load_network(order.path)
    tried = _some(load_mnist(order.data_dir))
    scaling = _choose(order.path, network, tried, say)
    network = with_scaling(network, scaling)
    model = to_litert(network)
    card = _calibrated(Bundle(model, _card(order, network, scaling)), tried)
    say(f"temperature {card.temperature:g}, sure from {card.thresholds.sure:g}")
    save(order.out, model, card)
    say("measuring on the test set")
    with quiet():
        reader = Reader(order.out)
    card = replace(card, metrics=tuple(evaluate(reader, order.data_dir)))
    return save(order.out, model, card)


def _some(data: Labelled) -> Labelled:
    """Digits of the training set: the test set is what it is measured on, and on nothing else."""
    return split(data, min(_TRIED, len(data) // 2), _SEED)[1]


def _choose(path: Path, network: keras.Model, data: Labelled, say: Say) -> Scaling:
    """The scaling that makes sense of MNIST's own pictures, which most were trained on."""
    glyphs = (data.images[..., None] / 255).astype(np.float32)
    trials = try_scalings(network, glyphs, data.labels)
    say(f"tried on {len(data):,} digits of MNIST's training set, with pixels from")
    for trial in trials:
        words = trial.scaling.words
        say(f"  {words:25} {trial.accuracy:8.2%} read right, loss {trial.loss:.3g}")
    best = max(trial.accuracy for trial in trials)
    if best < _LEAST:
        expected = f"a network that reads {_LEAST:.0%} of MNIST's digits in some scaling"
        raise InvalidInput(str(path), expected, f"{best:.1%} at most")
    say(f"it takes pixels from {trials[0].scaling.words}")
    return trials[0].scaling


def _calibrated(bundle: Bundle, data: Labelled) -> Card:
    """Temperature and thresholds, on digits plain and distorted, as users' are.

    The network may have been trained on these very digits: distorted, it has not seen them.
    """
    distorted = augment_many(data.images, Augmentation(), np.random.default_rng(_SEED))
    labels = np.concatenate([data.labels, data.labels])
    with quiet():
        network = Network(bundle)
    logits = network.logits(np.concatenate([prepared(data.images), distorted]))
    temperature = round(any_temperature(logits, labels), 3)
    thresholds = choose_thresholds(logits, labels, temperature)
    # Logarithms of probabilities add up to no evidence at all, but for what is rounded.
    thresholds = replace(thresholds, evidence=round(thresholds.evidence - 0.001, 3))
    return replace(bundle.card, temperature=temperature, thresholds=thresholds)


def any_temperature(logits: Logits, labels: Labels) -> float:
    """The temperature with the least loss, however far from 1.

    Networks that were trained on pixels up to 255 can be sure out of all proportion.

    Args:
        logits: float32 (n, 10).
        labels: int64 (n,), what is right.
    """
    temperature = 1.0
    for _ in range(_STEPS):
        found = fit_temperature((logits / temperature).astype(np.float32), labels)
        temperature *= found
        if 1 / _WITHIN < found < _WITHIN:
            break
    return temperature


def _card(order: Import, network: keras.Model, scaling: Scaling) -> Card:
    training: dict[str, Any] = {
        "imported": order.path.name,
        "sha256": hashlib.sha256(order.path.read_bytes()).hexdigest(),
        "scaling": scaling.words,
        "parameters": int(network.count_params()),
        "weights": "float",
    }
    unchosen = Thresholds(0.5, float("-inf"))
    return Card(order.name, order.version, "", 1.0, unchosen, training=training)
