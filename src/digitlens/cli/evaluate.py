"""`digitlens evaluate`: measure a bundle on MNIST, as its LiteRT file answers."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from digitlens.quiet import quiet
from digitlens.settings import Settings


@click.command()
@click.option("--model", type=click.Path(path_type=Path), help="Folder of a bundle.  [the shipped]")
@click.option("--data-dir", type=click.Path(path_type=Path), help="As DIGITLENS_DATA_DIR.")
@click.option("--limit", type=click.IntRange(1), help="Only so many pictures, for a quick look.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def command(model: Path | None, data_dir: Path | None, limit: int | None, as_json: bool) -> None:
    """Measure a bundle on the MNIST test set, as its LiteRT file answers."""
    from digitlens.cli.figures import print_metrics
    from digitlens.reading.reader import Reader
    from digitlens.training.evaluate import evaluate

    settings = Settings.from_environment()
    with quiet():
        reader = Reader(model or settings.model)
    metrics = evaluate(reader, data_dir or settings.data_dir, limit)
    if as_json:
        click.echo(json.dumps([asdict(metric) for metric in metrics], indent=2))
        return
    click.echo(f"{reader.card.name}, version {reader.card.version}")
    print_metrics(metrics)
