"""`digitlens evaluate`: measure a bundle, a run, or a network of Keras, on digits it never saw."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digitlens.quiet import quiet
from digitlens.settings import Settings

if TYPE_CHECKING:
    from digitlens.models.card import Metric
    from digitlens.training.data.mnist import Labelled
    from digitlens.training.measure.subject import Subject


@click.command()
@click.argument("model", required=False, type=click.Path(path_type=Path))
@click.option("--model", "option", type=click.Path(path_type=Path), help="The same as MODEL.")
@click.option(
    "--data",
    "specs",
    multiple=True,
    metavar="SOURCE",
    help="mnist (its test set), csv:FILE or folder:FOLDER; several are put together.  [mnist]",
)
@click.option("--data-dir", type=click.Path(path_type=Path), help="As DIGITLENS_DATA_DIR.")
@click.option("--limit", type=click.IntRange(1), help="Only so many pictures, for a quick look.")
@click.option(
    "--mistakes", type=click.Path(path_type=Path), help="Folder for pictures of what was misread."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def command(
    model: Path | None,
    option: Path | None,
    specs: tuple[str, ...],
    data_dir: Path | None,
    limit: int | None,
    mistakes: Path | None,
    as_json: bool,
) -> None:
    """Measure MODEL on the MNIST test set, or on other digits.

    MODEL is the folder of a bundle or of a run, or a .keras or .h5 file; without it, the shipped
    bundle is measured. A bundle is measured as its LiteRT file answers.
    """
    from digitlens.cli.evaluated import print_evaluation
    from digitlens.training.data.prepared import prepared
    from digitlens.training.measure.evaluation import assess, write_mistakes
    from digitlens.training.measure.subject import load_subject

    settings = Settings.from_environment()
    data_dir = data_dir or settings.data_dir
    chosen = model or option or settings.model
    subject = load_subject(chosen)
    metrics = _through_pipeline(subject, data_dir, limit) if not specs else []
    if as_json and not chosen and not specs:  # the figures of the card, measured again
        click.echo(json.dumps([asdict(metric) for metric in metrics], indent=2))
        return
    data = _load(specs or ("mnist",), data_dir, limit)
    found = assess(subject.logits(prepared(data.images)), data.labels, subject.temperature)
    if mistakes:
        write_mistakes(mistakes, data.images, found)
    if as_json:
        entries = {"model": subject.name, "data": specs or ("mnist",)} | found.as_dict()
        click.echo(json.dumps(entries | {"metrics": [asdict(m) for m in metrics]}, indent=2))
        return
    click.echo(subject.name)
    print_evaluation(found, metrics)


def _through_pipeline(subject: Subject, data_dir: Path | None, limit: int | None) -> list[Metric]:
    """The figures of a bundle's card; a network of Keras reads no pictures, it has none."""
    from digitlens.reading.reader import Reader
    from digitlens.training.measure.evaluate import evaluate

    if subject.bundle is None:
        return []
    with quiet():
        reader = Reader(subject.bundle)
    return evaluate(reader, data_dir, limit)


def _load(specs: tuple[str, ...], data_dir: Path | None, limit: int | None) -> Labelled:
    """The pictures of all sources; unlike in training, MNIST is its test set and stays in."""
    import numpy as np

    from digitlens.training.data.mnist import Labelled, load_mnist
    from digitlens.training.data.sources import load_source

    def say(line: str) -> None:
        click.echo(line, err=True)

    parts = [
        load_mnist(data_dir, "t10k") if spec == "mnist" else load_source(spec, data_dir, False, say)
        for spec in specs
    ]
    images = np.concatenate([part.images for part in parts])
    labels = np.concatenate([part.labels for part in parts])
    return Labelled(images[:limit], labels[:limit])
