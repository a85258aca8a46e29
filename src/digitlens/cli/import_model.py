"""`digitlens import`: make a bundle of somebody else's .keras or .h5."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from digitlens.cli.figures import print_metrics
from digitlens.errors import InvalidInput, MissingExtra
from digitlens.quiet import quiet
from digitlens.settings import Settings


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder of the bundle.")
@click.option("--name", help="Of the model, as its card says it.  [the name of the file]")
@click.option("--model-version", default="1", show_default=True, help="As the card says it.")
@click.option("--data-dir", type=click.Path(path_type=Path), help="As DIGITLENS_DATA_DIR.")
@click.option("--force", is_flag=True, help="Replace a bundle that is there.")
def command(
    file: Path, out: Path, name: str | None, model_version: str, data_dir: Path | None, force: bool
) -> None:
    """Make a bundle of FILE, a .keras or .h5 that somebody else trained.

    It takes 28×28×1, 28×28 or 784 numbers, and answers ten. Which pixels it wants, 0 to 1 or 0 to
    255, white on black or black on white, is found out on real digits. Code in the file is not run.
    """
    from digitlens.models.bundle import CARD_FILE

    if find_spec("tensorflow") is None:
        raise MissingExtra("digitlens import", "train")
    if (out / CARD_FILE).exists() and not force:
        raise InvalidInput("--out", "a folder without a bundle, or --force", str(out))
    with quiet():  # TensorFlow says a lot about GPUs that it does not find
        from digitlens.training.exchange.import_network import Import, import_network

    data_dir = data_dir or Settings.from_environment().data_dir
    order = Import(file, out, name or file.stem, model_version, data_dir)
    card = import_network(order, click.echo)
    print_metrics(card.metrics)
    click.echo(f"bundle: {out}\nserve it: digitlens serve --model {out}")
