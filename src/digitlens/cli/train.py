"""`digitlens train`: train a network on MNIST and write its bundle."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from digitlens.cli.figures import print_metrics
from digitlens.errors import MissingExtra
from digitlens.quiet import quiet
from digitlens.settings import Settings


@click.command()
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the bundle.  [RUN/bundle]")
@click.option(
    "--run",
    type=click.Path(path_type=Path),
    default=Path("runs/compact"),
    show_default=True,
    help="Folder for the state of the training; the same command goes on after a break.",
)
@click.option("--epochs", type=click.IntRange(1), help="How often every digit is seen.  [40]")
@click.option("--seed", type=int, help="Of split, first weights, order and distortions.  [1]")
@click.option("--architecture", help="Name of the network.  [compact]")
@click.option("--model-version", default="1", show_default=True, help="As the card says it.")
@click.option("--data-dir", type=click.Path(path_type=Path), help="As DIGITLENS_DATA_DIR.")
def command(
    out: Path | None,
    run: Path,
    epochs: int | None,
    seed: int | None,
    architecture: str | None,
    model_version: str,
    data_dir: Path | None,
) -> None:
    """Train a network on MNIST and write its bundle.

    The bundle that ships was made by:  digitlens train --out src/digitlens/models/default
    """
    if find_spec("tensorflow") is None or find_spec("rich") is None:
        raise MissingExtra("digitlens train", "train")
    with quiet():  # TensorFlow says a lot about GPUs that it does not find
        from digitlens.training.fit import Recipe
        from digitlens.training.make import Order, make

    changes: dict[str, Any] = {"epochs": epochs, "seed": seed, "architecture": architecture}
    recipe = replace(Recipe(), **{k: v for k, v in changes.items() if v is not None})
    data_dir = data_dir or Settings.from_environment().data_dir
    out = out or run / "bundle"
    card = make(Order(recipe, data_dir, run, out, model_version), click.echo)
    print_metrics(card.metrics)
    click.echo(f"bundle: {out}")
