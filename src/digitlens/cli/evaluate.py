"""`digitlens evaluate`: measure a bundle, a run, or a network of Keras, on digits it never saw."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digitlens.errors import InvalidInput
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
    help="mnist, strokes or styles (their test parts), csv:FILE or folder:FOLDER; several are put "
    "together.  [mnist]",
)
@click.option("--data-dir", type=click.Path(path_type=Path), help="As DIGITLENS_DATA_DIR.")
@click.option("--limit", type=click.IntRange(1), help="Only so many pictures, for a quick look.")
@click.option(
    "--mistakes", type=click.Path(path_type=Path), help="Folder for pictures of what was misread."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.option(
    "--suite",
    is_flag=True,
    help="Measure a bundle on everything that is at hand, and write it as a page.",
)
@click.option("--quick", is_flag=True, help="With --suite: a few pictures of each set.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="With --suite: folder for accuracy.md, its JSON and its diagrams.  [docs]",
)
def command(
    model: Path | None,
    option: Path | None,
    specs: tuple[str, ...],
    data_dir: Path | None,
    limit: int | None,
    mistakes: Path | None,
    as_json: bool,
    suite: bool,
    quick: bool,
    out: Path | None,
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
    if suite:
        if specs or limit or mistakes:
            raise click.UsageError("--suite measures its own data: no --data, --limit, --mistakes.")
        from digitlens.cli.suite import run_suite

        run_suite(chosen, data_dir, out, quick, as_json)
        return
    if quick or out:
        raise click.UsageError("--quick and --out belong to --suite.")
    subject = load_subject(chosen)
    metrics = _through_pipeline(subject, data_dir, limit) if not specs else []
    if as_json and not chosen and not specs:  # the figures of the card, measured again
        click.echo(json.dumps([asdict(metric) for metric in metrics], indent=2))
        return
    data = _load(specs or ("mnist",), data_dir, limit)
    logits = subject.logits(prepared(data.images))
    found = assess(logits, data.labels, subject.temperature, subject.has_none)
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
    """The pictures of all sources; what has a part for tests is that part."""
    import numpy as np

    from digitlens.training.data.made import is_made, load_made
    from digitlens.training.data.mnist import Labelled, load_mnist
    from digitlens.training.data.sources import load_source

    def say(line: str) -> None:
        click.echo(line, err=True)

    def load(spec: str) -> Labelled:
        if spec == "mnist":
            return load_mnist(data_dir, "t10k")
        if spec.partition(":")[0] == "others":
            raise InvalidInput("--data", "digits; --suite measures what is none", spec)
        if is_made(spec):
            return load_made(spec, data_dir, "test", say)
        return load_source(spec, data_dir, False, say)

    parts = [load(spec) for spec in specs]
    images = np.concatenate([part.images for part in parts])
    labels = np.concatenate([part.labels for part in parts])
    return Labelled(images[:limit], labels[:limit])
