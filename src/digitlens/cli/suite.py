"""The suite, as the command line runs it: progress while it lasts, files in the end."""

from __future__ import annotations

import json
from pathlib import Path

import click

from digitlens.errors import InvalidInput
from digitlens.training.measure.subject import load_subject
from digitlens.training.measure.suite.page import write
from digitlens.training.measure.suite.run import QUICK, run
from digitlens.training.measure.suite.sets import Sources
from digitlens.training.measure.suite.summary import summary_lines

_FOLDER = Path("docs")


def run_suite(
    model: Path | None, data_dir: Path | None, out: Path | None, quick: bool, as_json: bool
) -> None:
    """Measure a bundle on every set, and write the page.

    Args:
        model: A bundle, or a run that has one; the shipped one without it.
        data_dir: Folder with `mnist/`, `pendigits/` and `non-digits/`.
        out: Folder for the page. `docs` without it; nothing is written of a quick run then.
        quick: Whether a few pictures of each set do.
        as_json: Whether the results are printed as JSON.

    Raises:
        InvalidInput: The model is a network of Keras.
        DataError: A file of the data is missing.
    """
    subject = load_subject(model)
    if subject.bundle is None:
        raise InvalidInput("MODEL", "a bundle, which --suite shows pictures to", subject.name)
    sources = Sources.load(data_dir)
    found = run(subject.bundle, sources, _say, QUICK if quick else None)
    if out or not quick:
        for path in write(found, out or _FOLDER):
            click.echo(f"wrote {path}", err=True)
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    click.echo("\n".join(summary_lines(found)))


def _say(line: str) -> None:
    click.echo(line, err=True)
