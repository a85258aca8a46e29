"""`digitlens join`: one model of several runs."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from digitlens.cli.figures import print_metrics
from digitlens.errors import InvalidInput, MissingExtra
from digitlens.quiet import quiet
from digitlens.settings import Settings


@click.command()
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--name", default="joined", show_default=True, help="Of the model, on its card.")
@click.option("--run", default="joined", show_default=True, help="Name or folder of the new run.")
@click.option("--out", type=click.Path(path_type=Path), help="Another folder for the bundle.")
@click.option("--model-version", default="1", show_default=True, help="As the card says it.")
@click.option("--data-dir", type=click.Path(path_type=Path), help="As DIGITLENS_DATA_DIR.")
def command(
    runs: tuple[Path, ...],
    name: str,
    run: str,
    out: Path | None,
    model_version: str,
    data_dir: Path | None,
) -> None:
    """Make one model of RUNS, which differ in nothing but their seed: it averages their answers.

    RUNS are names of runs, or their folders.
    """
    if find_spec("tensorflow") is None:
        raise MissingExtra("digitlens join", "train")
    with quiet():  # TensorFlow says a lot about GPUs that it does not find
        from digitlens.training.finish import Order
        from digitlens.training.joined import make_joined, recipe_of

    if len(runs) < 2:
        raise InvalidInput("RUNS", "at least two runs", "one")
    own = Settings.from_environment()
    folders = [_place(str(each), own.runs_dir) for each in runs]
    folder = _place(run, own.runs_dir)
    recipe = recipe_of(folders[0])
    order = Order(recipe, data_dir or own.data_dir, folder, out, model_version, name)
    card = make_joined(folders, order, click.echo)
    print_metrics(card.metrics)
    click.echo(f"bundle: {folder / 'bundle'}\nreport: {folder / 'report.html'}")


def _place(run: str, runs: Path) -> Path:
    return Path(run) if Path(run).name != run else runs / run
