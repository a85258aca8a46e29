"""`digitlens train`: train a network and write its bundle."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digitlens.cli.figures import print_metrics
from digitlens.errors import InvalidInput, MissingExtra
from digitlens.quiet import quiet
from digitlens.settings import Settings

if TYPE_CHECKING:
    from digitlens.training.recipe import Recipe

_DEFAULT = "standard"


@click.command()
@click.argument("settings", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--preset", help=f"quick, standard, best, polish, refine or settle.  [{_DEFAULT}]")
@click.option("--model", help="An architecture, or a file with a build_model().  [compact]")
@click.option(
    "--data",
    multiple=True,
    help="mnist, strokes, styles, others, csv:FILE or folder:FOLDER; more than one.",
)
@click.option("--skip-bad", is_flag=True, help="Leave out rows and pictures that are not usable.")
@click.option("--config", type=click.Path(path_type=Path), help="A TOML file with settings.")
@click.option("--epochs", help="How often every digit is seen.")
@click.option("--seed", help="Of split, first weights, order and distortions.  [1]")
@click.option("--run", help="Name or folder of the run.  [RUNS/MODEL-PRESET]")
@click.option("--resume", is_flag=True, help="Go on with --run, or the last that was not finished.")
@click.option("--out", type=click.Path(path_type=Path), help="Another folder for the bundle.")
@click.option("--model-version", default="1", show_default=True, help="As the card says it.")
@click.option("--data-dir", type=click.Path(path_type=Path), help="As DIGITLENS_DATA_DIR.")
def command(
    settings: tuple[str, ...],
    preset: str | None,
    model: str | None,
    data: tuple[str, ...],
    skip_bad: bool,
    config: Path | None,
    epochs: str | None,
    seed: str | None,
    run: str | None,
    resume: bool,
    out: Path | None,
    model_version: str,
    data_dir: Path | None,
) -> None:
    r"""Train a network, and leave a run: its bundle, its curves, a report.

    Any setting can be given as KEY=VALUE, such as rate=0.001 or augmentation.rotation=20; those of
    a run stand in its config.toml.

    \b
    digitlens train --preset quick
    digitlens train --model my_model.py --data mnist --data csv:mine.csv
    """
    if find_spec("tensorflow") is None or find_spec("rich") is None:
        raise MissingExtra("digitlens train", "train")
    with quiet():  # TensorFlow says a lot about GPUs that it does not find
        from digitlens.training.make import Order, make

    pairs = [*settings]
    pairs += [f"{key}={value}" for key, value in (("epochs", epochs), ("seed", seed)) if value]
    own = Settings.from_environment()
    if resume:
        if pairs or preset or model or data or config:
            raise InvalidInput("--resume", "no settings: it goes on with the run's own", "some")
        recipe, folder = _resumed(run, own.runs_dir)
    else:
        recipe = _recipe(preset, config, pairs, model, data, skip_bad)
        folder = _folder(run, own.runs_dir, f"{Path(recipe.model).stem}-{preset or _DEFAULT}")
    click.echo(f"run: {folder}")
    order = Order(recipe, data_dir or own.data_dir, folder, out, model_version)
    card = make(order, click.echo)
    print_metrics(card.metrics)
    click.echo(f"bundle: {folder / 'bundle'}\nreport: {folder / 'report.html'}")


def _recipe(
    preset: str | None,
    config: Path | None,
    pairs: list[str],
    model: str | None,
    data: tuple[str, ...],
    skip_bad: bool,
) -> Recipe:
    from dataclasses import replace

    from digitlens.training.configure import configure

    recipe = configure(preset or _DEFAULT, config, pairs, model)
    return replace(recipe, data=data or recipe.data, skip_bad=skip_bad or recipe.skip_bad)


def _resumed(run: str | None, runs: Path) -> tuple[Recipe, Path]:
    """The recipe and the folder of a run that goes on."""
    from digitlens.training.configure import configure
    from digitlens.training.run import CONFIG, Run, all_runs

    if run is not None:
        folder = _place(run, runs)
        Run.read(folder)  # says what is wrong with it
    else:
        open_ones = [(r.started, path) for path, r in all_runs(runs) if r.state != "done"]
        if not open_ones:
            raise InvalidInput("--resume", f"a run in {runs} that was not finished", "none")
        folder = max(open_ones)[1]
    return configure(file=folder / CONFIG), folder


def _folder(run: str | None, runs: Path, name: str) -> Path:
    """The folder of a new run: that which was asked for, or the next of its name."""
    if run is not None:
        folder = _place(run, runs)
        if (folder / "run.json").exists():
            expected = "the name of a new run, or --resume to go on with this one"
            raise InvalidInput("--run", expected, str(folder))
        return folder
    folder, number = runs / name, 1
    while folder.exists():
        number += 1
        folder = runs / f"{name}-{number}"
    return folder


def _place(run: str, runs: Path) -> Path:
    return Path(run) if Path(run).name != run else runs / run
