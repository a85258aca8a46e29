"""Network file: a `.keras` or `.h5`, whoever wrote it, as a network that takes our digits.

Such a file is data from somebody else. It can hold code (Lambda layers) or name code that is to be
imported; neither is ever run: only Keras' own layers are loaded.
"""

from __future__ import annotations

import json
import math
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np

from digitlens.errors import InvalidInput
from digitlens.models.card import INPUT_SHAPE
from digitlens.training.logits import end_in_logits

SUFFIXES = (".keras", ".h5", ".hdf5")
_SIZES = {(28, 28, 1), (28, 28), (784,), (784, 1)}
_CODE = {"Lambda", "__lambda__", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer"}
_LONG = 200  # characters of an error of Keras; some fill a screen
_LEAST = 1e-7  # a probability as small as that has a logarithm


def load_network(path: Path) -> keras.Model:
    """Load a network that somebody saved, with this Keras or an older one.

    Args:
        path: Of a `.keras` or `.h5` file. The network takes 28×28×1, 28×28 or 784 numbers and
            answers ten, probabilities or logits.

    Returns:
        A network that takes float32 (n, 28, 28, 1) and answers logits (n, 10). In which scaling it
        wants its pixels is not known.

    Raises:
        InvalidInput: It is no such file, has code or layers that are not Keras' own, or takes or
            answers something else.
    """
    return fit_in(load_as_saved(path), str(path))


def load_as_saved(path: Path) -> keras.Model:
    """Load a network that somebody saved, as it is.

    Raises:
        InvalidInput: It is no such file, or has code or layers that are not Keras' own.
    """
    refuse_code(path)
    try:
        # What it was trained with is of no use here, and what old files say of it cannot be read.
        return keras.saving.load_model(path, compile=False, safe_mode=True)
    except Exception as error:  # Keras raises what it likes
        raise InvalidInput(str(path), "a network that Keras can load", _brief(error)) from error


def fit_in(network: keras.Model, path: str) -> keras.Model:
    """Put what reshapes before a network, and logarithms behind one that hides its softmax.

    Args:
        network: As `load_network` takes it.
        path: Where it is from, for the errors.

    Raises:
        InvalidInput: It takes or answers something else.
    """
    taken = getattr(network, "input_shape", None)  # one without an input has none
    answered = getattr(network, "output_shape", None)
    if not isinstance(taken, tuple) or taken[1:] not in _SIZES:
        expected = "a network that takes 28×28×1, 28×28 or 784 numbers"
        raise InvalidInput(path, expected, _shape(taken))
    if not isinstance(answered, tuple) or answered[1:] != (10,):
        raise InvalidInput(path, "a network that answers ten numbers", _shape(answered))
    network = end_in_logits(network)
    glyphs = keras.Input(INPUT_SHAPE)
    logits = network(
        glyphs if taken[1:] == INPUT_SHAPE else keras.layers.Reshape(taken[1:])(glyphs)
    )
    if _are_shares(network, taken[1:]):
        logits = keras.ops.log(keras.ops.maximum(logits, _LEAST))
    elif taken[1:] == INPUT_SHAPE:
        return network
    return keras.Model(glyphs, logits, name=network.name)


def refuse_code(path: Path) -> None:
    """Refuse a file that has code in it or names some, before Keras opens it.

    Raises:
        InvalidInput: It does, or it cannot be read.
    """
    for entry in _entries(_config(path)):
        name, module = entry["class_name"], entry.get("module")
        own = module is None or str(module).partition(".")[0] == "keras"
        if name in _CODE or not own:
            what = f"code in it ({name})" if name in _CODE else f"a {name} of {module}"
            raise InvalidInput(str(path), "a network of Keras' own layers alone", what)


def _config(path: Path) -> Any:
    """What a file says its network is made of."""
    expected = "a file that Keras wrote, .keras or .h5"
    if not path.is_file():
        raise InvalidInput(str(path), expected, "no such file")
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                return json.loads(packed.read("config.json"))
        with h5py.File(path, "r") as file:
            if "model_config" not in file.attrs:
                raise InvalidInput(str(path), "a whole network", "weights alone")
            return json.loads(file.attrs["model_config"])
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        if isinstance(error, InvalidInput):
            raise
        raise InvalidInput(str(path), expected, f"another one ({_brief(error)})") from error


def _entries(config: Any) -> Iterator[dict[str, Any]]:
    """Everything in it that is to be built, however deep."""
    if isinstance(config, dict):
        if isinstance(config.get("class_name"), str):
            yield config
        for value in config.values():
            yield from _entries(value)
    elif isinstance(config, list):
        for value in config:
            yield from _entries(value)


def _are_shares(network: keras.Model, shape: tuple[int, ...]) -> bool:
    """Whether all that it answers lies between 0 and 1, whatever it is shown."""
    glyphs = np.random.default_rng(0).random((8, *shape), np.float32)
    answers = np.concatenate([np.asarray(network(scale * glyphs)) for scale in (1, 255)])
    return bool((answers >= 0).all() and (answers <= 1).all())


def _shape(shape: Any) -> str:
    if not isinstance(shape, tuple):
        return "none that is known" if shape is None else f"several: {shape}"
    numbers = shape[1:]
    known = all(isinstance(number, int) for number in numbers)
    total = f" ({math.prod(numbers)} numbers)" if known and len(numbers) > 1 else ""
    return "×".join(map(str, numbers)) + total


def _brief(error: Exception) -> str:
    """What an error says, on one line, not too long."""
    line = " ".join(str(error).split()) or type(error).__name__
    return line if len(line) <= _LONG else line[:_LONG].rsplit(" ", 1)[0] + " …"
