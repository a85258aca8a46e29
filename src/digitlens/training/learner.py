"""A learner's own network: any file with a `build_model()`, checked before it is trained.

Whatever is wrong with it is said in one line, with the line of the file where there is one.
"""

from __future__ import annotations

import math
import sys
import traceback
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import keras
import numpy as np

from digitlens.errors import InvalidInput
from digitlens.models.card import INPUT_SHAPE
from digitlens.training.logits import end_in_logits

BUILD = "build_model"
_LONG = 120  # characters of an error's words; what Keras says can fill a screen


def load_learner(path: str) -> Callable[[], keras.Model]:
    """Run a learner's file and return a function that builds its network.

    Args:
        path: Of a Python file. The network has the file's name, without `.py`.

    Returns:
        What calls the file's `build_model` and checks the network: `check` says for what.

    Raises:
        InvalidInput: There is no such file, it cannot be run, or it has no `build_model`.
    """
    file = Path(path).resolve()
    if not file.is_file():
        raise InvalidInput(
            path, "the file of a network; `digitlens new-model` writes one", "no such file"
        )
    build = getattr(_run(file, path), BUILD, None)
    if not callable(build):
        received = "none" if build is None else f"{BUILD} = {build!r}"
        raise InvalidInput(path, f"a function {BUILD}() that returns a keras.Model", received)

    def build_checked() -> keras.Model:
        try:
            network = build()
        except (Exception, SystemExit) as error:  # whatever a learner's code does
            raise InvalidInput(path, f"a {BUILD}() that works", _what(error, file)) from error
        network = check(network, path)
        network.name = file.stem
        return network

    build_checked.__name__ = file.stem
    return build_checked


def check(network: Any, path: str) -> keras.Model:
    """See that a network can be trained, saved and shipped.

    Args:
        network: What a learner's `build_model` returned.
        path: Its file, for the errors.

    Returns:
        The network; one that takes 784 numbers or 28×28 behind a layer that reshapes.

    Raises:
        InvalidInput: It is no network, takes or answers something else, hides its softmax, or
            cannot be saved.
    """
    expected = f"a {BUILD}() that returns a keras.Model"
    if not isinstance(network, keras.Model):
        raise InvalidInput(path, expected, type(network).__name__)
    if isinstance(network, keras.Sequential) and not network.built:
        network = _build(network, path)
    if not hasattr(network, "operations") and not isinstance(network, keras.Sequential):
        raise InvalidInput(path, f"{expected} made of layers", "a class derived from it")
    network = _fit_input(network, path)
    if network.output_shape != (None, 10):
        raise InvalidInput(path, "a network that answers (10,)", _shape(network.output_shape))
    _check_end(network, path)
    _check_saving(network, path)
    return network


def _run(file: Path, path: str) -> ModuleType:
    spec = spec_from_file_location(file.stem, file)
    assert spec is not None and spec.loader is not None  # noqa: S101, PT018 -- it ends in .py
    module = module_from_spec(spec)
    sys.path.append(str(file.parent))  # at the end: a neighbour named as a library hides none
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # whatever a learner's code does
        raise InvalidInput(path, "a file that Python can run", _what(error, file)) from error
    finally:
        sys.path.remove(str(file.parent))
    return module


def _what(error: BaseException, file: Path) -> str:
    """An error in a learner's file: the last line of that file that led to it, and its words."""
    if isinstance(error, SyntaxError) and error.filename == str(file):
        return f"line {error.lineno}: {type(error).__name__}: {error.msg}"
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(file)]
    where = f"line {lines[-1]}: " if lines else ""
    words = _brief(str(error))
    return f"{where}{type(error).__name__}" + (f": {words}" if words else "")


def _brief(words: str) -> str:
    """An error's words on one line; where they are many, the first sentence."""
    line = " ".join(words.split()).rstrip(".")
    return line if len(line) <= _LONG else line.split(". ")[0][:_LONG]


def _build(network: keras.Sequential, path: str) -> keras.Sequential:
    """Give layers without an Input the shape of a digit."""
    try:
        network.build((None, *INPUT_SHAPE))
    except Exception as error:
        expected = f"layers that take {INPUT_SHAPE}"
        raise InvalidInput(path, expected, _what(error, Path(path).resolve())) from error
    return network


def _fit_input(network: keras.Model, path: str) -> keras.Model:
    """Put a layer that reshapes before layers that take 784 numbers or 28×28."""
    taken = network.input_shape
    if taken == (None, *INPUT_SHAPE):
        return network
    single = isinstance(taken, tuple) and None not in taken[1:]
    if not (single and isinstance(network, keras.Sequential) and math.prod(taken[1:]) == 784):
        raise InvalidInput(path, f"a network that takes {INPUT_SHAPE}", _shape(taken))
    # New layers: the old ones remember the input that they were first given.
    copies = [type(layer).from_config(layer.get_config()) for layer in network.layers]
    reshape = keras.layers.Reshape(taken[1:], name="reshaped")
    fitted = keras.Sequential([keras.Input(INPUT_SHAPE), reshape, *copies])
    fitted.set_weights(network.get_weights())
    return fitted


def _check_end(network: keras.Model, path: str) -> None:
    """Refuse a softmax that is not in the last layer: it would be trained as if it were none."""
    glyphs = np.random.default_rng(0).random((4, *INPUT_SHAPE), np.float32)
    answers = np.asarray(end_in_logits(network)(glyphs))
    if (answers >= 0).all() and np.allclose(answers.sum(axis=1), 1, atol=1e-3):
        expected = "a softmax in the last layer, or none"
        raise InvalidInput(path, expected, "probabilities from within another layer")


def _check_saving(network: keras.Model, path: str) -> None:
    """Refuse now what Keras could not load again after hours of training."""
    try:
        type(network).from_config(network.get_config())
    except Exception as error:
        expected = "layers that can be saved (@keras.saving.register_keras_serializable())"
        raise InvalidInput(path, expected, _what(error, Path(path).resolve())) from error


def _shape(shape: object) -> str:
    """A shape without its batch, as one would write it."""
    if isinstance(shape, tuple):
        return str(shape[1:])
    return f"several: {shape}"
