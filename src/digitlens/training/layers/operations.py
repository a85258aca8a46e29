"""Describe a LiteRT file: the operations that its interpreter runs.

LiteRT keeps no layers. Batch normalization is merged into the convolution before it, dropout is
gone, names are those of operations, and which activation an operation ends with is not told.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType

from digitlens.errors import BundleError
from digitlens.quiet import quiet
from digitlens.training.layers import words as say
from digitlens.training.layers.description import Description, Layer, Shape, Words, describe_layers

_WEIGHED = ("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED")
_BESIDES = ("SHAPE", "STRIDED_SLICE", "PACK")  # they work out shapes, not numbers of the digit
_ACTIVATIONS = {"RELU": "relu", "RELU6": "relu6", "TANH": "tanh", "LOGISTIC": "sigmoid"}


@dataclass(frozen=True, slots=True)
class _Operation:
    """One operation: its name, and the shapes of what it takes, weighs with and gives."""

    name: str
    before: list[Shape]
    weights: list[Shape]
    after: Shape


def describe_litert(model: bytes, name: str) -> Description:
    """Describe a LiteRT model.

    Args:
        model: The flatbuffer.
        name: Of the network.

    Raises:
        BundleError: LiteRT cannot use it.
    """
    # Without the delegate that runs them faster, which would put its own operations in their place.
    resolver = OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES
    try:
        with quiet():
            interpreter = Interpreter(model_content=model, experimental_op_resolver_type=resolver)
            interpreter.allocate_tensors()
    except (ValueError, RuntimeError) as error:
        raise BundleError(f"LiteRT cannot use this model: {error}") from error
    shape = _shape(interpreter.get_input_details()[0])
    picture = "The picture of one digit: 0 is paper, 1 is ink."
    layers = [Layer("input", "INPUT", "input", "picture", shape, 0, 0, picture)]
    layers += [_layer(one, index) for index, one in enumerate(_read(interpreter), start=1)]
    return describe_layers(name, "LiteRT", layers)


def describe_file(path: Path) -> Description:
    """Describe a `.tflite` file."""
    try:
        return describe_litert(path.read_bytes(), path.stem)
    except OSError as error:
        raise BundleError(f"{path}: the model cannot be read: {error.strerror}") from error


def _read(interpreter: Interpreter) -> list[_Operation]:
    tensors = {tensor["index"]: tensor for tensor in interpreter.get_tensor_details()}
    # The only way to learn of the operations; LiteRT's own analyzer prints them, and no more.
    found = interpreter._get_ops_details()
    made = {int(index) for one in found for index in one["outputs"]}
    made |= {details["index"] for details in interpreter.get_input_details()}
    operations = []
    for one in found:
        inputs = [int(index) for index in one["inputs"] if index >= 0]
        operations.append(
            _Operation(
                one["op_name"],
                [_shape(tensors[index]) for index in inputs if index in made],
                [_whole(tensors[index]) for index in inputs if index not in made],
                _shape(tensors[int(one["outputs"][0])]),
            )
        )
    return [one for one in operations if one.name not in _BESIDES]


def _layer(one: _Operation, index: int) -> Layer:
    said = _words(one)
    weighed = one.name in _WEIGHED
    return Layer(
        name=f"{one.name.lower()}_{index}",
        kind=one.name,
        group=said.group,
        label=said.label,
        shape=one.after,
        parameters=sum(map(math.prod, one.weights)) if weighed else 0,
        multiplications=_multiplications(one) if weighed else 0,
        sentence=said.sentence,
    )


def _multiplications(one: _Operation) -> int:
    """Each weight is used once for every place of the output."""
    return math.prod(one.weights[0]) * math.prod(one.after[:-1])


def _words(one: _Operation) -> Words:
    """What is said of an operation. Kernels are (filters, height, width, maps)."""
    before, after = (one.before or [()])[0], one.after
    if one.name in _ACTIVATIONS or one.name == "SOFTMAX":
        return say.activation(_ACTIVATIONS.get(one.name, "softmax"), after)
    match one.name:
        case "CONV_2D":
            return say.convolution(one.weights[0][1:3], before, after)
        case "DEPTHWISE_CONV_2D":
            return say.depthwise(one.weights[0][1:3], before, after)
        case "FULLY_CONNECTED":
            return say.dense((one.weights[0][-1],), after)
        case "MAX_POOL_2D" | "AVERAGE_POOL_2D":
            size = tuple(round(b / a) for b, a in zip(before[:2], after[:2], strict=True))
            return say.pooling(
                "largest" if one.name.startswith("MAX") else "mean", size, before, after
            )
        case "MEAN" if len(before) == 3:
            return say.pooling_all("mean", before)
        case "RESHAPE":
            return say.flat(before, after)
        case "PAD":
            return say.border(before, after)
        case "CONCATENATION":
            return say.merge("Joins", one.before, after)
        case "ADD" if len(one.before) > 1:
            return say.merge("Adds up", one.before, after)
        case "MUL":  # how LiteRT makes a mean of a sum
            return say.scaled(after)
    return say.other(one.name, before, after)


def _shape(tensor: dict[str, Any]) -> Shape:
    return _whole(tensor)[1:]


def _whole(tensor: dict[str, Any]) -> Shape:
    return tuple(int(n) for n in np.atleast_1d(tensor["shape"]))
