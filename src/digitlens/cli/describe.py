"""`digitlens describe`: tell what every layer of a network does."""

from __future__ import annotations

import json
import textwrap
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digitlens.errors import MissingExtra
from digitlens.quiet import quiet

if TYPE_CHECKING:
    from digitlens.training.layers.description import Description, Layer

_WIDTH = 100
_LITERT = (
    "A LiteRT file keeps operations, not layers: normalization is merged into them, dropout is "
    "gone, and with which activation one ends is not told."
)


@click.command()
@click.argument("network", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.option("--svg", type=click.Path(path_type=Path), help="Write a drawing to this file.")
def command(network: str | None, as_json: bool, svg: Path | None) -> None:
    """Tell what every layer of a network does, and what it costs.

    NETWORK is the name of an architecture, a file of your own with a build_model(), a .keras, .h5
    or .tflite file, or the folder of a bundle or a run; without it, the network that ships.
    """
    from digitlens.training.layers.drawing import draw
    from digitlens.training.layers.lookup import describe_any, needs_keras

    if network is not None and needs_keras(network) and find_spec("tensorflow") is None:
        raise MissingExtra(f"digitlens describe {network}", "train")
    with quiet():  # TensorFlow says a lot about GPUs that it does not find
        description = describe_any(network)
    if svg is not None:
        svg.write_text(draw(description), encoding="utf-8")
    click.echo(_json(description) if as_json else _table(description))


def _json(description: Description) -> str:
    return json.dumps(description.as_dict(), indent=2, ensure_ascii=False)


def _table(description: Description) -> str:
    """A line of figures for each layer, and below it the sentence."""
    wide = max(len(layer.name) for layer in description.layers)
    kind = max(len(layer.kind) for layer in description.layers)
    head = f"{'layer':{wide}}  {'kind':{kind}}  {'output':>10}  {'parameters':>10}  multiplications"
    lines = [f"{description.name}, {description.source}", "", head]
    for layer in description.layers:
        lines += [_figures(layer, wide, kind), *_sentence(layer)]
    total = f"{description.parameters:>10,}  {description.multiplications:>15,}"
    lines += ["", f"{'together':{wide}}  {'':{kind}}  {'':10}  {total}"]
    if description.source == "LiteRT":
        lines += ["", *textwrap.wrap(_LITERT, _WIDTH)]
    return "\n".join(lines)


def _figures(layer: Layer, wide: int, kind: int) -> str:
    shape = "×".join(map(str, layer.shape))
    return (
        f"{layer.name:{wide}}  {layer.kind:{kind}}  {shape:>10}  {layer.parameters:>10,}  "
        f"{layer.multiplications:>15,}"
    )


def _sentence(layer: Layer) -> list[str]:
    return textwrap.wrap(layer.sentence, _WIDTH, initial_indent="    ", subsequent_indent="    ")
