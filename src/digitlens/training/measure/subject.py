"""Subject: whatever can be measured, as something that answers logits.

A bundle, the folder of a run, or a `.keras` or `.h5` file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digitlens.errors import InvalidInput, MissingExtra
from digitlens.models.bundle import CARD_FILE, MODEL_FILE, Bundle, load
from digitlens.quiet import quiet
from digitlens.reading.network import Logits, Network
from digitlens.training.run import BUNDLE, NETWORK, RUN

_BATCH = 500  # digits that a network of Keras is shown at a time


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured.

    Attributes:
        name: As one would call it: `compact, version 1`.
        temperature: Of its probabilities; 1 where nobody has calibrated it.
        has_none: As of `Card`.
        logits: Answers float32 (n, 28, 28, 1) with float32 (n, 10).
        bundle: That it is from; None if it is a network of Keras.
    """

    name: str
    temperature: float
    has_none: bool
    logits: Callable[[npt.NDArray[np.float32]], Logits]
    bundle: Bundle | None = None


def load_subject(path: Path | None) -> Subject:
    """Load what is to be measured.

    Args:
        path: Folder of a bundle or of a run, or a `.keras` or `.h5` file; the shipped bundle
            without it. Of a run its bundle is taken, or its network where it has none yet.

    Raises:
        BundleError: A bundle cannot be used.
        InvalidInput: It is none of these, or a network of other digits than ours.
        MissingExtra: A network of Keras needs the extra `train`.
    """
    if path is None or (path / CARD_FILE).exists() or (path / MODEL_FILE).exists():
        return _of_bundle(path)
    if (path / BUNDLE / CARD_FILE).exists():
        return _of_bundle(path / BUNDLE)
    if (path / NETWORK).exists():
        return _of_file(path / NETWORK)
    if path.is_dir() or not path.exists():
        received = "no such file" if not path.exists() else "neither"
        if (path / RUN).exists():
            received = "a run that has no network yet"
        raise InvalidInput(str(path), "a bundle, a run, a .keras or a .h5 file", received)
    return _of_file(path)


def _of_bundle(path: Path | None) -> Subject:
    bundle = load(path)
    card = bundle.card
    with quiet():  # LiteRT announces itself
        network = Network(bundle)
    name = f"{card.name}, version {card.version}"
    return Subject(name, card.temperature, card.has_none, network.logits, bundle)


def _of_file(path: Path) -> Subject:
    if find_spec("tensorflow") is None:
        raise MissingExtra(f"{path.suffix} files", "train")
    with quiet():  # TensorFlow says a lot about GPUs that it does not find
        from digitlens.training.exchange.network_file import load_network

        network = load_network(path)

    def logits(glyphs: npt.NDArray[np.float32]) -> Logits:
        answers: Logits = network.predict(glyphs, batch_size=_BATCH, verbose=0)
        return answers

    return Subject(path.name, 1.0, False, logits)
