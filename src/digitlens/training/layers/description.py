"""A description of a network: every layer with its shape, its cost and what it does there.

It is plain data, read and written without Keras: RUN/layers.json is one.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from digitlens.errors import DataError

Group = Literal[
    "input",
    "convolution",
    "pooling",
    "dense",
    "normalization",
    "activation",
    "dropout",
    "shape",
    "merge",
    "block",
    "other",
]
Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a layer.

    Attributes:
        group: What sort of layer it is; the drawing has a colour for each.
        label: Two or three words, for the drawing.
        sentence: What it does there, in one plain sentence.
    """

    group: Group
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer.

    Attributes:
        name: Its own; no two layers of a network have the same.
        kind: The class as Keras calls it, or the operation as LiteRT does.
        group: What sort of layer it is; the drawing has a colour for each.
        label: Two or three words, for the drawing.
        shape: Of its output, without the batch: (height, width, maps) or (numbers,).
        parameters: How many numbers it holds: learned, or measured as by batch normalization.
        multiplications: By a weight of a convolution or a dense layer, for one digit.
        sentence: What it does there.
    """

    name: str
    kind: str
    group: Group
    label: str
    shape: Shape
    parameters: int
    multiplications: int
    sentence: str

    @property
    def numbers(self) -> int:
        """How many numbers it gives for one digit."""
        return math.prod(self.shape)


@dataclass(frozen=True, slots=True)
class Description:
    """A network, layer by layer, from the picture to the ten answers.

    Attributes:
        name: Of the network.
        source: What it was read from: `Keras`, or `LiteRT`, which keeps operations only.
        parameters: Of all layers.
        multiplications: Of all layers, for one digit.
        layers: In the order in which they work; the first is the input.
    """

    name: str
    source: str
    parameters: int
    multiplications: int
    layers: tuple[Layer, ...]

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)

    def write(self, path: Path) -> None:
        """Write it as JSON."""
        text = json.dumps(self.as_dict(), indent=2, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Description:
        """Read it.

        Raises:
            DataError: The file is missing or damaged.
        """
        try:
            entries = json.loads(path.read_text(encoding="utf-8"))
            layers = [
                Layer(**layer | {"shape": tuple(layer["shape"])}) for layer in entries["layers"]
            ]
            return cls(**entries | {"layers": tuple(layers)})
        except OSError as error:
            raise DataError(str(path), "the description of a network", "none") from error
        except (ValueError, TypeError, KeyError) as error:
            raise DataError(str(path), "the description of a network", repr(error)) from error


def describe_layers(name: str, source: str, layers: list[Layer]) -> Description:
    """Put layers together and add up what they cost."""
    return Description(
        name,
        source,
        sum(layer.parameters for layer in layers),
        sum(layer.multiplications for layer in layers),
        tuple(layers),
    )
