"""Machine: what a training runs on, in which precision, and shared among how many devices."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import keras
import tensorflow as tf

from digitlens.errors import InvalidInput
from digitlens.training.recipe import Precision


def policy(precision: Precision) -> str:
    """The Keras dtype policy of a precision.

    Sixteen bits are for GPUs with tensor cores, and some CPUs have instructions for them: on one,
    `compact` learned from 739 pictures a second in float32 and from 1,023 in bfloat16, `deep` from
    as many in both.
    """
    has_gpu = bool(tf.config.list_physical_devices("GPU"))
    if precision == "float32" or (precision == "auto" and not has_gpu):
        return "float32"
    return "mixed_float16" if has_gpu else "mixed_bfloat16"  # float16 overflows without scaling


def share(devices: int) -> AbstractContextManager[Any]:
    """The scope in which a network is built whose batches several devices share.

    Each device has a copy of the network and a part of the batch; they average what they learn
    (`tf.distribute.MirroredStrategy`).

    Args:
        devices: How many; 1 needs no scope. GPUs where there are any, else parts of the CPU.

    Raises:
        InvalidInput: There are fewer.
    """
    if devices == 1:
        return nullcontext()
    return tf.distribute.MirroredStrategy(divide(devices)).scope()  # type: ignore[no-any-return] # TensorFlow ships no types


def divide(devices: int) -> list[str]:
    """Name so many devices, dividing the CPU where there are no GPUs.

    TensorFlow divides a CPU once in a process, before it first computes anything.

    Raises:
        InvalidInput: There are fewer.
    """
    gpus = len(tf.config.list_physical_devices("GPU"))
    if gpus:
        if gpus < devices:
            raise InvalidInput("devices", f"at most {gpus}, the GPUs there are", str(devices))
        return [f"GPU:{index}" for index in range(devices)]
    cpu = tf.config.list_physical_devices("CPU")[0]
    try:
        parts = [tf.config.LogicalDeviceConfiguration()] * devices
        tf.config.set_logical_device_configuration(cpu, parts)
    except RuntimeError as error:
        have = len(tf.config.list_logical_devices("CPU"))
        if have < devices:
            raise InvalidInput("devices", f"up to {have} in this process", str(devices)) from error
    return [f"CPU:{index}" for index in range(devices)]


def plain(network: keras.Model, build: Any, always: bool = False) -> keras.Model:
    """The same network in float32, as it is exported: 16 bits are for training alone.

    Args:
        network: As it was trained.
        build: Builds one of the same layers.
        always: Whether it is built also where it has no 16 bits: something else was for training.
    """
    keras.config.set_dtype_policy("float32")
    if not always and all(layer.compute_dtype == "float32" for layer in network.layers):
        return network
    copy = build()
    copy.set_weights(network.get_weights())
    return copy
