"""Networks as other people save them: linear ones, solved at once instead of trained."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import h5py
import keras
import numpy as np

from tests.training.mnist_like import draw

SHARPNESS = 20.0  # of the logits: least squares answers between 0 and 1


@functools.cache
def solve() -> tuple[np.ndarray, np.ndarray]:
    """Weights (784, 10) and biases (10,) that read drawn digits, for pixels from 0 to 1."""
    images = np.stack([draw(seed % 10, seed) for seed in range(400)]) / 255
    inputs = np.column_stack([images.reshape(400, 784), np.ones(400)])
    wanted = np.eye(10)[np.arange(400) % 10]
    solved = np.linalg.solve(inputs.T @ inputs + 10 * np.eye(785), inputs.T @ wanted)
    return SHARPNESS * solved[:-1], SHARPNESS * solved[-1]


def linear(
    shape: tuple[int, ...] = (28, 28, 1),
    scale: float = 1,
    offset: float = 0,
    activation: str = "softmax",
) -> keras.Sequential:
    """A network that takes pixels as `scale` times ink plus `offset`."""
    weights, biases = solve()
    dense = keras.layers.Dense(10, activation=activation)
    network = keras.Sequential([keras.Input(shape), keras.layers.Flatten(), dense])
    dense.set_weights([weights / scale, biases - offset / scale * weights.sum(axis=0)])
    return network


def write_keras_2(path: Path) -> None:
    """Write the same network as Keras 2 wrote it, which takes 784 numbers."""
    weights, biases = solve()
    glorot = {"class_name": "GlorotUniform", "config": {"seed": None}}
    zeros = {"class_name": "Zeros", "config": {}}
    taken = {"batch_input_shape": [None, 784], "dtype": "float32"}
    dense = {"name": "dense", "trainable": True, "units": 10, "activation": "softmax"} | taken
    dense |= {"use_bias": True, "kernel_initializer": glorot, "bias_initializer": zeros}
    source = {"name": "dense_input", "sparse": False, "ragged": False} | taken
    layers = [
        {"class_name": "InputLayer", "config": source},
        {"class_name": "Dense", "config": dense},
    ]
    config = {"class_name": "Sequential", "config": {"name": "sequential", "layers": layers}}
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = "2.9.0"
        file.attrs["backend"] = "tensorflow"
        file.attrs["model_config"] = json.dumps(config)
        file.attrs["training_config"] = json.dumps({"optimizer_config": {"class_name": "Old"}})
        group = file.create_group("model_weights")
        group.attrs["layer_names"] = [b"dense"]
        group.attrs["keras_version"] = "2.9.0"
        layer = group.create_group("dense")
        layer.attrs["weight_names"] = [b"dense/kernel:0", b"dense/bias:0"]
        layer["dense/kernel:0"] = weights.astype(np.float32)
        layer["dense/bias:0"] = biases.astype(np.float32)
