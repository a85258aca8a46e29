"""`digitlens data`: look at the data, fetch it, preview what a network is shown."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digitlens.settings import Settings

if TYPE_CHECKING:
    from digitlens.training.data.augment import Augmentation

_data = click.option(
    "--data",
    "specs",
    multiple=True,
    default=("mnist",),
    show_default=True,
    help="mnist, strokes, styles, others, csv:FILE or folder:FOLDER; more than one.",
)
_skip_bad = click.option("--skip-bad", is_flag=True, help="Leave out what is not usable.")
_data_dir = click.option(
    "--data-dir", type=click.Path(path_type=Path), help="As DIGITLENS_DATA_DIR."
)


@click.group()
def command() -> None:
    """Look at the data, fetch it, preview what a network is shown."""


@command.command()
@_data
@_skip_bad
@click.option("--mean", type=click.Path(path_type=Path), help="Write the mean pictures there, PNG.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@_data_dir
def info(
    specs: tuple[str, ...],
    skip_bad: bool,
    mean: Path | None,
    as_json: bool,
    data_dir: Path | None,
) -> None:
    """Count digits, repeats, and pictures that are in MNIST's test set."""
    from digitlens.training.data.sheet import write_picture
    from digitlens.training.data.sources import gather
    from digitlens.training.data.summary import draw_means, summarize

    gathered = gather(specs, _folder(data_dir), skip_bad, _say)
    if mean is not None:
        write_picture(mean, draw_means(gathered))
    facts = summarize(gathered)
    if as_json:
        click.echo(json.dumps(facts, indent=2))
        return
    _print_table(facts)
    if mean is not None:
        click.echo(f"mean pictures: {mean}")


@command.command()
@_data_dir
def fetch(data_dir: Path | None) -> None:
    """Download MNIST where it is missing, and check it."""
    from digitlens.training.data.mnist import FILES, fetch_mnist

    folder = fetch_mnist(_folder(data_dir), _watch)
    click.echo(f"MNIST: {len(FILES)} files, all as they should be, in {folder}")


@command.command()
@click.argument("settings", nargs=-1, metavar="[KEY=VALUE]...")
@_data
@_skip_bad
@click.option("--preset", help="Of which the distortions are taken.  [standard]")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("preview.png"),
    show_default=True,
    help="File of the sheet, PNG.",
)
@click.option("--count", type=click.IntRange(1, 10_000), default=100, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of the chance.")
@_data_dir
def preview(
    settings: tuple[str, ...],
    specs: tuple[str, ...],
    skip_bad: bool,
    preset: str | None,
    out: Path,
    count: int,
    seed: int,
    data_dir: Path | None,
) -> None:
    """Draw a sheet of what a network is shown, with labels.

    The distortions of the preset can be changed, as in: digitlens data preview rotation=20
    elastic=0.8 binary=0.2
    """
    import numpy as np

    from digitlens.training.data.sheet import draw_sheet, write_picture
    from digitlens.training.data.sources import load_sources
    from digitlens.training.data.summary import caption

    spec = _augmentation(preset, settings)
    data = load_sources(specs, _folder(data_dir), skip_bad, _say)
    rng = np.random.default_rng(seed)
    chosen = data.take(rng.permutation(len(data))[:count])
    shown = _show(chosen.images, spec, rng)
    write_picture(out, draw_sheet(shown, [caption(label) for label in chosen.labels]))
    click.echo(f"{len(chosen)} pictures: {out}")


def _augmentation(preset: str | None, settings: tuple[str, ...]) -> Augmentation:
    """The distortions of a preset with changes: `rotation=20` is `augmentation.rotation=20`."""
    from digitlens.training.configure import configure

    prefix = "augmentation."
    pairs = [prefix + setting.removeprefix(prefix) for setting in settings]
    return configure(preset, pairs=pairs).augmentation


def _show(images: Any, spec: Augmentation, rng: Any) -> Any:
    """What a network is shown of pictures: distorted, where anything is to be."""
    from digitlens.training.data.augment import augment_many
    from digitlens.training.data.prepared import prepared

    return augment_many(images, spec, rng) if any(asdict(spec).values()) else prepared(images)


def _print_table(facts: dict[str, Any]) -> None:
    sources = facts["sources"]
    has_none = any(source["none"] for source in sources)
    rows = [
        [source["source"], source["pictures"], *source["per_class"], *[source["none"]] * has_none]
        for source in sources
    ]
    if len(rows) > 1:
        rows.append(["all", *(sum(column) for column in list(zip(*rows, strict=True))[1:])])
    width = max(len("source"), *(len(row[0]) for row in rows))
    heads = [*(str(digit) for digit in range(10)), *["none"] * has_none]
    click.echo(f"{'source':{width}} {'pictures':>9} " + "".join(f"{head:>7}" for head in heads))
    for name, pictures, *counts in rows:
        numbers = "".join(f"{count:>7,}" for count in counts)
        click.echo(f"{name:{width}} {pictures:>9,} {numbers}")
    leaks = facts["in_test_set"]
    click.echo(f"the same as another: {facts['repeats']:,}")
    click.echo(f"in MNIST's test set: {'not known' if leaks is None else f'{leaks:,}, left out'}")
    click.echo(f"to train on: {facts['to_train_on']:,}")


def _folder(data_dir: Path | None) -> Path | None:
    return data_dir or Settings.from_environment().data_dir


def _say(line: str) -> None:
    click.echo(line, err=True)


def _watch(name: str, here: int, total: int) -> None:
    """Show how far a download is; where nobody watches, say only when it is done."""
    done = 0 < total <= here
    if done or sys.stderr.isatty():
        of = f" of {total / 1e6:.1f}" if total else ""
        click.echo(f"\r{name}: {here / 1e6:.1f}{of} MB", nl=done, err=True)
