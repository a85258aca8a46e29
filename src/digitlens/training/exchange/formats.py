"""Formats: every form that a network can be written in, and how a file of it is asked.

Each is asked by the library that its users would ask it with, so that a check means something.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

from digitlens.training.exchange.export import to_litert

_BATCH = 100  # digits that a file is asked at a time
Inputs = npt.NDArray[np.float32]
Answers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Format:
    """A form that a network can be written in.

    Attributes:
        name: As `--to` has it.
        file: Name of the file, or of the folder.
        write: Writes a network there.
        ask: What the file there answers for inputs.
        is_exact: Whether it keeps the weights as they are.
    """

    name: str
    file: str
    write: Callable[[keras.Model, Path], None]
    ask: Callable[[Path, Inputs], Answers]
    is_exact: bool = True


def _write_litert(network: keras.Model, path: Path) -> None:
    path.write_bytes(to_litert(network))


def _write_int8(network: keras.Model, path: Path) -> None:
    path.write_bytes(to_litert(network, quantize=True))


def _write_onnx(network: keras.Model, path: Path) -> None:
    network(np.zeros((1, *network.input_shape[1:]), np.float32))  # Keras wants it to have answered
    network.export(path, format="onnx", verbose=False)


def _write_saved_model(network: keras.Model, path: Path) -> None:
    network.export(path, format="tf_saved_model", verbose=False)


def _write_keras(network: keras.Model, path: Path) -> None:
    network.save(path)


def _ask_litert(path: Path, inputs: Inputs) -> Answers:
    interpreter = Interpreter(model_content=path.read_bytes(), num_threads=1)
    source = interpreter.get_input_details()[0]["index"]
    sink = interpreter.get_output_details()[0]["index"]

    def ask(batch: Inputs) -> Any:
        interpreter.resize_tensor_input(source, batch.shape)
        interpreter.allocate_tensors()
        interpreter.set_tensor(source, batch)
        interpreter.invoke()
        return interpreter.get_tensor(sink)

    return _in_batches(ask, inputs)


def _ask_onnx(path: Path, inputs: Inputs) -> Answers:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return _in_batches(lambda batch: session.run(None, {name: batch})[0], inputs)


def _ask_saved_model(path: Path, inputs: Inputs) -> Answers:
    loaded = tf.saved_model.load(str(path))
    return _in_batches(loaded.serve, inputs)


def _ask_keras(path: Path, inputs: Inputs) -> Answers:
    return answers(keras.saving.load_model(path, compile=False, safe_mode=True), inputs)


def answers(network: keras.Model, inputs: Inputs) -> Answers:
    """What a network of Keras answers."""
    answered: Answers = network.predict(inputs, batch_size=_BATCH, verbose=0)
    return answered


def _in_batches(ask: Callable[[Inputs], Any], inputs: Inputs) -> Answers:
    starts = range(0, len(inputs), _BATCH)
    return np.concatenate([np.asarray(ask(inputs[start : start + _BATCH])) for start in starts])


FORMATS = {
    each.name: each
    for each in (
        Format("litert", "model.tflite", _write_litert, _ask_litert),
        Format("litert-int8", "model-int8.tflite", _write_int8, _ask_litert, is_exact=False),
        Format("onnx", "model.onnx", _write_onnx, _ask_onnx),
        Format("savedmodel", "saved_model", _write_saved_model, _ask_saved_model),
        Format("keras", "model.keras", _write_keras, _ask_keras),
        Format("h5", "model.h5", _write_keras, _ask_keras),
    )
}
